import { errorCode, firstLine, UserError } from "../errors";
import { printable } from "./printable";

/**
 * Runs a command-line program. `main` gives its exit status, or undefined when its arguments make no sense; a failure
 * is one sentence on standard error and status 1. `--help` prints the usage alone.
 */
export function runProgram(usage: string, main: (args: string[]) => Promise<number | undefined>): void {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    console.log(usage);
    return;
  }
  let lost: Error | undefined;
  process.stdout.on("error", (error: Error) => {
    if (isGone(error) || lost) return;
    lost = error;
    console.error(`What was found cannot be printed (${firstLine(error)}): make room for it.`);
    process.exitCode = 1;
  });
  main(args).then(
    (status) => {
      if (status === undefined) console.error(usage);
      process.exitCode ??= status ?? 2;
    },
    (error: unknown) => {
      if (isGone(error) || error === lost) return;
      if (isUsageError(error)) console.error(`${firstLine(error)}.\n${usage}`);
      else console.error(error instanceof UserError ? withOptions(error.message) : error);
      process.exitCode = isUsageError(error) ? 2 : 1;
    },
  );
}

/** The engine's sentences name the editor's settings and its log; what they are called here. */
const OPTIONS: Readonly<Record<string, string>> = {
  '"ponet.executionProvider"': "--provider",
  'the "PoNet Lens" output channel': "what NODE_DEBUG=ponet prints",
};

/** A sentence to be printed for the user, with the options of the command line for the settings of the editor. */
export function withOptions(sentence: string): string {
  return Object.entries(OPTIONS).reduce(
    (said, [setting, option]) => said.replaceAll(setting, option),
    printable(sentence),
  );
}

/** `value` when it is among `allowed`. @throws UserError naming the option and what it may be. */
export function oneOf<T extends string>(allowed: readonly T[], value: string, option: string): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UserError(`${option} cannot be "${value}": use one of ${allowed.join(", ")}.`);
  return found;
}

/** Whether it is that nobody reads the output any more, as behind `| head`. */
function isGone(error: unknown): boolean {
  return ["EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes(errorCode(error) ?? "");
}

/** What node:util's parseArgs throws for arguments it was not told of. */
function isUsageError(error: unknown): boolean {
  return errorCode(error)?.startsWith("ERR_PARSE_ARGS") === true;
}
