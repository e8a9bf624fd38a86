import assert from "node:assert/strict";
import { Excerpts } from "../../../webview/excerpts";

describe("The first words of segments", () => {
  it("are asked for once, and again only those that have not come", () => {
    const asked: (readonly number[])[] = [];
    const excerpts = new Excerpts((_, segments) => asked.push(segments));
    excerpts.useFor(7);
    excerpts.request([1, 2, 3]);
    excerpts.request([2, 3, 4]);
    excerpts.receive(7, [1, 4], ["One", "Four"]);
    excerpts.askAgain();
    assert.deepEqual(asked, [[1, 2, 3], [4], [2, 3]]);
    excerpts.receive(7, [2, 3], ["Two", "Three"]);
    excerpts.askAgain();
    assert.equal(asked.length, 3);
  });

  it("are not asked for again where another owner's are wanted by now", () => {
    const owners: number[] = [];
    const excerpts = new Excerpts((owner) => owners.push(owner));
    excerpts.useFor(7);
    excerpts.request([1]);
    excerpts.useFor(8);
    excerpts.askAgain();
    assert.deepEqual(owners, [7]);
  });
});
