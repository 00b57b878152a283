// The ways in which a page has the widget, behind one face: each is made with what is set, takes the order, does what is
// called, and tells what it says. Knows no control of the playground.
//
// What is set: `restaurant`, `language`, `texts`, `theme` (custom properties without `--loyalty-`), `order` (`{ cart }` or
// `{ token }`), and what is an embedding's own. What it says is told by `tell(name, detail)`.

import { make } from "/demo/playground-elements.js";

const EVENTS = ["ready", "login", "preview", "confirm", "reset", "payment-code", "error", "logout"];

/** The version of the messages of docs/kiosk.md. */
const MESSAGES = 1;

/** The demo under its other name, which browsers take for another site than this page's. */
export const PROXY = location.origin.replace("localhost", "127.0.0.1");

/** An element of the page: the widget, or the frame it is in, which has the same face. */
class Tag {
  #name;
  #place;
  #tell;
  #element;

  constructor(name, place, tell) {
    this.#name = name;
    this.#place = place;
    this.#tell = tell;
  }

  /** Puts a new one into the page, with everything that is set. */
  mount(settings) {
    this.remove();
    this.#element = make(this.#name);
    for (const name of EVENTS) {
      this.#element.addEventListener(`loyalty-${name}`, ({ type, detail }) => this.#tell(type, detail));
    }
    this.set(settings);
    for (const [name, value] of Object.entries(settings.theme)) this.dress(name, value);
    if (settings.texts) this.#element.texts = settings.texts;
    this.hand(settings.order);
    this.#place.append(this.#element);
  }

  remove() {
    this.#element?.remove();
  }

  /** Sets the attributes. Whether the device is a kiosk is asked when a widget begins. */
  set({ restaurant, language, proxy, kiosk }) {
    for (const [name, value] of Object.entries({ restaurant, language, proxy })) {
      if (value === (this.#element.getAttribute(name) ?? "")) continue;
      if (value) this.#element.setAttribute(name, value);
      else this.#element.removeAttribute(name);
    }
    this.#element.toggleAttribute("kiosk", kiosk);
  }

  /** Hands an order over. A registered one whose token is there already is looked at anew. */
  hand({ cart, token }) {
    // A property, which an element whose script has not arrived takes as well.
    if (!token) this.#element.cart = cart;
    else if (token === this.#element.orderToken) this.#element.updateCart();
    else this.#element.orderToken = token;
  }

  /** Sets a custom property, or takes it back. */
  dress(name, value) {
    if (value) this.#element.style.setProperty(`--loyalty-${name}`, value);
    else this.#element.style.removeProperty(`--loyalty-${name}`);
  }

  /** Sets the page's own texts. */
  say(texts) {
    this.#element.texts = texts;
  }

  /** Calls a method; its answer, or a promise of it. */
  call(method) {
    return this.#element[method]();
  }

  /** A promise of what the doctor finds. */
  examine() {
    return this.#element.doctor();
  }

  /** Where the widget's own properties hold; nothing where that is another document. */
  get stage() {
    return this.#element.shadowRoot?.querySelector("[part=stage]");
  }
}

/** The whole page of a kiosk, as its program has it: a frame that is spoken to by messages. */
class Kiosk {
  #place;
  #tell;
  #frame;
  #listening;
  #order;
  #isServed = false;

  constructor(place, tell) {
    this.#place = place;
    this.#tell = tell;
  }

  mount({ restaurant, language, idle, codeIdle, release, order }) {
    this.remove();
    const address = new URL("/kiosk", location.href);
    const asked = { restaurant, language, idle, "code-idle": codeIdle, release: release && "always" };
    for (const [name, value] of Object.entries(asked)) if (value) address.searchParams.set(name, value);
    this.#frame = make("iframe", { class: "device", title: "The kiosk’s screen", allow: "screen-wake-lock", src: address });
    this.#order = order;
    this.#isServed = false;
    this.#listening = new AbortController();
    addEventListener("message", (message) => this.#hear(message), { signal: this.#listening.signal });
    this.#place.append(this.#frame);
  }

  remove() {
    this.#listening?.abort();
    this.#frame?.remove();
  }

  hand(order) {
    this.#order = order;
    this.#say({ order });
  }

  /** Says that the order is paid, or that the guest has gone. */
  call(method) {
    this.#say({ [method]: true });
  }

  // The first guest's order is there at once; each later visit begins without one, as any does.
  #hear({ source, origin, data }) {
    if (source !== this.#frame.contentWindow || origin !== location.origin || data?.loyaltyKiosk !== MESSAGES) return;
    this.#tell(data.event, data.detail);
    if (data.event !== "loyalty-ready" || this.#isServed) return;
    this.#isServed = true;
    this.hand(this.#order);
  }

  #say(data) {
    this.#frame.contentWindow.postMessage({ loyaltyKiosk: MESSAGES, ...data }, location.origin);
  }
}

/** The embeddings by their names: what each is in a sentence, the script it needs, and how one is made. */
export const EMBEDDINGS = {
  element: {
    about: () => "The custom element, in this page itself.",
    make: (place, tell) => new Tag("loyalty-checkout", place, tell),
  },
  frame: {
    about: () => `This page of ${location.origin} shows a page of ${PROXY}, another site, in a frame.`,
    script: () => `${PROXY}/widget/frame.js`,
    make: (place, tell) => new Tag("loyalty-checkout-frame", place, tell),
  },
  kiosk: {
    about: () => "The whole page of a kiosk. Its program, here this page, speaks to it by messages.",
    make: (place, tell) => new Kiosk(place, tell),
  },
};
