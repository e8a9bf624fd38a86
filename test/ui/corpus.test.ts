import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Locator } from "playwright-core";
import { csvLines } from "../../src/corpus/csv";
import type { Row } from "../../src/corpus/row";
import { ROOT } from "../harness/environment";
import { PanelPage } from "../harness/panelPage";
import { openWindow, type TestWindow } from "../harness/window";
import type { Workbench } from "../harness/workbench";
import { overflowAt } from "./overflow";
import { setTheme, THEMES } from "./themes";

const TEXTS: Readonly<Record<string, string>> = {
  "recipes/soup.md":
    "Stir the onions into the butter until they are soft, then add the stock and simmer for an hour.\n\n",
  "reviews/good.txt": "A wonderful, moving film with superb acting. I loved every minute of it.\n\n",
  "reviews/bad.txt": "Terrible. Boring plot, awful acting, a complete waste of time.\n\n",
  "court/opinion": "The court granted the motion and remanded the case for further proceedings.\n\n",
};

describe("Classify Folder", () => {
  let opened: TestWindow;
  let workbench: Workbench;
  const row = (name: string): Locator => workbench.editorPanel.getByRole("option").filter({ hasText: name });

  before(async () => {
    const texts = Object.entries(TEXTS).map(([name, text]) => [`texts/${name}`, text.repeat(20)] as const);
    opened = await openWindow({
      files: {
        ...Object.fromEntries(texts),
        "texts/message.txt": readFileSync(join(ROOT, "test/fixtures/workspace/sample.txt")),
        "texts/empty.txt": "",
        "texts/binary": new Uint8Array([0, 1, 2, 3]),
      },
    });
    ({ workbench } = opened);
  });

  after(() => opened.dispose());

  it("is in a folder's menu, and lists each file with its verdicts or why it has none", async () => {
    await workbench.page.keyboard.press("ControlOrMeta+Shift+E");
    const folder = workbench.page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: "texts" });
    await folder.click({ button: "right" });
    // A menu that has just come up takes no clicks, lest the one that opened it chooses something.
    await workbench.page.getByRole("menuitem", { name: "Classify Folder" }).hover();
    await workbench.page.keyboard.press("Enter");
    await workbench.editorPanel.getByText("7 documents · 2 not read").first().waitFor();
    assert.match((await row("reviews/good.txt").textContent()) ?? "", /pos\d+%/);
    assert.match((await row("reviews/bad.txt").textContent()) ?? "", /neg\d+%/);
    assert.match((await row("empty.txt").textContent()) ?? "", /has no words/);
    assert.match((await row("binary").textContent()) ?? "", /looks like a binary file/);
    await workbench.screenshot("corpus");
  });

  it("sorts by a column, one way and the other", async () => {
    const first = workbench.editorPanel.getByRole("option").first();
    const tokens = workbench.editorPanel.getByRole("button", { name: "Tokens" });
    await tokens.click();
    await tokens.click();
    await first.filter({ hasText: "message.txt" }).waitFor();
    await workbench.editorPanel.getByRole("button", { name: "sentiment" }).click();
    await first.filter({ hasText: "neg" }).waitFor();
    await tokens.waitFor();
  });

  it("says, aloud too, that its rows are of other settings, until they are those again", async () => {
    const why = "The model, the provider or the segmentation has been changed since these were read.";
    const banner = workbench.editorPanel.locator("p.banner");
    const spoken = workbench.editorPanel.locator("p.spoken[role=status]");
    opened.server.configure({ "ponet.segmentation": "sentence" });
    await banner.getByText(why).waitFor();
    assert.equal(await spoken.textContent(), why);
    opened.server.configure();
    await banner.waitFor({ state: "hidden" });
    assert.notEqual(await spoken.textContent(), why);
  });

  const colours = [
    ["light", "rgb(26, 111, 196)"],
    ["high-contrast", "rgb(90, 171, 255)"],
  ] as const;
  for (const [name, colour] of colours) {
    it(`follows the ${name} theme`, async () => {
      await setTheme(opened.server, workbench.editorPanel, THEMES[name]);
      const bar = workbench.editorPanel.locator(".verdict:not(.unsure) .bar").first();
      assert.equal(await bar.evaluate((each) => getComputedStyle(each, "::after").backgroundColor), colour);
      await workbench.screenshot(`corpus-${name}`);
    });
  }

  it("fits a narrow editor", async () => {
    const width = await workbench.page.evaluate(() => innerWidth);
    await workbench.resizeSideBar(width - 350);
    assert.equal(await workbench.editorPanel.locator("html").evaluate(overflowAt, [0, 350] as const), 0);
    await workbench.screenshot("corpus-narrow");
    await workbench.resizeSideBar(300);
  });

  it("opens a file and its analysis, and has the same order when its tab is shown again", async () => {
    const panel = new PanelPage(workbench.panel);
    // The second time there is an analysis: the rows stay in sight and keep the focus then, too.
    for (const times of ["first", "second"]) {
      await row("message.txt").click();
      await workbench.page.locator(".tab.active").filter({ hasText: "message.txt" }).waitFor();
      await panel.settled();
      assert.equal(await panel.name.textContent(), "message.txt", times);
      assert.ok(await workbench.editorPanel.locator("html").evaluate(() => document.hasFocus()), times);
    }
    const tab = workbench.page.locator(".tab").filter({ hasText: "PoNet: texts" });
    await tab.click();
    await workbench.editorPanel.getByRole("listbox", { name: "Documents" }).focus();
    await workbench.run("Preferences: Open Settings (UI)");
    await row("message.txt").waitFor({ state: "detached" });
    await tab.click();
    await workbench.editorPanel.getByText("7 documents · 2 not read").first().waitFor();
    await workbench.editorPanel.getByRole("button", { name: "sentiment, ascending" }).waitFor();
    await workbench.editorPanel.getByRole("option").first().filter({ hasText: "neg" }).waitFor();
  });

  it("opens the row that is pressed, though rows are added meanwhile", async () => {
    const { mouse } = workbench.page;
    await row("reviews/good.txt").hover();
    await mouse.down();
    // As the host tells of it: a run over so few files is over before a press is.
    await workbench.editorPanel.locator("html").evaluate(() => {
      const rows = [{ path: "/added.txt", error: "It was added." }];
      window.dispatchEvent(new MessageEvent("message", { data: { type: "rows", first: 7, rows } }));
    });
    await row("added.txt").waitFor();
    await mouse.up();
    await workbench.page.locator(".tab.active").filter({ hasText: "good.txt" }).waitFor();
    await workbench.page.locator(".tab").filter({ hasText: "PoNet: texts" }).click();
  });

  it("does not read again what it has read", async () => {
    await workbench.editorPanel.getByText("Classify Again").click();
    await workbench.editorPanel.getByText("7 documents · 2 not read · 5 from an earlier run").first().waitFor();
  });

  it("exports the rows, the same ones as CSV and as JSON lines", async () => {
    const exported = async (format: "csv" | "jsonl"): Promise<string> => {
      await workbench.editorPanel.getByText(`Export ${format.toUpperCase()}`).click();
      const file = await workbench.acceptFile(`/workspace/texts-ponet.${format}`);
      const toasts = workbench.page.locator(".notifications-toasts");
      await toasts.getByText(`7 rows exported to texts-ponet.${format}.`).waitFor();
      return readFileSync(file, "utf8");
    };
    const csv = await exported("csv");
    const lines = (await exported("jsonl")).trimEnd().split("\n");
    const rows = lines.map((line) => JSON.parse(line) as Row);
    assert.deepEqual(
      rows.map(({ path }) => basename(path)),
      ["binary", "opinion", "empty.txt", "message.txt", "soup.md", "bad.txt", "good.txt"],
    );
    assert.equal(csv, [...csvLines(rows)].join(""));
  });

  it("is there again after Reload Window, in the order it was in", async () => {
    await workbench.reload();
    await workbench.editorPanel.getByText("7 documents · 2 not read · 7 from an earlier run").first().waitFor();
    await workbench.editorPanel.getByRole("button", { name: "sentiment, ascending" }).waitFor();
    await workbench.editorPanel.getByRole("option").first().filter({ hasText: "neg" }).waitFor();
    await workbench.editorPanel.getByText("Classify Again").waitFor();
  });

  it("has the reasons beside the files, too, while none has a verdict", async () => {
    await workbench.editorPanel.locator("html").evaluate(() => {
      const rows = [{ path: "/binary", error: "It is not text." }];
      window.dispatchEvent(new MessageEvent("message", { data: { type: "rows", first: 0, rows } }));
    });
    const only = workbench.editorPanel.getByRole("option").filter({ hasText: "It is not text." });
    const [file, reason] = [await only.locator(".file").boundingBox(), await only.locator(".reason").boundingBox()];
    assert.ok(file && reason && reason.x > file.x + file.width && reason.y < file.y + file.height);
  });

  it("scrolls to the last of a million files, more than there is room for below each other", async () => {
    const list = workbench.editorPanel.getByRole("listbox", { name: "Documents" });
    await list.evaluate(() => {
      const rows = Array.from({ length: 1e6 }, (_, file) => ({ path: `/${file}`, error: "It is not text." }));
      window.dispatchEvent(new MessageEvent("message", { data: { type: "rows", first: 0, rows } }));
    });
    await list.locator('[aria-setsize="1000000"]').first().waitFor();
    await list.focus();
    await workbench.page.keyboard.press("End");
    const last = list.locator('[aria-posinset="1000000"][aria-selected="true"]');
    await last.getByText("999999").waitFor();
    const [row, area] = [await last.boundingBox(), await list.boundingBox()];
    assert.ok(row && area && row.y >= area.y && row.y + row.height <= area.y + area.height + 1);
  });
});
