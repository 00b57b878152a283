// The order a kiosk's program hands over, and what has become of it. Four ways lead in: `order=` and `#cart=` of the address,
// both taken out of it at once; `loyaltyKiosk` of the window; and messages of the page around, where the kiosk stands in a
// frame. docs/kiosk.md describes them.

const VERSION = 1;
const TOLD = ["ready", "login", "preview", "confirm", "reset", "payment-code", "error", "logout"];

export class Order {
  #element;
  #parts;
  #to;
  // Whether anything was handed over.
  isThere = false;
  isPaid = false;
  #id;
  #isConfirmed = false;
  // Whether the guest was shown a payment code for what is confirmed, and may be on their way to the till with it.
  #isTaken = false;
  #isGiven = false;

  // `parts.end()` ends the visit.
  constructor(element, parts) {
    this.#element = element;
    this.#parts = parts;
    const face = { order: (order) => this.#take(order), paid: () => this.#pay(), end: () => parts.end("program") };
    Object.defineProperty(globalThis, "loyaltyKiosk", { value: Object.freeze(face) });
    addEventListener("loyalty-preview", ({ detail }) => {
      this.#id = detail.order_id;
      const { cancel, hold_s, payment_codes } = detail.capabilities;
      // Where confirming gives the order to the restaurant, it alone knows whether it is being cooked.
      this.#isGiven = !(cancel || hold_s || payment_codes);
    });
    addEventListener("loyalty-confirm", ({ detail }) => {
      this.#id = detail.order_id;
      this.#isConfirmed = true;
      this.#isTaken = false;
    });
    addEventListener("loyalty-reset", () => (this.#isConfirmed = this.#isTaken = false));
    addEventListener("loyalty-payment-code", () => (this.#isTaken ||= this.#isConfirmed));
    if (parent !== self) this.#listen();
    this.#readAddress();
  }

  // The order of which something is held that nobody will come for. `confirming` is the one whose confirm is under way.
  abandoned(confirming, always) {
    const held = confirming ?? (this.#isConfirmed ? this.#id : undefined);
    return this.isPaid || (!always && (this.#isTaken || this.#isGiven)) ? undefined : held;
  }

  // Tells the page around what happens.
  tell(event, detail) {
    if (this.#to) parent.postMessage({ loyaltyKiosk: VERSION, event, detail }, this.#to);
  }

  #readAddress() {
    const address = new URL(location);
    const token = address.searchParams.get("order");
    const cart = /^#cart=(.+)$/.exec(address.hash)?.[1];
    address.searchParams.delete("order");
    address.hash = "";
    if (token || location.href !== address.href) history.replaceState(null, "", address);
    if (token) this.#take({ token });
    else if (cart) {
      let read;
      try {
        read = JSON.parse(decodeURIComponent(cart));
      } catch {}
      this.#take({ cart: read });
    }
  }

  // What is neither is told by `loyalty-error` with `invalid_cart`, as any other cart that is none.
  #take(order) {
    this.#element.removeAttribute("order-token");
    if (typeof order?.token === "string") this.#element.setAttribute("order-token", order.token);
    else this.#element.updateCart(order?.cart ?? null);
    this.isThere = true;
    this.isPaid = false;
    this.#parts.wake();
  }

  #pay() {
    this.isPaid = true;
    this.#parts.wake();
    this.#parts.paid();
  }

  // Only a page that may show the kiosk in a frame can be its parent; nobody else is listened to.
  #listen() {
    this.#to = location.ancestorOrigins?.[0] ?? (document.referrer ? new URL(document.referrer).origin : undefined);
    addEventListener("message", ({ source, origin, data }) => {
      if (source !== parent || data?.loyaltyKiosk !== VERSION) return;
      this.#to = origin;
      if (data.order) this.#take(data.order);
      if (data.paid) this.#pay();
      if (data.end) this.#parts.end("program");
    });
    for (const name of TOLD) addEventListener(`loyalty-${name}`, ({ detail }) => this.tell(`loyalty-${name}`, detail));
  }
}
