// How Vue uses the component; what is wrong must not compile.

import { h, ref } from "vue";

import { LoyaltyCheckout } from "@loyalty-checkout/vue";
import type { LoyaltyCheckoutRef } from "@loyalty-checkout/vue";
import type { Cart, Finding } from "loyalty-checkout";

declare const cart: Cart;

const loyalty = ref<LoyaltyCheckoutRef>();

export const right = h(
  LoyaltyCheckout,
  {
    ref: loyalty,
    restaurant: "pirogi",
    proxy: "https://loyalty.example/",
    language: "en",
    orderToken: "9f0c",
    cart,
    texts: { Bonuses: { one: "{0} berry", other: "{0} berries" } },
    onPreview: (event) => event.detail.to_pay_minor.toFixed(2),
    onPaymentCode: (event) => event.detail.ttl_s,
    onError: (event) => event.detail.code === "offline",
  },
  () => h("button", { slot: "payment" }, "Pay"),
);

export const begun: boolean | undefined = loyalty.value?.confirm();
export const findings: Promise<Finding[]> | undefined = loyalty.value?.doctor();

// @ts-expect-error A restaurant is named by a text.
export const number = h(LoyaltyCheckout, { restaurant: 7 });
// @ts-expect-error A cart is no text.
export const text = h(LoyaltyCheckout, { restaurant: "pirogi", cart: "pie" });
export const detail = h(LoyaltyCheckout, {
  restaurant: "pirogi",
  // @ts-expect-error The detail of a reset is empty.
  onReset: (event) => event.detail.to_pay_minor.toFixed(),
});
// @ts-expect-error A method that the element has not.
loyalty.value?.pay();
