import type { Analysis, DocumentScores } from "../analysis/analysis";
import type { Finding } from "../analysis/draft";
import type { Explanation } from "../analysis/explanation";
import type { TokenDetails } from "../analysis/tokenDetails";
import type { Segmentation } from "../document/segmentations";
import type { ModelDescription } from "../models/description";
import type { ExecutionProvider } from "../ponet/provider";

/** The text that a question is about, and the model that is to read it. */
export interface TextRequest {
  readonly text: string;
  /** How messages name the document, for instance its file name. */
  readonly name: string;
  /** Absolute path of the checkpoint folder. */
  readonly modelFolder: string;
  /** `auto` takes the fastest whose numbers agree with the CPU's. */
  readonly provider: ExecutionProvider | "auto";
  /** Providers not to try: they failed or crashed the engine process before. */
  readonly excludedProviders: readonly ExecutionProvider[];
  readonly segmentation: Segmentation;
  /** That of the analysis that is asked about; absent where there is none yet. */
  readonly modelKey?: string | undefined;
}

/** The questions about a text: what each asks besides, and what it is answered with. */
export interface Questions {
  /** What is found comes on the way, see {@link Finding}; the answer is the rest of the Analysis. */
  readonly analyze: {
    /** Where the text begins in its document, whose offsets the Analysis has, in UTF-16 units; absent: it is all of it. */
    readonly asks: { readonly start?: number };
    readonly answer: Pick<Analysis, "timings" | "peakRssMb">;
  };
  /**
   * What each of some documents comes down to. The text is theirs, one behind the other; `lengths` are in UTF-16 units. A
   * document that cannot be classified has its own failure.
   */
  readonly classify: {
    readonly asks: { readonly names: readonly string[]; readonly lengths: readonly number[] };
    readonly answer: readonly Outcome<DocumentScores>[];
  };
  /** What goes when each of `segments`, by the numbers that an analysis gives them, is left out. */
  readonly explain: { readonly asks: { readonly segments: readonly number[] }; readonly answer: Explanation };
  /** What the model made of the tokens of one segment. */
  readonly tokens: { readonly asks: { readonly segment: number }; readonly answer: TokenDetails };
  /** What the model holds, once it has read the text. */
  readonly describe: { readonly asks: unknown; readonly answer: ModelDescription };
}
export type Question = keyof Questions;
export type Request<Q extends Question> = TextRequest & Questions[Q]["asks"];

/** Where an analysis stands; `loading` covers the model and the choice of a provider. */
export type Phase = "loading" | "segmenting" | "tokenizing" | "inferring" | "leavingOut";

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
  /** The provider that computes, once the model is loaded. */
  readonly provider?: ExecutionProvider;
}

/** An error as it crosses the process boundary: a sentence for the user, a stack for the output channel. */
export interface Failure {
  readonly message: string;
  readonly detail: string;
  /** Where something else than the request failed on a GPU provider, that: the CPU may do what was asked. */
  readonly provider?: ExecutionProvider;
}

/** What comes of a request that is not cancelled. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly err: Failure };

export type Answer<Q extends Question> = Outcome<Questions[Q]["answer"]>;

/** A question with all that it is about. */
export type WholeQuestion = {
  readonly [Q in Question]: { readonly type: Q; readonly id: number; readonly request: Request<Q> };
}[Question];

export type ToEngine =
  /** A piece of the text that the question of this number is about: all of them come in order before it. */
  | { readonly type: "text"; readonly id: number; readonly piece: string }
  | {
      readonly [Q in Question]: { readonly type: Q; readonly id: number; readonly request: Omit<Request<Q>, "text"> };
    }[Question]
  | { readonly type: "cancel"; readonly id: number };

export type FromEngine =
  /** Where it stands, and what was found since the message before. */
  | {
      readonly type: "progress";
      readonly id: number;
      readonly progress: Progress;
      readonly findings: readonly Finding[];
    }
  | { readonly [Q in Question]: { readonly type: Q; readonly id: number; readonly outcome: Answer<Q> } }[Question]
  | { readonly type: "cancelled"; readonly id: number }
  /** No question can be answered, ever: a library does not load, for this reason. */
  | { readonly type: "unloadable"; readonly reason: string };
