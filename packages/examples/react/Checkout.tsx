import { useMemo, useState } from "react";

import { LoyaltyCheckout } from "@loyalty-checkout/react";
import type { Cart } from "loyalty-checkout";

export function Checkout() {
  const [pies, setPies] = useState(1);
  const [toPay, setToPay] = useState<number>();
  // The same object for the same order: a new one is handed over again.
  const cart = useMemo(() => cartOf(pies), [pies]);
  return (
    <main>
      <button onClick={() => setPies(pies + 1)}>One more pie</button>
      <LoyaltyCheckout
        restaurant="pirogi"
        language="en"
        cart={cart}
        onPreview={(event) => setToPay(event.detail.to_pay_minor)}
        onConfirm={(event) => setToPay(event.detail.to_pay_minor)}
        onReset={() => setToPay(undefined)}
      >
        <button slot="payment">Pay</button>
      </LoyaltyCheckout>
      {toPay !== undefined && <p role="status">To pay: {(toPay / 100).toFixed(2)}</p>}
    </main>
  );
}

function cartOf(pies: number): Cart {
  return {
    currency: "RUB",
    expedition: "pickup",
    lines: [
      { code: "pie-1", name: "Apple pie", quantity_milli: 1000 * pies, unit_price_minor: 48000, modifiers: [] },
    ],
  };
}
