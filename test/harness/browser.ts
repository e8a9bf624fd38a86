import type { Browser } from "playwright-core";
import { fromSetup } from "./environment";

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Each test file's bundle has this module to itself; the global object is what they share. */
const shared = globalThis as typeof globalThis & { ponetChromium?: Promise<Browser> };

/** To be started before a server: one whose browser cannot start would stay behind. */
export async function launchBrowser(): Promise<Browser> {
  // Suites without a window do without it.
  const { chromium } = await import("playwright-core");
  return chromium.launch({ executablePath: fromSetup("CHROMIUM"), args: CHROMIUM_FLAGS });
}

/** The browser that all windows of a suite are pages of, each with cookies and storage of its own; started at its first use. */
export function suiteBrowser(): Promise<Browser> {
  return (shared.ponetChromium ??= launchBrowser());
}

/** Ends that browser, if it was ever started. */
export async function closeSuiteBrowser(): Promise<void> {
  const browser = await shared.ponetChromium;
  await browser?.close();
}
