import { readCheckpoint, type Checkpoint } from "../models/checkpoint";
import { classifierGraph } from "../ponet/classifier";
import { openSession, type OpenedSession, type ProviderRequest } from "./providers";

/** A checkpoint loaded onto an execution provider: what an engine process holds for as long as it lives. */
export interface LoadedModel extends OpenedSession {
  readonly checkpoint: Checkpoint;
}

/** @throws UserError when the folder or the provider cannot be used; see {@link readCheckpoint} and {@link openSession}. */
export async function loadModel(folder: string, request: ProviderRequest): Promise<LoadedModel> {
  const checkpoint = await readCheckpoint(folder);
  const { config, weights, heads } = checkpoint;
  const graph = classifierGraph(config, weights, heads);
  return { checkpoint, ...(await openSession(config, graph, request)) };
}
