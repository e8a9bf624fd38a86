import { argmax, type Analysis, type HeadAnalysis } from "../analysis/analysis";
import { summarize, type Prediction, type Summary } from "../analysis/metrics";
import type { EngineClient } from "../engine/client";
import { UserError } from "../errors";
import { readRows } from "./jsonl";

export interface EvaluationRequest {
  /** Absolute path of the checkpoint folder. */
  readonly modelFolder: string;
  readonly head: string;
  /** `.jsonl` or `.jsonl.xz`. */
  readonly file: string;
  /** Only rows whose "split" is this; undefined: every row. */
  readonly split: string | undefined;
}

export interface Evaluation extends Summary {
  readonly tokensPerSecond: number;
}

/**
 * Classifies every row of a file, whole documents, and compares with its labels.
 * @throws UserError when the file has no such rows, or the model no such head or label.
 */
export async function evaluate(engine: EngineClient, request: EvaluationRequest): Promise<Evaluation> {
  const { modelFolder, file, split } = request;
  const predictions: Prediction[] = [];
  let labels: readonly string[] = [];
  let tokens = 0;
  let milliseconds = 0;
  for await (const { text, label } of readRows(file, split)) {
    // A text without words cannot be classified, which is an error of ours, not a row to leave out.
    if (!/\S/.test(text)) {
      predictions.push({ label, predicted: undefined, confidence: 0 });
      continue;
    }
    const name = `${file}, row ${predictions.length + 1}`;
    const analysis = await engine.analyze({ text, name, modelFolder, provider: "auto", segmentation: "paragraph" });
    const head = headNamed(analysis, request.head);
    const best = argmax(head.scores);
    predictions.push({ label, predicted: head.labels[best], confidence: head.scores[best] ?? 0 });
    labels = head.labels;
    tokens += analysis.tokens;
    milliseconds += analysis.timings.totalMs;
  }
  if (tokens === 0) throw new UserError(`"${file}" has no rows to evaluate: check the file and --split.`);
  const stranger = predictions.find(({ label }) => !labels.includes(label));
  if (stranger) {
    throw new UserError(
      `"${file}" has the label "${stranger.label}", which the head "${request.head}" does not know: use the head's own data.`,
    );
  }
  return { ...summarize(predictions, labels), tokensPerSecond: (tokens / milliseconds) * 1000 };
}

function headNamed({ model, heads }: Analysis, name: string): HeadAnalysis {
  const found = heads.find((head) => head.name === name);
  if (found) return found;
  const names = heads.map((head) => head.name).join(", ");
  throw new UserError(`The model "${model}" has no head "${name}": --head can be ${names}.`);
}
