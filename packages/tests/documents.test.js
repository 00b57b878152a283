// docs/integration.md against what it tells of: every snippet is part of a file that a test runs, every table is complete.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";

import { choices, members, names } from "./declared.js";
import { list, read } from "./rust.js";

const DOCUMENT = read("docs/integration.md");

/** Files that tests run: those of docs/examples in tests/e2e/examples.rs, the others in this folder and in the browser. */
const EXAMPLES = [
  ...list("docs/examples/"),
  "packages/examples/load.ts",
  "packages/examples/react/Checkout.tsx",
  "packages/examples/vue/Checkout.vue",
];

/** The part of the document under a heading, up to the next. */
const section = (heading) => DOCUMENT.split(`\n${heading}\n`)[1].split(/\n##/)[0];

/** What stands in backticks in the given columns of a section's table. */
function told(heading, ...columns) {
  const rows = section(heading).split("\n").filter((line) => line.startsWith("|")).slice(2);
  const cells = rows.flatMap((row) => row.split("|").filter((_, index) => columns.includes(index)));
  return [...new Set(cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word)))].sort();
}

test("every snippet is part of a file that a test runs", () => {
  const files = EXAMPLES.map(read);
  const documents = ["loyalty-checkout", "react", "vue"].map((name) => read(`packages/${name}/README.md`)).join("\n");
  const snippets = [...(DOCUMENT + documents).matchAll(/^```(\w+)\n([^]*?)^```$/gm)];
  assert.ok(snippets.length > 9);
  for (const [, kind, snippet] of snippets) {
    // A line of the proxy's configuration is checked by the example of that.
    const found = kind === "toml" ? read("docs/proxy.example.toml").includes("allowed_origins = [") : files.some((file) => file.includes(snippet));
    assert.ok(found, `no example has:\n${snippet}`);
  }
});

test("every example is run by a test", () => {
  const tests = read("tests/e2e/examples.rs");
  for (const path of list("docs/examples/")) assert.ok(tests.includes(`${path.split("/").pop()}"`), path);
});

test("every event is told of, and every method", () => {
  assert.deepEqual(told("## Events", 1), names("LoyaltyDetails"));
  const methods = told("## Methods", 1).map((method) => method.split("(")[0]);
  const properties = told("## Attributes and properties", 2);
  assert.deepEqual([...methods, ...properties].sort(), Object.keys(members("LoyaltyCheckoutElement")).sort());
  const attributes = Object.keys(members("LoyaltyCheckoutAttributes")).map((name) => name.replace("?", ""));
  assert.deepEqual(told("## Attributes and properties", 1), attributes.sort());
});

test("every code of an error is told of, and every finding", () => {
  const codes = [...new Set([...choices("ApiErrorCode"), ...choices("WidgetErrorCode")])].sort();
  assert.deepEqual(told("### Codes of `loyalty-error`", 1), codes);
  assert.deepEqual(told("## When it does not work", 1), choices("FindingCode"));
});

test("every file that a document leads to is there", () => {
  const folders = ["", "docs/", ...["loyalty-checkout", "react", "vue"].map((name) => `packages/${name}/`)];
  const documents = folders.flatMap(list).filter((path) => path.endsWith(".md"));
  // What stands in code leads nowhere.
  const prose = (document) => read(document).replace(/^```[^]*?^```$/gm, "").replace(/`[^`\n]*`/g, "");
  const isThere = (from, to) => existsSync(new URL(to, new URL(from, new URL("../../", import.meta.url))));
  const lost = documents.flatMap((document) =>
    [...prose(document).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map(([, link]) => link)
      .filter((link) => !/^[a-z]+:/.test(link) && !isThere(document, link))
      .map((link) => `${document}: ${link}`),
  );
  assert.ok(documents.length > 9);
  assert.deepEqual(lost, []);
});
