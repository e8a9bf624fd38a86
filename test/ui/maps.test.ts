import assert from "node:assert/strict";
import { classifySample } from "../harness/sample";
import { until } from "../harness/until";
import type { TestWindow } from "../harness/window";
import { TEXT_END, TEXT_START } from "./keys";
import { overflowAt } from "./overflow";
import { setTheme, THEMES } from "./themes";
import { ZoomedMaps } from "./zoomedMaps";

describe("The pooling maps", () => {
  let sample: TestWindow;
  let maps: ZoomedMaps;

  before(async () => {
    sample = await classifySample();
    maps = new ZoomedMaps(sample.panel.overview);
    await sample.workbench.resizeSideBar(700);
  });

  after(() => sample.dispose());

  beforeEach(async () => {
    const all = sample.panel.frame.getByRole("button", { name: "Zoom to all" });
    if (await all.isEnabled()) await all.click();
  });

  /** What is drawn of the first map. */
  const picture = (): Promise<string> =>
    sample.panel.map.evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ""));

  it("tell every pooling of the segment under the pointer, and outline its cell", async () => {
    const { panel, workbench } = sample;
    await panel.map.hover();
    await panel.frame
      .locator(".tip")
      .getByText(/^Segment \d+ · layer \d/)
      .waitFor();
    const values = await panel.plot.locator(".map-value").allTextContents();
    assert.ok(values.length === 7 && values.every((value) => /\d/.test(value)), values.join());
    await workbench.screenshot("maps-hover");
  });

  it("zoom at the pointer with Ctrl and the wheel, which alone scrolls the page", async () => {
    const { panel, workbench } = sample;
    const [, segments] = await maps.part();
    await panel.map.hover({ position: { x: 5, y: 5 } });
    await workbench.page.keyboard.down("Control");
    const [first, last] = await maps.partAfter(async () => {
      for (let turn = 0; turn < 4; turn++) await workbench.page.mouse.wheel(0, -100);
    });
    await workbench.page.keyboard.up("Control");
    assert.ok(first === 1 && last < segments / 2, `${first} to ${last} of ${segments}`);
    await workbench.screenshot("maps-zoomed");
    // The page has scrolled: by then the maps would have zoomed.
    const scrolledTo = () => panel.frame.locator("html").evaluate(() => window.scrollY);
    const before = await scrolledTo();
    await workbench.page.mouse.wheel(0, 100);
    await until(async () => (await scrolledTo()) !== before);
    assert.deepEqual(await maps.part(), [first, last]);
    await workbench.page.mouse.wheel(0, -100);
  });

  it("move along by dragging, and the brush on the overview with them", async () => {
    const { panel } = sample;
    const [first, last] = await maps.partAfter(() => maps.drag(panel.overview, 0.25, 0.5));
    const moved = await maps.partAfter(() => maps.drag(panel.map, 0.8, 0.2));
    assert.ok(moved[0] > first && moved[1] > last, moved.join());
    const back = await maps.partAfter(() => maps.drag(panel.frame.locator(".brush"), 0.5, -5));
    assert.equal(back[0], 1);
  });

  it("leave a key with Ctrl or Alt to VS Code", async () => {
    const { panel, workbench } = sample;
    const { keyboard } = workbench.page;
    const tip = panel.frame.locator(".tip");
    // Ctrl+End scrolls the page: what comes to lie under the pointer by that would be told of instead.
    await workbench.page.mouse.move(700, 10);
    await panel.plot.focus();
    await keyboard.press("Home");
    await tip.getByText(/^Segment 1 · /).waitFor();
    const part = await maps.partAfter(() => keyboard.press("+"));
    for (const key of ["Control+=", "Control+-", "Control+End", "Control+ArrowRight"]) await keyboard.press(key);
    // For the page alone: Alt that VS Code sees before the other key has its menu bar take the keyboard.
    for (const key of ["=", "End"]) await panel.plot.dispatchEvent("keydown", { key, altKey: true });
    // This one is acted on, after all those before it.
    await keyboard.press("ArrowRight");
    await tip.getByText(/^Segment 2 · /).waitFor();
    assert.deepEqual(await maps.part(), part);
    await keyboard.press("Escape");
    await tip.waitFor({ state: "hidden" });
    await maps.partAfter(() => panel.frame.getByRole("button", { name: "Zoom to all" }).click());
  });

  it("show what a new brush says, the buttons step by step, and all of it again", async () => {
    const { panel, workbench } = sample;
    const [, segments] = await maps.part();
    const [first, last] = await maps.partAfter(() => maps.drag(panel.overview, 0.5, 0.75));
    assert.ok(Math.abs(first - segments / 2) <= 2 && Math.abs(last - (3 * segments) / 4) <= 2, `${first} to ${last}`);
    await workbench.screenshot("maps-brush");
    const closer = await maps.partAfter(() => panel.frame.getByRole("button", { name: "Zoom in" }).click());
    assert.ok(closer[1] - closer[0] < last - first);
    assert.deepEqual(await maps.partAfter(() => panel.overview.dblclick({ position: { x: 3, y: 3 } })), [1, segments]);
  });

  it("are zoomed and moved through by keyboard alone", async () => {
    const { panel, workbench } = sample;
    const press = (key: string) => () => workbench.page.keyboard.press(key);
    await panel.plot.focus();
    const [, half] = await maps.partAfter(press("+"));
    const [first] = await maps.partAfter(press("Shift+ArrowRight"));
    assert.ok(first > 1);
    const all = await maps.partAfter(press("0"));
    assert.ok(all[1] > half);
    const spoken = panel.frame.locator(".plot .spoken");
    assert.equal(await spoken.textContent(), `all of ${all[1]} segments`);
    await press("End")();
    await panel.frame.locator(".tip").getByText(`Segment ${all[1]} `).waitFor();
    for (let line = 0; line < 6; line++) await press("ArrowDown")();
    await panel.frame
      .locator(".tip")
      .getByText(/layer 2/)
      .waitFor();
    await spoken.getByText(/SMP .+layer 2/).waitFor();
    await press("Escape")();
    await panel.frame.locator(".tip").waitFor({ state: "hidden" });
  });

  it("follow their overview: by either end of its brush, and by the arrow keys, Page Up and Down and Home", async () => {
    const { panel, workbench } = sample;
    const press = (key: string) => () => workbench.page.keyboard.press(key);
    const grip = (end: string) => panel.frame.locator(`[data-grip="${end}"]`);
    const [first, last] = await maps.partAfter(() => panel.frame.getByRole("button", { name: "Zoom in" }).click());
    const shorter = await maps.partAfter(() => maps.drag(grip("to"), 0.5, -9));
    assert.ok(shorter[0] === first && shorter[1] < last, shorter.join());
    const later = await maps.partAfter(() => maps.drag(grip("from"), 0.5, 9));
    assert.ok(later[0] > first && later[1] === shorter[1], later.join());
    await panel.overview.focus();
    const right = await maps.partAfter(press("ArrowRight"));
    assert.ok(right[0] > later[0] && right[1] > later[1], right.join());
    const left = await maps.partAfter(press("ArrowLeft"));
    assert.ok(left[0] < right[0] && left[1] < right[1], left.join());
    const up = await maps.partAfter(press("PageUp"));
    assert.ok(up[0] > left[0] && up[1] > left[1], up.join());
    const down = await maps.partAfter(press("PageDown"));
    assert.ok(down[0] < up[0] && down[1] < up[1], down.join());
    const [start] = await maps.partAfter(press("Home"));
    assert.equal(start, 1);
  });

  it("reveal the segment that is clicked", async () => {
    const { panel, workbench } = sample;
    await panel.map.click({ position: { x: 2, y: 5 } });
    await workbench.page.getByText(/^Ln 1, Col \d+ \(\d+ selected\)/).waitFor();
  });

  it("show the tokens of a segment that is double-clicked", async () => {
    const { panel, workbench } = sample;
    const [, segments] = await maps.part();
    const box = await panel.map.boundingBox();
    assert.ok(box);
    const third = { x: (box.width / segments) * 2.5, y: 5 };
    assert.deepEqual(await maps.partAfter(() => panel.map.dblclick({ position: third })), [3, 3]);
    const words = panel.frame.locator(".token-words");
    await words.getByText("Though", { exact: true }).hover();
    assert.match((await words.textContent()) ?? "", /^Though I am not able now to report a definite change/);
    const tokens = await words.locator("span").count();
    await panel.frame.locator(".maps p.spoken").getByText(`${tokens} tokens of segment 3.`).waitFor();
    const values = await panel.frame.locator(".tokens .map-value").allTextContents();
    assert.match(values.join(", "), /^[+−]?\d\S* \u2068Though\u2069, \d\S*× \u2068Though\u2069$/);
    await workbench.screenshot("maps-tokens");
    await panel.frame.getByRole("button", { name: "Zoom to all" }).click();
    await words.waitFor({ state: "hidden" });
  });

  it("say how far a document has been read again for the tokens", async () => {
    const { panel } = sample;
    await panel.map.dblclick({ position: { x: 20, y: 5 } });
    const tokens = panel.frame.locator(".tokens");
    await tokens.locator(".token-words span").first().waitFor();
    // As the host tells of it: one that takes so long was not read last, and is long.
    await panel.frame.locator("html").evaluate(() => {
      const { vscodeContext = "" } = document.querySelector<HTMLElement>(".segment")?.dataset ?? {};
      const { readingId } = JSON.parse(vscodeContext) as { readonly readingId: number };
      const segment = Number(/\d+$/.exec(document.querySelector(".tokens h3")?.textContent ?? "")) - 1;
      const data = { type: "tokens", readingId, segment, fraction: 0.42 };
      window.dispatchEvent(new MessageEvent("message", { data }));
    });
    await tokens.getByText("Reading … 42%").waitFor();
  });

  it("have the tokens that an edit kept back once it is undone, and nobody is told of it any more", async () => {
    const { panel, workbench } = sample;
    const tokens = panel.frame.locator(".tokens");
    const spoken = panel.frame.locator(".banners .spoken");
    await workbench.editor.click();
    await workbench.page.keyboard.type(" ");
    await panel.staleFigures.waitFor();
    assert.match((await spoken.textContent()) ?? "", /has been edited/);
    await panel.map.dblclick({ position: { x: 20, y: 5 } });
    await tokens.getByText("Classify the document again to see its tokens.").waitFor();
    await workbench.editor.click();
    await workbench.page.keyboard.press("ControlOrMeta+z");
    await tokens.locator(".token-words span").first().waitFor();
    assert.equal(await spoken.textContent(), "");
  });

  it("are a table too, of what is in sight", async () => {
    const { panel, workbench } = sample;
    const [, segments] = await maps.part();
    const summary = panel.frame.locator(".maps > .map-table > summary");
    await summary.click();
    const [choice] = await panel.frame.locator(".maps > .map-table vscode-option").allTextContents();
    assert.equal(choice, "All, mean over layers");
    const rows = panel.frame.locator(".maps > .map-table tbody tr");
    assert.equal(await rows.count(), Math.min(50, segments));
    assert.match((await rows.first().textContent()) ?? "", /^1[+−]\d/);
    await panel.frame.getByRole("button", { name: "Next" }).click();
    await rows.first().getByRole("button", { name: "51" }).waitFor();
    const spoken = panel.frame.locator(".maps > .map-table .spoken");
    assert.equal(await spoken.textContent(), `Segments 51 to ${segments} of ${segments}`);
    // The maps tell themselves of what is zoomed to.
    const part = await maps.partAfter(() => panel.frame.getByRole("button", { name: "Zoom in" }).click());
    assert.equal(await spoken.textContent(), "");
    const ofMaps = await panel.frame.locator(".plot .spoken").textContent();
    assert.equal(ofMaps, `segments ${part.join(" to ")} of ${segments}`);
    await workbench.screenshot("maps-table");
    await summary.click();
  });

  it("are a table that stays at its page and keeps its rows, one of which may have the keyboard, when they are read again", async () => {
    const { panel, workbench } = sample;
    const table = panel.frame.locator(".maps > .map-table");
    await table.locator("summary").click();
    await table.getByRole("button", { name: "Next" }).click();
    const row = await table.getByRole("button", { name: "51" }).elementHandle();
    const reading = () => panel.segments.first().getAttribute("data-vscode-context");
    const before = await reading();
    await workbench.run("PoNet: Classify Document");
    await until(async () => (await reading()) !== before);
    assert.ok(await row.evaluate((button) => button.isConnected));
    await table.locator("summary").click();
  });

  it("change their colours with the intensity, and back", async () => {
    const { panel, workbench } = sample;
    const before = await picture();
    const slider = panel.frame.getByRole("slider", { name: "Intensity" });
    await slider.focus();
    await workbench.page.keyboard.press("End");
    await panel.map.hover();
    assert.notEqual(await picture(), before);
    await workbench.screenshot("maps-intense");
    await panel.frame.getByRole("button", { name: "Reset" }).click();
    assert.ok(
      await slider.evaluate((input) => input === document.activeElement),
      "the keyboard stays at the intensity",
    );
    await panel.map.hover();
    assert.equal(await picture(), before);
  });

  it("show where the editor is, and go with it", async () => {
    const { panel, workbench } = sample;
    const band = panel.frame.locator(".overview-sight");
    const place = async (): Promise<number> => (await band.boundingBox())?.x ?? 0;
    const before = await place();
    await workbench.editor.click();
    await workbench.page.keyboard.press(TEXT_END);
    await until(async () => (await place()) > before + 100);
    await workbench.screenshot("maps-sight");
    await workbench.page.keyboard.press(TEXT_START);
  });

  it("know no place in the editor once its text is another, and stay where they are scrolled to when that is read", async () => {
    const { panel, workbench } = sample;
    const { keyboard } = workbench.page;
    const band = panel.frame.locator(".overview-sight");
    const table = panel.frame.locator(".maps > .map-table");
    const html = panel.frame.locator("html");
    const scrolledTo = () => html.evaluate(() => window.scrollY);
    await workbench.editor.click();
    await band.waitFor();
    await panel.frame.locator(".segment.marked").first().waitFor({ state: "attached" });
    await table.locator("summary").click();
    const next = table.getByRole("button", { name: "Next" });
    if (await next.isEnabled()) await next.click();
    const count = await panel.segmentCount();
    await workbench.editor.click();
    await keyboard.press(TEXT_END);
    await keyboard.press("Enter");
    await keyboard.press("Enter");
    await keyboard.type("A last word.");
    await band.waitFor({ state: "hidden" });
    assert.equal(await panel.frame.locator(".segment.marked").count(), 0);
    await html.evaluate(() => {
      window.scrollTo(0, 300);
    });
    // A click of the test's own kind would scroll to the button, which stays in sight by itself.
    const button = await panel.frame.getByRole("button", { name: "Classify Again" }).boundingBox();
    assert.ok(button);
    await workbench.page.mouse.click(button.x + button.width / 2, button.y + button.height / 2);
    await until(async () => (await panel.segmentCount()) === count + 1);
    await band.waitFor();
    assert.ok((await scrolledTo()) > 0, "the page is at its top");
    await table.getByText(`Segments 51 to ${Math.min(100, count + 1)} of ${count + 1}`).waitFor();
    await table.locator("summary").click();
    await workbench.editor.click();
    await until(async () => {
      await keyboard.press("ControlOrMeta+z");
      return (await panel.banner.count()) > 0;
    });
    await workbench.run("PoNet: Classify Document");
    await panel.staleFigures.waitFor({ state: "detached" });
  });

  it("say what speaks against a label that is clicked", async () => {
    const { panel, workbench } = sample;
    const label = panel.heads.first().getByRole("listitem").nth(1).getByRole("button");
    const name = (await label.locator(".label-name").textContent()) ?? "";
    await label.click();
    await panel.frame.locator(".evidence h2").getByText(name).waitFor();
    const against = panel.frame.getByRole("list", { name: "Speaks against it" }).getByRole("button");
    await against.first().hover();
    await panel.frame.locator(".plot.has-pointed").waitFor();
    assert.match((await against.first().textContent()) ?? "", /−\d/);
    await workbench.screenshot("maps-against");
  });

  it("are drawn anew as soon as the theme is one of high contrast, and as before when it is not", async () => {
    const { server } = sample;
    const before = await picture();
    server.configure({ "workbench.colorTheme": THEMES["high-contrast"] });
    await until(async () => (await picture()) !== before);
    server.configure();
    await until(async () => (await picture()) === before);
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    it(`are drawn anew for the ${name} theme, wide and narrow, in a page of its colours`, async () => {
      const { panel, server, workbench } = sample;
      await setTheme(server, panel.frame, theme);
      const [painted, wanted] = await panel.frame.locator("body").evaluate((body) => {
        const probe = document.createElement("span");
        probe.style.color = "var(--vscode-foreground)";
        body.append(probe);
        const colours = [getComputedStyle(body).color, getComputedStyle(probe).color];
        probe.remove();
        return colours;
      });
      assert.equal(painted, wanted);
      await panel.map.hover();
      await workbench.screenshot(`maps-${name}`);
      await workbench.resizeSideBar(250);
      await panel.map.scrollIntoViewIfNeeded();
      await panel.map.hover();
      await workbench.screenshot(`maps-${name}-narrow`);
      await workbench.resizeSideBar(700);
    });
  }

  for (const [name, width] of Object.entries({ narrowest: 170, narrow: 240, wide: 620 })) {
    it(`fit a ${name} side bar, as all of the page does`, async () => {
      const { workbench, panel } = sample;
      await workbench.resizeSideBar(width);
      const overflow = await panel.frame.locator("html").evaluate(overflowAt, [width - 5, width + 5] as const);
      await workbench.screenshot(`side-bar-${name}`);
      assert.equal(overflow, 0);
    });
  }

  it("are all of a selection, whatever part of the document they showed", async () => {
    const { panel, workbench } = sample;
    const all = await maps.part();
    await maps.partAfter(() => panel.map.dblclick({ position: { x: 20, y: 5 } }));
    await workbench.editor.click();
    await workbench.page.keyboard.press("ControlOrMeta+a");
    await workbench.run("PoNet: Classify Selection");
    await panel.frame.getByText(/^Selection · /).waitFor();
    assert.deepEqual(await maps.part(), all);
    await maps.partAfter(() => panel.map.dblclick({ position: { x: 20, y: 5 } }));
    await workbench.editor.click();
    await workbench.page.keyboard.press(TEXT_END);
    await workbench.page.keyboard.press(`Shift+${TEXT_START}`);
    await workbench.page.keyboard.press("Shift+ArrowRight");
    await workbench.run("PoNet: Classify Selection");
    await until(async () => (await maps.part()).join() === all.join());
  });
});
