import type { CDPSession, Page } from "playwright-core";
import { STATISTICS } from "../src/analysis/statistics";
import { launchBrowser } from "../test/harness/browser";
import { numbers } from "./numbers";

const VIEWPORT = { width: 1000, height: 900 };
const FRAMES = 120;
/** Drawings of the whole document that are timed. */
const ROUNDS = 5;
const MAPS = STATISTICS.length;

/** What the page needs of an editor. */
const STUB = `
  globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} });
  globalThis.nextFrame = () => new Promise((done) => requestAnimationFrame(done));
`;

/**
 * Prints what the panel's own page takes in Chromium to draw, hover and zoom the pooling maps of a made-up document.
 * Processor time of the page's main thread is what the page costs; wall time and frames also tell how busy the machine
 * is, and how fast its renderer.
 *
 * @param args Segments (100,000) and layers (12).
 */
export async function maps(args: readonly string[]): Promise<void> {
  const [segments = 100_000, layers = 12] = numbers(args, "maps [SEGMENTS LAYERS]");
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.addInitScript(STUB);
    await page.goto("about:blank");
    await page.addStyleTag({ path: "dist/webview/panel.css" });
    await page.addScriptTag({ path: "dist/webview/panel.js", type: "module" });
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.evaluate(document(segments, layers));
    const draws: Row[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      draws.push(await row(page, session, `message to maps, round ${round}`, 1, `show(${round}); await nextFrame();`));
    }
    const rest = await row(page, session, "a frame at rest", FRAMES, "await nextFrame();");
    const redrawn = await row(
      page,
      session,
      "a frame of turning the intensity",
      FRAMES,
      `turn((i % 60) / 20 - 1.5); await nextFrame();`,
    );
    console.log(`${segments} segments by ${layers} layers, ${MAPS} maps in a page ${VIEWPORT.width} pixels wide`);
    console.table([
      ...draws,
      rest,
      redrawn,
      { what: "one map's part of it", "CPU, ms": rounded((redrawn["CPU, ms"] - rest["CPU, ms"]) / MAPS) },
      await row(
        page,
        session,
        "a frame of hovering",
        FRAMES,
        `point("pointermove", { clientX: 350 + (600 * i) / ${FRAMES} }); await nextFrame();`,
      ),
      await row(
        page,
        session,
        "a frame of zooming",
        FRAMES,
        `point("wheel", { ctrlKey: true, deltaY: i % 60 < 30 ? -20 : 20 }); await nextFrame();`,
      ),
    ]);
  } finally {
    await browser.close();
  }
}

interface Row {
  readonly what: string;
  readonly "CPU, ms": number;
  /** Absent from a row that is worked out from others. */
  readonly "wall, ms"?: number;
}

/** A script that makes a document's analysis up, and `show`, which hands it to the page as the host does. */
function document(segments: number, layers: number): string {
  return `
    const [K, layers, labels] = [${segments}, ${layers}, ["a", "b", "c", "d"]];
    const wave = (length, period) => Float32Array.from({ length }, (_, i) => 1 + Math.sin(i / period) * ((i * 7919) % 101) / 101);
    const contributions = wave(K * labels.length, 9000).map((value) => (value - 1) / K);
    const head = {
      name: "head", labels, logits: Float32Array.of(2, 1, 0, -1), scores: Float32Array.of(0.6, 0.25, 0.1, 0.05),
      contributionKind: "additive", contributions,
    };
    const analysis = {
      model: "bench", provider: "cpu", trials: [], segmentation: "paragraph", tokens: K * 100, heads: [head],
      bounds: Uint32Array.from({ length: K + 1 }, (_, i) => i * 500), segmentTokens: new Uint32Array(K).fill(100),
      pooling: { layers, values: wave(layers * K * 6, 50000) },
      timings: { segmentMs: 1, tokenizeMs: 1, inferMs: 1, totalMs: 3, tokensPerSecond: 1 }, peakRssMb: 1,
    };
    const send = (data) => window.dispatchEvent(new MessageEvent("message", { data }));
    globalThis.show = (readingId) => {
      send({ type: "reading", readingId, analysis: { ...analysis } });
      send({ type: "status", status: { document: { name: "bench", part: "document" }, readingId, chosen: { head: 0, label: 0 } } });
    };
    globalThis.turn = (intensity) => {
      const slider = document.querySelector(".intensity input");
      slider.valueAsNumber = intensity;
      slider.dispatchEvent(new Event("input"));
    };
    globalThis.point = (type, options) => {
      const canvas = document.querySelector(".map:not(.strip) .map-body canvas");
      const where = { bubbles: true, cancelable: true, clientX: 700, clientY: 260 };
      canvas.dispatchEvent(new (type === "wheel" ? WheelEvent : PointerEvent)(type, { ...where, ...options }));
    };
  `;
}

/** Has the page do something so many times. */
async function row(page: Page, session: CDPSession, what: string, times: number, each: string): Promise<Row> {
  const before = await mainThread(session);
  const wall = await page.evaluate<number>(`(async () => {
    const start = performance.now();
    for (let i = 0; i < ${times}; i++) {
      ${each}
    }
    return performance.now() - start;
  })()`);
  const cpu = (await mainThread(session)) - before;
  return { what, "CPU, ms": rounded(cpu / times), "wall, ms": rounded(wall / times) };
}

function rounded(ms: number): number {
  return Number(ms.toFixed(1));
}

/** Milliseconds of processor time that the page's main thread has taken. */
async function mainThread(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
}
