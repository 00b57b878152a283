// <loyalty-checkout> as a Vue component. It hands props to the element and passes events on, and knows nothing else.

import { defineComponent, h, onMounted, ref, toRaw, watch } from "vue";
import type { PropType } from "vue";

import type { Cart, Finding, LoyaltyCheckoutElement, LoyaltyEventMap, Texts } from "loyalty-checkout";

const EVENTS = {
  ready: (_event: LoyaltyEventMap["loyalty-ready"]) => true,
  login: (_event: LoyaltyEventMap["loyalty-login"]) => true,
  preview: (_event: LoyaltyEventMap["loyalty-preview"]) => true,
  confirm: (_event: LoyaltyEventMap["loyalty-confirm"]) => true,
  reset: (_event: LoyaltyEventMap["loyalty-reset"]) => true,
  paymentCode: (_event: LoyaltyEventMap["loyalty-payment-code"]) => true,
  error: (_event: LoyaltyEventMap["loyalty-error"]) => true,
  logout: (_event: LoyaltyEventMap["loyalty-logout"]) => true,
};

/** The custom element `<loyalty-checkout>`: `loyalty-preview` is heard as `@preview`; its ref has the element's methods. */
export const LoyaltyCheckout = /* @__PURE__ */ defineComponent({
  name: "LoyaltyCheckout",
  props: {
    /** The name under which the proxy knows the restaurant; another one begins anew. */
    restaurant: { type: String, required: true },
    /** The proxy's address, where it is not the one the script came from. */
    proxy: String,
    /** The language's tag, where it is not the one of what is around the element. */
    language: String,
    /** The token of an order that your server has registered, in the place of a cart. */
    orderToken: String,
    /** Whether the next guest uses this device too, so that nothing of a session is kept. */
    kiosk: Boolean,
    /** The order's contents. A new object is handed over, and so is one that was changed within. */
    cart: Object as PropType<Cart>,
    /** Some of the widget's texts in your own words. */
    texts: Object as PropType<Texts>,
  },
  emits: EVENTS,
  setup(props, { emit, expose, slots }) {
    const element = ref<LoyaltyCheckoutElement>();
    // The objects themselves, not Vue's views of them: the element keeps what it is given, and nobody watches it there.
    // Properties and no attributes: what is set before the element's script has arrived is read when it comes.
    const hand = () => {
      if (element.value && props.cart) element.value.cart = toRaw(props.cart);
    };
    const say = () => {
      if (element.value) element.value.texts = toRaw(props.texts);
    };
    onMounted(() => {
      if (props.texts) say();
      hand();
    });
    watch(() => props.texts, say, { flush: "post", deep: true });
    watch(() => props.cart, hand, { flush: "post", deep: true });

    expose({
      element,
      updateCart: (cart?: Cart): void => element.value?.updateCart(cart),
      confirm: (): boolean => element.value?.confirm() ?? false,
      reset: (): boolean => element.value?.reset() ?? false,
      destroy: (): void => element.value?.destroy(),
      doctor: (): Promise<Finding[]> => element.value?.doctor() ?? Promise.resolve([]),
    });

    return () => {
      const { restaurant, proxy, language } = props;
      const attributes = { restaurant, proxy, language, "order-token": props.orderToken, kiosk: props.kiosk ? "" : undefined };
      const listeners = {
        onLoyaltyReady: (event: LoyaltyEventMap["loyalty-ready"]) => emit("ready", event),
        onLoyaltyLogin: (event: LoyaltyEventMap["loyalty-login"]) => emit("login", event),
        onLoyaltyPreview: (event: LoyaltyEventMap["loyalty-preview"]) => emit("preview", event),
        onLoyaltyConfirm: (event: LoyaltyEventMap["loyalty-confirm"]) => emit("confirm", event),
        onLoyaltyReset: (event: LoyaltyEventMap["loyalty-reset"]) => emit("reset", event),
        onLoyaltyPaymentCode: (event: LoyaltyEventMap["loyalty-payment-code"]) => emit("paymentCode", event),
        onLoyaltyError: (event: LoyaltyEventMap["loyalty-error"]) => emit("error", event),
        onLoyaltyLogout: (event: LoyaltyEventMap["loyalty-logout"]) => emit("logout", event),
      };
      return h("loyalty-checkout", { ref: element, ...attributes, ...listeners }, slots.default?.());
    };
  },
});

/** What a ref of the component gives. */
export interface LoyaltyCheckoutRef extends Pick<
  LoyaltyCheckoutElement,
  "updateCart" | "confirm" | "reset" | "destroy" | "doctor"
> {
  readonly element: LoyaltyCheckoutElement | undefined;
}
