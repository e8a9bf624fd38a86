import type { DocumentScores } from "../analysis/analysis";
import { scoresOf } from "../analysis/scores";
import { segment } from "../document/segment";
import { UserError } from "../errors";
import { checkLogits } from "./checkLogits";
import type { Control } from "./control";
import { checkText, tokenizeText, type TokenizedDocument } from "./document";
import { doubtOf } from "./doubt";
import { logitsOf } from "./logits";
import type { LoadedModel } from "./model";
import type { Outcome, Request } from "./protocol";
import { sequenceOf } from "./sequence";

/**
 * What the model says of each of some documents, short ones read together; a sentence for one that cannot be classified.
 * @throws UserError where the model computes no numbers from one; CancelledError
 */
export async function classify(
  request: Request<"classify">,
  model: LoadedModel,
  control: Control,
): Promise<readonly Outcome<DocumentScores>[]> {
  const { config, heads } = model.checkpoint;
  const documents = tokenizedOf(request, model);
  const sequences = documents.flatMap((document) => (document.ok ? [sequenceOf(document.value, config)] : []));
  const rows = sequences.reduce((sum, { ids }) => sum + ids.length, 0);
  control.meter.begin("inferring");
  const read = logitsOf(sequences, model, control, (done) => {
    control.meter.advance(done / rows);
  });
  const outcomes: Outcome<DocumentScores>[] = [];
  for (const document of documents) {
    if (!document.ok) {
      outcomes.push(document);
      continue;
    }
    const { value: logits } = await read.next();
    checkLogits(logits ?? [], model.provider, request.modelFolder, request.names[outcomes.length] ?? request.name);
    const { ids, doubt } = document.value;
    const tokens = ids.length;
    const scores = heads.map(({ name, labelNames, threshold, temperature }, head) => {
      const own = logits?.[head] ?? new Float32Array();
      return { name, labels: labelNames, threshold, doubt, scores: scoresOf(own, tokens, temperature) };
    });
    outcomes.push({ ok: true, value: { provider: model.provider, tokens, heads: scores } });
  }
  return outcomes;
}

function tokenizedOf(
  { text, names, lengths, segmentation }: Request<"classify">,
  { checkpoint }: LoadedModel,
): Outcome<TokenizedDocument & { readonly doubt: string | undefined }>[] {
  let start = 0;
  return names.map((name, i) => {
    const own = text.slice(start, (start += lengths[i] ?? 0));
    try {
      checkText(own, name);
      const document = tokenizeText(own, name, segment(own, segmentation), checkpoint.tokenizer);
      return { ok: true, value: { ...document, doubt: doubtOf(own, document.ids, checkpoint) } };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { ok: false, err: { message: error.message, detail: error.stack ?? "" } };
    }
  });
}
