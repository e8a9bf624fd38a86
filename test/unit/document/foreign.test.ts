import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isForeign } from "../../../src/document/foreign";
import { ROOT } from "../../harness/environment";

/** Of the Universal Declaration of Human Rights. */
const ARTICLES = {
  German:
    "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen " +
    "einander im Geist der Brüderlichkeit begegnen. Jeder hat Anspruch auf die in dieser Erklärung verkündeten Rechte und " +
    "Freiheiten ohne irgendeinen Unterschied, etwa nach der Sprache, dem Eigentum, dem Stand, nicht anders als sonst ein Mensch.",
  French:
    "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et " +
    "doivent agir les uns envers les autres dans un esprit de fraternité. Chacun peut se prévaloir de tous les droits qui sont " +
    "dans une déclaration, sans distinction de race, de couleur, sur le sol des pays.",
  Spanish:
    "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben " +
    "comportarse con los otros como hermanos. Toda persona tiene los derechos del país por el que se rige, una isla o las otras.",
  Polish:
    "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i praw. Są oni obdarzeni rozumem, jak nie sumieniem, " +
    "oraz powinni postępować jak bracia. To jest prawo dla każdego, na ziemi od lat, że nie ma różnic.",
  Vietnamese:
    "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. Mọi con người đều được tạo hoá ban cho lý " +
    "trí và lương tâm và cần phải đối xử với nhau trong tình anh em.",
  Russian:
    "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны " +
    "поступать в отношении друг друга в духе братства.",
  Greek: "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
  Arabic: "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.",
  Chinese: "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
};

describe("A text in a foreign language", () => {
  for (const [language, text] of Object.entries(ARTICLES)) {
    it(`is told from English: ${language}`, () => {
      assert.ok(isForeign(text));
    });
  }

  it("is told by few words where none is English, and by letters with marks apart", () => {
    assert.ok(isForeign("Sehr geehrte Damen und Herren, hiermit kündige ich meinen Vertrag mit Ihnen auf den 1. Mai."));
    assert.ok(isForeign(ARTICLES.Vietnamese.normalize("NFD")));
  });

  it("is one that was decoded wrongly, too", () => {
    assert.ok(isForeign(Buffer.from(ARTICLES.Russian).toString("latin1")));
  });

  it("is not English with a quotation or with names", async () => {
    const english = await readFile(path.join(ROOT, "README.md"), "utf8");
    assert.ok(!isForeign(`${english}\n\n${ARTICLES.German}\n\n${ARTICLES.French}`));
    assert.ok(!isForeign("Los Angeles, Las Vegas, El Paso, Tierra del Fuego, Las Palmas, Los Alamos, El Salvador"));
  });

  it("is not what has hardly any words of a language: code, figures, coded files", () => {
    assert.ok(!isForeign("for (let i = 0; i < el.length; i++) { se.na = da[i]; u += je(el, na); }\n".repeat(50)));
    assert.ok(
      !isForeign('M)B9R&KJZ)EVZ=+ITNKH>?7U=PGU]+\nM"Q=?72_="PU\'GT>+,<LORPU86$1EX,8 NA DA SE JE ZA\n'.repeat(50)),
    );
    assert.ok(!isForeign("12 | 4,50 | 2024-05-01\n".repeat(50)));
    assert.ok(!isForeign("Ein Hund"));
    assert.ok(!isForeign(""));
  });
});
