import type { ModelDescription } from "../models/description";
import { modelEntry } from "../models/registry";
import { analyze } from "./analyze";
import type { Control } from "./control";
import type { LoadedModel } from "./model";
import type { TextRequest } from "./protocol";

/** Has a model read a text, and tells what it is. @throws as {@link analyze}. */
export async function describe(request: TextRequest, model: LoadedModel, control: Control): Promise<ModelDescription> {
  await analyze(request, model, control);
  const { config, heads } = model.checkpoint;
  return {
    ...(await modelEntry(request.modelFolder)),
    layers: config.layers,
    width: config.hiddenSize,
    heads: heads.map(({ name, labels }) => ({ name, labels })),
  };
}
