import { join } from "node:path";
import type { Browser, FrameLocator, Locator, Page, PageScreenshotOptions } from "playwright-core";
import { ROOT } from "./environment";
import { until } from "./until";

/** Where what runs in a webview comes from, in a console message or a stack. */
const WEBVIEW_SOURCE = /\/webview\/|vscode-resource|fake\.html/;

/** How long a step of a test may take on a machine that does much else besides, where it does not say so itself. */
const PATIENCE_MS = 60_000;

/** Takes a picture for a person to look at, in test/screenshots; only where the variable PONET_SCREENSHOTS is set. */
export async function screenshot(page: Page, name: string, options: PageScreenshotOptions = {}): Promise<void> {
  if (!process.env.PONET_SCREENSHOTS) return;
  const path = join(ROOT, "test/screenshots", `${name}.png`);
  await page.screenshot({ path, animations: "disabled", ...options });
}

/** One VS Code window in the browser, driven as a user drives it. */
export class Workbench {
  /** Errors on the webviews' consoles, those of the content security policy among them. */
  readonly webviewErrors: string[] = [];

  private constructor(readonly page: Page) {
    page.on("console", (message) => {
      if (message.type() === "error") this.#note(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => {
      this.#note(error.stack ?? error.message);
    });
  }

  static async open(browser: Browser, url: string): Promise<Workbench> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(PATIENCE_MS);
    try {
      const workbench = new Workbench(page);
      await page.goto(url);
      await workbench.#started();
      return workbench;
    } catch (error) {
      await page.close();
      throw error;
    }
  }

  /** Closes it as a tab is closed. */
  close(): Promise<void> {
    return this.page.close();
  }

  /** Reloads the window by its command: the browser's own reload would lose what VS Code has not saved yet. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent("load");
    await this.run("Developer: Reload Window");
    await loaded;
    await this.#started();
  }

  /**
   * Runs a command by its title in the command palette, e.g. `PoNet: Classify Document`. A webview takes the focus once it has
   * loaded, and a palette that loses it closes: then it is opened again, as a user would.
   */
  async run(title: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input");
    const row = this.page.locator(".quick-input-list .monaco-list-row.focused").filter({ hasText: title });
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press("F1");
      try {
        await input.fill(`>${title}`, { timeout: 10_000 });
        await row.waitFor({ timeout: 10_000 });
        break;
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
    await input.press("Enter");
  }

  /**
   * Opens the menu of a tab's editor title and points at one of its items, for `use`. A webview takes the focus some time after
   * its tab was clicked, and a menu that loses it closes: then it is opened and used again, as a user would.
   */
  async useTitleMenu(tab: string, item: string, use: () => Promise<void>): Promise<void> {
    const group = this.page.locator(".editor-group-container.active");
    for (let attempt = 1; ; attempt++) {
      await this.page.locator(".tab").filter({ hasText: tab }).click();
      await group.locator(".editor-actions .codicon-toolbar-more").click();
      try {
        // A menu that has just come up takes no clicks, lest the one that opened it chooses something.
        await this.page.getByRole("menuitem", { name: item }).first().hover({ timeout: 10_000 });
        await use();
        return;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** Accepts the file that a save dialog proposes as soon as it does, one whose path ends so; its whole path. */
  async acceptFile(proposed: string): Promise<string> {
    const input = this.page.locator(".quick-input-widget input[type='text']").first();
    let file = "";
    await until(async () => {
      file = await input.inputValue();
      return file.endsWith(proposed);
    });
    await input.press("Enter");
    return file;
  }

  /** Opens a file of the workspace from the explorer and waits until its text is there. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press("ControlOrMeta+Shift+E");
    await this.page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: name }).dblclick();
    await this.page.locator(".tab.active").filter({ hasText: name }).waitFor();
    await this.editor.waitFor();
  }

  get editor(): Locator {
    return this.page.locator(".editor-group-container.active .view-lines");
  }

  /**
   * The document inside the PoNet panel in the side bar: webviews are frames in frames, all of them laid over the
   * window. That of an editor tab names the element it lies over; a view's does not.
   */
  get panel(): FrameLocator {
    return this.#webview(":not([data-parent-flow-to-element-id])");
  }

  /** The document inside the panel's editor tab. */
  get editorPanel(): FrameLocator {
    return this.#webview("[data-parent-flow-to-element-id]");
  }

  /** Drags the border between the side bar and the editor. @param width in CSS pixels; the pages take it on some frames later */
  async resizeSideBar(width: number): Promise<void> {
    const { mouse } = this.page;
    const box = await this.page.locator(".part.sidebar").boundingBox();
    if (box === null) throw new Error("The side bar is not open.");
    const y = box.y + box.height / 2;
    await mouse.move(box.x + box.width, y);
    await mouse.down();
    await mouse.move(box.x + width, y, { steps: 5 });
    await mouse.up();
  }

  /** Takes a picture of the window as {@link screenshot}. */
  screenshot(name: string): Promise<void> {
    return screenshot(this.page, name);
  }

  #webview(place: string): FrameLocator {
    return this.page.frameLocator(`${place} > iframe.webview[src*='ponet-lens']`).frameLocator("#active-frame");
  }

  /** Waits until the extension's contributions are there, its commands among them. */
  async #started(): Promise<void> {
    await this.page.locator(".activitybar").getByRole("tab", { name: "PoNet Lens" }).waitFor();
  }

  #note(error: string): void {
    if (WEBVIEW_SOURCE.test(error)) this.webviewErrors.push(error);
  }
}
