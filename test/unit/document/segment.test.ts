import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { segment } from "../../../src/document/segment";
import { SEGMENTATIONS, type Segmentation } from "../../../src/document/segmentations";

/** The text of each segment. */
function cut(text: string, how: Segmentation): string[] {
  const bounds = segment(text, how);
  return Array.from(bounds.subarray(1), (end, k) => text.slice(bounds[k], end));
}

const LONGEST_PARAGRAPH = 2000;
const SENTENCE = "The train reached the harbour ten minutes late, which nobody found remarkable. ";

describe("segmentation", () => {
  for (const how of SEGMENTATIONS) {
    it(`gives the empty text no ${how} and a blank or short one a single ${how}`, () => {
      assert.deepEqual([...segment("", how)], [0]);
      for (const text of ["a", " ", "\r\n", "\n\n\f\n\u00a0", "word\n", "\n\nword"]) {
        assert.deepEqual([...segment(text, how)], [0, text.length]);
      }
    });

    it(`puts every character of any text in one ${how}, with words in each and no pair split`, () => {
      fc.assert(
        fc.property(difficultText, (text) => {
          const bounds = segment(text, how);
          assert.equal(bounds[0], 0);
          assert.equal(bounds.at(-1), text.length);
          cut(text, how).forEach((piece, k) => {
            assert.ok((bounds[k] ?? 0) < (bounds[k + 1] ?? 0));
            assert.ok(/\S/.test(piece) || !/\S/.test(text), `blank: ${JSON.stringify(piece)}`);
          });
          for (const bound of bounds) {
            assert.doesNotMatch(
              text.slice(Math.max(0, bound - 1), bound + 1),
              /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/,
            );
          }
        }),
        { numRuns: 1000 },
      );
    });
  }
});

/** Texts of whatever a cut could go wrong at, some of them long. */
const difficultText = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        ..." |  |\n|\n\n|\r\n|\r\n\r\n|\r|\t|\f|\u00a0|\u2028|\u2029|\u0085|\u3000|\ufeff|\u200b".split("|"),
        ...'a|word|é|字|. |! |?|。|e.g. |U.S. |…|"|)|1.5|😀|👩‍👩‍👧|\ud83d|\ude00|e\u0301'.split("|"),
        ..."# a|## |#b|===|---|```|~~~|\\section{a}|\\chapter*{b}| - |> ".split("|").map((sign) => `\n${sign}`),
      ),
      fc.oneof({ weight: 40, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 5000 }) }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.map(([part, times]) => part.repeat(times)).join(""));

describe("paragraphs", () => {
  it("end with the blank lines behind them", () => {
    assert.deepEqual(cut("one\ntwo\n\nthree\n\n\n\nfour", "paragraph"), ["one\ntwo\n\n", "three\n\n\n\n", "four"]);
  });

  it("are told apart by LF, CRLF and CR, and by lines of any white space", () => {
    assert.deepEqual(cut("a\r\nb\r\n\r\nc\r\n", "paragraph"), ["a\r\nb\r\n\r\n", "c\r\n"]);
    assert.deepEqual(cut("a\rb\r\rc", "paragraph"), ["a\rb\r\r", "c"]);
    assert.deepEqual(cut("a\n \t\f\u00a0\nb\n\f\nc", "paragraph"), ["a\n \t\f\u00a0\n", "b\n\f\n", "c"]);
    assert.deepEqual(cut("a\n\u200b\nb\n\u2060 \nc", "paragraph"), ["a\n\u200b\n", "b\n\u2060 \n", "c"]);
  });

  it("begin with the blank lines at the start of the text", () => {
    assert.deepEqual(cut("\n \n\na\n\nb", "paragraph"), ["\n \n\na\n\n", "b"]);
  });

  it("that are too long are cut behind as many sentences as fit", () => {
    const sentences = SENTENCE.repeat(60);
    const pieces = cut(`before\n\n${sentences}\n\nafter`, "paragraph");
    const fitting = Math.floor(LONGEST_PARAGRAPH / SENTENCE.length);
    const whole = SENTENCE.repeat(fitting);
    assert.deepEqual(pieces, ["before\n\n", whole, whole, SENTENCE.repeat(60 - 2 * fitting) + "\n\n", "after"]);
  });

  it("that are too long are cut where a piece has 2,000 units, but none more", () => {
    for (const [length, fitting] of [
      [500, 4],
      [667, 2],
    ] as const) {
      const sentence = `${"x".repeat(length - 2)}? `;
      assert.equal(cut(sentence.repeat(9), "paragraph")[0], sentence.repeat(fitting));
    }
  });

  it("of up to 2,000 units are left whole", () => {
    assert.equal(cut(SENTENCE.repeat(26).slice(0, LONGEST_PARAGRAPH), "paragraph").length, 1);
  });

  it("of lines that are no sentences are cut between lines where they are too long", () => {
    for (const eol of ["\n", "\r\n", "\r"]) {
      const line = `  12:00:01 GET /index 200${eol}`;
      const fitting = Math.floor(LONGEST_PARAGRAPH / line.length);
      const rest = `${"word ".repeat(450)}${eol}`;
      const pieces = cut(line.repeat(2 * fitting) + rest, "paragraph");
      assert.deepEqual(pieces.slice(0, 2), [line.repeat(fitting), line.repeat(fitting)]);
      assert.deepEqual(pieces.slice(2), [rest.slice(0, LONGEST_PARAGRAPH), rest.slice(LONGEST_PARAGRAPH)]);
    }
  });

  it("of lines that are texts of their own are cut between lines where they are too long", () => {
    const speaker =
      "Stephen G. Breyer: Suppose. Suppose a person has a piece of property, and they zone it for a park. ";
    const answer = "Mark J. Bennett: Well, Your Honor.\n";
    const line = `${speaker.repeat(6).trim()}\n`;
    const pieces = cut((line + answer).repeat(20), "paragraph");
    assert.ok(pieces.length > 2);
    for (const piece of pieces) assert.match(piece, /^(?:Stephen|Mark)[^]*\n$/);
    // A line that is longer than a piece is cut within, as a paragraph is.
    const [first = "", second = ""] = cut(answer + speaker.repeat(60), "paragraph");
    assert.ok(first.endsWith(". ") && first.length > LONGEST_PARAGRAPH - speaker.length, first);
    assert.match(second, /^Suppose a person|^Stephen/);
  });

  it("of wrapped lines are cut at sentences", () => {
    const wrapped = SENTENCE.repeat(60).replace(/(.{60,70}) /g, "$1\n");
    for (const piece of cut(wrapped, "paragraph")) assert.match(piece, /^The train[^]*remarkable\.\s$/);
  });

  it("of one sentence that is too long are cut between words", () => {
    const pieces = cut("word and ".repeat(1000), "paragraph");
    assert.equal(pieces.length, 5);
    for (const piece of pieces) {
      assert.match(piece, /^(?:word|and) .* $/);
      assert.ok(piece.length <= LONGEST_PARAGRAPH);
    }
  });

  it("of one word that is too long are cut between code points", () => {
    const pieces = cut("x" + "😀".repeat(2500), "paragraph");
    assert.deepEqual(
      pieces.map((piece) => piece.length),
      [2001, 2000, 1000],
    );
    for (const piece of pieces) assert.doesNotMatch(piece, /^[\udc00-\udfff]|[\ud800-\udbff]$/);
  });
});

describe("sentences", () => {
  it("are those of Intl.Segmenter", () => {
    assert.deepEqual(cut('One here. "Two!" she said? Yes… 3.5% of it.', "sentence"), [
      "One here. ",
      '"Two!" ',
      "she said? ",
      "Yes… 3.5% of it.",
    ]);
  });

  it("go on over the line ends of a wrapped paragraph, but not over blank lines", () => {
    const wrapped = "A wrapped sentence\nHere. It goes on\r\nAnd on and on and\rOn.\n\nA title\n\nNext";
    assert.deepEqual(cut(wrapped, "sentence"), [
      "A wrapped sentence\nHere. ",
      "It goes on\r\nAnd on and on and\rOn.\n\n",
      "A title\n\n",
      "Next",
    ]);
  });

  it("end with lines, or not, whichever ends those have", () => {
    const lines = [159, 150, 155, 140].map((width) => "x".repeat(width));
    for (const end of ["\n", "\r\n", "\r"])
      assert.equal(cut(lines.join(end), "sentence").length, 1, JSON.stringify(end));
  });

  it("end with the lines of a list or a log, unless the next one goes on in lower case", () => {
    const list = [
      "10:00 Alice: hello\n",
      "10:01 Bob: hi, how are you? ",
      "Fine, I hope\n",
      "- milk\r\n",
      "- eggs and\n  bread\n\n",
    ];
    assert.deepEqual(cut(`${list.join("")}End`, "sentence"), [...list, "End"]);
  });

  it("do not end at the number of an item, at an initial or at an abbreviation", () => {
    for (const sentence of [
      "1.  The applicant was born in 1950. ",
      "(26.) Stephen G. Breyer wrote it. ",
      "IV. Mr. Justice Brown, Mrs. Smith and Dr. Jones agreed. ",
      "They see Airey v. Ireland, no. 6289/73, pp. 12 and Fig. 3. ",
    ]) {
      assert.deepEqual(cut(sentence.repeat(3), "sentence"), [sentence, sentence, sentence]);
    }
    assert.deepEqual(cut("He said no. They left. He got $5. Then what?", "sentence").length, 4);
    const pieces = cut(`${"x".repeat(1940)}. ${"26. Before Mr. Justice Brown they went on. ".repeat(9)}`, "paragraph");
    assert.match(pieces[1] ?? "", /^26\. Before/);
  });

  it("do not depend on the windows in which a long paragraph is read", () => {
    const sample = readFileSync("test/fixtures/workspace/sample.txt", "utf8").replace(/\s+/g, " ");
    // Nothing of what ends no sentence, though it does to Intl.Segmenter.
    const speech = sample.replace(/\b([A-Z]|Hon|Mr|No)\. /g, "$1 ");
    assert.deepEqual(cut(speech, "sentence"), intlSentences(speech));
    // Behind the end of the first window it turns out that no sentence ends there.
    const bracket = `${"word ".repeat(818)}end. (word) word.`;
    assert.ok(cut(bracket, "sentence").every((piece) => !piece.startsWith("(")));
    const words = fc.constantFrom("word", "Word", "p.m.", "U.S.", "end.", "(", "1", "12.5", "?", "x".repeat(50));
    fc.assert(
      fc.property(fc.array(words, { minLength: 200, maxLength: 2000 }), (parts) => {
        const text = parts.join(" ");
        assert.deepEqual(cut(text, "sentence"), intlSentences(text));
      }),
      { numRuns: 20 },
    );
  });

  it("that are too long are cut as paragraphs are, and may be longer than any window", () => {
    const long = `Word ${"word ".repeat(20_000)}`;
    const sentences = ["Short. ", `${long}end. `, "Short again. ", `${long}end. `, "Short. ", "Short."];
    const pieces = cut(sentences.join(""), "sentence");
    for (const piece of pieces) assert.ok(piece.length <= LONGEST_PARAGRAPH);
    assert.deepEqual(
      pieces.filter((piece) => /[A-Z]/.test(piece)).map((piece) => piece.slice(0, 10)),
      sentences.map((sentence) => sentence.slice(0, 10)),
    );
    const rows = cut("1.37,0.143,1\n".repeat(1000), "sentence");
    assert.ok(rows.length > 5 && rows.every((row) => row.endsWith("\n")), `${rows.length}`);
  });

  it("end at the separators that end paragraphs for Unicode", () => {
    for (const separator of "\u0085\u2028\u2029") assert.equal(cut(`word${separator}word`, "sentence").length, 2);
  });
});

function intlSentences(text: string): string[] {
  const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

describe("sections", () => {
  it("begin at Markdown headings", () => {
    const text =
      "intro\n# One\ntext\n\n## Two ##\r\ntext\n   ###### Six\nThree\n=====\ntext\n\nFour,\nwrapped\n---\nend";
    assert.deepEqual(cut(text, "section"), [
      "intro\n",
      "# One\ntext\n\n",
      "## Two ##\r\ntext\n",
      "   ###### Six\n",
      "Three\n=====\ntext\n\n",
      "Four,\nwrapped\n---\nend",
    ]);
  });

  it("do not begin at what only looks like a heading", () => {
    const lines = [
      "#tag",
      "####### seven",
      "    # code",
      "text # more",
      "",
      "---",
      "- item",
      "---",
      "2) item",
      "---",
      "> quote",
      "===",
      "a | b",
      "Acronym  Definition",
      "   -----------",
      "",
      "$29,960.80",
      "==========",
      "Mike.",
      "--",
      "",
      "# # #",
    ];
    for (const eol of ["\n", "\r\n", "\r"]) assert.equal(cut(`a\n# One\n\n${lines.join(eol)}`, "section").length, 2);
  });

  it("do not begin within fenced code or front matter", () => {
    const fenced = "```sh\n# comment\n~~~\n``\n# more\n````\n";
    assert.deepEqual(cut(`a\n${fenced}# One\n~~~\n# no\n~~~\n# Two`, "section"), [
      `a\n${fenced}`,
      "# One\n~~~\n# no\n~~~\n",
      "# Two",
    ]);
    assert.equal(cut("a\n# One\n```\n```sh\n# no\n```\n---\n", "section").length, 2);
    assert.deepEqual(cut("```a``` in a line\n# One", "section"), ["```a``` in a line\n", "# One"]);
    assert.deepEqual(cut("---\ntitle: x\n# no\n---\ntext\n# One", "section"), [
      "---\ntitle: x\n# no\n---\ntext\n",
      "# One",
    ]);
  });

  it("begin behind a rule in the first line, which begins no front matter unless that is closed", () => {
    for (const begun of ["---\n\n# no matter\n---\n", "---\ntext\n\n# One\n"]) {
      assert.equal(cut(`${begun}# Two`, "section").length, 3);
    }
    assert.deepEqual(cut("---\r\na: 1\r\n# no\r\n...\r\n# One\r\n# Two", "section"), [
      "---\r\na: 1\r\n# no\r\n...\r\n",
      "# One\r\n",
      "# Two",
    ]);
  });

  it("begin behind a nested quotation of LaTeX's, which looks like the opening of fenced code", () => {
    for (const quotation of ["```Yes,'' he said.", "```I don't,'"]) {
      const sections = ["\\section{A}\n", `\\section{B}\n${quotation}\n`, "\\section{C}\n"];
      assert.deepEqual(cut(sections.join(""), "section"), sections);
    }
    for (const info of ["{r, fig.cap='A'}", "js title='a.js'", "js it's", 'js title="Ann\'s"']) {
      assert.equal(cut(`a\n# One\n\`\`\`${info}\n# no\n\`\`\`\n`, "section").length, 2);
    }
  });

  it("begin at the headings of reStructuredText, by whatever they are underlined", () => {
    const sections = [
      "=======\n 1.0.0\n=======\n\nOut now.\n\n",
      "1. What's new\n=============\n\ntext\n\n",
      "Fast\n~~~~\n\ntext\n\n",
      "^^^^^\nSmall\n^^^^^\n",
      "Bugs\n~~~~\n\n* one\n",
    ].slice(1);
    assert.deepEqual(cut(`Title\n\n${sections.join("")}`, "section"), ["Title\n\n", ...sections]);
  });

  it("begin at the headings of AsciiDoc and not within its listings", () => {
    const sections = [
      "= Title\n\n",
      "== Install\n[source,bash]\n----\n# update\nmake\n----\n\nThen.\n\n",
      "=== Usage\ntext",
    ];
    assert.deepEqual(cut(sections.join(""), "section"), sections);
    assert.equal(cut("a\n# One\nx\n= 5\n==\n", "section").length, 2);
  });

  it("do not begin within the listings and comments of LaTeX", () => {
    for (const environment of ["verbatim", "lstlisting", "minted", "comment"]) {
      const code = `\\begin{${environment}}[language=sh]\n# load\nx\n---\n\\end{${environment}}\n`;
      const sections = [`\\section{A}\n${code}text\n`, "\\section{B}\n"];
      assert.deepEqual(cut(sections.join(""), "section"), sections);
    }
    assert.equal(cut("\\section{A}\n\\begin{verbatim}x\\end{verbatim}\n\\section{B}", "section").length, 2);
  });

  it("begin at LaTeX headings", () => {
    const headings = ["\\part{A}", "\\chapter[s]{B}", "\\section*{C}", "  \\subsection{D}", "\\subsubsection {E}"];
    const expected = ["\\documentclass{book}\n", ...headings.map((heading) => `${heading}\ntext\n`)];
    assert.deepEqual(cut(expected.join(""), "section"), expected);
    assert.equal(cut("a\n# One\nsee \\section{b}\n\\sectionmark{c}\n% \\section{d}\n", "section").length, 2);
  });

  it("are paragraphs in a text that has no headings, or no other than its title", () => {
    assert.deepEqual(cut("One.\n\nTwo.\n\n---", "section"), ["One.\n\n", "Two.\n\n", "---"]);
    assert.deepEqual(cut("# Title\n\nOne.\n\nTwo.", "section"), ["# Title\n\n", "One.\n\n", "Two."]);
    for (const title of ["# Title", "Title\n==="]) {
      const matter = `---\na: 1\n---\n\n`;
      assert.deepEqual(cut(`${matter}${title}\n\nOne.`, "section"), [matter, `${title}\n\n`, "One."]);
    }
    assert.deepEqual(cut("---\na: 1\n---\nIntro.\n\n# One", "section"), ["---\na: 1\n---\nIntro.\n\n", "# One"]);
    const long = `${SENTENCE}\n\n`.repeat(100);
    assert.equal(cut(`Intro.\n\n# One\n\n${long}`, "section").length, 102);
    assert.equal(cut(`Intro.\n\n# One\n\n${long}# Two\n\n${long}`, "section").length, 3);
  });
});

describe("fixed runs", () => {
  it("are 64 of about equal length that end behind white space", () => {
    const text = SENTENCE.repeat(100);
    const pieces = cut(text, "fixed");
    assert.equal(pieces.length, 64);
    pieces.slice(0, -1).forEach((piece) => {
      assert.match(piece, /^\S.* $/s);
      assert.ok(Math.abs(piece.length - text.length / 64) < 12);
    });
  });

  it("are fewer in a short text", () => {
    assert.deepEqual(cut("to be or not to be", "fixed"), ["to ", "be ", "or ", "not ", "to ", "be"]);
  });

  it("are cut between code points where there is no white space", () => {
    const pieces = cut("😀".repeat(64 * 101), "fixed");
    assert.equal(pieces.length, 64);
    for (const piece of pieces) assert.ok(piece.length >= 200 && piece.length <= 204);
  });
});
