import type { Analysis } from "../../analysis/analysis";
import type { Part } from "../../analysis/draft";
import type { Explanation } from "../../analysis/explanation";
import type { TokenDetails } from "../../analysis/tokenDetails";
import type { Progress } from "../../engine/protocol";
import type { RunPhase } from "../../readings/phaseNames";
import type { ThroughputNews } from "./throughputNews";

// What the panel's host end and its page say to each other. Types only: both ends import them.

/** What the panel shows besides the figures of the analysis: small, and sent at every change. */
export interface PanelStatus {
  /** The shown document; absent when there is none to classify. */
  readonly document?: { readonly uri: string; readonly name: string; readonly part: "document" | "selection" };
  /** The reading that the status speaks of; absent when there is none. */
  readonly readingId?: number;
  readonly running?: Pick<Progress, "fraction" | "timeRemainingMs"> & {
    readonly phase: RunPhase;
    /** Whether it is live mode's, beside a reading that is shown: the page makes no words of it. */
    readonly quiet: boolean;
  };
  /** One sentence. */
  readonly failure?: string;
  /** One sentence. */
  readonly stale?: string;
  /** Whether that is an edit that live mode answers, of which the page makes no words either. */
  readonly awaited?: boolean;
  /** Indices of the chosen head and label; absent without a reading. */
  readonly chosen?: { readonly head: number; readonly label: number };
  /** Of some segments of the reading; absent while none was explained. */
  readonly explanations?: readonly Explanation[];
}

/** A segment's tokens as the text has them, and what the model made of each; or why that is not known: one sentence. */
export type TokenAnswer =
  { readonly details: TokenDetails; readonly texts: readonly string[] } | { readonly failure: string };

export type ToPanel =
  /** The place of the page was hidden and is in sight again: a page that lived on through that is to say `ready` again. */
  | { readonly type: "shown" }
  | { readonly type: "status"; readonly status: PanelStatus }
  /** Precedes the first status that names `readingId`; figures of a draft that are not known yet are NaN. */
  | { readonly type: "reading"; readonly readingId: number; readonly draft: boolean; readonly analysis: Analysis }
  /** More of the draft is known; a status follows. */
  | { readonly type: "found"; readonly readingId: number; readonly parts: readonly Part[] }
  /** All of the draft is known, and what is told of a reading at its end; a status follows. */
  | ({ readonly type: "finished"; readonly readingId: number } & Pick<Analysis, "timings" | "peakRssMb">)
  /** With `isAll` the news is all there is, whatever the page holds. */
  | { readonly type: "throughput"; readonly isAll: boolean; readonly news: ThroughputNews }
  /** The first words of the segments that were asked for, in their order. */
  | {
      readonly type: "excerpts";
      readonly readingId: number;
      readonly segments: readonly number[];
      readonly texts: readonly string[];
    }
  /** The answer to the question of the same name or, before it, how far what is read for it has come, 0 to 1. */
  | ({ readonly type: "tokens"; readonly readingId: number; readonly segment: number } & (
      TokenAnswer | { readonly fraction: number }
    ))
  /** The segment that the editor's cursor or pointer is in, if any; with `reveal` it is to be brought into sight. */
  | { readonly type: "mark"; readonly readingId: number; readonly segment?: number; readonly reveal: boolean }
  /** What the editor has in sight, if anything, as places among the segments: 3.25 is a quarter into the fourth. */
  | { readonly type: "sight"; readonly readingId: number; readonly sight?: readonly [from: number, to: number] };

export type FromPanel =
  /** The page has loaded, or loaded again, and knows nothing; or nothing of what came while its place was hidden. */
  | { readonly type: "ready" }
  | { readonly type: "classify" }
  | { readonly type: "classifyAgain" }
  | { readonly type: "cancel" }
  /** Leave the strongest segments out that were not left out yet. */
  | { readonly type: "explain" }
  /** Without a label: the head's predicted one. */
  | { readonly type: "choose"; readonly readingId: number; readonly head: string; readonly label?: string }
  /** With `focus` the editor gets it. */
  | { readonly type: "reveal"; readonly readingId: number; readonly segment: number; readonly focus: boolean }
  /** The segment that the pointer or the keyboard is on in the page, if any. */
  | { readonly type: "point"; readonly readingId: number; readonly segment?: number }
  /** Asks what the model made of the tokens of a segment; without one no answer is wanted any more. */
  | { readonly type: "tokens"; readonly readingId: number; readonly segment?: number }
  | { readonly type: "excerpts"; readonly readingId: number; readonly segments: readonly number[] };
