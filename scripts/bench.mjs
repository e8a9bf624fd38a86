// `npm run bench -- NAME [ARGS]`: builds, then runs a benchmark; one of the panel also needs the browser.
import { chromium, setup } from "./setup.mjs";
import "./build.mjs";

if (process.argv[2] === "maps") await setup("browser");
process.env.CHROMIUM = chromium() ?? "";
await import("../out/bench/main.js");
