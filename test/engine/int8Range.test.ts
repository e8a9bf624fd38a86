import assert from "node:assert/strict";
import { mock } from "node:test";
import { largestInt8Weight } from "../../src/ponet/int8Range";
import { Session } from "../../src/ponet/session";

describe("the largest int8 weight", () => {
  it("is found for the next model where memory lacked for one", async () => {
    mock.method(Session, "create", () => Promise.reject(new Error("There is no memory.")), { times: 1 });
    await assert.rejects(largestInt8Weight(), /no memory/);
    assert.ok([64, 127].includes(await largestInt8Weight()));
  });
});
