// The playground: puts the widget into this page in the way that is chosen, sets on it what the controls say, and shows what it
// says. Each room of the page has a file: the embeddings, the order, the guest, the looks, the network, the snippets.

import { at, chosen, copyText, make } from "/demo/playground-elements.js";
import { EMBEDDINGS, PROXY } from "/demo/playground-embeddings.js";
import { fillGuests, watchMessages } from "/demo/playground-guest.js";
import { fillTheme, looks, showTheme, wear } from "/demo/playground-looks.js";
import { NETWORKS, interfere } from "/demo/playground-network.js";
import { cart, fillDishes, register } from "/demo/playground-order.js";
import { SNIPPETS } from "/demo/playground-snippets.js";
import { LANGUAGES, RESTAURANTS } from "/demo/restaurants.js";

const LOG_LINES = 200;

/** The embedding in the page. */
let embedding;
/** The page's own texts; undefined where there are none. */
let texts;
/** The token of the order that the restaurant's server has registered, where it has. */
let token;
/** The versioned addresses and the digests of the scripts, once they are known. */
let pinned;

const value = (id) => at(id).value.trim();

/** Everything that is set but the order. */
function settings() {
  return {
    restaurant: value("restaurant"),
    language: value("language"),
    proxy: value("proxy"),
    kiosk: at("kiosk").checked,
    idle: value("idle"),
    codeIdle: value("code-idle"),
    release: at("release").checked,
    texts,
    theme: looks(),
  };
}

// The embedding.

function mount() {
  embedding.mount({ ...settings(), order: token ? { token } : { cart: cart() } });
  showSnippet();
}

/** Takes the chosen embedding, and offers what can be set on it. */
async function chooseEmbedding() {
  const name = chosen("embedding");
  for (const piece of document.querySelectorAll("[data-for]")) piece.hidden = !piece.dataset.for.split(" ").includes(name);
  at("attributes-title").textContent = name === "kiosk" ? "The address" : "Attributes";
  at("methods-title").textContent = name === "kiosk" ? "Messages" : "Methods";
  at("embedding-note").textContent = EMBEDDINGS[name].about();
  at("findings").replaceChildren();
  at("doctor-note").textContent = "Finds what keeps the widget from working on this page.";
  embedding?.remove();
  embedding = EMBEDDINGS[name].make(at("place"), heard);
  mount();
  try {
    const script = EMBEDDINGS[name].script?.();
    if (script) await import(script);
  } catch (cause) {
    note("import()", cause.message, "error");
  }
}

// The order.

function hand() {
  const handed = cart();
  at("cart").value = JSON.stringify(handed, null, 2);
  if (chosen("order") === "registered") handToken(handed);
  else embedding.hand({ cart: handed });
  showSnippet();
}

async function handToken(registered) {
  const restaurant = at("restaurant").value;
  const { isTaken, said } = await register(registered);
  note("POST /merchant/v1/orders", said, isTaken ? "call" : "error");
  // Another choice was made meanwhile.
  if (!isTaken || chosen("order") !== "registered" || at("restaurant").value !== restaurant) return;
  if (said.order_token === token) return embedding.hand({ token });
  token = said.order_token;
  mount();
}

/** Where the order comes from has changed. */
function chooseOrder() {
  token = undefined;
  if (chosen("order") === "cart") mount();
  hand();
}

function handWritten() {
  let written = at("cart").value;
  try {
    written = JSON.parse(written);
  } catch {
    // What is no JSON is no cart either: let the widget say so.
  }
  embedding.hand({ cart: written });
  note("cart", "handed over", "call");
}

function takeTexts() {
  const written = at("texts").value.trim();
  at("texts-problem").textContent = "";
  try {
    texts = written ? JSON.parse(written) : undefined;
  } catch (cause) {
    at("texts-problem").textContent = cause.message;
    return;
  }
  embedding.say(texts);
  showSnippet();
}

// What is said.

function heard(name, detail) {
  note(name, detail, name === "loyalty-error" ? "error" : "event");
  if (name === "loyalty-ready") showTheme();
}

function note(name, detail, kind = "") {
  const time = new Date().toLocaleTimeString("en-GB");
  const said = JSON.stringify(detail);
  const line = make("li", { class: kind });
  line.append(make("time", {}, time), make("code", { class: "name" }, name));
  if (said === undefined || said === "{}" || said.length < 60) line.append(make("code", {}, said === "{}" ? "" : (said ?? "")));
  else line.append(make("details", {}, make("summary", {}, `${said.slice(0, 48)}…`), make("pre", {}, JSON.stringify(detail, null, 2))));
  at("log").prepend(line);
  while (at("log").children.length > LOG_LINES) at("log").lastChild.remove();
}

async function call({ dataset, textContent }) {
  if (dataset.call === "order") return hand();
  try {
    note(textContent, (await embedding.call(dataset.call)) ?? "nothing", "call");
  } catch (cause) {
    // Of a frame that does not answer.
    note(textContent, { name: cause.name, code: cause.code }, "error");
  }
}

async function examine() {
  at("doctor-note").textContent = "Examining…";
  const findings = await embedding.examine();
  note("doctor()", findings, "call");
  at("doctor-note").textContent = findings.length ? `Found ${findings.length}.` : "Nothing is wrong on this page.";
  const items = findings.map(({ code, severity, message, remedy }) =>
    make("li", { class: severity }, make("code", {}, code), make("span", { class: "severity" }, severity), make("p", {}, message), make("p", { class: "remedy" }, remedy)),
  );
  at("findings").replaceChildren(...items);
}

// The snippet.

function showSnippet() {
  const snippets = SNIPPETS[chosen("embedding")];
  const write = snippets[chosen("kind")] ?? snippets.html;
  at("snippet").textContent = write({ ...settings(), ...script(), cart: cart(), isRegistered: chosen("order") === "registered" });
}

/** Where the embedding's script is, or its page, and its digest where it is pinned. */
function script() {
  const isFrame = chosen("embedding") === "frame";
  const origin = isFrame ? PROXY : location.origin;
  const name = isFrame ? "frame.js" : "element.js";
  const pin = at("pin").checked ? pinned?.[name] : undefined;
  return { origin, script: new URL(pin?.address ?? `/widget/${name}`, origin).href, integrity: pin?.integrity };
}

async function learnVersion() {
  const { files } = await (await fetch("/widget/integrity.json")).json();
  pinned = files;
  showSnippet();
}

// Everything together.

function listen() {
  at("embedding").addEventListener("change", chooseEmbedding);
  at("restaurant").addEventListener("change", () => {
    fillDishes(hand);
    fillGuests();
    embedding.set?.(settings());
    chooseOrder();
  });
  for (const id of ["language", "proxy"]) {
    at(id).addEventListener("change", () => {
      if (!embedding.set) return mount();
      embedding.set(settings());
      showSnippet();
    });
  }
  // These are asked for when a widget begins.
  for (const id of ["kiosk", "idle", "code-idle", "release"]) at(id).addEventListener("change", mount);
  at("pin").addEventListener("change", showSnippet);
  at("expedition").addEventListener("change", hand);
  at("order").addEventListener("change", chooseOrder);
  at("hand").addEventListener("click", handWritten);
  at("texts").addEventListener("change", takeTexts);
  at("anew").addEventListener("click", mount);
  at("examine").addEventListener("click", examine);
  at("clear").addEventListener("click", () => at("log").replaceChildren());
  at("plain").addEventListener("click", () => wear({}));
  at("kind").addEventListener("change", showSnippet);
  at("copy").addEventListener("click", () => copyText(at("snippet").textContent, "Copied", at("copied")));
  at("network").addEventListener("change", () => (at("network-note").textContent = NETWORKS[chosen("network")]));
  at("width").addEventListener("input", () => {
    at("width-now").textContent = at("width").value;
    at("place").style.maxWidth = `${at("width").value}px`;
  });
  for (const method of document.querySelectorAll("[data-call]")) method.addEventListener("click", () => call(method));
  at("scheme").addEventListener("change", () => {
    document.documentElement.dataset.scheme = chosen("scheme");
    showTheme();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
}

for (const [id, { name }] of Object.entries(RESTAURANTS)) at("restaurant").append(make("option", { value: id, title: name }, id));
for (const [tag, name] of Object.entries(LANGUAGES)) at("language").append(make("option", { value: tag }, `${tag} (${name})`));
at("language").append(make("option", { value: "ar-EG" }, "ar-EG (digits of its own)"));
interfere(() => (chosen("embedding") === "element" ? chosen("network") : "fine"));
fillDishes(hand);
fillGuests();
fillTheme({ dress: (name, value) => embedding.dress?.(name, value), changed: showSnippet, stage: () => embedding.stage });
listen();
chooseEmbedding();
hand();
showTheme();
learnVersion();
watchMessages();
