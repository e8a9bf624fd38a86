import type { FrameLocator, Locator } from "playwright-core";

/** The parts of the panel's page, as a user sees them. */
export class PanelPage {
  readonly name: Locator;
  readonly summary: Locator;
  readonly banner: Locator;
  /** The last analysis, while it is marked as out of date. */
  readonly staleFigures: Locator;
  readonly heads: Locator;
  readonly segments: Locator;
  /** The first of the pooling maps. */
  readonly map: Locator;
  /** The contributions and all pooling maps. */
  readonly plot: Locator;
  readonly overview: Locator;
  readonly facts: Locator;
  readonly phases: Locator;

  constructor(readonly frame: FrameLocator) {
    this.name = frame.locator("header h1");
    this.summary = frame.locator("header p");
    this.banner = frame.locator(".banner:visible");
    this.staleFigures = frame.locator("main.is-stale");
    this.heads = frame.locator(".head");
    this.segments = frame.getByRole("option");
    this.map = frame.locator(".map:not(.strip) .map-body canvas").first();
    this.plot = frame.getByRole("application", { name: /pooling maps/ });
    this.overview = frame.getByRole("slider", { name: /Part of the document/ });
    this.facts = frame.locator(".facts dl");
    this.phases = frame.locator(".phases tbody tr");
  }

  /** Waits until an analysis is on show and none is under way. */
  async settled(): Promise<void> {
    const failure = this.frame.locator(".banner.failed");
    await this.segments.first().or(failure).first().waitFor();
    if (await failure.isVisible()) throw new Error((await failure.textContent()) ?? "");
    await this.frame.locator(".banner.running").waitFor({ state: "hidden" });
  }

  /** The row of a segment, by the number shown, while it is marked as the one that the editor's cursor is in. */
  markedSegment(number: string): Locator {
    const label = this.frame.locator(".segment-number").getByText(number, { exact: true });
    return this.frame.locator(".segment.marked").filter({ has: label });
  }

  /** The segments in the list, also those out of sight. */
  async segmentCount(): Promise<number> {
    return Number(await this.segments.first().getAttribute("aria-setsize"));
  }
}
