import * as vscode from "vscode";
import { excerpt } from "../../analysis/excerpt";
import { documentName } from "../../editor/documentName";
import { revealSegment } from "../revealSegment";
import type { PanelContent } from "./content";
import type { InStep } from "./inStep";
import type { FromPanel, ToPanel } from "./protocol";
import type { TokenReader } from "./tokenReader";

type Request<Type extends FromPanel["type"]> = Extract<FromPanel, { readonly type: Type }>;

/** Does what a page asks for; what it asks to be told goes to `post`. */
export function answer(
  request: Request<Exclude<FromPanel["type"], "ready">>,
  content: PanelContent,
  tokens: TokenReader,
  inStep: InStep,
  post: (message: ToPanel) => void,
): void {
  const { document, choice } = content;
  switch (request.type) {
    case "classify":
      void vscode.commands.executeCommand("ponet.classifyDocument", document?.uri);
      return;
    case "classifyAgain":
      void vscode.commands.executeCommand("ponet.classifyAgain");
      return;
    case "cancel":
      void vscode.commands.executeCommand("ponet.cancelShown");
      return;
    case "explain":
      void vscode.commands.executeCommand("ponet.explainStrongest");
      return;
    case "choose":
      if (document && content.reading(request.readingId)) choice.choose(document.uri, request.head, request.label);
      return;
    case "reveal": {
      const reading = content.reading(request.readingId);
      if (!document || !reading) return;
      const { segment, focus } = request;
      void content.notifier.watch("Revealing the segment", () => revealSegment(document, reading, segment, focus));
      return;
    }
    case "tokens":
      void tellTokens(request, content, tokens, post);
      return;
    case "point":
      inStep.point(content.reading(request.readingId) && request.segment);
      return;
    case "excerpts":
      tellExcerpts(request, content, post);
  }
}

function tellExcerpts(request: Request<"excerpts">, content: PanelContent, post: (message: ToPanel) => void): void {
  const reading = content.reading(request.readingId);
  if (!reading) return;
  const { text, analysis } = reading;
  post({ ...request, texts: request.segments.map((segment) => excerpt(text, analysis.bounds, segment)) });
}

async function tellTokens(
  { type, readingId, segment }: Request<"tokens">,
  content: PanelContent,
  tokens: TokenReader,
  post: (message: ToPanel) => void,
): Promise<void> {
  const { document } = content;
  const reading = content.reading(readingId);
  if (!document || !reading) return;
  if (segment === undefined) {
    tokens.keepTo(undefined);
    return;
  }
  const found = await tokens.read(documentName(document.uri), reading, segment, (fraction) => {
    post({ type, readingId, segment, fraction });
  });
  if (found) post({ type, readingId, segment, ...found });
}
