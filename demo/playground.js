// The playground: sets what the controls say on the element and shows what the element says. What may go wrong on purpose is
// in playground-network.js, what is copied in playground-snippets.js, the custom properties in playground-theme.js.

import { button, copyText, make } from "/demo/playground-elements.js";
import { NETWORKS, interfere } from "/demo/playground-network.js";
import { SNIPPETS } from "/demo/playground-snippets.js";
import { PRESETS, THEME } from "/demo/playground-theme.js";
import { LANGUAGES, RESTAURANTS } from "/demo/restaurants.js";

const EVENTS = ["ready", "login", "preview", "confirm", "reset", "payment-code", "error", "logout"];
const MAX_PORTIONS = 20;
const LOG_LINES = 200;
const POLL_MS = 1000;

const $ = (id) => document.getElementById(id);
const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`).value;

/** The custom properties that are set, by name. */
const theme = {};
/** How many portions of each dish. */
let portions = {};
/** The page's own texts; undefined where there are none. */
let texts;
let widget;
/** The token of the order that the restaurant's server has registered, where it has. */
let token;
/** The versioned address and the digest of the script, once they are known. */
let pinned;

// The element.

/** Puts a new element into the page, with everything that is set. */
function mount() {
  widget?.remove();
  widget = document.createElement("loyalty-checkout");
  setAttributes();
  for (const [name, value] of Object.entries(theme)) widget.style.setProperty(`--loyalty-${name}`, value);
  if (texts) widget.texts = texts;
  if (token) widget.orderToken = token;
  else widget.cart = cart();
  $("place").append(widget);
}

function setAttributes() {
  for (const name of ["restaurant", "language", "proxy"]) {
    const value = $(name).value.trim();
    if (value === (widget.getAttribute(name) ?? "")) continue;
    if (value) widget.setAttribute(name, value);
    else widget.removeAttribute(name);
  }
  widget.toggleAttribute("kiosk", $("kiosk").checked);
}

// The order.

/** Some dishes of the chosen restaurant, those its checkout begins with first. */
function dishes() {
  const { menu, cart: first } = RESTAURANTS[$("restaurant").value];
  const begins = first.map((code) => menu.find((dish) => dish.code === code));
  return [...begins, ...menu.filter((dish) => !begins.includes(dish))].slice(0, 4);
}

function cart() {
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

function hand() {
  const handed = cart();
  $("cart").value = JSON.stringify(handed, null, 2);
  if (chosen("order") === "registered") register(handed);
  else widget.cart = handed;
  showSnippet();
}

/** Which order this page registers; another for each visit and each restaurant. */
const reference = () => `playground-${$("restaurant").value}-${performance.timeOrigin}`;

/** Does what the restaurant's server does, by the key of the demo, which everybody knows. */
async function register(registered) {
  const answer = await fetch("/merchant/v1/orders", {
    method: "POST",
    headers: {
      Authorization: `Bearer demo-merchant-key-of-the-restaurant-${$("restaurant").value}`,
      "Content-Type": "application/json",
      "Idempotency-Key": `${reference()}-${performance.now()}`,
    },
    body: JSON.stringify({ order_ref: reference(), cart: registered, reset: true }),
  });
  const said = await answer.json();
  note("POST /merchant/v1/orders", said, answer.ok ? "call" : "error");
  // Another choice was made meanwhile.
  if (!answer.ok || chosen("order") !== "registered") return;
  if (said.order_token === token) return widget.updateCart();
  token = said.order_token;
  mount();
}

/** Where the order comes from has changed. */
function chooseOrder() {
  token = undefined;
  if (chosen("order") === "cart") mount();
  hand();
}

/** The dishes of the chosen restaurant, one of the first in the cart. */
function fillDishes() {
  const [first] = dishes();
  portions = { [first.code]: 1 };
  const money = new Intl.NumberFormat("en", { style: "currency", currency: "RUB", currencyDisplay: "narrowSymbol", maximumFractionDigits: 0 });
  const rows = dishes().map(({ code, name, price_minor }) => {
    const count = make("output", { "aria-label": `Portions: ${name}` }, String(portions[code] ?? 0));
    const step = (by) => {
      portions[code] = Math.min(Math.max((portions[code] ?? 0) + by, 0), MAX_PORTIONS);
      count.textContent = portions[code];
      hand();
    };
    const stepper = make("span", { class: "stepper" });
    stepper.append(
      button("−", () => step(-1), { "aria-label": `Less: ${name}` }),
      count,
      button("+", () => step(1), { "aria-label": `More: ${name}` }),
    );
    return make("li", {}, make("span", { lang: "ru" }, name.replace(/(\d) (?=\p{L}+$)/u, "$1\u00a0")), make("span", { class: "price" }, money.format(price_minor / 100)), stepper);
  });
  $("dishes").replaceChildren(...rows);
  // Where nothing is delivered there is nothing to choose.
  $("expedition").hidden = !RESTAURANTS[$("restaurant").value].delivers;
  if ($("expedition").hidden) document.querySelector('input[value="pickup"]').checked = true;
}

function fillGuests() {
  const chips = RESTAURANTS[$("restaurant").value].guests.map(({ copy, shown, who }) =>
    button(shown, () => copyText(copy, `Copied ${shown}`, $("sms")), { title: who, "aria-label": `Copy ${shown}` }),
  );
  $("guests").replaceChildren(...chips);
}

/** The newest code that was sent, as the guest's phone has it. */
async function watchMessages() {
  let newest;
  for (;;) {
    try {
      const answer = await fetch("/demo/sms.json", { cache: "no-store", signal: AbortSignal.timeout(5000) });
      const [message] = await answer.json();
      const key = message && message.sent_at + message.code;
      if (newest !== undefined && key && key !== newest) {
        const copy = button(message.code, () => copyText(message.code, "Copied the code", $("copied")));
        copy.setAttribute("aria-label", `Copy the code ${message.code}`);
        $("sms").replaceChildren(`The code for ${message.phone}: `, copy);
      }
      newest = key ?? "";
    } catch {
      // The next look tries again; what is shown stays.
    }
    await new Promise((go) => setTimeout(go, POLL_MS));
  }
}

// What the element says.

function note(name, detail, kind = "") {
  const time = new Date().toLocaleTimeString("en-GB");
  const said = JSON.stringify(detail);
  const line = make("li", { class: kind });
  line.append(make("time", {}, time), make("code", { class: "name" }, name));
  if (said === undefined || said === "{}" || said.length < 60) line.append(make("code", {}, said === "{}" ? "" : (said ?? "")));
  else line.append(make("details", {}, make("summary", {}, `${said.slice(0, 48)}…`), make("pre", {}, JSON.stringify(detail, null, 2))));
  $("log").prepend(line);
  while ($("log").children.length > LOG_LINES) $("log").lastChild.remove();
}

function call(method) {
  const answer = widget[method]();
  note(`${method}()`, answer === undefined ? "nothing" : answer, "call");
}

async function examine() {
  $("doctor-note").textContent = "Examining…";
  const findings = await widget.doctor();
  note("doctor()", findings, "call");
  $("doctor-note").textContent = findings.length ? `Found ${findings.length}.` : "Nothing is wrong on this page.";
  const items = findings.map(({ code, severity, message, remedy }) =>
    make("li", { class: severity }, make("code", {}, code), make("span", { class: "severity" }, severity), make("p", {}, message), make("p", { class: "remedy" }, remedy)),
  );
  $("findings").replaceChildren(...items);
}

// The theme.

/** What a property is at present, as a colour a colour field can show. */
function present(name) {
  const paint = make("canvas", { width: "1", height: "1" }).getContext("2d", { willReadFrequently: true });
  const box = widget.shadowRoot?.querySelector("[part=stage]");
  const probe = make("span");
  const own = { "control-border": "control", track: "track-colour" }[name] ?? name;
  probe.style.color = `var(--${own})`;
  box?.append(probe);
  paint.fillStyle = getComputedStyle(probe).color || "#000000";
  probe.remove();
  paint.fillRect(0, 0, 1, 1);
  const parts = [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function set(name, value) {
  if (value) {
    theme[name] = value;
    widget.style.setProperty(`--loyalty-${name}`, value);
  } else {
    delete theme[name];
    widget.style.removeProperty(`--loyalty-${name}`);
  }
}

function fillTheme() {
  for (const [group, properties] of Object.entries(THEME)) {
    const rows = Object.entries(properties).map(([name, kind]) => {
      const field = make("input", { id: `theme-${name}`, "data-property": name, spellcheck: "false", autocomplete: "off" });
      if (kind === "colour") field.type = "color";
      else field.placeholder = kind;
      field.addEventListener("input", () => {
        set(name, field.value.trim());
        showTheme();
        showSnippet();
      });
      const unset = button("×", () => {
        set(name);
        showTheme();
        showSnippet();
        field.focus();
      });
      unset.setAttribute("aria-label", `Unset ${name}`);
      return make("div", { class: `row ${kind === "colour" ? "colour" : ""}` }, make("label", { for: field.id }, make("code", {}, name)), field, unset);
    });
    const open = group === "Colours" ? { open: "" } : {};
    $("theme").append(make("details", open, make("summary", {}, group), make("div", { class: "properties" }, ...rows)));
  }
  for (const [name, properties] of Object.entries(PRESETS)) {
    $("presets").append(button(name, () => wear(properties)));
  }
}

/** Sets these properties and no others. */
function wear(properties) {
  for (const name of Object.keys(theme)) set(name);
  for (const [name, value] of Object.entries(properties)) set(name, value);
  showTheme();
  showSnippet();
}

/** The fields show what is set, or what holds without. */
function showTheme() {
  for (const field of document.querySelectorAll("[data-property]")) {
    const { property } = field.dataset;
    field.value = field.type === "color" ? present(property) : (theme[property] ?? "");
    field.nextElementSibling.hidden = !(property in theme);
  }
}

// The snippet.

function settings() {
  const pin = $("pin").checked && pinned;
  const value = (name) => $(name).value.trim();
  return {
    script: pin ? new URL(pinned.address, location.href).href : new URL("/widget/element.js", location.href).href,
    integrity: pin ? pinned.integrity : undefined,
    restaurant: value("restaurant"),
    language: value("language"),
    proxy: value("proxy"),
    kiosk: $("kiosk").checked,
    cart: cart(),
    isRegistered: chosen("order") === "registered",
    texts,
    theme,
  };
}

function showSnippet() {
  $("snippet").textContent = SNIPPETS[chosen("kind")](settings());
}

async function learnVersion() {
  const { files } = await (await fetch("/widget/integrity.json")).json();
  pinned = files["element.js"];
  showSnippet();
}

// Everything together.

function takeTexts() {
  const written = $("texts").value.trim();
  $("texts-problem").textContent = "";
  try {
    texts = written ? JSON.parse(written) : undefined;
  } catch (cause) {
    $("texts-problem").textContent = cause.message;
    return;
  }
  widget.texts = texts;
  showSnippet();
}

function handWritten() {
  try {
    widget.updateCart(JSON.parse($("cart").value));
  } catch {
    // What is no JSON is no cart either: let the element say so.
    widget.updateCart($("cart").value);
  }
  note("updateCart(…)", "nothing", "call");
}

function listen() {
  for (const name of EVENTS) {
    $("place").addEventListener(`loyalty-${name}`, ({ type, detail }) => {
      note(type, detail, name === "error" ? "error" : "event");
      if (name === "ready") showTheme();
    });
  }
  $("restaurant").addEventListener("change", () => {
    fillDishes();
    fillGuests();
    setAttributes();
    chooseOrder();
  });
  // Whether the device is a kiosk is asked when a widget begins.
  $("kiosk").addEventListener("change", () => {
    mount();
    showSnippet();
  });
  for (const id of ["language", "proxy", "pin"]) {
    $(id).addEventListener("change", () => {
      setAttributes();
      showSnippet();
    });
  }
  $("expedition").addEventListener("change", hand);
  $("order").addEventListener("change", chooseOrder);
  $("hand").addEventListener("click", handWritten);
  $("texts").addEventListener("change", takeTexts);
  $("anew").addEventListener("click", mount);
  $("examine").addEventListener("click", examine);
  $("clear").addEventListener("click", () => $("log").replaceChildren());
  $("plain").addEventListener("click", () => wear({}));
  $("kind").addEventListener("change", showSnippet);
  $("copy").addEventListener("click", () => copyText($("snippet").textContent, "Copied", $("copied")));
  $("network").addEventListener("change", () => ($("network-note").textContent = NETWORKS[chosen("network")]));
  $("width").addEventListener("input", () => {
    $("width-now").textContent = $("width").value;
    $("place").style.maxWidth = `${$("width").value}px`;
  });
  for (const method of document.querySelectorAll("[data-call]")) {
    method.addEventListener("click", () => call(method.dataset.call));
  }
  const wearScheme = () => {
    document.documentElement.dataset.scheme = chosen("scheme");
    showTheme();
  };
  $("scheme").addEventListener("change", wearScheme);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
}

for (const [id, { name }] of Object.entries(RESTAURANTS)) $("restaurant").append(make("option", { value: id, title: name }, id));
for (const [tag, name] of Object.entries(LANGUAGES)) $("language").append(make("option", { value: tag }, `${tag} (${name})`));
$("language").append(make("option", { value: "ar-EG" }, "ar-EG (digits of its own)"));
interfere(() => chosen("network"));
fillDishes();
fillGuests();
fillTheme();
listen();
mount();
hand();
showTheme();
learnVersion();
watchMessages();
