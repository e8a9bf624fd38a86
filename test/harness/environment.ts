/** The repository; npm runs everything from there. */
export const ROOT = process.cwd();

/** What scripts/setup.mjs found or installed, handed on by the script that started this process. */
export function fromSetup(name: "CHROMIUM" | "EDITOR_SERVER"): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this through \`npm test\`.`);
  return value;
}
