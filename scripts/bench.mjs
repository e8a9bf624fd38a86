// `npm run bench -- NAME [ARGS]`: builds, then runs a benchmark; one of the panel or of the editor needs these, too.
import { resolve } from "node:path";
import { chromium, serverProgram, setup } from "./setup.mjs";
import "./build.mjs";

const NEEDS = { maps: ["browser"], activation: ["editor", "browser"], hold: ["editor", "browser"] };
await setup(...(NEEDS[process.argv[2]] ?? []));
process.env.CHROMIUM = chromium() ?? "";
process.env.EDITOR_SERVER = resolve(serverProgram);
await import("../out/bench/main.js");
