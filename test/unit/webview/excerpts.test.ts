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

  it("are written when they come, asked for at once for all places of a turn, and not for one removed by then", async () => {
    const asked: (readonly number[])[] = [];
    const excerpts = new Excerpts((_, segments) => asked.push(segments));
    const place = (isConnected = true) => ({ textContent: "", isConnected });
    const [first, again, second, removed] = [place(), place(), place(), place(false)];
    excerpts.useFor(7);
    for (const [each, segment] of [
      [first, 1],
      [again, 1],
      [second, 2],
      [removed, 3],
    ] as const) {
      excerpts.write(each, segment);
    }
    const written = () => [first, again, second, removed].map(({ textContent }) => textContent);
    await Promise.resolve();
    assert.deepEqual([asked, written()], [[[1, 2]], ["…", "…", "…", "…"]]);
    // What was to be told of the second is told of the first by now.
    excerpts.write(second, 1);
    excerpts.receive(7, [1], ["One"]);
    excerpts.receive(7, [2, 3], ["Two", "Three"]);
    assert.deepEqual(written(), ["One", "One", "One", "…"]);
    excerpts.write(removed, 3);
    assert.equal(removed.textContent, "Three");
  });

  it("of another owner are not written where the last one's were awaited", () => {
    const excerpts = new Excerpts(() => undefined);
    const place = { textContent: "", isConnected: true };
    excerpts.useFor(7);
    excerpts.write(place, 1);
    excerpts.useFor(8);
    excerpts.receive(8, [1], ["Eight's"]);
    assert.equal(place.textContent, "…");
  });
});
