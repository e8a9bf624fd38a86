// `npm run bench -- NAME [ARGS]`: builds, then runs a benchmark; one of the panel or of the editor needs these, too.
import { setup } from "./setup.mjs";
import "./build.mjs";

const NEEDS = { maps: ["browser"], activation: ["editor", "browser"], hold: ["editor", "browser"] };
await setup(...(NEEDS[process.argv[2]] ?? []));
await import("../out/bench/main.js");
