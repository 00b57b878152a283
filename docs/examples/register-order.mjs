// On the restaurant's server: says what is in the order, and gets the token for the page.
export async function registerOrder(proxy, key, order) {
  const answer = await fetch(new URL("/merchant/v1/orders", proxy), {
    method: "POST",
    headers: {
      Authorization: `Bearer ${key}`,
      "Content-Type": "application/json",
      "Idempotency-Key": `${order.order_ref}-${order.version}`, // new for each change, the same when asked again
    },
    body: JSON.stringify({ order_ref: order.order_ref, cart: order.cart }),
  });
  if (!answer.ok) throw new Error(`the proxy answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()).order_token;
}
