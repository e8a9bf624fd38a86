/** How long a turn of the event loop is taken for at most, in milliseconds: other extensions wait for it. */
const TURN_MS = 10;

/** The bytes of some pieces end to end, which are made over as many turns of the event loop as that takes. */
export async function joined(pieces: Iterable<string | Uint8Array>): Promise<Uint8Array> {
  const made: Uint8Array[] = [];
  let turn = performance.now();
  for (const piece of pieces) {
    made.push(typeof piece === "string" ? Buffer.from(piece) : piece);
    if (performance.now() - turn < TURN_MS) continue;
    await new Promise(setImmediate);
    turn = performance.now();
  }
  return Buffer.concat(made);
}
