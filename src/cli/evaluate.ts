import { parseArgs } from "node:util";
import { summarize } from "../analysis/metrics";
import { DEFAULT_MODEL, modelArgument, withEngine } from "./engine";
import { HeadReader } from "./evaluation/headReader";
import { predict, readTestSet } from "./evaluation/testSet";
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
  const { head, split } = values;
  if (file === undefined || head === undefined) return undefined;
  const modelFolder = await modelArgument(values.model);
  await withEngine(async (engine) => {
    const reader = await HeadReader.open(engine, modelFolder, head);
    const predictions = await predict(reader, await readTestSet(file, split, reader));
    const { tokensPerSecond } = reader;
    console.log(JSON.stringify({ ...summarize(predictions, reader.labels), tokensPerSecond }));
  });
  return 0;
});
