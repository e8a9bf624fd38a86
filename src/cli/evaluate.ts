import { parseArgs } from "node:util";
import { argmax, type Analysis, type HeadAnalysis } from "../analysis/analysis";
import { summarize, type Prediction } from "../analysis/metrics";
import { UserError } from "../errors";
import { DEFAULT_MODEL, modelArgument, withEngine } from "./engine";
import { readRows } from "./jsonl";
import { runProgram } from "./program";

const USAGE =
  "usage: npm run --silent evaluate -- --model ID|DIR --head HEAD [--split NAME] FILE.jsonl[.xz]\n" +
  '  rows are {"text", "label"}; --split takes only the rows whose "split" it names';

runProgram(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      model: { type: "string", default: DEFAULT_MODEL },
      head: { type: "string" },
      split: { type: "string" },
    },
  });
  const [file] = positionals;
  const { head: headName, split } = values;
  if (file === undefined || headName === undefined) return undefined;
  const modelFolder = await modelArgument(values.model);
  const predictions: Prediction[] = [];
  let labels: readonly string[] = [];
  let tokens = 0;
  let milliseconds = 0;
  await withEngine(async (engine) => {
    for await (const { text, label } of readRows(file, split)) {
      // A text without words cannot be classified, which is an error of ours, not a row to leave out.
      if (!/\S/.test(text)) {
        predictions.push({ label, predicted: undefined, confidence: 0 });
        continue;
      }
      const name = `${file}, row ${predictions.length + 1}`;
      const analysis = await engine.analyze({ text, name, modelFolder, provider: "auto", segmentation: "paragraph" });
      const head = headNamed(analysis, headName);
      const best = argmax(head.scores);
      predictions.push({ label, predicted: head.labels[best], confidence: head.scores[best] ?? 0 });
      labels = head.labels;
      tokens += analysis.tokens;
      milliseconds += analysis.timings.totalMs;
    }
  });
  if (predictions.length === 0) throw new UserError(`"${file}" has no rows to evaluate: check the file and --split.`);
  const stranger = predictions.find(({ label }) => !labels.includes(label));
  if (stranger) {
    throw new UserError(
      `"${file}" has the label "${stranger.label}", which the head "${headName}" does not know: use the head's own data.`,
    );
  }
  console.log(JSON.stringify({ ...summarize(predictions, labels), tokensPerSecond: (tokens / milliseconds) * 1000 }));
  return 0;
});

function headNamed({ model, heads }: Analysis, name: string): HeadAnalysis {
  const found = heads.find((head) => head.name === name);
  if (found) return found;
  throw new UserError(
    `The model "${model}" has no head "${name}": --head can be ${heads.map((head) => head.name).join(", ")}.`,
  );
}
