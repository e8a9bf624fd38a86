import { chunkRows } from "../engine/chunkRows";
import { agree, testOutputs } from "../engine/providers/selfTest";
import { sequenceOf } from "../engine/sequence";
import { StepReader } from "../engine/stepReader";
import { Tensor } from "../ponet/onnxruntime";
import { PoNet } from "../ponet/ponet";
import { isCpu, type ExecutionProvider } from "../ponet/provider";
import { Session } from "../ponet/session";
import { encoderGraph, productsGraph } from "./encoder";
import { MIXERS } from "./mixers/mixers";
import { HEAD, madeUpIds, MODEL } from "./model";
import { TRIAL, type Configuration } from "./protocol";
import { RandomWeights } from "./randomWeights";

/** Reads the whole sequence once. */
export type Run = () => Promise<void>;

/** Rows that the bare products are computed for at a time: they need no others. */
const PRODUCT_ROWS = 4096;

/** Tokens in each of PoNet's segments: about a sentence's. */
const SEGMENT_TOKENS = 32;

/** Loads what a configuration names. @throws Error when nothing has that name; onnxruntime's errors. */
export async function load({ name, length, provider }: Configuration): Promise<Run> {
  if (name === TRIAL) return trial(provider);
  if (name === "ponet") return ponet(length, provider);
  if (name === "ponet-int8") return ponet(length, "cpu-int8");
  if (name === "products") return products(length, provider);
  if (Object.hasOwn(MIXERS, name)) return encoder(name as keyof typeof MIXERS, length, provider);
  throw new Error(`nothing is called "${name}"`);
}

async function encoder(name: keyof typeof MIXERS, length: number, provider: ExecutionProvider): Promise<Run> {
  const session = await Session.create(encoderGraph(MIXERS[name], length), provider);
  const positions = Int32Array.from({ length }, (_, i) => i % MODEL.maxPositions);
  const feeds = {
    ids: new Tensor("int32", madeUpIds(length), [length]),
    positions: new Tensor("int32", positions, [length]),
  };
  return async () => {
    await session.run(feeds);
  };
}

/** Whether PoNet opens on a provider and computes what it does on the CPU. @throws Error where it does not */
async function trial(provider: ExecutionProvider): Promise<Run> {
  const network = await loadPoNet(provider);
  const outputs = await testOutputs(MODEL, network);
  if (!isCpu(provider) && !agree(await testOutputs(MODEL, await loadPoNet("cpu")), outputs, provider))
    throw new Error("its numbers differ from the CPU's");
  return async () => {
    await testOutputs(MODEL, network);
  };
}

function loadPoNet(provider: ExecutionProvider): Promise<PoNet> {
  return PoNet.load({ config: MODEL, weights: new RandomWeights(), heads: [HEAD] }, provider);
}

/** What the engine does with a tokenized document, but for its progress. */
async function ponet(length: number, provider: ExecutionProvider): Promise<Run> {
  const network = await loadPoNet(provider);
  const segments = Math.ceil(length / SEGMENT_TOKENS);
  const tokenBounds = Uint32Array.from({ length: segments + 1 }, (_, k) => Math.min(k * SEGMENT_TOKENS, length));
  // A token a character.
  const offsets = Uint32Array.from({ length: length + 1 }, (_, i) => i);
  const [starts, ends] = [offsets.subarray(0, -1), offsets.subarray(1)];
  const document = { ids: madeUpIds(length), starts, ends, bounds: tokenBounds, tokenBounds };
  return async () => {
    const reader = new StepReader(document, MODEL, [HEAD], () => undefined);
    for await (const step of network.run(sequenceOf(document, MODEL), chunkRows(MODEL, provider))) reader.read(step);
  };
}

async function products(length: number, provider: ExecutionProvider): Promise<Run> {
  const session = await Session.create(productsGraph(), provider);
  const hidden = Float32Array.from(
    { length: PRODUCT_ROWS * MODEL.hiddenSize },
    (_, i) => ((i * 7919) % 997) / 997 - 0.5,
  );
  return async () => {
    for (let start = 0; start < length; start += PRODUCT_ROWS) {
      const rows = Math.min(PRODUCT_ROWS, length - start);
      const some = hidden.subarray(0, rows * MODEL.hiddenSize);
      await session.run({ hidden: new Tensor("float32", some, [rows, MODEL.hiddenSize]) });
    }
  };
}
