// Installs what a command needs and is not there yet: `node scripts/setup.mjs packages editor browser xz`.
// Only node's own modules here: this runs before anything is installed. It speaks on stderr alone.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { withLock } from "./lock.mjs";

const EDITOR = "code-server@4.100.3";
const EDITOR_STAMP = ".editor/installed";
/** VS Code's own server inside code-server, an npm package. */
const EDITOR_ROOT = ".editor/node_modules/code-server/lib/vscode";

/** The full path of the first of `names` that is a program on the PATH. */
export function onPath(...names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const candidates = names.flatMap((name) =>
    folders.flatMap((folder) => endings.map((end) => join(folder, name + end))),
  );
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", 2, 2], ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}.`);
}

function npm(args, cwd = ".") {
  const program = process.env.npm_execpath;
  // On Windows npm without its path is a .cmd file, which needs a shell.
  if (program) run(process.execPath, [program, ...args], { cwd });
  else run("npm", args, { cwd, shell: process.platform === "win32" });
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Debian packages, where that can be done without asking. */
function apt(packages, purpose) {
  const debian = existsSync("/etc/debian_version") && process.getuid?.() === 0;
  if (!debian) throw new Error(`Install ${packages.join(" and ")} (${purpose}) and run this again.`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = ["-qq", "-o=Dpkg::Use-Pty=0", "-o=DPkg::Lock::Timeout=300"];
  run("apt-get", [...options, "update"], { env });
  run("apt-get", [...options, "install", "-y", "--no-install-recommends", ...packages], { env });
}

const needs = {
  packages: {
    /** npm writes its own record of what it installed last of all. */
    done() {
      const installed = readJson("node_modules/.package-lock.json")?.packages;
      const { "": _root, ...wanted } = readJson("package-lock.json").packages;
      if (installed === undefined) return false;
      return Object.entries(wanted).every(([path, { version, optional }]) =>
        installed[path] === undefined ? optional : installed[path].version === version,
      );
    },
    install: () => npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]),
  },
  editor: {
    done: () => existsSync(EDITOR_STAMP) && readFileSync(EDITOR_STAMP, "utf8") === EDITOR,
    install() {
      const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
      rmSync(".editor", { recursive: true, force: true });
      mkdirSync(".editor");
      // A package.json of its own keeps npm from taking the repository's folder for the one to install into.
      writeFileSync(".editor/package.json", JSON.stringify({ name: "editor", private: true }));
      npm(["install", ...quiet, EDITOR], ".editor");
      npm(["install", ...quiet, "--omit=dev"], EDITOR_ROOT);
      npm(["install", ...quiet, "--omit=dev"], join(EDITOR_ROOT, "extensions"));
      writeFileSync(EDITOR_STAMP, EDITOR);
    },
  },
  browser: {
    done: () => chromium() !== undefined,
    install: () => apt(["chromium", "fonts-dejavu-core"], "or name a Chromium or Chrome in the variable CHROMIUM"),
  },
  xz: {
    done: () => onPath("xz") !== undefined,
    install: () => apt(["xz-utils"], "its `xz` unpacks .xz files"),
  },
};

/** The browser the tests drive. */
function chromium() {
  return process.env.CHROMIUM ?? onPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
}

/** Sees to it that everything named is there, and has the environment say where, for test/harness. */
export async function setup(...names) {
  for (const name of names) {
    const need = needs[name];
    if (need === undefined) throw new Error(`Unknown need "${name}"; there are ${Object.keys(needs).join(", ")}.`);
    if (need.done()) continue;
    await withLock("setup", () => {
      if (need.done()) return;
      process.stderr.write(`Installing ${name} ...\n`);
      need.install();
    });
  }
  const browser = chromium();
  if (browser) process.env.CHROMIUM = browser;
  process.env.EDITOR_SERVER = resolve(EDITOR_ROOT, "out/server-main.js");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await setup(...process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
