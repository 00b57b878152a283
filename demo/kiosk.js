// The program of a kiosk, as a kiosk's maker would write it: it takes the order, shows /kiosk in a frame, hands the order over
// by a message, listens, and says when the order is paid or the guest has gone. docs/kiosk.md describes the messages.

import { RESTAURANTS, chosen } from "/demo/restaurants.js";

const RESTAURANT = chosen(location.search);
const { menu, name, guests } = RESTAURANTS[RESTAURANT];
const VERSION = 1;

const element = (id) => document.getElementById(id);
const device = element("device");
const money = new Intl.NumberFormat("ru", { style: "currency", currency: "RUB", maximumFractionDigits: 0 });

/** How many portions of each dish, by its code. */
const portions = new Map();

function say(data) {
  device.contentWindow.postMessage({ loyaltyKiosk: VERSION, ...data }, location.origin);
}

function cart() {
  const lines = [...portions].map(([code, count]) => {
    const dish = menu.find((dish) => dish.code === code);
    return {
      code,
      name: dish.name,
      category: dish.category,
      quantity_milli: count * 1000,
      unit_price_minor: dish.price_minor,
      modifiers: [],
    };
  });
  return { currency: "RUB", expedition: "pickup", lines };
}

function changed() {
  const { lines } = cart();
  const sum = lines.reduce((sum, line) => sum + (line.quantity_milli / 1000) * line.unit_price_minor, 0);
  element("order").textContent = lines.length ? lines.map((line) => line.name).join(", ") : "Заказ пуст";
  element("sum").textContent = lines.length ? money.format(sum / 100) : "";
}

function heard(event, detail) {
  const item = document.createElement("li");
  const sum = detail?.to_pay_minor === undefined ? "" : `: к оплате ${money.format(detail.to_pay_minor / 100)}`;
  item.textContent = event + (detail?.reason ? `: ${detail.reason}` : detail?.code ? `: ${detail.code}` : sum);
  element("heard").prepend(item);
}

document.title = `Киоск · ${name}`;
for (const [id, { name }] of Object.entries(RESTAURANTS)) {
  const link = Object.assign(document.createElement("a"), { textContent: name, href: `/demo/kiosk?restaurant=${id}` });
  if (id === RESTAURANT) link.setAttribute("aria-current", "page");
  const item = document.createElement("li");
  item.append(link);
  element("restaurants").append(item);
}
element("back").href = `/?restaurant=${RESTAURANT}`;
for (const { code, name, price_minor } of menu) {
  const tile = Object.assign(document.createElement("button"), { type: "button" });
  const price = document.createElement("span");
  price.textContent = money.format(price_minor / 100);
  tile.append(name, price);
  tile.addEventListener("click", () => {
    portions.set(code, (portions.get(code) ?? 0) + 1);
    changed();
  });
  const item = document.createElement("li");
  item.append(tile);
  element("tiles").append(item);
}
for (const { copy, shown, who } of guests) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: shown });
  button.dataset.copy = copy;
  const item = document.createElement("li");
  item.append(button, ` ${who}`);
  element("guests").append(item);
}

element("hand-over").addEventListener("click", () => say({ order: { cart: cart() } }));
element("paid").addEventListener("click", () => say({ paid: true }));
element("end").addEventListener("click", () => say({ end: true }));

addEventListener("message", ({ source, origin, data }) => {
  if (source !== device.contentWindow || origin !== location.origin || data?.loyaltyKiosk !== VERSION) return;
  heard(data.event, data.detail);
  if (data.event === "loyalty-kiosk-end") {
    portions.clear();
    changed();
  }
});
changed();
device.src = `/kiosk?restaurant=${RESTAURANT}&language=ru`;
