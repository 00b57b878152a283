// What a developer copies: the page's settings as HTML, for the element as React and as Vue too.

const VERBATIM = /^[A-Za-z_$][\w$]*$/;

/** A value as a developer would write it. */
function literal(value, indent = "") {
  // A text must not end the script it stands in.
  if (value === null || typeof value !== "object") return JSON.stringify(value).replaceAll("</", "<\\/");
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const said = Object.entries(value).filter(([, one]) => one !== undefined);
  const parts = said.map(([key, one]) => {
    const name = VERBATIM.test(key) ? key : JSON.stringify(key);
    return `${inner}${isList ? "" : `${name}: `}${literal(one, inner)}`;
  });
  const [open, close] = isList ? "[]" : "{}";
  return parts.length ? `${open}\n${parts.join(",\n")},\n${indent}${close}` : open + close;
}

const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** What stands for the token that the restaurant's server has got. */
const TOKEN = "ORDER_TOKEN";

/** The attributes in markup, each after a space. */
function attributes({ restaurant, language, proxy, kiosk, isRegistered }) {
  const all = { restaurant, language, proxy, "order-token": isRegistered && TOKEN };
  const named = Object.entries(all).filter(([, value]) => value);
  return named.map(([name, value]) => ` ${name}="${attribute(value)}"`).join("") + (kiosk ? " kiosk" : "");
}

function rules(theme, tag = "loyalty-checkout") {
  const lines = Object.entries(theme).map(([name, value]) => `  --loyalty-${name}: ${value};`);
  return lines.length ? `${tag} {\n${lines.join("\n")}\n}` : "";
}

/** The place of a frame, kept before it is there, as docs/frame.md asks for. */
const RESERVED = `  loyalty-checkout-frame { display: block; min-height: 375px }
  @media (max-width: 359px) { loyalty-checkout-frame { min-height: 402px } }`;

/** A page with the widget or its frame, which have the same face. */
function page(tag, style, settings) {
  const { script, integrity, cart, texts, isRegistered } = settings;
  const pinned = integrity ? ` crossorigin integrity="${integrity}"` : "";
  return `${style && `<style>\n${style}\n</style>\n`}<script type="module"${pinned} src="${script}"></script>
<${tag} id="loyalty"${attributes(settings)}></${tag}>
<script>
const loyalty = document.getElementById("loyalty");
${texts ? `loyalty.texts = ${literal(texts)};\n` : ""}${isRegistered ? "" : `loyalty.cart = ${literal(cart)};\n`}loyalty.addEventListener("loyalty-preview", (event) => console.log("to pay", event.detail.to_pay_minor));
loyalty.addEventListener("loyalty-confirm", (event) => console.log("confirmed", event.detail.to_pay_minor));
</script>`;
}

const html = (settings) => page("loyalty-checkout", rules(settings.theme), settings);

function frame(settings) {
  const style = [RESERVED, rules(settings.theme, "loyalty-checkout-frame")].filter(Boolean).join("\n");
  return page("loyalty-checkout-frame", style, settings);
}

/** A kiosk's program that is a page itself. */
function kiosk({ origin, restaurant, language, idle, codeIdle, release, cart, isRegistered }) {
  const address = new URL("/kiosk", origin);
  const asked = { restaurant, language, idle, "code-idle": codeIdle, release: release && "always" };
  for (const [name, value] of Object.entries(asked)) if (value) address.searchParams.set(name, value);
  return `<iframe id="kiosk" title="Bonuses and discounts" src="${attribute(address.href)}" allow="screen-wake-lock"></iframe>
<script>
const kiosk = document.getElementById("kiosk");
const say = (data) => kiosk.contentWindow.postMessage({ loyaltyKiosk: 1, ...data }, ${literal(origin)});
const order = ${isRegistered ? `{ token: "${TOKEN}" }` : literal({ cart })};
addEventListener("message", ({ source, data }) => {
  if (source !== kiosk.contentWindow || data.loyaltyKiosk !== 1) return;
  console.log(data.event, data.detail);
  if (data.event === "loyalty-ready") say({ order });
});
// When it is paid: say({ paid: true }). When the guest has gone: say({ end: true }).
</script>`;
}

/** The lines that load the script, for what is bundled. */
function loading({ script, integrity }) {
  const options = integrity ? `, { integrity: ${JSON.stringify(integrity)} }` : "";
  return `load(${JSON.stringify(script)}${options}).catch(console.error);`;
}

/** What is imported beside that. */
function imports({ texts, isRegistered }) {
  return ["load", !isRegistered && "type Cart", texts && "type Texts"].filter(Boolean).join(", ");
}

/** The theme as a comment, since a bundle's styles are elsewhere. */
const themed = (theme) => (rules(theme) ? `\n/* In your styles:\n${rules(theme)}\n*/` : "");

function react(settings) {
  const { restaurant, language, proxy, kiosk, cart, texts, theme, isRegistered } = settings;
  const props = Object.entries({ restaurant, language, proxy, orderToken: isRegistered && TOKEN }).filter(([, value]) => value);
  const lines = props.map(([name, value]) => `      ${name}=${value.includes('"') ? `{${JSON.stringify(value)}}` : `"${value}"`}`);
  if (kiosk) lines.push("      kiosk");
  if (texts) lines.push("      texts={texts}");
  return `import { LoyaltyCheckout } from "@loyalty-checkout/react";
import { ${imports(settings)} } from "loyalty-checkout";

${loading(settings)}
${isRegistered ? "" : `\nconst cart: Cart = ${literal(cart)};\n`}${texts ? `\nconst texts: Texts = ${literal(texts)};\n` : ""}
export function Checkout() {
  return (
    <LoyaltyCheckout
${lines.join("\n")}${isRegistered ? "" : "\n      cart={cart}"}
      onPreview={(event) => console.log("to pay", event.detail.to_pay_minor)}
      onConfirm={(event) => console.log("confirmed", event.detail.to_pay_minor)}
    />
  );
}${themed(theme)}
`;
}

function vue(settings) {
  const { cart, texts, theme, isRegistered } = settings;
  const style = rules(theme);
  return `<script setup lang="ts">
import { LoyaltyCheckout } from "@loyalty-checkout/vue";
import { ${imports(settings)} } from "loyalty-checkout";

${loading(settings)}
${isRegistered ? "" : `\nconst cart: Cart = ${literal(cart)};\n`}${texts ? `const texts: Texts = ${literal(texts)};\n` : ""}</script>

<template>
  <LoyaltyCheckout
   ${attributes(settings)}${isRegistered ? "" : '\n    :cart="cart"'}${texts ? '\n    :texts="texts"' : ""}
    @preview="(event) => console.log('to pay', event.detail.to_pay_minor)"
    @confirm="(event) => console.log('confirmed', event.detail.to_pay_minor)"
  />
</template>${style && `\n\n<style>\n${style}\n</style>`}
`;
}

/** The snippets by embedding and by what they are for; each takes the settings of the page. */
export const SNIPPETS = { element: { html, react, vue }, frame: { html: frame }, kiosk: { html: kiosk } };
