// The public face of the widget: the custom element <loyalty-checkout>.
//
// Attributes and properties: restaurant, proxy, language, order-token; properties: cart, texts. Methods: updateCart, confirm, reset,
// destroy, doctor.
// Events: loyalty-ready, -login, -preview, -confirm, -reset, -payment-code, -error, -logout. Slot: payment.
//
// It shows the phone field at once, fetches the widget meanwhile, and hands the field over. If the widget cannot run, the
// guest sees one sentence, the host hears `loyalty-error`, and the page goes on. Nothing here throws into the page.

import { define, inProxy, takeEarly } from "./face.js";
import { FirstScreen, NoScreen, make } from "./first.js";
import { Speaker } from "./languages.js";
import { address, crash, drawQr, drawn, load, onCrash, refusal } from "./load.js";
import STYLE from "./style.js";

const NAME = "loyalty-checkout";

// What may be asked of a mounted widget, as src/embed/mount.rs reads it.
const CONFIRM = 0;
const RESET = 1;
const SUBMIT = 2;

// A widget that crashes again so soon would do so for ever.
const CALM_MS = 10_000;

let sheet;

// Styles that need no permission of the page's policy, shared by all elements.
function dress(root) {
  try {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
    }
    root.adoptedStyleSheets = [sheet];
  } catch {
    // An old browser, or another document than the one the styles were made in.
    root.prepend(make("style", "", {}, STYLE));
  }
}

// On a server there are no elements; the module can be imported all the same.
export class LoyaltyCheckout extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ["restaurant", "proxy", "order-token"];

  #glue;
  #number = -1;
  #cart;
  #root;
  #stage;
  #place;
  // What stands in the widget's place, where it is not there: the first screen while it is on its way, or the sentence.
  #first;
  #none;
  #isDestroyed = false;
  #crashedAt = -Infinity;
  // Whose appearance it has.
  #looked;
  #silence;
  #focused;
  #caret;

  #speaker = new Speaker(
    this,
    () => this.#sayEarly(),
    (language) => {
      this.#call((glue) => {
        this.#dress(language);
        glue.translate(this.#number, language);
      });
    },
  );

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

  // Hands the order's contents over; may be called at any time. What is no cart changes nothing and is told by
  // `loyalty-error` with `invalid_cart`. The contents of a registered order are its server's: without a cart it is looked at
  // anew, and a cart is told by `cart_and_token`.
  updateCart(cart) {
    const isRegistered = this.orderToken !== "";
    if (isRegistered && cart === undefined) this.#hand();
    else if (isRegistered) this.#tell("loyalty-error", { code: "cart_and_token" });
    else if (cart && typeof cart === "object" && (this.#number < 0 || this.#hand(cart))) this.#cart = cart;
    else this.#tell("loyalty-error", { code: "invalid_cart" });
  }

  // Confirms what is previewed, as the guest's own press would. Returns whether that has begun.
  confirm() {
    return this.#act(CONFIRM);
  }

  // Takes back what is confirmed. Returns whether that has begun.
  reset() {
    return this.#act(RESET);
  }

  // Ends the widget for good: what it shows, what it knows, what it listens to.
  destroy() {
    this.#isDestroyed = true;
    this.#cart = undefined;
    this.#unmount();
  }

  // What is wrong on this page and how to mend it.
  async doctor() {
    const { examine } = await import(address("doctor.js"));
    return examine({ address, api: this.#api, loads, refused: refusal(), restaurant: this.restaurant, stage: this.#stage });
  }

  connectedCallback() {
    takeEarly(this);
    if (this.#stage) {
      // Only moved: everything is still here but the focus. What is around it may speak another language.
      this.#focus();
      this.#speaker.follow();
    } else if (!this.#isDestroyed) this.#show();
  }

  disconnectedCallback() {
    const focused = this.#focused;
    this.#caret = focused && [focused.selectionStart, focused.selectionEnd];
    queueMicrotask(() => {
      if (!this.isConnected) this.#unmount();
    });
  }

  // A move that keeps everything by itself.
  connectedMoveCallback() {
    this.#speaker.follow();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#stage) return;
    if (name === "order-token") return this.#order();
    if (this.#first) return this.#look();
    // Another restaurant's guests and orders are others.
    this.#leave();
    this.#begin("");
  }

  get #api() {
    return inProxy("api/v1", this.proxy, import.meta.url).href;
  }

  #show() {
    if (!this.#root) {
      // A page may have had the first screen in its markup, with styles of its own until now.
      this.#root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      this.#root.querySelector("style")?.remove();
      this.#focused = this.#root.activeElement;
      dress(this.#root);
      this.#root.addEventListener("focusin", (event) => (this.#focused = event.target));
      // Taken out of the page, an element loses its focus before anybody hears of it.
      this.#root.addEventListener("focusout", () => queueMicrotask(() => (this.#focused = this.#root.activeElement)));
    }
    this.#place = this.#root.querySelector(".stage > .place") ?? make("div", "place", {});
    this.#stage = this.#place.parentNode ?? make("div", "stage", {}, this.#place, make("slot", "", { name: "payment" }));
    if (!this.#stage.isConnected) this.#root.append(this.#stage);
    this.#silence = onCrash(() => this.#crash());
    this.#speaker.follow();
    this.#begin("", undefined, this.#place.firstElementChild);
  }

  // The box is in a language, and what is in it is read in its direction, the page's own button too.
  #dress({ tag, dir }) {
    Object.assign(this.#stage, { lang: tag, dir });
  }

  // Says what can be said before the widget is there.
  #sayEarly() {
    const screen = this.#first ?? this.#none;
    if (!screen) return;
    const { early } = this.#speaker;
    this.#dress(early);
    screen.say(early.words);
  }

  get #hasFocus() {
    return this.#place.contains(this.#root.activeElement);
  }

  get #appearance() {
    return `${this.#api}/appearance/${encodeURIComponent(this.restaurant.trim())}`;
  }

  // How the restaurant's operator has the widget speak and look; without an answer, as it does everywhere. What the page sets
  // on the element goes before.
  async #look() {
    const address = this.#appearance;
    if (address === this.#looked) return;
    let look = { theme: {}, languages: [], texts: {} };
    try {
      const answer = await fetch(address);
      if (answer.ok) look = await answer.json();
    } catch {}
    if (address !== this.#appearance) return;
    this.#looked = address;
    try {
      this.#speaker.obey(look);
      const own = new CSSStyleSheet();
      const { style } = own.cssRules[own.insertRule(":host{}")];
      for (const [name, value] of Object.entries(look.theme)) style.setProperty(`--loyalty-${name}`, value);
      this.#root.adoptedStyleSheets = [...this.#root.adoptedStyleSheets.filter((each) => each === sheet), own];
    } catch {
      // An old browser, or another document than the one the styles were made in.
    }
  }

  // Shows the phone field, or takes the one that is found in the page, and puts the widget in its place once that is there.
  async #begin(typed, hadFocus = this.#hasFocus, found) {
    const first = new FirstScreen(typed, found);
    this.#first = first;
    this.#none = undefined;
    this.#sayEarly();
    if (first.view !== found) this.#place.replaceChildren(first.view);
    if (hadFocus && first.view !== found) first.input.focus({ preventScroll: true });
    // Whatever else is to be done keeps the page from drawing the field.
    await drawn();
    this.#look();
    let glue, language;
    try {
      // Both are on their way at once; which language it is, is asked again once all is there.
      [glue] = await Promise.all([load(), this.#speaker.language()]);
      language = await this.#speaker.language();
    } catch (cause) {
      if (this.#first === first) this.#fail(cause.refused ?? "load_failed");
      return;
    }
    if (this.#first === first) this.#takeOver(glue, language, first);
  }

  #takeOver(glue, language, first) {
    const restaurant = this.restaurant.trim();
    if (!restaurant) return this.#fail("no_restaurant");
    try {
      first.handOver();
      this.#dress(language);
      // In a frame of the proxy's the guest sees the page around it, which old browsers tell only by its address.
      const api = this.#api;
      const framed = parent !== self && new URL(api).origin === location.origin;
      const page = framed
        ? (location.ancestorOrigins?.[0] ?? document.referrer.split("/", 3).join("/"))
        : location.origin;
      const kiosk = this.hasAttribute("kiosk");
      this.#number = glue.mount(this.#place, restaurant, api, this.#tell, drawQr, language, page, framed, kiosk);
      this.#glue = glue;
      this.#first = undefined;
    } catch {
      return crash();
    }
    this.#order();
    if (first.isSubmitted) this.#act(SUBMIT);
    this.#tell("loyalty-ready", {});
  }

  // Hands to the widget what there is of an order.
  #order() {
    const token = this.orderToken;
    const isTaken = this.#hand(token || this.#cart || "") || this.#number < 0;
    if (isTaken && !(token && this.#cart)) return;
    this.#cart = undefined;
    this.#tell("loyalty-error", { code: token ? "cart_and_token" : "invalid_cart" });
  }

  // Hands a cart, a token or nothing to the widget. Returns whether it is an order.
  #hand(order) {
    return this.#call((glue) => glue.update_order(this.#number, order));
  }

  #act(what) {
    return this.#call((glue) => glue.act(this.#number, what));
  }

  // Calls the widget, where it is there. Returns whether it did what was asked.
  #call(ask) {
    if (this.#number < 0) return false;
    try {
      return ask(this.#glue);
    } catch (cause) {
      // A property that throws when it is read is the page's; everything else must not happen.
      if (cause instanceof WebAssembly.RuntimeError) crash();
      return false;
    }
  }

  // The program has crashed, for this element and all others: once it is started anew, with what was typed.
  #crash() {
    if (this.#number < 0 && !this.#first) return;
    const typed = this.#place.querySelector("#phone")?.value ?? "";
    const hadFocus = this.#hasFocus;
    const isFirst = Date.now() - this.#crashedAt > CALM_MS;
    this.#crashedAt = Date.now();
    this.#leave();
    if (!isFirst) return this.#fail("crashed", typed, hadFocus);
    this.#begin(typed, hadFocus);
    this.#tell("loyalty-error", { code: "crashed" });
  }

  // Puts one sentence and a way to try again in the widget's place.
  #fail(code, typed = this.#first?.input.value ?? "", hadFocus = this.#hasFocus) {
    this.#first = undefined;
    this.#none = new NoScreen(() => this.#begin(typed));
    this.#sayEarly();
    this.#place.replaceChildren(this.#none.view);
    if (hadFocus) this.#none.retry.focus({ preventScroll: true });
    this.#tell("loyalty-error", { code });
  }

  // Gives the mounted widget up.
  #leave() {
    const [glue, number] = [this.#glue, this.#number];
    this.#number = -1;
    this.#glue = this.#first = undefined;
    try {
      glue?.unmount(number);
    } catch {
      // It has crashed, and is given up all the same.
    }
  }

  #unmount() {
    this.#silence?.();
    this.#speaker.stop();
    this.#leave();
    this.#stage?.remove();
    this.#stage = this.#place = this.#focused = this.#none = undefined;
  }

  #focus() {
    const focused = this.#focused;
    if (!focused?.isConnected || this.#root.activeElement) return;
    focused.focus({ preventScroll: true });
    if (this.#caret?.[0] != null) focused.setSelectionRange(...this.#caret);
  }

  #tell = (name, detail) => {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  };
}

const loads = define(NAME, LoyaltyCheckout, import.meta.url);
