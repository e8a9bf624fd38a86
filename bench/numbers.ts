import { UserError } from "../src/errors";

/**
 * The numbers that a benchmark is given.
 * @param usage the benchmark and its arguments
 * @throws UserError with the usage when one is no whole number from 1 on
 */
export function numbers(args: readonly string[], usage: string): number[] {
  const wrong = args.find((arg) => !/^[1-9]\d*$/.test(arg));
  if (wrong === undefined) return args.map(Number);
  throw new UserError(`"${wrong}" is no whole number from 1 on.\nusage: npm run bench -- ${usage}`);
}
