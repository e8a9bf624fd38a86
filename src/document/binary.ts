/**
 * The bytes, or UTF-16 units, at a document's beginning of which a zero makes it binary, as for VS Code. Behind them there may be
 * some in a text, as in a log after a loss of power.
 */
export const BINARY_WITHIN = 512;
