// What the declarations say, read by the compiler itself, in the words in which the tests compare it.

import { fileURLToPath } from "node:url";

import ts from "typescript";

const index = fileURLToPath(new URL("../loyalty-checkout/dist/index.d.ts", import.meta.url));
const program = ts.createProgram([index], { module: ts.ModuleKind.NodeNext, strict: true, types: [] });
const checker = program.getTypeChecker();
const exported = new Map(
  checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(index))).map((symbol) => [symbol.name, symbol]),
);

function typeOf(name) {
  const symbol = exported.get(name);
  if (!symbol) throw new Error(`nothing named ${name} is declared`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

/** The texts that a union is made of. */
export function choices(name) {
  const type = typeOf(name);
  return (type.isUnion() ? type.types : [type]).map((one) => one.value).sort();
}

/** The members that an interface declares itself, with the text of their types; `?` behind a name that may be absent. */
export function members(name) {
  const found = {};
  for (const declaration of exported.get(name).declarations) {
    for (const member of declaration.members) {
      const key = member.name.text + (member.questionToken ? "?" : "");
      found[key] ??= member.type?.getText() ?? "";
    }
  }
  return found;
}

/** The names of an interface's members, those it inherits from others of ours too. */
export function names(name) {
  return checker.getPropertiesOfType(typeOf(name)).map((symbol) => symbol.name).sort();
}
