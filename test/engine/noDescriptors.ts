import { openSync } from "node:fs";
import { analyze, createEngine } from "./engine";

// A host that has no file descriptor left: it tells what comes of an analysis. Its limit is to be low.
try {
  for (;;) openSync(__filename, "r");
} catch {
  void analyze(createEngine(), "Hello.").catch((error: unknown) => {
    console.log(String(error));
  });
}
