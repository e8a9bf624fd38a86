import assert from "node:assert/strict";
import { arch } from "node:os";
import { cpuName } from "../../../src/engine/providers/cpuName";

describe("A CPU's name", () => {
  it("is its model's", () => {
    assert.equal(cpuName([{ model: " AMD EPYC " }, { model: "AMD EPYC" }]), "AMD EPYC");
  });

  it("is the architecture's where the system names no model", () => {
    for (const cpus of [[], [{ model: "unknown" }], [{ model: " " }]]) assert.equal(cpuName(cpus), arch());
  });
});
