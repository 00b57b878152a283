// <loyalty-checkout-frame>: the widget in a frame of the proxy's, on a page that wants none of it in its own document.
//
// The same attributes, properties, methods and events as <loyalty-checkout>, so that a page changes one tag; confirm and
// reset answer by a promise, since the answer comes out of another document. Shows no widget of its own: it makes the frame,
// keeps its height, and hands over and repeats what passes. Nothing here throws into the page. docs/frame.md has the words.

import { define, inProxy, takeEarly } from "./face.js";
import { Around, words } from "./frame-around.js";
import { Line, VERSIONS } from "./frame-line.js";

const NAME = "loyalty-checkout-frame";

// How long nothing may be heard of a frame, how long a document may take that has said it is on its way, and how long one that
// has loaded may take to be heard of. A page that is refused loads as well, as the browser's own page of the error.
const SILENT_MS = 550;
const LOADING_MS = 5000;
const LOADED_MS = 300;
// How long the proxy may take to say whether it is there.
const PROBE_MS = 400;

// No faster than a screen shows them.
const SETTLE_MS = 16;

// The first screen's height by the width from which it holds, so that nothing below moves when it comes.
const FIRST_PX = [
  [480, 370],
  [370, 355],
  [340, 375],
  [290, 402],
  [0, 452],
];

const EVENT = /^loyalty-(ready|login|preview|confirm|reset|payment-code|error|logout)$/;

const STYLE = `:host,iframe,slot{display:block}
iframe{width:100%;border:0}
iframe,div{color-scheme:light dark}
[hidden]{display:none}
div,slot{max-width:var(--loyalty-width,480px)}
div{padding:16px;box-sizing:border-box;font:16px/1.45 var(--loyalty-font,inherit);
color:var(--loyalty-bad,light-dark(#a3200f,#ff9c8a));background:var(--loyalty-bad-surface,light-dark(#fdefec,#341a16));
border-radius:var(--loyalty-radius,12px)}
p{margin:0 0 16px}
button{min-height:48px;padding:0 16px;font:inherit;color:inherit;background:none;border:1px solid;border-radius:8px}
::slotted(*){margin-top:16px}`;

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

export class LoyaltyCheckoutFrame extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ["restaurant", "proxy", "kiosk", "language", "order-token"];

  #root;
  #frame;
  #line;
  #none;
  #timer;
  #settling;
  #dirty = new Set();
  #cart;
  // The one before, where the widget says that this one is none.
  #before;
  #texts;
  // The names of the custom properties that the frame can take.
  #properties = [];
  // What is reserved for the first screen, until another screen has another height.
  #floor;
  #first;
  #wantsFocus = false;
  #isDestroyed = false;
  #around = new Around(this, () => {
    this.#mark("language", "lang", "theme");
    this.#say();
  });

  get cart() {
    return this.#cart;
  }

  set cart(cart) {
    this.updateCart(cart);
  }

  get texts() {
    return this.#texts;
  }

  set texts(texts) {
    try {
      this.#texts = plain(texts);
      this.#mark("texts");
    } catch {
      console.warn(`${NAME}: texts cannot be used:`, texts);
    }
  }

  // Hands the order's contents over; of many in a moment the last counts. What is no cart changes nothing. The contents of a
  // registered order are its server's: without a cart it is looked at anew.
  updateCart(cart) {
    if (this.orderToken) {
      if (cart === undefined) this.#ask("look");
      else this.#tell("loyalty-error", { code: "cart_and_token" });
      return;
    }
    try {
      const own = plain(cart);
      if (!Array.isArray(own.lines)) throw 0;
      this.#before = this.#cart;
      this.#cart = own;
      this.#mark("cart");
    } catch {
      this.#tell("loyalty-error", { code: "invalid_cart" });
    }
  }

  // Confirms what is previewed. A promise of whether that has begun.
  confirm() {
    return this.#ask("confirm");
  }

  // Takes back what is confirmed. A promise of whether that has begun.
  reset() {
    return this.#ask("reset");
  }

  // Ends the widget for good; the element stays, empty.
  destroy() {
    this.#isDestroyed = true;
    this.#cart = this.#before = undefined;
    this.#end();
  }

  // What is wrong, on this page and in the frame.
  async doctor() {
    const { examine } = await import(new URL("frame-doctor.js", import.meta.url).href);
    return examine(this.#address, this.#line, loads, VERSIONS, () => this.#ask("doctor", []));
  }

  focus(options) {
    if (this.#none) return this.#none.lastChild.focus(options);
    this.#wantsFocus = !this.#line?.isOpen;
    this.#frame?.focus(options);
    if (!this.#wantsFocus) this.#ask("focus");
  }

  connectedCallback() {
    takeEarly(this);
    if (this.#isDestroyed) return;
    if (!this.#root) {
      this.#root = this.attachShadow({ mode: "open" });
      this.#root.append(make("slot", { name: "payment" }));
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.#root.adoptedStyleSheets = [sheet];
    }
    this.#around.follow();
    this.#begin();
  }

  // A frame that is taken out of the page begins anew where it is put back, and is handed everything again.
  disconnectedCallback() {
    this.#end();
  }

  // A move that keeps the frame.
  connectedMoveCallback() {
    this.#around.follow();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#root || !this.isConnected || this.#isDestroyed) return;
    if (name === "language") this.#mark("language");
    else if (name === "order-token") this.#mark("orderToken");
    else this.#begin();
    this.#say();
  }

  get #address() {
    const address = inProxy("embed", this.proxy, import.meta.url);
    // Also that the page says nothing of a language, for the frame's document has one.
    const asked = { restaurant: this.restaurant.trim(), language: this.language, lang: this.#around.lang };
    for (const [key, value] of Object.entries(asked)) address.searchParams.set(key, value);
    if (this.hasAttribute("kiosk")) address.searchParams.set("kiosk", "");
    return address;
  }

  get #state() {
    return {
      language: this.language,
      lang: this.#around.lang,
      theme: this.#around.theme(this.#properties),
      texts: this.#texts,
      orderToken: this.orderToken,
      cart: this.#cart,
    };
  }

  #begin() {
    this.#close();
    if (!this.restaurant.trim()) return this.#fail("no_restaurant");
    const { href, origin } = this.#address;
    const width = this.clientWidth;
    this.#floor = FIRST_PX.find(([least]) => width >= least)[1];
    this.#first = undefined;
    this.#frame = make("iframe", {
      // Where no origin is said, it is that of `src`.
      allow: "otp-credentials; screen-wake-lock; clipboard-write",
      part: "frame",
      referrerPolicy: "origin",
      src: href,
      style: `height:${this.#floor}px`,
    });
    this.#say();
    this.#line = new Line(this.#frame, origin, {
      state: () => this.#state,
      loading: () => this.#isComing(),
      silent: (code) => this.#wait(LOADED_MS, code),
      opened: (properties) => this.#opened(properties),
      refused: () => this.#fail("frame_version"),
      heard: (message) => this.#heard(message),
    });
    this.#wait(SILENT_MS, "frame_silent");
    this.#root.prepend(this.#frame);
  }

  // Finds out, where nothing is heard by then, whether the proxy or the frame, which is what `code` says, is what is missing. A
  // proxy that is only slow is told as what `code` says.
  #wait(ms, code) {
    this.#hush();
    const { href } = this.#address;
    const timer = (this.#timer = setTimeout(async () => {
      const signal = AbortSignal.timeout(PROBE_MS);
      const isThere = await fetch(href, { mode: "no-cors", credentials: "omit", signal }).then(() => true, () => signal.aborted);
      if (this.#timer === timer) this.#fail(isThere ? code : "load_failed");
    }, ms));
  }

  #hush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  // The frame has been heard of: whatever was said in its place is over.
  #isComing() {
    this.#none?.remove();
    this.#none = undefined;
    this.#frame.hidden = false;
    this.#wait(LOADING_MS, "frame_silent");
  }

  #opened(properties) {
    this.#isComing();
    this.#hush();
    this.#properties = [].concat(properties ?? []);
    // What was set while nobody could be told stays to be handed over.
    this.#mark("theme");
    this.#hand();
    // Who has gone elsewhere meanwhile stays there.
    if (this.#wantsFocus && this.#root.activeElement === this.#frame) this.focus();
  }

  // Whether a message of the frame says anything.
  #heard({ type, name, detail, refused, px }) {
    if (type === "event" && typeof name === "string" && EVENT.test(name)) {
      // A newer one stays.
      if (refused === JSON.stringify(this.#cart)) {
        // The one before may never have been handed over, where both came in a moment; it is told of only once.
        [this.#cart, this.#before] = [this.#before, undefined];
        this.#mark("cart");
      }
      if (detail?.code === "cart_and_token") this.#cart = undefined;
      this.#tell(name, detail);
    } else if (type === "height" && Number.isInteger(px) && px >= 0 && px < 10_000) {
      // Nothing is shown as long as the frame's own document is not drawn.
      if (!px) return true;
      this.#first ??= px;
      if (px !== this.#first) this.#floor = 0;
      this.#frame.style.height = `${Math.max(px, this.#floor)}px`;
    } else if (type === "failed") {
      this.#fail("load_failed");
    } else return false;
    return true;
  }

  // Puts one sentence and a way to try again in the frame's place; what comes later after all takes it away.
  #fail(code) {
    this.#hush();
    if (this.#frame) this.#frame.hidden = true;
    if (!this.#none) {
      const onclick = () => {
        this.#begin();
        this.focus();
      };
      this.#none = make("div", { part: "alert", dir: "auto" });
      this.#none.append(make("p", { role: "alert" }), make("button", { onclick }));
      this.#root.prepend(this.#none);
    }
    this.#say();
    this.#tell("loyalty-error", { code });
  }

  // What is in words: the frame's name, and the sentence.
  #say() {
    const { lang, PhoneTitle, unavailable, Retry } = words(this.language, this.#around.lang);
    if (this.#frame) this.#frame.title = PhoneTitle;
    if (!this.#none) return;
    this.#none.lang = lang;
    this.#none.firstChild.textContent = unavailable;
    this.#none.lastChild.textContent = Retry;
  }

  // Hands over soon what has changed.
  #mark(...names) {
    for (const name of names) this.#dirty.add(name);
    this.#settling ??= setTimeout(() => this.#hand(), SETTLE_MS);
  }

  #hand() {
    clearTimeout(this.#settling);
    this.#settling = undefined;
    if (!this.#line?.isOpen || !this.#dirty.size) return;
    const state = this.#state;
    this.#line.send({ type: "state", state: Object.fromEntries([...this.#dirty].map((name) => [name, state[name]])) });
    this.#dirty.clear();
  }

  // The frame's answer; `idle` where there is nobody to ask.
  #ask(method, idle = false) {
    this.#hand();
    const answer = this.#line?.isOpen ? this.#line.ask(method) : Promise.resolve(idle);
    // Who does not wait for it hears nothing of its failure.
    answer.catch(() => {});
    return answer;
  }

  #close() {
    this.#hush();
    this.#line?.close();
    this.#frame?.remove();
    this.#none?.remove();
    this.#line = this.#frame = this.#none = undefined;
  }

  #end() {
    this.#around.stop();
    clearTimeout(this.#settling);
    this.#settling = undefined;
    this.#close();
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}

// Data and nothing else, whatever it was: a page's reactive object, one with getters, one that is changed later.
const plain = (value) => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

const loads = define(NAME, LoyaltyCheckoutFrame, import.meta.url);
