import assert from "node:assert/strict";
import { Columns } from "../../../webview/maps/columns";
import { highestTokens, meanShares } from "../../../webview/panel/maps/highestTokens";

describe("The tokens of a segment with more of them than there are pixels", () => {
  it("have none with a peak left out, whichever of its column it is", () => {
    const [tokens, layers] = [2300, 2];
    const peaks = Array.from({ length: 22 }, (_, peak) => 100 * (peak + 1) + peak);
    const shares = new Float32Array(layers * tokens).fill(0.5);
    for (const peak of peaks) shares[tokens + peak] = 40;
    const shown = highestTokens(new Columns(0, tokens, 350), meanShares(shares, layers));
    assert.equal(shown.length, 350);
    assert.deepEqual(
      [...shown].filter((token) => peaks.includes(token)),
      peaks,
    );
  });
});
