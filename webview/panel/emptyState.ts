import type { PanelStatus } from "../../src/views/panel/protocol";
import { element, show } from "../dom";
import { button } from "../ui";
import type { Post } from "../view";

/** What there is to see before anything was classified. */
export class EmptyState {
  private readonly text = element("p");
  private readonly classify: HTMLElement;

  readonly element: HTMLElement;

  constructor(post: Post) {
    this.classify = button("Classify Document", "primary", () => {
      post({ type: "classify" });
    });
    this.element = element("div", { class: "empty" }, this.text, this.classify);
  }

  render({ document, readingId, running, failure }: PanelStatus): void {
    show(this.element, readingId === undefined && !running && failure === undefined);
    show(this.classify, document !== undefined);
    this.text.textContent = document
      ? "See what this document is, which parts say so, and how the model read it. Nothing leaves your machine."
      : "Open a text document to classify it.";
  }
}
