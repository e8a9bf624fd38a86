import tseslint from "typescript-eslint";

/** The rooms of src that run in the engine process, in scripts and in plain tests: they know nothing of the editor. */
const PLAIN = [
  "errors",
  "unlessAborted",
  "batches",
  "once",
  "document",
  "ponet",
  "parity",
  "analysis",
  "models",
  "engine",
  "benchmark",
  "corpus",
  "cli",
];
/** Each imports only those before it. */
const ROOMS = [...PLAIN, "vscode", "settings", "editor", "readings", "views", "commands", "extension"];

export default tseslint.config(
  { ignores: ["dist/", "out/", "node_modules/", ".editor/", "src/ponet/onnx/onnx_pb.ts"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Numbers in messages are what this project is about.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // The bundler leaves out what is not used of a namespace; of the `z` that zod exports it keeps sixty languages.
      "no-restricted-syntax": [
        "error",
        {
          selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
          message: 'Write `import * as z from "zod"`.',
        },
        {
          selector: "ImportDeclaration[source.value='onnxruntime-node']",
          message: "Import from src/ponet/onnxruntime, which keeps onnxruntime from reporting to its makers.",
        },
      ],
    },
  },
  ROOMS.slice(0, -1).map((room, place) => ({
    files: [`src/${room}/**/*.ts`, `src/${room}.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(\\.\\.?/)*(${ROOMS.slice(place + 1).join("|")})(/|$)`,
              message: `Only what comes before ${room} in eslint.config.mjs may be imported here.`,
            },
          ],
        },
      ],
    },
  })),
);
