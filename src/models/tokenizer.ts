import { readdir } from "node:fs/promises";
import { ByteTokenizer } from "../document/bytes";
import type { Tokenizer } from "../document/tokenizer";
import { WordPiece } from "../document/wordpiece";

/** The files that the tokenizer of a checkpoint may be in, and what each is read as. */
const TOKENIZERS = { "tokenizer.json": WordPiece, "tokenizer_config.json": ByteTokenizer };
export type TokenizerName = keyof typeof TOKENIZERS;

/** Which file of a folder to read: `tokenizer_config.json` stands beside most vocabularies, and counts only without one. */
export async function tokenizerFile(folder: string): Promise<TokenizerName> {
  const names = await readdir(folder).catch((): string[] => []);
  const hasVocabulary = names.includes("tokenizer.json") || names.includes("vocab.txt");
  const ofBytes = names.includes("tokenizer_config.json") && !hasVocabulary;
  return ofBytes ? "tokenizer_config.json" : "tokenizer.json";
}

/**
 * Reads the text of a tokenizer's file.
 * @param file Its path, for messages.
 * @throws UserError if it is not a tokenizer that PoNet Lens knows.
 */
export function readTokenizer(name: TokenizerName, json: string, file: string): Tokenizer {
  return TOKENIZERS[name].parse(json, file);
}
