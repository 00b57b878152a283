// What the sources say of the contract of widget and proxy: a small reader of the macros in crates/contract/src.

import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../../", import.meta.url);

/** The text of a file of the project. */
export const read = (path) => readFileSync(new URL(path, root), "utf8");

/** The files of a folder of the project. */
export const list = (path) => readdirSync(new URL(path, root)).map((name) => path + name);

const contract = list("crates/contract/src/")
  .filter((path) => path.endsWith(".rs") && !path.endsWith("macros.rs"))
  .map(read)
  .join("\n");

/** The fields of an `object!` with their types as JSON has them. */
export function fieldsOf(name) {
  const found = contract.match(new RegExp(`pub struct ${name} \\{([^]*?)\\n    \\}`));
  if (!found) throw new Error(`there is no object ${name}`);
  return [...found[1].matchAll(/^\s+pub (\w+): (.+),$/gm)].map(([, field, type]) => [field, type]);
}

/** The values of a `choice!`. */
export function valuesOf(name) {
  const found = contract.match(new RegExp(`pub enum ${name} \\{([^]*?)\\n    \\}`));
  if (!found) throw new Error(`there is no choice ${name}`);
  return [...found[1].matchAll(/= "(\w+)",/g)].map(([, value]) => value).sort();
}
