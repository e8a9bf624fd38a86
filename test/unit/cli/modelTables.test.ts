import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { bundledCards } from "../../../src/cli/bundledCards";
import { withMarked } from "../../../src/cli/marked";
import { modelTables } from "../../../src/cli/modelTables";
import { parseCard } from "../../../src/models/card";
import { ROOT } from "../../harness/environment";

const accuracy = (n: number, share: number) => ({ n, accuracy: share, interval95: [share - 0.1, share + 0.1] });

const card = (heads: object) =>
  parseCard(JSON.stringify({ description: "A model", licence: "MIT", heads, files: {} }), "card.json");

describe("the tables of the models", () => {
  const small = card({
    kind: {
      labels: ["a", "b"],
      threshold: 0.5,
      metrics: {
        file: "kind.jsonl",
        ...accuracy(1240, 0.8),
        macroF1: 0.75,
        ece: 0.01,
        eceByChance: 0.006,
        unseenProjects: { labels: ["b"], ...accuracy(300, 0.6) },
        sure: { coverage: 0.9, ...accuracy(1116, 0.85) },
        baseline: { accuracy: 0.7, macroF1: 0.65 },
      },
      beginnings: { tokens: 64, ...accuracy(1000, 0.7), ece: 0.02, eceByChance: 0.015 },
      steadiness: {
        long: accuracy(88, 0.8),
        alone: accuracy(900, 0.82),
        segmentations: {
          paragraph: accuracy(100, 0.8),
          sentence: accuracy(100, 0.79),
          section: accuracy(100, 0.75),
          fixed: accuracy(100, 0.805),
        },
      },
      mixed: {
        documents: 200,
        bySegment: accuracy(3000, 0.5),
        byToken: accuracy(3000, 0.55),
        byPart: accuracy(600, 0.65),
        baseline: { bySegment: accuracy(3000, 0.3), byToken: accuracy(3000, 0.32) },
      },
    },
  });
  const fresh = card({
    kind: { labels: ["a", "b"], metrics: { file: "kind.jsonl" } },
    mood: { labels: ["c"] },
  });
  const tables = modelTables([
    { id: "fresh", card: fresh, bytes: 0 },
    { id: "small", card: small, bytes: 3 * 2 ** 20 },
  ]);

  it("show every figure of a card, and nothing for what is not measured", () => {
    const rows = tables.split("\n");
    for (const wanted of [
      "| `small` | A model | 3.0 MiB |",
      "| head | test set | n | fresh | small | TF-IDF |",
      "| `kind` | kind.jsonl | 1,240 |  | 80.0 (70.0 to 90.0), F1 75.0 | 70.0, F1 65.0 |",
      "| `kind`, unseen projects | b | 300 |  | 60.0 (50.0 to 70.0) |  |",
      "| `kind`, where sure | kind.jsonl |  |  | 85.0 (75.0 to 95.0) on the 90.0% that score 0.5 or more |  |",
      "| `kind`, calibration error | kind.jsonl |  |  | 1.0 (by chance 0.6) |  |",
      "| small | `kind` | 64 | 1,000 | 70.0 (60.0 to 80.0) | 2.0 (by chance 1.5) |",
      "| small | `kind` | 88 | 80.0 (70.0 to 90.0) | 82.0 (72.0 to 92.0) | -2.0 points | 100 | 80.0 (70.0 to 90.0) | 79.0 (69.0 to 89.0) | 75.0 (65.0 to 85.0) | 80.5 (70.5 to 90.5) | 5.5 points |",
      "| small | `kind` | 200 | 3,000 | 50.0 (40.0 to 60.0) | 55.0 (45.0 to 65.0) | 30.0 (20.0 to 40.0) | 32.0 (22.0 to 42.0) | 600 | 65.0 (55.0 to 75.0) |",
    ])
      assert.ok(rows.includes(wanted), `${wanted}\nis not in\n${tables}`);
    assert.doesNotMatch(tables, /mood|undefined|NaN/);
  });

  it("leave out a table that would be empty", () => {
    assert.doesNotMatch(modelTables([{ id: "fresh", card: fresh, bytes: 0 }]), /Beginnings|Steadiness|Mixed/);
  });

  it("replace what is between the marks, and only that", () => {
    const document = "# Models\n<!-- tables:begin -->\nearlier\n<!-- tables:end -->\nrest\n";
    const written = withMarked(document, "tables", tables, "README.md");
    assert.ok(
      written.startsWith("# Models\n<!-- tables:begin -->\n") && written.endsWith("<!-- tables:end -->\nrest\n"),
    );
    assert.ok(written.includes(tables) && !written.includes("earlier"));
    assert.equal(withMarked(written, "tables", tables, "README.md"), written);
    assert.throws(() => withMarked("# Models\n", "tables", tables, "README.md"), /"README\.md" lacks the lines/);
  });

  it("are in models/README.md as the cards have them: else run `npm run tables`", async () => {
    const models = path.join(ROOT, "models");
    const readme = readFileSync(path.join(models, "README.md"), "utf8");
    assert.equal(readme, withMarked(readme, "tables", modelTables(await bundledCards(models)), "models/README.md"));
  });
});
