import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parseConfig, type PoNetConfig } from "../ponet/config";
import { Safetensors, type Tensor } from "../ponet/safetensors";
import { UserError } from "../errors";
import type { Batch } from "./batch";

/** One golden run of a reference implementation: what went in and every tensor that came out. */
export interface Case {
  readonly name: string;
  readonly batch: Batch;
  /** By name without the case's prefix: `out.*`, `derived.*`, `layer<i>.*`, and in Long Range Arena `segment_index`. */
  readonly expected: ReadonlyMap<string, Tensor>;
}

/** A weights file and the cases files that belong to it and share one configuration. */
export interface Fixture {
  readonly name: string;
  readonly config: PoNetConfig;
  readonly weights: Safetensors;
  readonly cases: readonly Case[];
}

const WEIGHTS_SUFFIX = "_weights.safetensors";

/** The ids of [CLS] and [SEP] that the authors' code knows, whatever the vocabulary. */
const AUTHORS_IDS = { cls_id: 101, sep_id: 102 };

/**
 * Finds the fixtures of a folder: every `<name>_weights.safetensors` with its `<name>_cases*.safetensors`. The
 * configuration is the weights' metadata; a cases file overrides one key by its name, `<name>_cases_<key>_<value>`.
 * @throws UserError when the folder holds no weights or a file is not what it should be.
 */
export async function readFixtures(folder: string): Promise<Fixture[]> {
  const files = (await readdir(folder).catch(() => [])).sort();
  const fixtures: Fixture[] = [];
  for (const file of files.filter((name) => name.endsWith(WEIGHTS_SUFFIX))) {
    const name = file.slice(0, -WEIGHTS_SUFFIX.length);
    const weights = await readSafetensors(path.join(folder, file));
    for (const casesFile of files.filter((other) => isCasesOf(other, name))) {
      const cases = await readSafetensors(path.join(folder, casesFile));
      const overrides = overridesIn(casesFile.slice(`${name}_cases`.length, -".safetensors".length));
      const json: unknown = JSON.parse(weights.metadata.config ?? "{}");
      const config = parseConfig(JSON.stringify(Object.assign({}, AUTHORS_IDS, json, overrides)), weights.file);
      fixtures.push({ name: path.basename(casesFile, ".safetensors"), config, weights, cases: readCases(cases) });
    }
  }
  if (fixtures.length === 0) {
    throw new UserError(
      `"${folder}" holds no <name>${WEIGHTS_SUFFIX} with <name>_cases.safetensors: name a parity folder.`,
    );
  }
  return fixtures;
}

function isCasesOf(file: string, name: string): boolean {
  return file.startsWith(`${name}_cases`) && file.endsWith(".safetensors");
}

function overridesIn(suffix: string): Record<string, unknown> {
  const match = /^_(.+)_([^_]+)$/.exec(suffix);
  if (!match?.[1] || match[2] === undefined) return {};
  try {
    return { [match[1]]: JSON.parse(match[2]) as unknown };
  } catch {
    // A name that only tells the file from others.
    return {};
  }
}

async function readSafetensors(file: string): Promise<Safetensors> {
  return Safetensors.parse(await readFile(file), file);
}

function readCases(file: Safetensors): Case[] {
  const names = new Set(file.names.map((name) => name.slice(0, name.indexOf("."))));
  return [...names].map((name) => {
    const own = file.names.filter((key) => key.startsWith(`${name}.`)).map((key) => key.slice(name.length + 1));
    const tensor = (key: string) => (own.includes(key) ? file.tensor(`${name}.${key}`) : undefined);
    const expected = own.filter((key) => !key.startsWith("in.") && key !== "segment_num");
    return {
      name,
      batch: readBatch(file.tensor(`${name}.in.input_ids`), tensor),
      expected: new Map(expected.map((key) => [key, file.tensor(`${name}.${key}`)])),
    };
  });
}

function readBatch(ids: Tensor, tensor: (key: string) => Tensor | undefined): Batch {
  const [batch = 0, length = 0] = ids.shape;
  const mask = (tensor("in.attention_mask") ?? tensor("in.mask"))?.data;
  const tokenTypes = tensor("in.token_type_ids")?.data;
  const segmentIds = tensor("in.segment_ids")?.data ?? equalRuns(batch, length, tensor("segment_num")?.data[0]);
  return {
    batch,
    length,
    ids: Int32Array.from(ids.data),
    ...(mask && { mask }),
    ...(segmentIds && { segmentIds }),
    ...(tokenTypes && { tokenTypes: Int32Array.from(tokenTypes) }),
  };
}

/** Long Range Arena: runs of floor(N / K) + 1 tokens. */
function equalRuns(batch: number, length: number, segments: number | undefined): Int32Array | undefined {
  if (segments === undefined) return undefined;
  const run = Math.floor(length / segments) + 1;
  return Int32Array.from({ length: batch * length }, (_, i) => Math.floor((i % length) / run));
}
