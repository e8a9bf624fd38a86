/** On macOS they are others, not Cmd with the same. */
const MAC = process.platform === "darwin";

/** VS Code's key for the start of a text; with Shift it selects up to there. */
export const TEXT_START = MAC ? "Meta+ArrowUp" : "Control+Home";

/** VS Code's key for the end of a text, likewise. */
export const TEXT_END = MAC ? "Meta+ArrowDown" : "Control+End";
