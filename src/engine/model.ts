import { EditedTokenizer } from "../document/editedTokenizer";
import { UserError } from "../errors";
import { readCheckpoint, type Checkpoint } from "../models/checkpoint";
import { modelStamp } from "../models/modelFiles";
import { modelKey } from "../models/modelKey";
import { once } from "../once";
import { PoNet } from "../ponet/ponet";
import type { ExecutionProvider } from "../ponet/provider";
import { chunkRows } from "./chunkRows";
import { openNetwork, type OpenedNetwork, type ProviderRequest } from "./providers/open";
import { TrialRecord } from "./providers/records";

/** A checkpoint loaded onto an execution provider: what an engine process holds for as long as it lives. */
export interface LoadedModel extends OpenedNetwork {
  /** Without the weights, which the network has taken in: they would hold the whole file in memory. */
  readonly checkpoint: Omit<Checkpoint, "weights">;
  /** What tells the checkpoint from itself after more training. */
  readonly modelKey: string;
  /** The checkpoint's, which knows the text before: live mode asks of one text after every edit. */
  readonly tokenizer: EditedTokenizer;
  /** The most rows that are computed together. */
  readonly chunkRows: number;
  /** Of an int8 network: itself in float32, loaded when it is first asked for. */
  readonly exact?: (() => Promise<PoNet>) | undefined;
}

/**
 * @param recordsFolder where this machine's execution providers are remembered
 * @throws UserError when the folder or the provider cannot be used, or the folder is written anew meanwhile; see {@link readCheckpoint} and {@link openNetwork}.
 */
export async function loadModel(folder: string, request: ProviderRequest, recordsFolder: string): Promise<LoadedModel> {
  const stamp = await modelStamp(folder);
  const checkUnchanged = async () => {
    if ((await modelStamp(folder)) === stamp) return;
    throw new UserError(`The model folder "${folder}" was written anew while it was loaded: try again.`);
  };
  const parts = await readCheckpoint(folder).catch(async (error: unknown) => {
    // A file that was half written is not broken.
    await checkUnchanged();
    throw error;
  });
  const { id, config, tokenizer, language, heads } = parts;
  const key = await modelKey(folder);
  // The key would be of other weights than those that were read.
  await checkUnchanged();
  const model = { config, open: (provider: ExecutionProvider) => PoNet.load(parts, provider) };
  const opened = await openNetwork(model, request, await TrialRecord.of(folder, key, recordsFolder));
  return {
    checkpoint: { id, config, tokenizer, language, heads },
    modelKey: key,
    tokenizer: new EditedTokenizer(tokenizer),
    chunkRows: chunkRows(config, opened.provider),
    exact: opened.provider === "cpu-int8" ? once(() => PoNet.load(parts, "cpu")) : undefined,
    ...opened,
  };
}
