// `npm start [FILE]`: the editor with the extension loaded from source and FILE, else a long sample, classified.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { onPath, setup } from "./setup.mjs";
import "./build.mjs";

// npm runs scripts from the repository and says in INIT_CWD where the user stands.
const [named] = process.argv.slice(2);
const file = named ? resolve(process.env.INIT_CWD ?? ".", named) : resolve("test/fixtures/workspace/sample.txt");
if (!existsSync(file)) {
  console.error(`There is no file ${file}: name one that is there, or none to see the sample.`);
  process.exit(1);
}
/** An extension that runs the command a user would, once the window is up. */
const demo = resolve("scripts/demo");

/** In a remote window `code` is another program, and in WSL it may be Windows' own, which finds no extension under a path of Linux. */
const isRemote = process.env.VSCODE_IPC_HOOK_CLI !== undefined || process.env.WSL_DISTRO_NAME !== undefined;
/** Desktop VS Code; it refuses to run as root. */
const code = process.getuid?.() === 0 || isRemote ? undefined : onPath("code");

if (code) {
  const args = [resolve("."), demo].map((path) => `--extensionDevelopmentPath=${path}`);
  // On Windows it is a .cmd file, which needs a shell, and that the quotes.
  const shell = process.platform === "win32";
  const [program, ...given] = [code, ...args, file].map((part) => (shell ? `"${part}"` : part));
  spawn(program, given, { stdio: "inherit", shell }).on("exit", (status) => {
    process.exitCode = status ?? 1;
  });
} else {
  await setup("editor");
  const { Server } = await import("../out/test/harness/server.js");
  const settings = {
    // A folder may bring tasks that would run at once.
    "security.workspace.trust.enabled": true,
    "security.workspace.trust.startupPrompt": "never",
  };
  const server = await Server.start({ extension: demo, settings });
  const url = server.url(dirname(file), [server.fromSource(), ["openFile", server.uri(file)]]);
  console.log(
    `PoNet Lens in VS Code: open this address in a browser; Ctrl+C ends it, and what it kept goes with it.\n\n${url}\n`,
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => server.dispose());
}
