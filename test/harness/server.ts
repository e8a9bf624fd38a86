import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { fromSetup, ROOT } from "./environment";

export type Settings = Readonly<Record<string, unknown>>;

/** A quiet editor, with prose in full sight. */
const DEFAULTS: Settings = {
  "editor.wordWrap": "on",
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "remote.autoForwardPorts": false,
};

export interface ServerOptions {
  /** Of the user. */
  readonly settings?: Settings;
  /** A packed extension to install, as a user would. */
  readonly vsix?: string;
  /** A folder with an extension that is to be there from the start. */
  readonly extension?: string;
}

/** Name and value of one entry of the workbench's URL payload. */
export type PayloadEntry = readonly [name: string, value: string];

/**
 * A VS Code server with data and extension folders of its own; `dispose` ends it and removes them. Who has its token alone may
 * connect: without one every user of the machine, and every page in the browser, would have its files and terminals.
 */
export class Server {
  private constructor(
    private readonly process: ChildProcess,
    private readonly port: number,
    private readonly folder: string,
    private readonly token: string,
    private readonly settings: Settings,
  ) {}

  static async start({ settings = {}, vsix, extension }: ServerOptions = {}): Promise<Server> {
    const program = fromSetup("EDITOR_SERVER");
    const folder = mkdtempSync(join(tmpdir(), "ponet-lens-editor-"));
    const port = await freePort();
    const args = ["--user-data-dir", join(folder, "data"), "--extensions-dir", join(folder, "extensions")];
    args.push("--accept-server-license-terms", "--disable-telemetry");
    symlinkSync(ROOT, join(folder, "source"), "junction");
    if (extension !== undefined) {
      cpSync(extension, join(folder, "extensions", basename(extension)), { recursive: true });
    }
    const log = join(folder, "server.log");
    if (vsix !== undefined) await finished(spawnServer([program, ...args, "--install-extension", vsix], log));
    const token = randomUUID();
    const tokenFile = join(folder, "token");
    writeFileSync(tokenFile, token, { mode: 0o600 });
    args.push("--host", "127.0.0.1", "--port", String(port), "--connection-token-file", tokenFile);
    const server = new Server(spawnServer([program, ...args], log), port, folder, token, settings);
    server.configure();
    try {
      await server.listening();
      return server;
    } catch (error) {
      await server.dispose();
      throw error;
    }
  }

  /**
   * Writes the settings, those of the machine the server runs on too; an open window follows.
   * @param changes What is to be other than at the start; what an earlier call changed is as it was.
   */
  configure(changes: Settings = {}): void {
    const settings = { ...DEFAULTS, ...this.settings, ...changes };
    for (const scope of ["User", "Machine"]) writeSettings(join(this.folder, "data", scope), settings);
  }

  /** How a payload names a file or folder of the server's machine: on Windows, too, by a path that begins with a slash. */
  uri(path: string): string {
    return `vscode-remote://127.0.0.1:${this.port}${pathToFileURL(path).pathname}`;
  }

  /**
   * Has a window load this repository's extension from source. It goes by a link, since VS Code leaves out those of
   * its built-in extensions (the themes) that lie below that path, and they lie in the repository's `.editor`.
   */
  fromSource(): PayloadEntry {
    return ["extensionDevelopmentPath", this.uri(join(this.folder, "source"))];
  }

  /** The address of a window on `workspace`. */
  url(workspace: string, payload: readonly PayloadEntry[] = []): string {
    const folder = decodeURIComponent(pathToFileURL(workspace).pathname);
    const query = new URLSearchParams({ folder, payload: JSON.stringify(payload), tkn: this.token });
    return `http://127.0.0.1:${this.port}/?${query.toString()}`;
  }

  /** A copy of the sample workspace that a test may write to. */
  copyOfWorkspace(settings: Settings = {}): string {
    const copy = join(this.folder, "workspace");
    cpSync(join(ROOT, "test/fixtures/workspace"), copy, { recursive: true });
    writeSettings(join(copy, ".vscode"), settings);
    return copy;
  }

  async dispose(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exit = once(this.process, "exit");
      this.process.kill();
      await exit;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  private async listening(): Promise<void> {
    const { stdout } = this.process;
    if (stdout === null) throw new Error("The server's output is not read.");
    for await (const line of createInterface(stdout)) {
      if (!line.includes("Extension host agent listening")) continue;
      stdout.resume();
      return;
    }
    throw new Error(`VS Code's server did not start.\n${readFileSync(join(this.folder, "server.log"), "utf8")}`);
  }
}

function writeSettings(folder: string, settings: Settings): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "settings.json"), JSON.stringify(settings));
}

/** Its extension hosts end when it does, and their engines with them. */
function spawnServer(args: readonly string[], log: string): ChildProcess {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VSCODE_")));
  const stdio = ["ignore", "pipe", openSync(log, "a")] as const;
  return spawn(process.execPath, args, { env, stdio: [...stdio] });
}

async function finished(child: ChildProcess): Promise<void> {
  child.stdout?.resume();
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`VS Code's server could not install the extension (exit code ${String(code)}).`);
}

async function freePort(): Promise<number> {
  const socket = createServer().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address() as AddressInfo;
  socket.close();
  await once(socket, "close");
  return port;
}
