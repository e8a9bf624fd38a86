import assert from "node:assert/strict";
import { modelFacts } from "../../../src/commands/modelFacts";
import { plainLabel } from "../../../src/editor/plainLabel";

/** What VS Code takes for an icon, unless a backslash is before it (its renderLabelWithIcons). */
const ICON = /(\\)?\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;

/** The label as VS Code shows it, each icon as a dot. */
function shown(label: string): string {
  return label.replace(ICON, (icon, escaped) => (escaped === undefined ? "●" : icon.slice(1)));
}

describe("a label for a pick or the status bar", () => {
  it("names what is called like an icon without drawing it", () => {
    assert.equal(shown("$(verified) rfc"), "● rfc");
    for (const label of ["$(verified) rfc", "$(sync~spin)$(tag)", "\\$(tag).txt"]) {
      assert.equal(shown(plainLabel(label)), label);
    }
  });

  it("is otherwise as it was", () => {
    assert.equal(plainLabel("costs $(5 or less) and $x"), "costs $(5 or less) and $x");
  });

  it("that vets a model shows no icon of the card's", () => {
    const card = { description: "$(verified) safe", licence: "$(law) MIT", heads: {}, files: {}, data: [] };
    const heads = [{ name: "$(pass) kind", labels: 2 }];
    const model = { id: "model", folder: "/model", layers: 1, width: 8, bytes: 1000, heads, card };
    const descriptions = modelFacts(model).map(({ description }) => shown(description));
    assert.doesNotMatch(descriptions.join(), /●/);
    assert.match(descriptions.join(), /\$\(pass\) kind.*\$\(verified\) safe.*\$\(law\) MIT/);
  });
});
