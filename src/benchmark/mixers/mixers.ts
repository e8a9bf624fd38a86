import { average } from "./average";
import { fnet } from "./fnet";
import { linearAttention } from "./linear";
import { linformer } from "./linformer";
import type { Mixer } from "./mixer";
import { nystroemformer } from "./nystroemformer";
import { performer } from "./performer";
import { transformer } from "./transformer";

/** What PoNet's mixing is measured against, by the names of models/recipe/lra/mixers.py. */
export const MIXERS = {
  transformer,
  fnet,
  linformer,
  nystroemformer,
  performer,
  linear: linearAttention,
  average,
} as const satisfies Readonly<Record<string, Mixer>>;
