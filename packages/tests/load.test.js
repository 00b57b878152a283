// load() on a page, of which as much is here as it touches; in a real browser the end-to-end tests use it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

class Element {}
let defined;
let define;

class Script extends EventTarget {
  remove() {
    document.scripts = document.scripts.filter((one) => one !== this);
  }
}

/** A page with nothing on it, and the module as it is fresh. */
async function freshPage() {
  defined = undefined;
  const isDefined = new Promise((go) => (define = () => go((defined = Element))));
  globalThis.customElements = { get: () => defined, whenDefined: () => isDefined };
  globalThis.document = {
    baseURI: "https://pirogi.example/order/",
    scripts: [],
    createElement: () => new Script(),
    head: { append: (script) => document.scripts.push(script) },
  };
  const { load } = await import(`../loyalty-checkout/dist/load.js?${Math.random()}`);
  return load;
}

const ADDRESS = "https://loyalty.example/widget/element.js";
let load;
beforeEach(async () => (load = await freshPage()));

test("the script is put in once, as a module with its digest, and all who ask hear of it", async () => {
  const first = load(ADDRESS, { integrity: "sha384-x", nonce: "n" });
  const second = load(new URL(ADDRESS));
  assert.equal(document.scripts.length, 1);
  const { type, crossOrigin, integrity, nonce, src } = document.scripts[0];
  assert.deepEqual([type, crossOrigin, integrity, nonce, src], ["module", "anonymous", "sha384-x", "n", ADDRESS]);
  define();
  assert.deepEqual(await Promise.all([first, second]), [Element, Element]);
  assert.equal(await load("https://elsewhere.example/element.js"), Element, "what is there needs no script");
  assert.equal(document.scripts.length, 1);
});

test("an address is read as the page's own addresses are", () => {
  load("../widget/element.js");
  assert.equal(document.scripts[0].src, "https://pirogi.example/widget/element.js");
});

test("a script that cannot be had is told, taken out, and can be asked for again", async () => {
  const failed = load(ADDRESS);
  document.scripts[0].dispatchEvent(new Event("error"));
  await assert.rejects(failed, /cannot be loaded/);
  assert.equal(document.scripts.length, 0);
  const again = load(ADDRESS);
  define();
  assert.equal(await again, Element);
});

test("a page is not given two scripts from two addresses", async () => {
  load(ADDRESS);
  await assert.rejects(load("https://elsewhere.example/element.js"), /is being loaded from/);
  assert.equal(document.scripts.length, 1);
});

test("a script in the page's own markup is used", async () => {
  document.scripts.push(Object.assign(new Script(), { src: ADDRESS }));
  const loading = load(ADDRESS);
  assert.equal(document.scripts.length, 1);
  define();
  assert.equal(await loading, Element);
});

test("where Trusted Types are enforced the address goes through a policy of its own name", () => {
  const names = [];
  const createPolicy = (name, rules) => {
    names.push(name);
    return { createScriptURL: (address) => ({ trusted: rules.createScriptURL(address) }) };
  };
  globalThis.trustedTypes = { createPolicy };
  try {
    load(ADDRESS);
    assert.deepEqual([names, document.scripts[0].src], [["loyalty-checkout"], { trusted: ADDRESS }]);
  } finally {
    delete globalThis.trustedTypes;
  }
});
