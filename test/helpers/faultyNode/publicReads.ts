import { join } from "node:path";

import ts from "typescript";

const root = join(import.meta.dirname, "../../..");

/** Programs of the SDK that talk to other parties, or to a store, and to no node. */
const OFFLINE = /[/\\]src[/\\](?:frost|node|deals[/\\]orders|rewards[/\\]roster)[/\\]/u;

/**
 * The names of all that the SDK exports and that answers later, as `function`, `Class.method` or `Type.method`: whatever
 * asks a node does. `DealsClient.watch` tells instead of answering, and counts too.
 */
export function publicReads(): readonly string[] {
  const entry = join(root, "sdk/src/index.ts");
  const config = ts.readConfigFile(join(root, "sdk/tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, join(root, "sdk"));
  const program = ts.createProgram([entry], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const names = new Set<string>();
  for (const exported of module === undefined ? [] : checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const declaration = symbol.declarations?.[0];
    const file = declaration?.getSourceFile().fileName ?? "";
    if (declaration === undefined || !file.includes("/sdk/src/") || OFFLINE.test(file)) continue;
    if (ts.isFunctionDeclaration(declaration)) {
      if (answersLater(checker.getTypeOfSymbol(symbol))) names.add(symbol.name);
    } else if (ts.isClassDeclaration(declaration)) {
      for (const member of declaration.members) {
        const hidden = ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected);
        if (!ts.isMethodDeclaration(member) || hidden !== 0 || !ts.isIdentifier(member.name)) continue;
        if (answersLater(checker.getTypeAtLocation(member))) names.add(`${symbol.name}.${member.name.text}`);
      }
    } else if (symbol.name === "DealsReader") {
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      for (const member of type.getProperties()) {
        const answers = answersLater(checker.getTypeOfSymbol(member));
        if (answers) names.add(`${symbol.name}.${member.name}`);
      }
    }
  }
  return [...names].sort();
}

/** Whether a function gives a promise, or a function that does. */
function answersLater(type: ts.Type): boolean {
  return type.getCallSignatures().some((signature) => {
    const result = signature.getReturnType();
    if (result.getSymbol()?.name === "Promise" || result.aliasSymbol?.name === "Clock") return true;
    return result.getCallSignatures().length > 0 && answersLater(result);
  });
}
