import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { SEGMENTATIONS } from "../document/segmentations";
import { UserError } from "../errors";
import { EXECUTION_PROVIDERS } from "../ponet/provider";
import { classifyFiles } from "./classifyFiles";
import { classifyFolders } from "./classifyFolders";
import { DEFAULT_MODEL, modelArgument } from "./engine";
import { oneOf, runProgram } from "./program";

/** Where the rows of folders are kept unless told otherwise. */
const RESULTS = "ponet-results.jsonl";

const USAGE =
  "usage: npm run --silent classify -- [OPTIONS] [--json] FILE...\n" +
  "       npm run --silent classify -- [OPTIONS] [--results FILE.jsonl] [--csv FILE.csv] DIR...\n" +
  "  OPTIONS: [--model ID|DIR] [--provider P] [--segmentation S]\n" +
  `  P: auto, ${EXECUTION_PROVIDERS.join(", ")}; S: ${SEGMENTATIONS.join(", ")}`;

runProgram(USAGE, async (args) => {
  const { values, positionals: paths } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      model: { type: "string", default: DEFAULT_MODEL },
      provider: { type: "string", default: "auto" },
      segmentation: { type: "string", default: "paragraph" },
      json: { type: "boolean", default: false },
      results: { type: "string" },
      csv: { type: "string" },
    },
  });
  if (paths.length === 0) return undefined;
  const settings = {
    modelFolder: await modelArgument(values.model),
    provider: oneOf(["auto", ...EXECUTION_PROVIDERS], values.provider, "--provider"),
    segmentation: oneOf(SEGMENTATIONS, values.segmentation, "--segmentation"),
  };
  const folders = await Promise.all(paths.map(isFolder));
  if (folders.includes(true)) {
    if (values.json) throw new UserError("--json is for files: name --results for the rows of a folder.");
    return classifyFolders(paths, settings, values.results ?? RESULTS, values.csv);
  }
  if (values.results !== undefined || values.csv !== undefined) {
    throw new UserError("--results and --csv are for folders: name a folder, or --json for files.");
  }
  return classifyFiles(paths, settings, values.json);
});

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
