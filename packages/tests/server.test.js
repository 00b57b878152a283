// On a server: the modules can be imported, and the components become the bare tag with its attributes.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { createSSRApp, h } from "vue";
import { renderToString as renderVue } from "@vue/server-renderer";

import { load } from "loyalty-checkout";
import { LoyaltyCheckout as ReactElement } from "@loyalty-checkout/react";
import { LoyaltyCheckout as VueComponent } from "@loyalty-checkout/vue";

const cart = { currency: "RUB", expedition: "pickup", lines: [] };
const props = { restaurant: "pirogi", language: "en", cart, texts: { PhoneTitle: "Berries" } };
const TOKEN = "a".repeat(64);
const TAG = '<loyalty-checkout restaurant="pirogi" language="en"><button slot="payment">Pay</button></loyalty-checkout>';

/** What somebody says on the console meanwhile. */
async function heard(work) {
  const said = [];
  const kept = { error: console.error, warn: console.warn };
  console.error = console.warn = (...words) => said.push(words.join(" "));
  try {
    await work();
  } finally {
    Object.assign(console, kept);
  }
  return said;
}

test("loading on a server does nothing and is no error", async () => {
  assert.equal(typeof globalThis.document, "undefined");
  assert.equal(await load("https://loyalty.example/widget/element.js", { integrity: "sha384-x" }), undefined);
});

test("React renders the bare tag and is content", async () => {
  const button = createElement("button", { slot: "payment" }, "Pay");
  const said = await heard(() => assert.equal(renderToString(createElement(ReactElement, props, button)), TAG));
  assert.deepEqual(said, []);
});

test("React renders a class and other attributes, and no handler", () => {
  const more = { restaurant: "pirogi", className: "wide", id: "loyalty", kiosk: true, onPreview: () => {} };
  const rendered = renderToString(createElement(ReactElement, more));
  assert.equal(rendered, '<loyalty-checkout id="loyalty" restaurant="pirogi" kiosk="" class="wide"></loyalty-checkout>');
});

test("both render the token of a registered order", async () => {
  const tag = `<loyalty-checkout restaurant="pirogi" order-token="${TOKEN}"></loyalty-checkout>`;
  const registered = { restaurant: "pirogi", orderToken: TOKEN };
  assert.equal(renderToString(createElement(ReactElement, registered)), tag);
  assert.equal(await renderVue(createSSRApp({ render: () => h(VueComponent, registered) })), tag);
});

test("React 18 renders the same", async () => {
  const bundled = createRequire(import.meta.url)("../../target/packages/react-18-server.cjs");
  const { LoyaltyCheckout, createElement, renderToString, version } = bundled;
  assert.match(version, /^18\./);
  const button = createElement("button", { slot: "payment" }, "Pay");
  const said = await heard(() => assert.equal(renderToString(createElement(LoyaltyCheckout, props, button)), TAG));
  assert.deepEqual(said, []);
});

test("Vue renders the bare tag and is content", async () => {
  const said = await heard(async () => {
    const button = () => h("button", { slot: "payment" }, "Pay");
    const app = createSSRApp({ render: () => h(VueComponent, props, button) });
    // What Vue writes around a slot's contents is for itself.
    assert.equal((await renderVue(app)).replaceAll(/<!--[[\]]?-->/g, ""), TAG);
  });
  assert.deepEqual(said, []);
});
