import type { FrameLocator } from "playwright-core";
import type { Server } from "../harness/server";

/** A theme of each kind, by the name that its screenshots have. */
export const THEMES = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  "high-contrast": "Default High Contrast",
  "high-contrast-light": "Default High Contrast Light",
};

/** Has the window take a theme on, and waits until the page has it. */
export async function setTheme(server: Server, page: FrameLocator, theme: string): Promise<void> {
  server.configure({ "workbench.colorTheme": theme });
  await page.locator(`body[data-vscode-theme-id='${theme}']`).waitFor();
}
