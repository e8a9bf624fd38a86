import { parseArgs } from "node:util";
import { DEFAULT_MODEL, modelArgument, withEngine } from "./engine";
import { evaluate } from "./evaluation";
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
  const evaluation = await withEngine((engine) => evaluate(engine, { modelFolder, head, file, split }));
  console.log(JSON.stringify(evaluation));
  return 0;
});
