import type { Page } from "playwright-core";

/** What the active editor has selected of its text, once it has: the status bar tells where that ends, and how long it is. */
export async function selectedText(page: Page, text: string): Promise<string> {
  const told = (await page.getByText(/^Ln \d+, Col \d+ \(\d+ selected\)/).textContent()) ?? "";
  const [line = 1, column = 1, length = 0] = (told.match(/\d+/g) ?? []).map(Number);
  const lines = text.split("\n").slice(0, line - 1);
  const end = lines.reduce((sum, each) => sum + each.length + 1, column - 1);
  return text.slice(end - length, end);
}
