import assert from "node:assert/strict";
import { classifySample, type Sample } from "../harness/sample";

const THEMES = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
  "high-contrast": "Default High Contrast",
  "high-contrast-light": "Default High Contrast Light",
};
const WIDTHS = { narrow: 240, wide: 620 };

describe("Appearance", () => {
  let sample: Sample;

  before(async () => {
    sample = await classifySample();
  });

  after(() => sample.dispose());

  for (const [name, theme] of Object.entries(THEMES)) {
    it(`follows the ${name} theme`, async () => {
      const { server, workbench, panel } = sample;
      server.configure({ "workbench.colorTheme": theme });
      await panel.frame.locator(`body[data-vscode-theme-id='${theme}']`).waitFor();
      const [painted, wanted] = await panel.frame.locator("body").evaluate((body) => {
        const probe = document.createElement("span");
        probe.style.color = "var(--vscode-foreground)";
        body.append(probe);
        const colours = [getComputedStyle(body).color, getComputedStyle(probe).color];
        probe.remove();
        return colours;
      });
      assert.equal(painted, wanted);
      await workbench.screenshot(`theme-${name}`);
    });
  }

  for (const [name, width] of Object.entries(WIDTHS)) {
    it(`fits a ${name} side bar`, async () => {
      const { workbench, panel } = sample;
      await workbench.resizeSideBar(width);
      const overflow = await panel.frame.locator("html").evaluate(overflowAtWidth, width);
      await workbench.screenshot(`side-bar-${name}`);
      assert.equal(overflow, 0);
    });
  }
});

/** By how much a page is wider than its window, once that is about `width` wide. */
function overflowAtWidth(page: HTMLElement, width: number): Promise<number> {
  return new Promise((resolve) => {
    new ResizeObserver(() => {
      if (Math.abs(page.clientWidth - width) < 5) resolve(page.scrollWidth - page.clientWidth);
    }).observe(page);
  });
}
