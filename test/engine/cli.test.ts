import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { ROOT } from "../harness/environment";
import { copyWithThreshold } from "../harness/threshold";
import { rewrite, TINY } from "./checkpoints";
import { prose } from "./engine";

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(program: string, ...args: string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      path.join(ROOT, "out/src/cli", `${program}.js`),
      ...args,
    ]);
    return { status: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

describe("the command line", () => {
  let folder: string;
  const file = (name: string) => path.join(folder, name);
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "ponet-cli-"));
    await writeFile(file("notes.txt"), prose(6));
    await writeFile(file("wide.txt"), `\u{1f600} ${prose(2)}`);
    await writeFile(file("blank.txt"), " \n");
    const rows = [
      { text: "A wonderful, moving film with superb acting. I loved every minute of it.", label: "pos", split: "test" },
      { text: "Terrible. Boring plot, awful acting, a complete waste of time.", label: "neg", split: "test" },
      { text: "", label: "neg", split: "test" },
      { text: "Awful and boring, the worst film of the year.", label: "neg", split: "train" },
    ];
    await writeFile(file("rows.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
    await promisify(execFile)("xz", ["--keep", file("rows.jsonl")]);
  });
  after(() => rm(folder, { recursive: true }));

  it("ends without a word when nobody reads on", async () => {
    // More is printed of it than a pipe holds.
    await writeFile(file("long.txt"), prose(200));
    const program = path.join(ROOT, "out/src/cli/classify.js");
    const child = spawn(process.execPath, [program, "--json", "--model", "ponet-tiny", file("long.txt")]);
    let stderr = "";
    child.stderr.on("data", (piece: Buffer) => (stderr += piece.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    const [status] = (await once(child, "close")) as [number];
    assert.deepEqual([status, stderr], [0, ""]);
  });

  it("classify prints a table, goes on after a file that fails and exits 1", async () => {
    const { status, stdout, stderr } = await run(
      "classify",
      file("notes.txt"),
      file("blank.txt"),
      file("missing.txt"),
      file("wide.txt"),
    );
    assert.equal(status, 1);
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines.length, 2);
    const verdict = (labels: string) => `(not sure \\((${labels}) [01]\\.\\d\\d\\)|(${labels}) [01]\\.\\d\\d)`;
    const heads = `kind .+ +topic .+ +sentiment ${verdict("neg|pos")} +hyperpartisan ${verdict("true|false")}`;
    assert.match(lines[0] ?? "", new RegExp(`notes\\.txt +\\d+ tokens +\\d+ tokens/s +cpu(-int8)? +${heads}$`));
    assert.match(stderr, /blank\.txt" has no words[^\n]*\n[^\n]*missing\.txt" cannot be read/);
  });

  it("classify says of which file nothing is to be believed", async () => {
    await writeFile(
      file("urteil.txt"),
      "Der Beklagte hat die Kosten des Verfahrens zu tragen, und das Urteil ist nicht neu.",
    );
    const { status, stdout, stderr } = await run("classify", file("notes.txt"), file("urteil.txt"));
    assert.equal(status, 0);
    assert.match(stdout, /urteil\.txt .* kind not sure \(\w+ [01]\.\d\d\)/);
    assert.match(stderr, /^"[^"]*urteil\.txt": This does not seem to be English, [^\n]*\n$/);
  });

  it("classify --json prints one object per file", async () => {
    const { status, stdout } = await run("classify", "--json", "--segmentation", "paragraph", file("wide.txt"));
    assert.equal(status, 0);
    const text = `\u{1f600} ${prose(2)}`;
    const result = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(Object.keys(result).sort(), [
      "file",
      "heads",
      "model",
      "modelKey",
      "peakRssMb",
      "provider",
      "segmentation",
      "segments",
      "timings",
      "tokens",
    ]);
    const { heads, segments, timings } = result as {
      heads: Record<string, { label: string; score: number; labels: Record<string, { score: number; logit: number }> }>;
      segments: {
        start: number;
        end: number;
        heads: Record<string, { label: string; score: number; contributions: Record<string, number> }>;
        pooling: { ga: number; smp: number; lmp: number; pf: number[] }[];
      }[];
      timings: Record<string, number>;
    };
    assert.equal(segments.length, 2);
    assert.equal(text.slice(segments[1]?.start, segments[1]?.end), prose(2).split("\n\n")[1]);
    const { kind } = heads;
    assert.ok(kind && Object.keys(kind.labels).length === 22 && kind.score === kind.labels[kind.label]?.score);
    const sum = segments.reduce((total, segment) => total + (segment.heads.kind?.contributions[kind.label] ?? NaN), 0);
    assert.ok(Math.abs(sum - (kind.labels[kind.label]?.logit ?? NaN)) < 1e-4);
    assert.ok(segments.every(({ pooling }) => pooling.length === 4 && pooling.every(({ pf }) => pf.length === 3)));
    assert.deepEqual(Object.keys(timings).sort(), ["inferMs", "segmentMs", "tokenizeMs", "tokensPerSecond", "totalMs"]);
  });

  it("classify --json says nothing beside its objects, of however many files", async () => {
    const files = Array<string>(12).fill(file("wide.txt"));
    const { status, stdout, stderr } = await run("classify", "--json", "--model", "ponet-tiny", ...files);
    assert.deepEqual([status, stdout.trimEnd().split("\n").length, stderr], [0, 12, ""]);
  });

  it("says what could not be printed, and exits 1", async function () {
    if (process.platform !== "linux") this.skip();
    const full = await open("/dev/full", "w");
    for (const options of [[], ["--json"]]) {
      const program = path.join(ROOT, "out/src/cli/classify.js");
      const args = [program, ...options, "--model", "ponet-tiny", file("notes.txt")];
      const child = spawn(process.execPath, args, { stdio: ["ignore", full.fd, "pipe"] });
      assert.ok(child.stderr);
      const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, "close") as Promise<[number]>]);
      assert.equal(status, 1);
      assert.match(stderr, /^What was found cannot be printed \(ENOSPC[^\n]+: make room for it\.\n$/);
    }
    await full.close();
  });

  it("classify takes a checkpoint folder, and refuses what it does not know in one sentence", async () => {
    const byFolder = await run("classify", "--model", path.join(ROOT, "models/ponet-tiny"), file("notes.txt"));
    assert.equal(byFolder.status, 0);
    for (const [option, value] of [
      ["--model", "/no/such/folder"],
      ["--provider", "tpu"],
      ["--segmentation", "words"],
    ] as const) {
      const { status, stdout, stderr } = await run("classify", option, value, file("notes.txt"));
      assert.notEqual(status, 0);
      assert.equal(stdout, "");
      assert.match(stderr, new RegExp(`^[^\\n]*${value}[^\\n]*\\.\\n$`));
    }
    const { stderr } = await run("classify", "--model", "no-such", file("notes.txt"));
    assert.match(
      stderr,
      /^"no-such" is neither a bundled model \([^)]*"ponet-tiny"\) nor a folder that is there: name one of them\.\n$/,
    );
  });

  it("says how it is used: when asked, when told nothing, and after what is wrong with an option", async () => {
    const asked = await run("classify", "--help");
    assert.deepEqual([asked.status, asked.stderr], [0, ""]);
    assert.match(asked.stdout, /^usage: /);
    assert.deepEqual(await run("classify"), { status: 2, stdout: "", stderr: asked.stdout });
    const { status, stdout, stderr } = await run("classify", "--nonsense", "x");
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^Unknown option '--nonsense'[^\n]*\.\nusage: /);
  });

  it("classify says once of all files what none can be read with, and names its option", async () => {
    const elsewhere = process.platform === "win32" ? "coreml" : "dml";
    const { status, stdout, stderr } = await run(
      "classify",
      "--provider",
      elsewhere,
      file("notes.txt"),
      file("wide.txt"),
    );
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /^[^\n]* is not part of this build: set --provider to "auto" or [^\n]*\.\n$/);
  });

  it("classify leaves the table of an earlier run as it is when a run fails", async () => {
    await writeFile(file("rows.csv"), "earlier");
    const { status, stderr } = await run(
      "classify",
      "--csv",
      file("rows.csv"),
      "--results",
      file("failed-rows.jsonl"),
      "--provider",
      process.platform === "win32" ? "coreml" : "dml",
      folder,
    );
    assert.notEqual(status, 0);
    assert.match(stderr, /is not part of this build/);
    assert.equal(await readFile(file("rows.csv"), "utf8"), "earlier");
  });

  it("classify refuses an option that would do nothing", async () => {
    for (const args of [
      ["--json", folder],
      ["--csv", file("rows.csv"), file("notes.txt")],
      ["--results", file("rows.jsonl"), file("notes.txt")],
    ]) {
      const { status, stdout, stderr } = await run("classify", ...args);
      assert.notEqual(status, 0);
      assert.equal(stdout, "");
      assert.match(stderr, /^--(json|results and --csv) (is|are) for (files|folders): [^\n]+\n$/);
    }
  });

  it("classify says which heads are not sure", async () => {
    for (const [model, threshold, sure] of [
      [file("unsure"), 1, false],
      [file("sure"), 0, true],
    ] as const) {
      copyWithThreshold(TINY, model, threshold);
      const { stdout } = await run("classify", "--provider", "cpu", "--json", "--model", model, file("notes.txt"));
      const { heads, segments } = JSON.parse(stdout) as {
        heads: Record<string, { sure: boolean; threshold: number }>;
        segments: { heads: Record<string, { sure: boolean }> }[];
      };
      assert.deepEqual(
        Object.values(heads).map((head) => [head.threshold, head.sure]),
        Object.keys(heads).map(() => [threshold, sure]),
      );
      assert.ok(segments.every((segment) => segment.heads.kind?.sure === sure));
    }
    const table = await run("classify", "--provider", "cpu", "--model", file("unsure"), file("notes.txt"));
    assert.match(
      table.stdout,
      /kind not sure \(\w+ 0\.\d\d\) +topic not sure \([\w.]+ 0\.\d\d\) +sentiment not sure \((neg|pos) 0\.\d\d\) +hyperpartisan/,
    );
  });

  for (const name of ["rows.jsonl", "rows.jsonl.xz"]) {
    it(`evaluate reads ${name}`, async () => {
      const { status, stdout } = await run(
        "evaluate",
        "--model",
        "ponet-tiny",
        "--head",
        "sentiment",
        "--split",
        "test",
        file(name),
      );
      assert.equal(status, 0);
      const { n, accuracy, perLabel, ...rest } = JSON.parse(stdout) as {
        n: number;
        accuracy: number;
        perLabel: Record<string, { n: number }>;
      };
      assert.equal(n, 3);
      // Both reviews are told apart; the empty text counts as wrong.
      assert.equal(accuracy, 2 / 3);
      assert.deepEqual(
        Object.values(perLabel).map((label) => label.n),
        [2, 1],
      );
      assert.deepEqual(Object.keys(rest).sort(), ["ece", "eceByChance", "interval95", "macroF1", "tokensPerSecond"]);
    });
  }

  it("evaluate names a file that is not there, packed or not, or is a folder", async () => {
    for (const name of ["none.jsonl", "none.jsonl.xz", "."]) {
      const { stderr } = await run("evaluate", "--head", "kind", file(name));
      assert.match(stderr, /^"[^"\n]+" cannot be read: name a [^\n]+\n$/);
    }
  });

  it("evaluate says when a packed file is not whole", async () => {
    const packed = await readFile(file("rows.jsonl.xz"));
    await writeFile(file("cut.jsonl.xz"), packed.subarray(0, packed.length - 20));
    const { stderr } = await run("evaluate", "--head", "sentiment", file("cut.jsonl.xz"));
    assert.match(stderr, /cut\.jsonl\.xz" is not a whole \.xz file/);
  });

  it("evaluate says what it needs where there is no xz", async () => {
    const { PATH } = process.env;
    process.env.PATH = folder;
    try {
      const { stderr } = await run("evaluate", "--head", "sentiment", file("rows.jsonl.xz"));
      assert.match(stderr, /rows\.jsonl\.xz" needs the "xz" program/);
    } finally {
      process.env.PATH = PATH;
    }
  });

  it("evaluate refuses a head or a label that is not the model's, and a row that is none", async () => {
    const rows = file("rows.jsonl");
    assert.match(
      (await run("evaluate", "--head", "mood", rows)).stderr,
      /no head "mood": it has kind, topic, sentiment, hyperpartisan\./,
    );
    assert.match(
      (await run("evaluate", "--head", "kind", rows)).stderr,
      /label "pos", which the head "kind" does not know/,
    );
    await writeFile(file("broken.jsonl"), '{"text": "Hi.", "label": "pos"}\n{"text": 1}\n');
    assert.match(
      (await run("evaluate", "--head", "sentiment", file("broken.jsonl"))).stderr,
      /broken\.jsonl" has no {"text", "label"} object on line 2/,
    );
  });

  it("parity prints the worst difference of each kind and exits 1 over the tolerance", async () => {
    const good = await run("parity", path.join(ROOT, "test/fixtures/parity"));
    assert.equal(good.status, 0);
    assert.match(good.stdout, /out\.last_hidden_state +\d\.\d\de-\d+ +A B C D E F/);
    const off = file("off");
    await cp(path.join(ROOT, "test/fixtures/parity"), off, { recursive: true });
    await rewrite(off, "lra_text_weights.safetensors", (bytes) => bytes.fill(0x3f, bytes.length - 64));
    const wrong = await run("parity", off);
    assert.equal(wrong.status, 1);
    assert.match(wrong.stdout, /over 0\.0001$/m);
    const empty = await run("parity", folder);
    assert.equal(empty.status, 1);
    assert.match(empty.stderr, /holds no <name>_weights\.safetensors/);
  });
});
