// How a page in TypeScript uses the element; what is wrong must not compile.

import { LOYALTY_EVENTS, load } from "loyalty-checkout";
import type { Cart, Finding, LoyaltyCheckoutElement, LoyaltyErrorCode, OrderResponse } from "loyalty-checkout";

const cart: Cart = {
  currency: "RUB",
  expedition: "pickup",
  lines: [{ code: "pie-1", name: "Apple pie", quantity_milli: 2000, unit_price_minor: 35000, modifiers: [] }],
};

const made: LoyaltyCheckoutElement = document.createElement("loyalty-checkout");
const found: LoyaltyCheckoutElement | null = document.querySelector("loyalty-checkout");
found?.updateCart(cart);
found?.updateCart();
made.restaurant = "pirogi";
made.cart = cart;
made.texts = { PhoneTitle: "Berries", Bonuses: { one: "{0} berry", other: "{0} berries" } };
made.texts = undefined;
const begun: boolean = made.confirm();
const findings: Promise<Finding[]> = made.doctor();

made.addEventListener("loyalty-preview", (event) => {
  const toPay: number = event.detail.to_pay_minor;
  const name: string | null = event.detail.guest.name;
  const choice: "any_amount" | "all_or_nothing" = event.detail.capabilities.spend;
  void [toPay, name, choice];
});
document.addEventListener("loyalty-confirm", (event) => {
  const order: OrderResponse = event.detail;
  void order;
});
window.addEventListener("loyalty-error", ({ detail }) => {
  const code: LoyaltyErrorCode = detail.code;
  if (code === "order_unknown") void begun;
  // @ts-expect-error There is no such code.
  if (code === "order_lost") void begun;
});
made.addEventListener("loyalty-payment-code", ({ detail }) => {
  const ttl: number = detail.ttl_s;
  // @ts-expect-error The code itself is never told.
  void [ttl, detail.code];
});

load("https://loyalty.example/widget/element.js", { integrity: "sha384-x" }).then((element) => {
  // @ts-expect-error On a server there is none.
  new element();
  if (element) new element().restaurant = "pirogi";
});

// @ts-expect-error A method that the element has not.
made.pay();
// @ts-expect-error A restaurant is named by a text.
made.restaurant = 7;
// @ts-expect-error A cart has lines.
made.cart = { currency: "RUB", expedition: "pickup" };
// @ts-expect-error Money is a number of whole minor units.
made.cart = { ...cart, lines: [{ code: "a", name: "a", quantity_milli: 1000, unit_price_minor: "350.00", modifiers: [] }] };
// @ts-expect-error Nobody flies the order in.
made.cart = { ...cart, expedition: "drone" };
// @ts-expect-error There is no such text.
made.texts = { PhoneTitel: "Berries" };
// @ts-expect-error A text without a number has no plurals.
made.texts = { PhoneTitle: { other: "Berries" } };
// @ts-expect-error The general form must be among them.
made.texts = { Bonuses: { one: "{0} berry" } };
// @ts-expect-error Nobody adds an event.
LOYALTY_EVENTS.push("loyalty-paid");
void findings;
