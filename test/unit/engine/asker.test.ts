import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { Asker } from "../../../src/engine/asker";
import { CancelledError } from "../../../src/errors";

describe("asking the engine to start anew", () => {
  it("is not waited for any more once it is cancelled, and not done when its turn comes", async () => {
    const disk = new EventEmitter();
    let forgotten = 0;
    const fork = (): never => assert.fail("nothing is asked of it");
    const log = (): void => undefined;
    const asker = new Asker(fork, 0, log, async () => {
      forgotten++;
      await once(disk, "deleted");
    });
    const first = asker.startAnew();
    const abort = new AbortController();
    const second = asker.startAnew(abort.signal);
    abort.abort();
    await assert.rejects(second, CancelledError);
    disk.emit("deleted");
    await first;
    const third = asker.startAnew();
    await new Promise(setImmediate);
    disk.emit("deleted");
    await third;
    assert.equal(forgotten, 2);
  });
});
