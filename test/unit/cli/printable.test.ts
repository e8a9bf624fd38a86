import assert from "node:assert/strict";
import { withOptions } from "../../../src/cli/program";
import { table } from "../../../src/cli/table";

/** It would set the window's title, clear the screen and turn the rest of the line around. */
const NAME = "a\u001b]0;title\u0007\u009b2J\nb\u202etxt";
const SHOWN = "a ]0;title  2J b txt";

describe("What the command line prints", () => {
  it("has no control character of a file's name or a label, in a table", () => {
    assert.equal(table([[NAME, "kind"], ["c.txt"]]), `${SHOWN}  kind\nc.txt`);
  });

  it("has none in a sentence, whose settings are the program's options", () => {
    assert.equal(
      withOptions(`"${NAME}" is empty: set "ponet.executionProvider".`),
      `"${SHOWN}" is empty: set --provider.`,
    );
  });
});
