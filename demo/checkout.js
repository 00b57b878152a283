// The restaurant's own checkout page: its menu, its cart, its order. The loyalty widget is a guest on it: the page hands it
// the cart, listens to its events, and works the same without it.

import { LANGUAGES, RESTAURANTS, chosen } from "/demo/restaurants.js";

const RESTAURANT = chosen(location.search);
const { menu: MENU, modifiers: MODIFIERS, cart: STARTING_CART, delivers, ...about } = RESTAURANTS[RESTAURANT];
const MAX_PORTIONS = 99;

const element = (id) => document.getElementById(id);
// On the page of another site the widget is in a frame; nothing else of this script is different there.
const widget = document.querySelector("loyalty-checkout, loyalty-checkout-frame");
const isFramed = widget.localName !== "loyalty-checkout";
const form = element("order");

/** The cart by dish code, in the order the guest chose: how many portions, and what goes with each. */
const lines = new Map();
/** What the widget last showed, and what it has confirmed; both only as long as they belong to the cart as it is. */
let preview;
let confirmed;
/** Where the restaurant's order stands: open, placed, paid. */
let stage = "open";
/** Whether the widget will find the paid order ended. */
let isEnded = true;

// Money: whole kopecks everywhere, divided only to be written.

const whole = new Intl.NumberFormat("ru", { style: "currency", currency: "RUB", maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat("ru", { style: "currency", currency: "RUB", minimumFractionDigits: 2 });

function money(minor) {
  return (minor % 100 ? exact : whole).format(minor / 100);
}

const dishOf = (code) => MENU.find((dish) => dish.code === code);

function unitPrice(code) {
  const added = [...lines.get(code).modifiers].map((modifier) => MODIFIERS[modifier].price_minor);
  return added.reduce((sum, price) => sum + price, dishOf(code).price_minor);
}

function cartTotal() {
  return [...lines].reduce((sum, [code, line]) => sum + unitPrice(code) * line.portions, 0);
}

// Building elements.

function make(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function makeButton(className, text, name, press) {
  const button = make("button", className, text);
  button.type = "button";
  if (name) button.setAttribute("aria-label", name);
  button.addEventListener("click", press);
  return button;
}

/** A name with its unit kept on the number's line: «0,4 л». */
const unbroken = (name) => name.replace(/(\d) (?=\p{L}+$)/u, "$1\u00a0");

function picture(code) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "dish");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/demo/dishes.svg#dish-${dishOf(code).drawn ?? code}`);
  svg.append(use);
  return svg;
}

// The cart. A line's elements are made once and then only written to, so that focus stays where the guest is.

function makeLine(code) {
  const dish = dishOf(code);
  const line = { portions: 0, modifiers: new Set() };
  const row = make("li", "cart-line");
  const words = make("div", "cart-words");
  words.append(make("p", "cart-name", unbroken(dish.name)), make("p", "cart-unit", `${money(dish.price_minor)} за порцию`));
  line.sum = make("output", "cart-sum");
  line.less = makeButton("", "−", `Меньше: ${dish.name}`, () => setPortions(code, line.portions - 1));
  line.more = makeButton("", "+", `Больше: ${dish.name}`, () => setPortions(code, line.portions + 1));
  line.count = make("output", "");
  line.count.setAttribute("aria-label", `Порций: ${dish.name}`);
  const stepper = make("div", "stepper");
  stepper.append(line.less, line.count, line.more);
  const tools = make("div", "cart-tools");
  tools.append(stepper);
  for (const modifier of dish.modifiers ?? []) tools.append(makeModifier(code, modifier));
  tools.append(makeButton("remove", "×", `Убрать ${dish.name}`, () => remove(code)));
  row.append(picture(code), words, line.sum, tools);
  line.row = row;
  return line;
}

function makeModifier(code, modifier) {
  const { name, price_minor } = MODIFIERS[modifier];
  const box = document.createElement("input");
  box.type = "checkbox";
  box.addEventListener("change", () => {
    const chosen = lines.get(code).modifiers;
    if (box.checked) chosen.add(modifier);
    else chosen.delete(modifier);
    changed();
  });
  const label = make("label", "modifier");
  label.append(box, price_minor ? `${name}, +${money(price_minor)}` : name);
  return label;
}

function setPortions(code, portions) {
  const line = lines.get(code);
  line.portions = Math.min(Math.max(portions, 1), MAX_PORTIONS);
  changed();
  announce(`${dishOf(code).name}: ${line.portions}`);
  // A button that has nothing more to do loses the focus; the other one takes it.
  if (line.less.disabled && document.activeElement !== line.more) line.more.focus();
  if (line.more.disabled && document.activeElement !== line.less) line.less.focus();
}

function add(code) {
  const known = lines.has(code);
  if (!known) {
    const line = makeLine(code);
    lines.set(code, line);
    element("cart").append(line.row);
  }
  const line = lines.get(code);
  line.portions = Math.min(line.portions + 1, MAX_PORTIONS);
  changed();
  announce(`${dishOf(code).name} в корзине: ${line.portions}`);
}

function remove(code) {
  lines.get(code).row.remove();
  lines.delete(code);
  changed();
  announce(`${dishOf(code).name}: убрали из корзины`);
  element("cart-title").focus();
}

/** The restaurant's name, words and colours, the others beside it, and its guests. */
function fillRestaurant() {
  document.documentElement.dataset.restaurant = RESTAURANT;
  document.title = `Оформление заказа · ${about.name}`;
  widget.setAttribute("restaurant", RESTAURANT);
  element("brand-mark").setAttribute("href", `/demo/dishes.svg#brand-${RESTAURANT}`);
  element("brand-name").textContent = about.name;
  element("site-note").append(about.note[0], document.createElement("br"), about.note[1]);
  element("pickup-note").textContent = about.pickup;
  element("expedition").hidden = !delivers;
  element("kiosk").href = `/demo/kiosk?restaurant=${RESTAURANT}`;
  for (const [id, { name }] of Object.entries(RESTAURANTS)) {
    const link = make("a", "", name);
    link.href = `${isFramed ? "/demo/frame" : "/"}?restaurant=${id}`;
    if (id === RESTAURANT) link.setAttribute("aria-current", "page");
    const item = make("li", "");
    item.append(link);
    element("restaurants").append(item);
  }
  for (const { copy, shown, who } of about.guests) {
    const button = make("button", "copy", shown);
    button.type = "button";
    button.dataset.copy = copy;
    const item = make("li", "");
    item.append(button, ` ${who}`);
    element("try-list").append(item);
  }
  element("try-next").textContent = about.next;
}

/** The way to the other site, where the widget is in a frame, and back. */
function fillPlaces() {
  const link = element("place-link");
  const asked = `?restaurant=${RESTAURANT}`;
  link.textContent = isFramed ? "Без фрейма" : "Во фрейме";
  link.title = isFramed ? "Карточка прямо на странице ресторана" : "Тот же заказ на другом сайте, карточка во фрейме";
  link.href = isFramed ? `http://127.0.0.1:${location.port}/${asked}` : `/demo/frame${asked}`;
}

/** The widget's languages. The restaurant's page itself is in Russian only, and says so to those who have it read out. */
function fillLanguages() {
  const buttons = Object.entries(LANGUAGES).map(([tag, name]) => {
    const button = makeButton("", name, undefined, () => speak(tag));
    button.lang = tag;
    element("languages").append(button);
    return button;
  });
  const press = (tag) => {
    for (const button of buttons) button.setAttribute("aria-pressed", button.lang === tag);
  };
  const speak = (tag) => {
    widget.setAttribute("language", tag);
    press(tag);
  };
  const asked = new URLSearchParams(location.search).get("language") ?? "";
  // Else the widget speaks the page's.
  if (Object.hasOwn(LANGUAGES, asked)) speak(asked);
  else press(document.documentElement.lang);
}

function fillMenu() {
  for (const dish of MENU) {
    const button = makeButton("", undefined, undefined, () => add(dish.code));
    const words = make("span", "menu-words");
    const [does, pause] = ["Добавить ", ", "].map((unseen) => make("span", "visually-hidden", unseen));
    words.append(does, make("span", "menu-name", unbroken(dish.name)), pause, make("span", "menu-price", money(dish.price_minor)));
    button.append(picture(dish.code), words);
    const item = make("li", "");
    item.append(button);
    element("menu").append(item);
  }
}

// The widget.

/** How the guest receives the order; where nothing is delivered there is nothing to choose. */
const expedition = () => (delivers ? form.elements.expedition.value : "pickup");

/** The cart as the widget takes it. */
function widgetCart() {
  return {
    currency: "RUB",
    expedition: expedition(),
    lines: [...lines].map(([code, { portions, modifiers }]) => {
      const { name, category, price_minor } = dishOf(code);
      return {
        code,
        name,
        category,
        quantity_milli: portions * 1000,
        unit_price_minor: price_minor,
        modifiers: [...modifiers].map((modifier) => ({
          code: modifier,
          name: MODIFIERS[modifier].name,
          quantity_milli: 1000,
          unit_price_minor: MODIFIERS[modifier].price_minor,
        })),
      };
    }),
  };
}

/** The cart or the way of receiving it is another: what loyalty gave for the former one is void. */
function changed() {
  preview = undefined;
  confirmed = undefined;
  element("order-problem").textContent = "";
  render();
  // The element reads the property whether it is there already or arrives later.
  widget.cart = widgetCart();
}

function listenToWidget() {
  widget.addEventListener("loyalty-preview", (event) => {
    preview = event.detail;
    render();
  });
  widget.addEventListener("loyalty-confirm", (event) => {
    preview = undefined;
    confirmed = event.detail;
    render();
  });
  for (const name of ["loyalty-reset", "loyalty-logout"]) {
    widget.addEventListener(name, () => {
      // Paid is paid, whatever the widget goes on to.
      if (stage === "paid") return;
      preview = undefined;
      confirmed = undefined;
      stage = "open";
      render();
    });
  }
  widget.addEventListener("loyalty-error", ({ detail }) => {
    if (detail.code !== "order_unknown") return;
    element("order-problem").textContent = "Ответ о бонусах не дошёл: заказ мог уже уйти в ресторан. Позвоните нам, прежде чем оформлять его.";
  });
  // Once the page has loaded, a widget that has not come will not come: the order goes on without it.
  const check = () => {
    if (customElements.get(widget.localName)) return;
    widget.classList.add("unavailable");
    element("widget-wait").textContent = "Бонусы и скидки сейчас недоступны. Заказ можно оформить без них.";
  };
  if (document.readyState === "complete") check();
  else addEventListener("load", check);
}

// The order.

function render() {
  const empty = lines.size === 0;
  for (const line of lines.values()) {
    line.count.textContent = line.portions;
    line.less.disabled = line.portions <= 1;
    line.more.disabled = line.portions >= MAX_PORTIONS;
  }
  for (const [code, line] of lines) line.sum.textContent = money(unitPrice(code) * line.portions);
  element("cart-empty").hidden = !empty;
  element("cart-total").textContent = money(cartTotal());
  element("contents").disabled = stage !== "open";
  const pickup = expedition() === "pickup";
  element("address-field").hidden = pickup;
  element("pickup-note").hidden = !pickup;

  // What the widget previews is shown while the order can still be confirmed; what is paid is only what was confirmed.
  const loyalty = confirmed ?? (stage === "open" ? preview : undefined);
  row("discounts", loyalty?.discount_total_minor ?? 0);
  row("bonuses", loyalty?.spend_minor ?? 0);
  element("sum-items").textContent = money(cartTotal());
  element("sum-to-pay").textContent = money(loyalty?.to_pay_minor ?? cartTotal());
  const toPay = confirmed?.to_pay_minor ?? cartTotal();
  const better = !confirmed && loyalty !== undefined && loyalty.to_pay_minor < cartTotal();
  element("loyalty-hint").hidden = !better;
  element("loyalty-hint").textContent = better ? "Подтвердите бонусы и скидки в карточке выше, чтобы заплатить столько." : "";
  element("place").hidden = stage !== "open";
  element("place").disabled = empty;
  element("place").textContent = placeLabel(better, toPay);
  element("placed").hidden = stage !== "placed";
  element("placed-text").textContent = stage === "placed" ? `Заказ оформлен. К оплате ${money(toPay)}` : "";
  element("paid").hidden = stage !== "paid";
  element("paid-text").textContent = stage === "paid" ? "Заказ оплачен, спасибо" : "";
}

function placeLabel(better, toPay) {
  if (confirmed) return `Оформить заказ за ${money(toPay)}`;
  return better ? `Оформить заказ по полной цене, ${money(toPay)}` : "Оформить заказ";
}

function row(name, amount_minor) {
  element(`row-${name}`).hidden = !amount_minor;
  element(`sum-${name}`).textContent = `−${money(amount_minor)}`;
}

/** Says what is missing in the contacts and leads to the first of it. */
function missing() {
  const fields = [...form.querySelectorAll("input[required]")].filter((field) => !field.closest("[hidden]"));
  const empty = fields.filter((field) => !field.value.trim());
  for (const field of fields) {
    const isEmpty = empty.includes(field);
    field.setAttribute("aria-invalid", isEmpty);
    element(`${field.id}-error`).textContent = isEmpty ? field.dataset.missing : "";
  }
  empty[0]?.focus();
  return empty.length > 0;
}

function place() {
  if (stage !== "open" || lines.size === 0 || missing()) return;
  stage = "placed";
  render();
  element("summary-title").focus();
}

/** The till takes the money. An order without loyalty is the restaurant's own affair; one with it is closed at the proxy. */
async function pay() {
  const button = element("pay");
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  element("order-problem").textContent = "";
  try {
    if (confirmed) isEnded = await close(confirmed.order_id);
    stage = "paid";
    render();
    element("summary-title").focus();
  } catch {
    element("order-problem").textContent = "Касса не ответила. Повторите оплату: дважды она не спишется.";
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** Closes an order at the till. Returns whether the proxy has heard of it; some restaurants' tills tell it nothing. */
async function close(order_id) {
  const answer = await fetch("/demo/till/close", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ order_id }),
    signal: AbortSignal.timeout(20_000),
  });
  if (!answer.ok) throw new Error(`the till answered ${answer.status}`);
  return (await answer.json()).state === "closed";
}

function edit() {
  stage = "open";
  render();
  element("cart-title").focus();
}

function startAgain() {
  // A widget that cannot hear of the end would go on with the paid order: the next one begins on a fresh page.
  if (!isEnded) return location.reload();
  for (const line of lines.values()) line.row.remove();
  lines.clear();
  stage = "open";
  STARTING_CART.forEach(add);
  element("cart-title").focus();
}

function announce(text) {
  element("announcement").textContent = text;
}

fillLanguages();
fillRestaurant();
fillPlaces();
fillMenu();
listenToWidget();
form.addEventListener("submit", (event) => {
  event.preventDefault();
  place();
});
form.addEventListener("input", ({ target }) => {
  if (!target.hasAttribute("aria-invalid")) return;
  target.removeAttribute("aria-invalid");
  element(`${target.id}-error`).textContent = "";
});
for (const choice of form.elements.expedition) choice.addEventListener("change", changed);
element("pay").addEventListener("click", pay);
element("edit").addEventListener("click", edit);
element("again").addEventListener("click", startAgain);
STARTING_CART.forEach(add);
// Nobody has done anything yet.
announce("");
