// The bare element in React 19's JSX.

import type {} from "loyalty-checkout/jsx";
import type { Cart } from "loyalty-checkout";

declare const cart: Cart;

export function Bare() {
  return (
    <>
      <loyalty-checkout
        class="wide"
        restaurant="pirogi"
        language="en"
        cart={cart}
        onloyalty-preview={(event) => event.detail.to_pay_minor.toFixed(2)}
      >
        <button slot="payment">Pay</button>
      </loyalty-checkout>
      {/* @ts-expect-error There is no such attribute. */}
      <loyalty-checkout restaurant="pirogi" colour="red" />
      {/* @ts-expect-error The detail of a reset is empty. */}
      <loyalty-checkout restaurant="pirogi" onloyalty-reset={(event) => event.detail.to_pay_minor.toFixed()} />
    </>
  );
}
