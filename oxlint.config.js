import { builtinModules } from "node:module";

import { defineConfig } from "oxlint";

const NODE_BUILT_INS = builtinModules.flatMap((name) => [name, `${name}/*`]);

/** Rules that have no options, beside the whole category `correctness`. */
const STRICT = [
  "eqeqeq",
  "no-array-constructor",
  "no-console",
  "no-useless-constructor",
  "no-var",
  "object-shorthand",
  "prefer-const",
  "prefer-rest-params",
  "prefer-spread",
  "prefer-template",
  "import/no-default-export",
  "typescript/consistent-type-exports",
  "typescript/no-confusing-void-expression",
  "typescript/no-deprecated",
  "typescript/no-dynamic-delete",
  "typescript/no-empty-object-type",
  "typescript/no-explicit-any",
  "typescript/no-extraneous-class",
  "typescript/no-invalid-void-type",
  "typescript/no-misused-promises",
  "typescript/no-mixed-enums",
  "typescript/no-namespace",
  "typescript/no-non-null-asserted-nullish-coalescing",
  "typescript/no-non-null-assertion",
  "typescript/no-require-imports",
  "typescript/no-unnecessary-boolean-literal-compare",
  "typescript/no-unnecessary-condition",
  "typescript/no-unnecessary-template-expression",
  "typescript/no-unnecessary-type-arguments",
  "typescript/no-unnecessary-type-assertion",
  "typescript/no-unnecessary-type-constraint",
  "typescript/no-unnecessary-type-conversion",
  "typescript/no-unnecessary-type-parameters",
  "typescript/no-unsafe-argument",
  "typescript/no-unsafe-assignment",
  "typescript/no-unsafe-call",
  "typescript/no-unsafe-enum-comparison",
  "typescript/no-unsafe-function-type",
  "typescript/no-unsafe-member-access",
  "typescript/no-unsafe-return",
  "typescript/only-throw-error",
  // With the ban on enums: only syntax that vanishes when types are stripped. The compiler's own option for this
  // also refuses the type-only namespaces of the generated bindings.
  "typescript/parameter-properties",
  "typescript/prefer-literal-enum-member",
  "typescript/prefer-promise-reject-errors",
  "typescript/prefer-reduce-type-parameter",
  "typescript/prefer-return-this-type",
  "typescript/related-getter-setter-pairs",
  "typescript/require-await",
  "typescript/unified-signatures",
  "typescript/use-unknown-in-catch-callback-variable",
];

const errors = (names) => Object.fromEntries(names.map((name) => [name, "error"]));

const RESTRICTED_SYNTAX = "eslint-js/no-restricted-syntax";

const ENUM = {
  selector: "TSEnumDeclaration",
  message: "Use a union of string literals, or an object `as const`.",
};

const BARE_ERROR = {
  selector: "NewExpression[callee.name=/^(Error|TypeError|RangeError)$/], CallExpression[callee.name='Error']",
  message: "Throw an error class of the project: one with a code, its arguments and what to do.",
};

/** Overrides replace a rule's options, so each one below repeats these. */
const ALWAYS = ["it", "describe", "context"].flatMap((object) =>
  ["only", "skip"].map((property) => ({ object, property, message: "Every test runs, always." })),
);

const ENVIRONMENT = {
  object: "process",
  property: "env",
  message: "Nothing below scripts/ reads the environment: take the value as a parameter.",
};

export default defineConfig({
  plugins: ["typescript", "import", "oxc"],
  jsPlugins: [{ name: "eslint-js", specifier: "oxlint-plugin-eslint" }],
  options: { typeAware: true, reportUnusedDisableDirectives: "error", denyWarnings: true },
  categories: { correctness: "error" },
  ignorePatterns: [
    "**/node_modules/",
    "**/artifacts/",
    "**/cache/",
    "**/dist/",
    "**/typechain-types/",
    "sdk/src/generated/",
    "ignition/deployments/",
    "*.js",
    "*.mjs",
  ],
  rules: {
    ...errors(STRICT),
    [RESTRICTED_SYNTAX]: ["error", ENUM, BARE_ERROR],
    "no-restricted-properties": ["error", ...ALWAYS, ENVIRONMENT],
    curly: ["error", "multi-line"],
    // The grammar of JSON names them.
    "no-control-regex": "off",
    "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    "typescript/ban-ts-comment": ["error", { minimumDescriptionLength: 10 }],
    "typescript/consistent-type-definitions": ["error", "type"],
    "typescript/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
    "typescript/restrict-plus-operands": [
      "error",
      { allowAny: false, allowBoolean: false, allowNullish: false, allowNumberAndString: false, allowRegExp: false },
    ],
    "typescript/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
    "typescript/return-await": ["error", "error-handling-correctness-only"],
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
  },
  overrides: [
    {
      // The SDK runs in browsers, and stands on nothing of the repository but the bindings.
      files: ["sdk/src/**/*.ts"],
      rules: {
        "no-restricted-imports": [
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
      rules: { "no-restricted-imports": "off", "no-restricted-globals": "off" },
    },
    {
      // Programs read the environment and print.
      files: ["scripts/**/*.ts", "bench/**/*.ts", "cli/src/guildhall.ts", "sdk/scripts/**/*.ts", "hardhat.config.ts"],
      rules: { "no-console": "off", "no-restricted-properties": ["error", ...ALWAYS] },
    },
    {
      // Hardhat and Ignition load these by their default export.
      files: ["hardhat.config.ts", "ignition/modules/**/*.ts"],
      rules: { "import/no-default-export": "off" },
    },
    {
      // `expect(x).to.be.true` is an expression.
      files: ["test/**/*.ts"],
      rules: {
        [RESTRICTED_SYNTAX]: ["error", ENUM],
        "no-restricted-properties": ["error", ...ALWAYS],
        "no-unused-expressions": "off",
        "typescript/no-non-null-assertion": "off",
      },
    },
  ],
});
