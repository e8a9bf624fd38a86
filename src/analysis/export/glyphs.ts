/** The letters of the poolings' names, three pixels wide and five high, row by row. */
const GLYPHS: Readonly<Partial<Record<string, string>>> = {
  A: "111101111101101",
  F: "111100110100100",
  G: "111100101101111",
  L: "100100100100111",
  M: "101111111101101",
  P: "111101111100100",
  S: "111100111001111",
};
const WIDTH = 3;
const HEIGHT = 5;
/** How many pixels a side one of a letter's is drawn with. */
const SCALE = 2;

/** Height of a line of letters, in pixels. */
export const LETTER_HEIGHT = HEIGHT * SCALE;

/** Calls `paint` for every pixel of a word that begins at (0, 0); what is none of these letters is left out. */
export function drawWord(word: string, paint: (x: number, y: number) => void): void {
  Array.from(word).forEach((letter, place) => {
    Array.from(GLYPHS[letter] ?? "").forEach((bit, i) => {
      if (bit === "0") return;
      const x = (place * (WIDTH + 1) + (i % WIDTH)) * SCALE;
      const y = Math.floor(i / WIDTH) * SCALE;
      for (let dot = 0; dot < SCALE ** 2; dot++) paint(x + (dot % SCALE), y + Math.floor(dot / SCALE));
    });
  });
}
