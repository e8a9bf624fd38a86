import { isClassified, type Row } from "../../src/corpus/row";

/** What all rows say together, kept as they come: they may be a hundred thousand, and are asked about with every message. */
export class Tally {
  private readonly headNames = new Set<string>();
  private readonly modelKeys = new Set<string>();
  /** How many of the files have no verdict. */
  failed = 0;

  add(row: Row): void {
    if (!isClassified(row)) {
      this.failed++;
      return;
    }
    this.modelKeys.add(row.model);
    for (const head of Object.keys(row.heads)) this.headNames.add(head);
  }

  /** Of all rows, in order: rows of an earlier run may be another model's. */
  get heads(): string[] {
    return [...this.headNames];
  }

  /** The names of the models; what tells one from itself after more training is for the results file. */
  get models(): string[] {
    return [...new Set([...this.modelKeys].map((key) => key.replace(/@[^@]*$/, "")))];
  }
}
