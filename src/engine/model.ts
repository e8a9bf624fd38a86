import type { ExecutionProvider } from "../analysis/analysis";
import { readCheckpoint, type Checkpoint } from "../models/checkpoint";
import { classifierGraph } from "../ponet/classifier";
import { Session } from "../ponet/session";
import { openSession, type OpenedSession, type ProviderRequest } from "./providers/open";
import { TrialRecord } from "./providers/records";

/** A checkpoint loaded onto an execution provider: what an engine process holds for as long as it lives. */
export interface LoadedModel extends OpenedSession {
  readonly checkpoint: Checkpoint;
}

/**
 * @param recordsFolder where this machine's execution providers are remembered
 * @throws UserError when the folder or the provider cannot be used; see {@link readCheckpoint} and {@link openSession}.
 */
export async function loadModel(folder: string, request: ProviderRequest, recordsFolder: string): Promise<LoadedModel> {
  const checkpoint = await readCheckpoint(folder);
  const { config, weights, heads } = checkpoint;
  const graph = classifierGraph(config, weights, heads);
  const model = { config, open: (provider: ExecutionProvider) => Session.create(config, graph, provider) };
  return { checkpoint, ...(await openSession(model, request, await TrialRecord.of(folder, recordsFolder))) };
}
