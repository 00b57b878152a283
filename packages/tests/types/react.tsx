// How React uses the component, in version 19 and in 18; what is wrong must not compile.

import { useRef } from "react";

import { LoyaltyCheckout } from "@loyalty-checkout/react";
import type { Cart, LoyaltyCheckoutElement } from "loyalty-checkout";

declare const cart: Cart;

export function Right() {
  const loyalty = useRef<LoyaltyCheckoutElement>(null);
  return (
    <LoyaltyCheckout
      ref={loyalty}
      id="loyalty"
      className="wide"
      style={{ maxWidth: 480 }}
      restaurant="pirogi"
      proxy="https://loyalty.example/"
      language="en"
      orderToken="9f0c"
      cart={cart}
      texts={{ PhoneTitle: "Berries" }}
      onReady={() => loyalty.current?.confirm()}
      onPreview={(event) => event.detail.to_pay_minor.toFixed(2)}
      onConfirm={(event) => event.detail.state === "confirmed"}
      onPaymentCode={(event) => event.detail.ttl_s}
      onError={(event) => event.detail.code === "offline"}
    >
      <button slot="payment">Pay</button>
    </LoyaltyCheckout>
  );
}

export function Wrong() {
  return (
    <>
      {/* @ts-expect-error The restaurant must be named. */}
      <LoyaltyCheckout cart={cart} />
      {/* @ts-expect-error A cart is no text. */}
      <LoyaltyCheckout restaurant="pirogi" cart="pie" />
      {/* @ts-expect-error There is no such event. */}
      <LoyaltyCheckout restaurant="pirogi" onPaid={() => {}} />
      {/* @ts-expect-error The detail of a reset is empty. */}
      <LoyaltyCheckout restaurant="pirogi" onReset={(event) => event.detail.to_pay_minor.toFixed()} />
      {/* @ts-expect-error The ref is the element. */}
      <LoyaltyCheckout restaurant="pirogi" ref={useRef<HTMLInputElement>(null)} />
    </>
  );
}
