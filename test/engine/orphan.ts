import { analyze, createEngine } from "./engine";

// A host to be killed: it starts an engine and tells its parent the engine's process id.
const engine = createEngine();
void analyze(engine, "Hello.").then(() => process.send?.(engine.pid));
