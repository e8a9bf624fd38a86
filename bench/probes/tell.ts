/** What the line begins with in which a probe tells what it found. */
export const MARK = "##probe ";

/** Tells the benchmark that runs this probe what it found, in JSON. */
export function tell(found: unknown): void {
  console.log(MARK + JSON.stringify(found));
}
