import { parseArgs } from "node:util";
import { EXECUTION_PROVIDERS } from "../ponet/provider";
import { summarize } from "./evaluation/accuracy";
import { DEFAULT_MODEL, modelArgument, withEngine } from "./engine";
import { HeadReader } from "./evaluation/headReader";
import { predict, readTestSet } from "./evaluation/testSet";
import { oneOf, runProgram } from "./program";

const USAGE =
  "usage: npm run --silent evaluate -- [--model ID|DIR] --head HEAD [--split NAME] [--provider P] FILE.jsonl[.xz]\n" +
  '  rows are {"text", "label"}; --split takes only the rows whose "split" it names\n' +
  `  P: auto, ${EXECUTION_PROVIDERS.join(", ")}; cpu unless named`;

runProgram(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      model: { type: "string", default: DEFAULT_MODEL },
      head: { type: "string" },
      split: { type: "string" },
      provider: { type: "string", default: "cpu" },
    },
  });
  const [file] = positionals;
  const { head, split } = values;
  if (file === undefined || head === undefined) return undefined;
  const provider = oneOf(["auto", ...EXECUTION_PROVIDERS], values.provider, "--provider");
  const modelFolder = await modelArgument(values.model);
  await withEngine(async (engine) => {
    const reader = await HeadReader.open(engine, modelFolder, head, provider);
    const predictions = await predict(reader, await readTestSet(file, split, reader), "test set");
    const { tokensPerSecond } = reader;
    console.log(JSON.stringify({ ...summarize(predictions, reader.labels), tokensPerSecond }));
  });
  return 0;
});
