import assert from "node:assert/strict";
import { classifySample } from "../harness/sample";
import type { TestWindow } from "../harness/window";

describe("Restricted Mode", () => {
  let sample: TestWindow;

  before(async () => {
    sample = await classifySample({
      settings: { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" },
      workspaceSettings: { "ponet.model": "/no/such/checkpoint" },
    });
  });

  after(() => sample.dispose());

  it("classifies with the bundled model, whatever model the workspace asks for", async () => {
    const { workbench, panel } = sample;
    await workbench.page.locator(".statusbar-item").filter({ hasText: "Restricted Mode" }).waitFor();
    assert.match((await panel.facts.textContent()) ?? "", /Modelponet-tiny/);
    assert.equal(await panel.banner.count(), 0);
    await workbench.screenshot("restricted-mode");
  });
});
