// `npm run pictures`: the README's pictures, of what the default model makes of the sample.
import { setup } from "./setup.mjs";
import "./build.mjs";

const THEMES = { light: "Default Light Modern", dark: "Default Dark Modern" };
/** Wide enough for the panel's two columns. */
const SIDE_BAR = 700;

await setup("editor", "browser");
const { classifySample } = await import("../out/test/harness/sample.js");
const { closeSuiteBrowser } = await import("../out/test/harness/browser.js");
for (const [name, theme] of Object.entries(THEMES)) {
  const window = await classifySample({ settings: { "workbench.colorTheme": theme, "ponet.model": "ponet-small" } });
  await window.workbench.resizeSideBar(SIDE_BAR);
  const { page } = window.workbench;
  // Away from all that has a tip; and the maps are drawn anew once the panel has its width.
  await page.mouse.move(page.viewportSize().width - 1, 0);
  await page.waitForTimeout(1000);
  await page.screenshot({ path: `media/screenshot-${name}.png`, animations: "disabled" });
  await window.dispose();
}
await closeSuiteBrowser();
