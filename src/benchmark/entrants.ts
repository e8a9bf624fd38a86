import { fork } from "node:child_process";
import type { Entrant } from "./heat";

/** The longest sequences: PoNet's own is read in chunks, the others' whole, some of them with N x N or N x 256 weights. */
const ANY = 2 ** 20;
const LONG = 2 ** 17;
const QUADRATIC = 2 ** 15;
const LEARNED_LENGTH = 2 ** 14;

const ENTRANTS = [
  { name: "ponet", title: "PoNet", longest: ANY },
  { name: "ponet-int8", title: "PoNet in int8", longest: ANY, cpuOnly: true },
  { name: "transformer", title: "Transformer", longest: QUADRATIC },
  { name: "fnet", title: "FNet", longest: LONG },
  { name: "linformer", title: "Linformer", longest: LEARNED_LENGTH },
  { name: "nystroemformer", title: "Nyströmformer", longest: LONG },
  { name: "performer", title: "Performer", longest: LONG },
  { name: "linear", title: "Linear attention", longest: LONG },
  { name: "average", title: "Average pooling", longest: LONG },
  { name: "products", title: "PoNet's matrix products", longest: ANY },
];

/** Everything that runs on onnxruntime. @param script the built benchmark process, `dist/benchmark.js` */
export function entrants(script: string): Entrant[] {
  return ENTRANTS.map((entrant) => ({
    ...entrant,
    launch: (configuration) => fork(script, [JSON.stringify(configuration)], { silent: true, execArgv: [] }),
  }));
}
