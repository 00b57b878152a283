// The public face of the widget: the custom element <loyalty-checkout>.
// It fetches the widget once for all elements of a page, mounts it into a shadow root, and hands carts over.
// If the widget cannot run, the guest sees one sentence, the host hears `loyalty-error`, and the page goes on.

import { directionOf } from "./language.js";
import { Speaker, address } from "./languages.js";

let widget;
let attempts = 0;

function load() {
  widget ??= start().catch((cause) => {
    widget = undefined;
    throw cause;
  });
  return widget;
}

async function start() {
  // A module that failed to load, or a widget that has crashed, is only had anew under another address.
  const again = attempts++ ? `?${attempts}` : "";
  const wasm = fetch(address("loyalty-checkout_bg.wasm"));
  wasm.catch(() => {});
  const glue = await import(address("loyalty-checkout.js") + again);
  await glue.default({ module_or_path: wasm });
  return glue;
}

let drawer;

// The QR symbol of a text; what draws it is loaded when it is first asked for.
async function drawQr(text) {
  drawer ??= import(address("qr.js")).then(async (glue) => {
    await glue.default({ module_or_path: address("qr_bg.wasm") });
    return glue;
  });
  try {
    return (await drawer).qr(text);
  } catch (cause) {
    drawer = undefined;
    throw cause;
  }
}

class LoyaltyCheckout extends HTMLElement {
  #glue;
  #number = -1;
  #cart;
  #stage;
  #speaker = new Speaker(this, (language) => {
    if (this.#number >= 0) this.#dress(language), this.#glue.translate(this.#number, language);
  });
  #onCrash = (event) => {
    const cause = event.error ?? event.reason;
    if (this.#glue && cause instanceof WebAssembly.RuntimeError) {
      widget = undefined;
      this.#number = -1;
      this.#fail("crashed");
    }
  };

  // The order's contents, in the shape of the API's `Cart`.
  get cart() {
    return this.#cart;
  }

  set cart(cart) {
    this.updateCart(cart);
  }

  // The page's own texts in place of ours, by their names.
  get texts() {
    return this.#speaker.words;
  }

  set texts(texts) {
    this.#speaker.say(texts);
  }

  // Hands the order's contents over; may be called at any time. Throws a TypeError where it is no cart.
  updateCart(cart) {
    if (this.#number >= 0 && !this.#glue.update_cart(this.#number, cart)) {
      throw new TypeError("loyalty-checkout: this is not a cart");
    }
    this.#cart = cart;
  }

  connectedCallback() {
    // A cart that the page has set before this script arrived.
    if (Object.hasOwn(this, "cart")) {
      const early = this.cart;
      delete this.cart;
      this.#cart = early;
    }
    if (Object.hasOwn(this, "texts")) {
      const early = this.texts;
      delete this.texts;
      this.texts = early;
    }
    this.#speaker.start();
    if (!this.shadowRoot) {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = address("loyalty-checkout.css");
      this.attachShadow({ mode: "open" }).append(style);
    }
    addEventListener("error", this.#onCrash);
    addEventListener("unhandledrejection", this.#onCrash);
    this.#mount();
  }

  disconnectedCallback() {
    removeEventListener("error", this.#onCrash);
    removeEventListener("unhandledrejection", this.#onCrash);
    if (this.#number >= 0) this.#glue.unmount(this.#number);
    this.#number = -1;
    this.#speaker.stop();
    this.#stage?.remove();
  }

  #dress({ tag, dir }) {
    Object.assign(this.#stage, { lang: tag, dir });
  }

  // How the restaurant's operator has the widget speak and look; without an answer, as it does everywhere. What the page sets
  // on the element goes before.
  async #look(address, stage) {
    try {
      const answer = await fetch(address);
      if (!answer.ok) return;
      const { theme, ...own } = await answer.json();
      if (this.#stage !== stage) return;
      const sheet = new CSSStyleSheet();
      const { style } = sheet.cssRules[sheet.insertRule(":host{}")];
      for (const [name, value] of Object.entries(theme)) style.setProperty(`--loyalty-${name}`, value);
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.#speaker.obey(own);
    } catch {}
  }

  async #mount() {
    const stage = document.createElement("div");
    stage.className = "stage";
    this.#stage?.remove();
    this.#stage = stage;
    this.shadowRoot.append(stage);
    try {
      const proxy = new URL(this.getAttribute("proxy") ?? "/", import.meta.url);
      const restaurant = this.getAttribute("restaurant") ?? "";
      const api = new URL("api/v1", proxy).href;
      this.#look(`${api}/appearance/${encodeURIComponent(restaurant.trim())}`, stage);
      // Both are on their way at once; which language it is, is asked again once all is there.
      const ahead = this.#speaker.language();
      ahead.catch(() => {});
      const glue = await load();
      const language = await this.#speaker.language();
      if (!this.isConnected || this.#stage !== stage) return;
      this.#glue = glue;
      this.#dress(language);
      // In a frame of the proxy's the guest sees the page around it, which old browsers tell only by its address.
      const framed = parent !== self && proxy.origin === location.origin;
      const page = framed
        ? (location.ancestorOrigins?.[0] ?? document.referrer.split("/", 3).join("/"))
        : location.origin;
      const number = glue.mount(this, stage, restaurant, api, drawQr, language, page, framed);
      if (number < 0) return this.#fail("no_restaurant");
      this.#number = number;
      if (this.#cart && !glue.update_cart(number, this.#cart)) this.#fail("invalid_cart");
    } catch {
      if (this.#stage === stage) this.#fail("load_failed");
    }
  }

  #fail(code) {
    const sentence = document.createElement("p");
    sentence.className = "alert";
    sentence.setAttribute("role", "alert");
    const { tag, words } = this.#speaker.early;
    this.#dress({ tag, dir: directionOf(tag) });
    sentence.textContent = words.unavailable;
    const retry = document.createElement("button");
    retry.className = "button secondary";
    retry.textContent = words.Retry;
    retry.onclick = () => this.#mount();
    this.#stage.replaceChildren(sentence, retry);
    this.dispatchEvent(new CustomEvent("loyalty-error", { bubbles: true, composed: true, detail: { code } }));
  }
}

if (!customElements.get("loyalty-checkout")) customElements.define("loyalty-checkout", LoyaltyCheckout);
