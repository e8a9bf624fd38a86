import assert from "node:assert/strict";
import { accessibilityFaults } from "../harness/accessibility";
import { classifySample } from "../harness/sample";
import type { TestWindow } from "../harness/window";

const SENTENCES = { "ponet.segmentation": "sentence" };
const MISSING = "/no/such/checkpoint";

describe("The panel's accessibility", () => {
  let sample: TestWindow;

  before(async () => {
    sample = await classifySample();
  });

  after(() => sample.dispose());

  /** The page as a screen reader has it. */
  async function assertFaultless(...lines: readonly string[]): Promise<void> {
    const snapshot = await sample.panel.frame.locator("body").ariaSnapshot();
    for (const line of lines) assert.ok(snapshot.includes(line), `${line} is missing:\n${snapshot}`);
    assert.deepEqual(accessibilityFaults(snapshot), []);
  }

  it("has a name for every control and table, and no heading that skips a level", async () => {
    const { panel } = sample;
    await panel.frame.getByRole("button", { name: "Explain Strongest" }).click();
    await panel.frame.locator(".left-out tbody tr").nth(7).waitFor();
    assert.equal(await panel.frame.locator(".left-out .spoken").textContent(), "Left out: 8 segments.");
    await panel.map.dblclick({ position: { x: 20, y: 5 } });
    await panel.frame.locator(".token-words").waitFor();
    for (const summary of await panel.frame.locator("summary").all()) await summary.click();
    await assertFaultless(
      'table "Tokens"',
      'table "Figures of the maps"',
      'table "Time of each phase"',
      'table "Segments left out"',
      'table "Tokens per second of each document"',
      'listbox "Segments"',
      'slider "Intensity"',
      'application "Contributions and pooling maps',
    );
  });

  it("keeps the keyboard on a row of the segments left out when more come", async () => {
    const { panel } = sample;
    const rows = panel.frame.locator(".left-out tbody button");
    const id = (await rows.first().getAttribute("id")) ?? "";
    // At once: of what came before the focus nothing would show.
    const explain = await panel.frame.getByRole("button", { name: "Explain Strongest" }).elementHandle();
    await rows.first().evaluate((row, button) => {
      row.focus();
      (button as HTMLElement).click();
    }, explain);
    await rows.nth(15).waitFor();
    assert.equal(await panel.frame.locator(".left-out .spoken").textContent(), "Left out: 16 segments.");
    assert.ok(await panel.frame.locator(`#${id}`).evaluate((row) => row === document.activeElement));
  });

  it("keeps the keyboard in the evidence when another reading takes the place of the last", async () => {
    const { panel, server } = sample;
    const first = panel.frame.locator(".evidence-row").first();
    await first.focus();
    server.configure({ "ponet.segmentation": "fixed" });
    await panel.facts.getByText("Of equal length").waitFor();
    assert.ok(await first.evaluate((row) => row === document.activeElement));
  });

  it("has the keyboard at the document's name where another reading takes away what had it", async () => {
    const { panel, server } = sample;
    await panel.frame.locator(".maps > .map-table tbody button").first().focus();
    server.configure(SENTENCES);
    await panel.facts.getByText("By sentence").waitFor();
    assert.ok(await panel.name.evaluate((name) => name === document.activeElement));
  });

  it("has them after a failure, too, which is told in one sentence over the last analysis, marked as out of date", async () => {
    const { panel, server, workbench } = sample;
    const before = await panel.heads.allTextContents();
    server.configure({ ...SENTENCES, "ponet.model": MISSING });
    await panel.banner.getByText(MISSING).waitFor();
    await panel.staleFigures.waitFor();
    assert.deepEqual(await panel.heads.allTextContents(), before);
    await workbench.page.locator(".notification-toast").filter({ hasText: MISSING }).waitFor();
    await workbench.screenshot("failed");
    // It has its place still: in live mode all figures are out of date for a moment.
    assert.ok(await panel.frame.getByRole("button", { name: "Explain Strongest" }).isDisabled());
    await assertFaultless('button "Classify Again"');
  });

  it("has nothing of a failure once the setting names a model again", async () => {
    const { panel, server } = sample;
    server.configure(SENTENCES);
    await panel.staleFigures.waitFor({ state: "detached" });
    assert.equal(await panel.banner.count(), 0);
  });
});
