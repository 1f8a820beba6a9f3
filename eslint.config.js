import { builtinModules } from "node:module";

import tseslint from "typescript-eslint";

const NODE_BUILT_INS = builtinModules.flatMap((name) => [name, `${name}/*`]);

/** What no file of the project writes. Flat config replaces a rule's options, so each block below repeats the list. */
const SYNTAX = [
  { selector: "TSEnumDeclaration", message: "Use a union of string literals, or an object `as const`." },
  { selector: "ExportDefaultDeclaration", message: "Export by name, so that a search finds every use." },
  {
    selector: "MemberExpression[object.name=/^(it|describe|context)$/][property.name=/^(only|skip)$/]",
    message: "Every test runs, always.",
  },
];

const BARE_ERROR = {
  selector: "NewExpression[callee.name=/^(Error|TypeError|RangeError)$/], CallExpression[callee.name='Error']",
  message: "Throw an error class of the project: one with a code, its arguments and what to do.",
};

const ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "Nothing below scripts/ reads the environment: take the value as a parameter.",
};

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "**/artifacts/",
      "**/cache/",
      "**/dist/",
      "**/typechain-types/",
      "sdk/src/generated/",
      "ignition/deployments/",
    ],
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-console": "error",
      "no-restricted-syntax": ["error", ...SYNTAX, BARE_ERROR, ENVIRONMENT],
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      // With the ban on enums: only syntax that vanishes when types are stripped. The compiler's own option for this
      // also refuses the type-only namespaces of the generated bindings.
      "@typescript-eslint/parameter-properties": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // The SDK runs in browsers, and stands on nothing of the repository but the bindings.
    files: ["sdk/src/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["node:*", ...NODE_BUILT_INS], message: "Node only: belongs in sdk/src/node/." },
            {
              group: ["hardhat", "hardhat/*", "@nomicfoundation/*", "**/scripts/**", "**/test/**", "**/artifacts/**"],
              message: "The SDK stands on ethers, @noble and the TypeChain bindings only.",
            },
          ],
        },
      ],
      "no-restricted-globals": [
        "error",
        ...["process", "Buffer", "__dirname", "__filename", "global", "require", "setImmediate"].map((name) => ({
          name,
          message: "Node only: belongs in sdk/src/node/.",
        })),
      ],
    },
  },
  {
    files: ["sdk/src/node/**/*.ts"],
    rules: { "@typescript-eslint/no-restricted-imports": "off", "no-restricted-globals": "off" },
  },
  {
    // Programs read the environment and print.
    files: [
      "scripts/**/*.ts",
      "bench/**/*.ts",
      "cli/src/guildhall.ts",
      "examples/**/*.ts",
      "sdk/scripts/**/*.ts",
      "hardhat.config.ts",
    ],
    rules: { "no-console": "off", "no-restricted-syntax": ["error", ...SYNTAX, BARE_ERROR] },
  },
  {
    // Hardhat and Ignition load these by their default export.
    files: ["hardhat.config.ts", "ignition/modules/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...SYNTAX.slice(0, 1), BARE_ERROR] },
  },
  {
    // `expect(x).to.be.true` is an expression.
    files: ["test/**/*.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...SYNTAX],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-expressions": "off",
    },
  },
);
