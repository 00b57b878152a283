// What the playground gives to copy compiles, and it offers the properties that the widget has.

import assert from "node:assert/strict";
import { test } from "node:test";

import ts from "typescript";
import { compileScript, parse } from "vue/compiler-sfc";

import { SNIPPETS } from "../../demo/playground-snippets.js";
import { PRESETS, THEME } from "../../demo/playground-theme.js";
import { read } from "./rust.js";

const line = { code: "pie-1", name: 'The "best" pie', category: undefined, quantity_milli: 1000, unit_price_minor: 5, modifiers: [] };
const few = { origin: "https://loyalty.example", script: "https://loyalty.example/widget/element.js", restaurant: "pirogi", theme: {} };
const many = {
  ...few,
  integrity: "sha384-x",
  language: "en",
  proxy: 'https://loyalty.example/"',
  kiosk: true,
  idle: "60",
  release: true,
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
  for (const settings of SETTINGS) assert.deepEqual(faults(SNIPPETS.element.react(settings), "Checkout.tsx"), []);
});

test("the snippet for Vue compiles", () => {
  for (const settings of SETTINGS) {
    const { descriptor, errors } = parse(SNIPPETS.element.vue(settings));
    assert.deepEqual(errors, []);
    const { content } = compileScript(descriptor, { id: "snippet", inlineTemplate: true });
    assert.deepEqual(faults(content, "Checkout.ts"), []);
  }
});

test("each snippet for HTML has a script of its own that compiles and that nothing in it ends", () => {
  for (const [embedding, { html }] of Object.entries(SNIPPETS)) {
    for (const settings of SETTINGS) {
      const parts = html(settings).split("<script>");
      assert.equal(parts.length, 2, embedding);
      const [script, rest] = parts[1].split("</script>");
      assert.deepEqual(faults(script, "page.ts"), [], embedding);
      assert.equal(rest.trim(), "");
    }
  }
});

test("the snippet of the frame keeps its place as the document asks", () => {
  const [, style] = read("docs/frame.md").match(/<style>\n([^]*?)\n<\/style>/);
  for (const settings of SETTINGS) assert.ok(SNIPPETS.frame.html(settings).includes(`<style>\n${style}\n`));
});

test("the snippet of the kiosk asks for what is set and for nothing else", () => {
  const asked = (settings) => SNIPPETS.kiosk.html(settings).match(/src="([^"]+)"/)[1];
  assert.equal(asked(few), "https://loyalty.example/kiosk?restaurant=pirogi");
  assert.equal(asked({ ...few, language: "ar-EG", codeIdle: "30", release: true }), "https://loyalty.example/kiosk?restaurant=pirogi&amp;language=ar-EG&amp;code-idle=30&amp;release=always");
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
