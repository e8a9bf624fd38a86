import assert from "node:assert/strict";
import { classifySample, type Sample } from "../harness/sample";

const MISSING = "/no/such/checkpoint";

describe("A model folder that is not there", () => {
  let sample: Sample;

  before(async () => {
    sample = await classifySample();
  });

  after(() => sample.dispose());

  it("is told in one sentence, and the last analysis stays, marked as out of date", async () => {
    const { server, workbench, panel } = sample;
    const before = await panel.heads.allTextContents();
    server.configure({ "ponet.model": MISSING });
    await panel.banner.getByText(MISSING).waitFor();
    await panel.staleFigures.waitFor();
    assert.deepEqual(await panel.heads.allTextContents(), before);
    await workbench.page.locator(".notification-toast").filter({ hasText: MISSING }).waitFor();
    await workbench.screenshot("failed");
  });

  it("is forgotten once the setting names a model again", async () => {
    const { server, panel } = sample;
    server.configure({});
    await panel.staleFigures.waitFor({ state: "detached" });
    assert.equal(await panel.banner.count(), 0);
  });
});
