import { EditedTokenizer } from "../document/editedTokenizer";
import { readCheckpoint, type Checkpoint } from "../models/checkpoint";
import { modelKey } from "../models/modelKey";
import { PoNet } from "../ponet/ponet";
import type { ExecutionProvider } from "../ponet/provider";
import { chunkRows } from "./chunkRows";
import { openNetwork, type OpenedNetwork, type ProviderRequest } from "./providers/open";
import { TrialRecord } from "./providers/records";

/** A checkpoint loaded onto an execution provider: what an engine process holds for as long as it lives. */
export interface LoadedModel extends OpenedNetwork {
  readonly checkpoint: Checkpoint;
  /** What tells the checkpoint from itself after more training. */
  readonly modelKey: string;
  /** The checkpoint's, which knows the text before: live mode asks of one text after every edit. */
  readonly tokenizer: EditedTokenizer;
  /** The most rows that are computed together. */
  readonly chunkRows: number;
  /** The network in float32, loaded when it is first asked for: int8's rounding is larger than what a segment does. */
  readonly exact: () => Promise<PoNet>;
}

/**
 * @param recordsFolder where this machine's execution providers are remembered
 * @throws UserError when the folder or the provider cannot be used; see {@link readCheckpoint} and {@link openNetwork}.
 */
export async function loadModel(folder: string, request: ProviderRequest, recordsFolder: string): Promise<LoadedModel> {
  const checkpoint = await readCheckpoint(folder);
  const key = await modelKey(folder);
  const { config } = checkpoint;
  const model = { config, open: (provider: ExecutionProvider) => PoNet.load(checkpoint, provider) };
  const opened = await openNetwork(model, request, await TrialRecord.of(folder, recordsFolder));
  let float32: Promise<PoNet> | undefined;
  const exact = async () => {
    if (opened.provider !== "cpu-int8") return opened.network;
    float32 ??= PoNet.load(checkpoint, "cpu");
    try {
      return await float32;
    } catch (error) {
      // Memory that lacks now may be there for the next question.
      float32 = undefined;
      throw error;
    }
  };
  const tokenizer = new EditedTokenizer(checkpoint.tokenizer);
  return { checkpoint, modelKey: key, tokenizer, chunkRows: chunkRows(config, opened.provider), exact, ...opened };
}
