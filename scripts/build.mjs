// Builds everything that runs; done before every command, it takes a moment when little changed.
import { withLock } from "./lock.mjs";
import { setup } from "./setup.mjs";

try {
  await setup("packages");
  await withLock("build", () => import("../esbuild.mjs"));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
