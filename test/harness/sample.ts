import { openWindow, type TestWindow, type WindowOptions } from "./window";

/** A window in which the sample document was classified from the command palette. */
export async function classifySample(options: WindowOptions = {}): Promise<TestWindow> {
  const window = await openWindow(options);
  try {
    await window.workbench.openFile("sample.txt");
    await window.workbench.run("PoNet: Classify Document");
    await window.panel.settled();
    return window;
  } catch (error) {
    await window.dispose();
    throw error;
  }
}
