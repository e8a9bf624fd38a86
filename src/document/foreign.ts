/** UTF-16 units of a text that are looked at. */
const SAMPLE = 2 ** 16;

/** The share of a text's letters that are of English words, at least; of one in a wrong encoding it is less, too. */
const PLAIN_LETTERS = 0.7;

/** Distinct function words of a language that tell it from names and from words of a program; fewer where none is English. */
const DISTINCT = 5;
const DISTINCT_ALONE = 3;

const ENGLISH = wordSet("the of and to is that for it with was by this are from or not have which be you");

/** Function words of languages that are written in Latin letters. */
const OTHERS = [
  "der die und nicht ist ein eine mit auf das von dem zu sich", // German
  "le les et des que est dans une pour pas sur qui du ce", // French
  "el los las del que por una con para como se su más", // Spanish
  "os da não uma com para em por que é mais dos ao", // Portuguese
  "il di che per una del della con non sono è gli nel", // Italian
  "het een van niet dat en zijn met voor op aan ook", // Dutch
  "och att som på är det inte av med för till den", // Swedish
  "og at som på er det ikke af av med til den", // Danish and Norwegian
  "els les amb una per que és dels no del com", // Catalan
  "nie się jest że na od przez oraz jako dla jak", // Polish
  "se na je že pro jako jsou ale by také který", // Czech
  "sa na je že pre ako sú ale by aj ktorý", // Slovak
  "je na da se su za od koji nije kao ili", // Croatian, Bosnian, Serbian
  "és hogy nem egy az is volt meg csak", // Hungarian
  "ja on ei se että oli ovat kun mutta joka", // Finnish
  "ja on ei see et oli kui aga mis ka", // Estonian
  "ve bir bu için ile çok olarak daha gibi", // Turkish
  "și şi în la cu nu este pe din care un mai", // Romanian
  "je in na da se za ki so pri kot", // Slovene
  "ir kad yra su bet kaip iš apie tai", // Lithuanian
  "un ir ka ar par no uz bet kas", // Latvian
  "og að er sem ekki við um var það", // Icelandic
  "dhe në një për me që nga është", // Albanian
  "die van en het nie is vir met dat op", // Afrikaans
  "y yr yn ac ar mae ei wedi hefyd", // Welsh
  "agus na an ar ag leis tá sé le", // Irish
  "na ya wa kwa ni katika za hii", // Swahili
  "ang ng sa mga na ay hindi ito", // Tagalog
  "et est non ad cum quod sed ut ex qui", // Latin
  "yang dan di untuk dengan dari pada ini tidak adalah", // Indonesian, Malay
  "của và là không có được trong cho người", // Vietnamese
].map(wordSet);

/**
 * Whether a text is in another language than English, or in an encoding that was not told, as far as its beginning shows: by its
 * letters, or by function words of a language that it has more of than English ones. Code, tables and lists are not.
 */
export function isForeign(text: string): boolean {
  const sample = text.slice(0, SAMPLE).normalize("NFC");
  const letters = count(sample, /\p{L}/gu);
  if (count(sample, /[a-z]/gi) < PLAIN_LETTERS * letters) return true;
  const words = new Map<string, number>();
  // As they stand in the midst of sentences: in capitals short ones are abbreviations and code.
  for (const [word] of sample.matchAll(/[\p{L}\p{M}]+/gu)) words.set(word, (words.get(word) ?? 0) + 1);
  const english = occurrences(words, ENGLISH).total;
  return OTHERS.some((language) => {
    const { distinct, total } = occurrences(words, language);
    return distinct >= (english > 0 ? DISTINCT : DISTINCT_ALONE) && total > english;
  });
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** How often words of a set occur, and how many of them do. */
function occurrences(words: ReadonlyMap<string, number>, set: ReadonlySet<string>) {
  const found = [...set].flatMap((word) => words.get(word) ?? []);
  return { distinct: found.length, total: found.reduce((sum, times) => sum + times, 0) };
}
