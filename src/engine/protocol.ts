import type { Analysis, ExecutionProvider } from "../analysis/analysis";
import type { Segmentation } from "../document/segment";
import type { ModelDescription } from "../models/description";

/** What the host asks of the engine process: read one text with one model. */
export interface AnalyzeRequest {
  readonly text: string;
  /** How messages name the document, for instance its file name. */
  readonly name: string;
  /** Absolute path of the checkpoint folder. */
  readonly modelFolder: string;
  /** `auto` takes the fastest whose numbers agree with the CPU's. */
  readonly provider: ExecutionProvider | "auto";
  /** Providers not to try: they crashed the engine process before. */
  readonly excludedProviders: readonly ExecutionProvider[];
  readonly segmentation: Segmentation;
}

/** Where an analysis stands; `loading` covers the model and the choice of a provider. */
export type Phase = "loading" | "segmenting" | "tokenizing" | "inferring";

export interface Progress {
  readonly phase: Phase;
  /** 0 to 1 over the whole analysis. */
  readonly fraction: number;
  /** Text tokens per second, for each phase that has read some. */
  readonly tokensPerSecond: Readonly<Partial<Record<Phase, number>>>;
  /** Until the analysis ends, at the pace so far; absent while there is none. */
  readonly timeRemainingMs?: number;
  /** Resident memory of the engine process, in MiB. */
  readonly rssMb: number;
  /** While a GPU provider is being tried: which, so that a crash can be laid at its door. */
  readonly trying?: ExecutionProvider;
}

/** An error as it crosses the process boundary: a sentence for the user, a stack for the output channel. */
export interface Failure {
  readonly message: string;
  readonly detail: string;
}

/** What comes of a request that is not cancelled. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly err: Failure };

export type ToEngine =
  | { readonly type: "analyze"; readonly id: number; readonly request: AnalyzeRequest }
  /** Check the checkpoint folder, an absolute path, and tell what it holds. */
  | { readonly type: "describe"; readonly id: number; readonly folder: string }
  | { readonly type: "cancel"; readonly id: number };

export type FromEngine =
  | { readonly type: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly type: "analysis"; readonly id: number; readonly outcome: Outcome<Analysis> }
  | { readonly type: "description"; readonly id: number; readonly outcome: Outcome<ModelDescription> }
  | { readonly type: "cancelled"; readonly id: number };
