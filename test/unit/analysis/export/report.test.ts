import assert from "node:assert/strict";
import { POOLING_STATISTICS, type Analysis } from "../../../../src/analysis/analysis";
import { contributionSvg } from "../../../../src/analysis/export/contributionSvg";
import { EXPORT_FORMATS } from "../../../../src/analysis/export/formats";
import { segmentTsv } from "../../../../src/analysis/export/segmentTsv";
import { sampleAnalysis, sampleHead } from "./sample";

const EVIL = `<script>alert("1")</script>&'`;

function html(name: string, text: string, label: string): string {
  const head = sampleHead([label, "rfc"]);
  const [made] = EXPORT_FORMATS.html.make({
    name,
    text,
    isSelection: false,
    analysis: sampleAnalysis(head),
    head,
    label: 0,
  });
  assert.ok(typeof made === "string");
  return made;
}

describe("a report", () => {
  it("has the verdict, the logit, every segment's words and how it was read", () => {
    const page = html("poem.txt", "One. Two. ", "poetry");
    for (const part of ["<h1>poem.txt</h1>", "<b>poetry</b> 73%", "+1.50", ">One.<", ">Two.<"]) {
      assert.ok(page.includes(part), part);
    }
    assert.match(page, /4 tokens · 3 segments · read by ponet-tiny in 6 ms on CPU/);
    assert.equal(page.match(/<rect class="for"/g)?.length, 3);
  });

  it("says what speaks against believing it", () => {
    const head = { ...sampleHead(), doubt: "This is no <English>." };
    const input = { name: "poem.txt", text: "One. Two. ", isSelection: false, analysis: sampleAnalysis(head), head };
    const [page] = EXPORT_FORMATS.html.make({ ...input, label: 0 });
    assert.ok(typeof page === "string" && page.includes("<p><b>This is no &lt;English&gt;.</b></p>"));
    assert.match(page, /<b>not sure: poetry\?<\/b> 73%/);
  });

  it("has a head's labels from the best on, and the segments in the document's order", () => {
    const head = { ...sampleHead(["a", "b", "c"]), scores: Float32Array.of(0.2, 0.5, 0.3) };
    const input = { name: "poem.txt", text: "One. Two. ", isSelection: false, analysis: sampleAnalysis(head), head };
    const [page] = EXPORT_FORMATS.html.make({ ...input, label: 0 });
    assert.ok(typeof page === "string");
    const rows = [...page.matchAll(/<th scope="row">(\w+)<\/th>/g)].map(([, title]) => title);
    assert.deepEqual(rows, ["b", "c", "a", "1", "2"]);
  });

  it("has a bar below the line, and a minus, for what a segment says against the label", () => {
    const head = sampleHead();
    const input = { name: "poem.txt", text: "One. Two. ", isSelection: false, analysis: sampleAnalysis(head), head };
    const [page] = EXPORT_FORMATS.html.make({ ...input, label: 1 });
    assert.ok(typeof page === "string");
    // The strongest segment has 0.75 and a bar as high as the line lies.
    assert.deepEqual(page.match(/<rect class=.*>/g), [
      '<rect class="against" x="0.00" y="48.00" width="288.00" height="16.00"/>',
      '<rect class="for" x="320.00" y="0.00" width="288.00" height="48.00"/>',
      '<rect class="for" x="640.00" y="48.00" width="288.00" height="0.00"/>',
    ]);
    assert.deepEqual(
      [...page.matchAll(/<td class="(for|against)">(.*?)<\/td>/g)].map(([, side, figure]) => [side, figure]),
      [
        ["against", "−0.250"],
        ["for", "+0.750"],
        ["for", "0.000"],
      ],
    );
  });

  it("has the strongest segments of very many, in the document's order, and says so", () => {
    const segments = 1001;
    const weakest = 500;
    // Those against the label count by their size; the further on, the stronger.
    const values = Float32Array.from({ length: segments }, (_, k) =>
      k === weakest ? 0.5 : (k + 1) * (k % 2 ? -1 : 1),
    );
    const head = {
      ...sampleHead(["poetry"]),
      logits: Float32Array.of(1),
      scores: Float32Array.of(1),
      contributions: values,
    };
    const layers = 1;
    const analysis = {
      ...sampleAnalysis(head),
      bounds: Uint32Array.from({ length: segments + 1 }, (_, k) => k),
      segmentTokens: new Uint32Array(segments).fill(1),
      pooling: { layers, values: new Float32Array(layers * segments * POOLING_STATISTICS.length) },
    };
    const text = "x".repeat(segments);
    const [page] = EXPORT_FORMATS.html.make({ name: "poem.txt", text, isSelection: false, analysis, head, label: 0 });
    assert.ok(typeof page === "string");
    assert.ok(page.includes("<p>The 1,000 strongest of 1,001.</p>"));
    const [, table = ""] = page.split("<h2>Segments</h2>");
    const rows = [...table.matchAll(/<th scope="row">([\d,]+)<\/th>/g)].map(([, row]) => Number(row?.replace(",", "")));
    assert.deepEqual(
      rows,
      Array.from(values.keys(), (k) => k + 1).filter((row) => row !== weakest + 1),
    );
  });

  it("draws the strongest of the segments that share a bar", () => {
    const svg = contributionSvg(new Float32Array(1920).fill(0.5).with(7, -1));
    assert.equal(svg.match(/<rect /g)?.length, 960);
    assert.deepEqual(svg.match(/<rect class="against".*>/g), [
      '<rect class="against" x="3.00" y="48.00" width="0.90" height="48.00"/>',
    ]);
  });

  it("has a dash for what a head does not say of a segment", () => {
    const head = { ...sampleHead(), contributionKind: "leave-one-out" } as const;
    const input = { name: "poem.txt", text: "One. Two. ", isSelection: false, analysis: sampleAnalysis(head), head };
    const [page] = EXPORT_FORMATS.html.make({ ...input, label: 0 });
    assert.ok(typeof page === "string");
    assert.ok(page.includes("<td>2</td><td>–</td><td>–</td>"));
  });

  it("tells what goes without the segments that were left out, where some were, and that a selection was read", () => {
    const head = sampleHead();
    const input = {
      name: "poem.txt",
      text: "One. Two. ",
      isSelection: true,
      analysis: sampleAnalysis(head),
      head,
      label: 0,
    };
    const explanations = [
      { segments: [1], heads: [{ name: "kind", labels: head.labels, lost: Float32Array.of(0.75, 0) }] },
    ];
    const [page] = EXPORT_FORMATS.html.make({ ...input, explanations });
    assert.ok(typeof page === "string");
    assert.match(page, /<p>A selection in the document · /);
    assert.match(page, /<th scope="col">Lost without it<\/th>/);
    assert.equal(page.match(/<td>\+0\.75<\/td>/g)?.length, 1);
    assert.doesNotMatch(html("poem.txt", "One. Two. ", "poetry"), /Lost without it/);
  });

  it("shows text, names and labels as they are, and can run nothing", () => {
    const page = html(EVIL, `${EVIL}\u0000`, EVIL);
    assert.equal(page.match(/<script/g), null);
    assert.ok(page.includes("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;"));
    assert.match(page, /default-src 'none'/);
  });

  it("has the time of leaving segments out where some were", () => {
    const head = sampleHead();
    const analysis = sampleAnalysis(head);
    const page = (timings: Analysis["timings"]) => {
      const input = { name: "poem.txt", text: "One. Two. ", isSelection: false, head, label: 0 };
      return [...EXPORT_FORMATS.html.make({ ...input, analysis: { ...analysis, timings } })].join("");
    };
    assert.match(page({ ...analysis.timings, leaveOutMs: 40 }), /<dt>Leaving segments out<\/dt><dd>40 ms<\/dd>/);
    assert.doesNotMatch(page(analysis.timings), /Leaving segments out/);
  });

  it("needs no other file", () => {
    const links = [...html("poem.txt", "One. Two. ", "poetry").matchAll(/(?:href|src)="([^"]*)"/g)];
    assert.ok(links.length > 0);
    assert.deepEqual(
      links.filter(([, address]) => !address?.startsWith("data:image/png;base64,")),
      [],
    );
  });
});

describe("one segment's figures", () => {
  it("are lines whose columns are parted by tabs", () => {
    const lines = segmentTsv("poem.txt", sampleAnalysis(), 1, () => 1).split("\n");
    assert.equal(lines[0], "poem.txt, segment 2 of 3, 1 token");
    assert.equal(lines[2], "kind\tpoetry\t0.7310586\trfc\t0.75");
    const head = { ...sampleHead(), contributionKind: "leave-one-out" } as const;
    assert.equal(segmentTsv("poem.txt", sampleAnalysis(head), 1, () => 1).split("\n")[2], "kind\t\t\trfc\t0.75");
    assert.equal(lines.at(-2), "2\t12\t3.125\t3.25\t3.375\t3.5\t3.625");
  });

  it("keep their cells, and are texts to a spreadsheet, whatever names hold", () => {
    const lines = segmentTsv("=a\tb\nc.txt", sampleAnalysis(sampleHead(["x\ty", "=1\nz"])), 1, () => 1).split("\n");
    assert.equal(lines.length, 7);
    assert.equal(lines[0], "'=a b c.txt, segment 2 of 3, 1 token");
    assert.deepEqual(lines[2]?.split("\t").slice(1, 4), ["x y", "0.7310586", "'=1 z"]);
  });
});
