// The declarations against what they declare: the element's script, its events, the contract, the texts. A change on one side
// alone fails here.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import ts from "typescript";

import { LOYALTY_EVENTS } from "loyalty-checkout";

import { choices, members, names } from "./declared.js";
import { fieldsOf, list, read, valuesOf } from "./rust.js";

/** What browsers call, and what is not for a page. */
const LIFECYCLE = /^(observedAttributes|constructor|.*Callback)$/;

const ELEMENT = [read("src/embed/face.js"), read("src/embed/element.js")].join("\n");
const SCRIPTS = list("src/embed/").filter((path) => path.endsWith(".js")).map(read).join("\n");

/** The public members of the class in element.js. */
function publicMembers() {
  const source = ts.createSourceFile("element.js", ELEMENT, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const found = new Set();
  const look = (node) => {
    if (ts.isClassDeclaration(node) && node.name?.text === "LoyaltyCheckout") {
      for (const member of node.members) {
        if (member.name && ts.isIdentifier(member.name) && !LIFECYCLE.test(member.name.text)) found.add(member.name.text);
      }
    }
    // The attributes that are properties too: an array of their names, or an object with them.
    if (ts.isVariableDeclaration(node) && node.name.getText() === "REFLECTED") {
      const reflected = node.initializer;
      if (ts.isArrayLiteralExpression(reflected)) for (const one of reflected.elements) found.add(one.text);
      else for (const one of reflected.properties) found.add(one.name.text);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return [...found].sort();
}

test("the declared members of the element are those it has", () => {
  assert.deepEqual(Object.keys(members("LoyaltyCheckoutElement")).sort(), publicMembers());
});

/** Attributes that are no properties. */
const ONLY_ATTRIBUTES = ["kiosk"];

test("the declared attributes are those that are properties too, and those that the widget looks for", () => {
  const property = (attribute) => attribute.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const attributes = Object.keys(members("LoyaltyCheckoutAttributes")).map((name) => name.replace("?", ""));
  const texts = Object.entries(members("LoyaltyCheckoutElement")).filter(([, type]) => type === "string");
  assert.deepEqual(attributes.map(property).sort(), [...texts.map(([name]) => name), ...ONLY_ATTRIBUTES].sort());
  const sources = ELEMENT + read("src/embed/mount.rs");
  for (const attribute of attributes) assert.match(sources, new RegExp(`"${attribute}"`));
});

test("the declared events are those that are sent", () => {
  const sources = [read("src/embed/events.rs"), ELEMENT].join("\n");
  const sent = [...new Set([...sources.matchAll(/"(loyalty-[a-z-]+)"/g)].map(([, name]) => name))];
  const events = sent.filter((name) => name !== "loyalty-checkout").sort();
  assert.deepEqual(names("LoyaltyDetails"), events);
  assert.deepEqual([...LOYALTY_EVENTS].sort(), events);
});

test("a preview is told with what the widget adds to it", () => {
  const added = [...read("src/embed/events.rs").matchAll(/set\(&detail, "(\w+)"/g)].map(([, name]) => name);
  const declared = ["PreviewDetail", "PaymentCodeDetail", "ErrorDetail"].flatMap((name) => Object.keys(members(name)));
  assert.deepEqual(declared.sort(), added.sort());
});

/** A type of the contract as TypeScript writes it. */
function written(type, isInput) {
  const inner = type.match(/^Option<(.+)>$/);
  if (inner) return `${written(inner[1], isInput)} | null`;
  const item = type.match(/^Vec<(.+)>$/);
  if (item) return `${isInput ? "readonly " : ""}${written(item[1], isInput)}[]`;
  const plain = { String: "string", bool: "boolean", Money: "number", Quantity: "number", u32: "number" };
  return plain[type] ?? (type === "Notification" ? "GuestNotification" : type);
}

for (const [name, isInput] of Object.entries({
  Cart: true,
  CartLine: true,
  CartModifier: true,
  PreviewResponse: false,
  Guest: false,
  Rank: false,
  RankConfirmation: false,
  Discount: false,
  PromoCode: false,
  Notification: false,
  SpendLimits: false,
  Capabilities: false,
  OrderResponse: false,
})) {
  test(`${name} is declared as the contract has it`, () => {
    // What a page may leave out, the widget writes as null.
    const expected = fieldsOf(name).map(([field, type]) => [
      isInput && type.startsWith("Option<") ? `${field}?` : field,
      written(type, isInput),
    ]);
    assert.deepEqual(members(written(name)), Object.fromEntries(expected));
  });
}

for (const name of ["Expedition", "PromoRefusal", "SpendChoice", "OrderState"]) {
  test(`${name} is declared as the contract has it`, () => assert.deepEqual(choices(name), valuesOf(name)));
}

test("the declared codes of errors are those of the API and of the widget", () => {
  assert.deepEqual(choices("ApiErrorCode"), valuesOf("ErrorCode"));
  const own = new Set([...read("src/embed/events.rs").matchAll(/=> "(\w+)",/g)].map(([, code]) => code));
  for (const [, code] of read("src/embed/events.rs").matchAll(/Some\(Failure::\w+\) \| None => "(\w+)"/g)) own.add(code);
  for (const [, code] of SCRIPTS.matchAll(/(?:code: |#fail\(|\?\? |refused: ?|refused = )"([a-z_]+)"/g)) own.add(code);
  const declared = choices("WidgetErrorCode");
  for (const code of own) assert.ok(declared.includes(code), `${code} is told and not declared`);
  for (const code of declared) assert.match(SCRIPTS + read("src/embed/events.rs"), new RegExp(`"${code}"`), code);
});

test("the declared findings are those of the doctor", () => {
  const found = [...read("src/embed/doctor.js").matchAll(/\b(?:error|warn)\(\s*"([a-z_]+)"/g)].map(([, code]) => code);
  assert.deepEqual(choices("FindingCode"), [...new Set(found)].sort());
  assert.deepEqual(Object.keys(members("Finding")), ["code", "severity", "message", "remedy"]);
});

test("the declared texts are the widget's, those with plurals as well", () => {
  const texts = Object.entries(JSON.parse(read("src/i18n/texts/en.json")));
  const plural = texts.filter(([, text]) => typeof text === "object").map(([name]) => name);
  const plain = texts.filter(([, text]) => typeof text === "string").map(([name]) => name);
  assert.deepEqual([choices("PluralName"), choices("PlainName")], [plural.sort(), plain.sort()]);
});

test("all packages are of the project's version and licence", () => {
  const version = read("Cargo.toml").match(/^version = "(.+)"$/m)[1];
  for (const folder of ["loyalty-checkout", "react", "vue"]) {
    const manifest = JSON.parse(read(`packages/${folder}/package.json`));
    assert.equal(manifest.version, version, folder);
    assert.equal(manifest.dependencies?.["loyalty-checkout"] ?? version, version, folder);
    assert.equal(manifest.license, "MIT OR Apache-2.0", folder);
  }
});

test("the lock file names no registry", () => {
  const lock = JSON.parse(read("packages/package-lock.json"));
  for (const [path, { resolved, link }] of Object.entries(lock.packages)) assert.ok(!resolved || link, path);
});

test("what is published is what was built, and how to use it", () => {
  for (const folder of ["loyalty-checkout", "react", "vue"]) {
    const cwd = new URL(`../${folder}/`, import.meta.url);
    const [{ files }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd, encoding: "utf8", stdio: "pipe" }));
    const others = files.map(({ path }) => path).filter((path) => !/^dist\/[a-z]+\.(js|d\.ts)$/.test(path));
    assert.deepEqual(others.sort(), ["README.md", "package.json"], folder);
    const { exports } = JSON.parse(read(`packages/${folder}/package.json`));
    const wanted = Object.values(exports).flatMap(Object.values);
    for (const path of wanted) assert.ok(files.some((file) => `./${file.path}` === path), path);
  }
});
