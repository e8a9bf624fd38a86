import tseslint from "typescript-eslint";

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
      ],
    },
  },
  {
    // The rooms that run in the engine process, in scripts and in plain tests know nothing of the editor.
    files: ["src/{document,ponet,analysis,models,engine,benchmark,corpus,cli,parity}/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { paths: ["vscode"] }] },
  },
);
