// What the playground gives to copy compiles, and it offers the properties that the widget has.

import assert from "node:assert/strict";
import { test } from "node:test";

import ts from "typescript";
import { compileScript, parse } from "vue/compiler-sfc";

import { SNIPPETS } from "../../demo/playground-snippets.js";
import { PRESETS, THEME } from "../../demo/playground-theme.js";
import { read } from "./rust.js";

const line = { code: "pie-1", name: 'The "best" pie', category: undefined, quantity_milli: 1000, unit_price_minor: 5, modifiers: [] };
const few = { script: "https://loyalty.example/widget/element.js", restaurant: "pirogi", theme: {} };
const many = {
  ...few,
  integrity: "sha384-x",
  language: "en",
  proxy: 'https://loyalty.example/"',
  kiosk: true,
  texts: { PhoneTitle: "Berries & <b>discounts</b> </script>", "odd name": "x" },
  theme: { accent: "#1f6b4a", "font-heading": "Georgia, serif" },
};
const SETTINGS = [few, many, { ...few, isRegistered: true }].map((settings) => ({ ...settings, cart: { currency: "RUB", expedition: "pickup", lines: [line] } }));

/** What the compiler says of the syntax of a file. */
function faults(text, fileName) {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.ReactJSX };
  const { diagnostics } = ts.transpileModule(text, { fileName, reportDiagnostics: true, compilerOptions: options });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

test("the snippet for React compiles", () => {
  for (const settings of SETTINGS) assert.deepEqual(faults(SNIPPETS.react(settings), "Checkout.tsx"), []);
});

test("the snippet for Vue compiles", () => {
  for (const settings of SETTINGS) {
    const { descriptor, errors } = parse(SNIPPETS.vue(settings));
    assert.deepEqual(errors, []);
    const { content } = compileScript(descriptor, { id: "snippet", inlineTemplate: true });
    assert.deepEqual(faults(content, "Checkout.ts"), []);
  }
});

test("the snippet for HTML has a script of its own that compiles and that nothing in it ends", () => {
  for (const settings of SETTINGS) {
    const parts = SNIPPETS.html(settings).split("<script>");
    assert.equal(parts.length, 2);
    const [script, rest] = parts[1].split("</script>");
    assert.deepEqual(faults(script, "page.ts"), []);
    assert.equal(rest.trim(), "");
  }
});

/** The custom properties that the widget reads. */
const PROPERTIES = [...new Set([...read("style/tokens.css").matchAll(/var\(--loyalty-([a-z-]+),/g)].map(([, name]) => name))].sort();

test("the playground offers every custom property, and the documents describe each once", () => {
  assert.deepEqual(Object.values(THEME).flatMap(Object.keys).sort(), PROPERTIES);
  const table = read("docs/integration.md").split("| property `--loyalty-…` |")[1].split("\n\n")[0];
  const described = table.split("\n").slice(2).flatMap((row) => [...row.split("|")[1].matchAll(/`([a-z-]+)`/g)].map(([, name]) => name));
  assert.deepEqual(described.sort(), PROPERTIES);
});

test("a theme to begin with sets what there is", () => {
  for (const [name, properties] of Object.entries(PRESETS)) {
    for (const property of Object.keys(properties)) assert.ok(PROPERTIES.includes(property), `${name}: ${property}`);
  }
});
