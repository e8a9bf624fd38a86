import assert from "node:assert/strict";
import type { Locator } from "playwright-core";

/** What maps show of their axis, as their overview tells a screen reader, and how a mouse changes that. */
export class ZoomedMaps {
  /** @param overview The slider above the maps. */
  constructor(readonly overview: Locator) {}

  /** The segments in sight, the first and the last. */
  async part(): Promise<readonly [number, number]> {
    const text = (await this.overview.getAttribute("aria-valuetext")) ?? "";
    const [first = 1, last = Number(/\d+/.exec(text)?.[0])] =
      /segments (\d+) to (\d+)/.exec(text)?.slice(1).map(Number) ?? [];
    return [first, last];
  }

  /** The segments in sight once they are others than before, and remain. */
  async partAfter(act: () => Promise<void>): Promise<readonly [number, number]> {
    const before = await this.overview.getAttribute("aria-valuetext");
    await act();
    await this.overview.locator(`xpath=self::*[@aria-valuetext != "${before ?? ""}"]`).waitFor();
    // What the browser has yet to hand on of a drag comes before the next frames.
    await this.overview.evaluate(async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
    return this.part();
  }

  /** Drags across the target, from one share of its width to another. */
  async drag(target: Locator, from: number, to: number): Promise<void> {
    const { mouse } = target.page();
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    assert.ok(box);
    await mouse.move(box.x + box.width * from, box.y + 6);
    await mouse.down();
    await mouse.move(box.x + box.width * to, box.y + 6, { steps: 5 });
    await mouse.up();
  }
}
