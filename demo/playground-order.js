// The order: some dishes of the chosen restaurant, as a cart of the page or registered as the restaurant's server does it.

import { at, button, chosen, make } from "/demo/playground-elements.js";
import { RESTAURANTS } from "/demo/restaurants.js";

const MAX_PORTIONS = 20;

const money = new Intl.NumberFormat("en", { style: "currency", currency: "RUB", currencyDisplay: "narrowSymbol", maximumFractionDigits: 0 });

/** How many portions of each dish. */
let portions = {};

const restaurant = () => at("restaurant").value;

/** Some dishes of the chosen restaurant, those its checkout begins with first. */
function dishes() {
  const { menu, cart: first } = RESTAURANTS[restaurant()];
  const begins = first.map((code) => menu.find((dish) => dish.code === code));
  return [...begins, ...menu.filter((dish) => !begins.includes(dish))].slice(0, 4);
}

/** The cart as the widget takes it. */
export function cart() {
  const ordered = dishes().filter(({ code }) => portions[code]);
  return {
    currency: "RUB",
    expedition: chosen("expedition"),
    lines: ordered.map(({ code, name, category, price_minor }) => ({
      code,
      name,
      category,
      quantity_milli: 1000 * portions[code],
      unit_price_minor: price_minor,
      modifiers: [],
    })),
  };
}

/** Offers the dishes of the chosen restaurant, one of the first in the cart. `changed` is called when there are others. */
export function fillDishes(changed) {
  const [first] = dishes();
  portions = { [first.code]: 1 };
  const rows = dishes().map(({ code, name, price_minor }) => {
    const count = make("output", { "aria-label": `Portions: ${name}` }, String(portions[code] ?? 0));
    const step = (by) => {
      portions[code] = Math.min(Math.max((portions[code] ?? 0) + by, 0), MAX_PORTIONS);
      count.textContent = portions[code];
      changed();
    };
    const stepper = make("span", { class: "stepper" });
    stepper.append(
      button("−", () => step(-1), { "aria-label": `Less: ${name}` }),
      count,
      button("+", () => step(1), { "aria-label": `More: ${name}` }),
    );
    const shown = name.replace(/(\d) (?=\p{L}+$)/u, "$1\u00a0");
    return make("li", {}, make("span", { lang: "ru" }, shown), make("span", { class: "price" }, money.format(price_minor / 100)), stepper);
  });
  at("dishes").replaceChildren(...rows);
  // Where nothing is delivered there is nothing to choose.
  at("expedition").hidden = !RESTAURANTS[restaurant()].delivers;
  if (at("expedition").hidden) document.querySelector('input[value="pickup"]').checked = true;
}

/** Which order this page registers; another for each visit and each restaurant. */
const reference = () => `playground-${restaurant()}-${performance.timeOrigin}`;

/**
 * Does what the restaurant's server does, by the key of the demo, which everybody knows. Returns whether it was taken, and
 * what was answered.
 */
export async function register(registered) {
  const answer = await fetch("/merchant/v1/orders", {
    method: "POST",
    headers: {
      Authorization: `Bearer demo-merchant-key-of-the-restaurant-${restaurant()}`,
      "Content-Type": "application/json",
      "Idempotency-Key": `${reference()}-${performance.now()}`,
    },
    body: JSON.stringify({ order_ref: reference(), cart: registered, reset: true }),
  });
  return { isTaken: answer.ok, said: await answer.json() };
}
