// The page /kiosk: the widget full-screen for whoever stands before it, and for nobody after them. Puts the parts together;
// what each does is in its own file. Everything here goes by the element's public face, and by the parts of its inside that
// a page may style.

import { Idle } from "./idle.js";
import { Keypad } from "./keypad.js";
import { Line } from "./line.js";
import { logInBy } from "./login.js";
import { overwrite } from "./memory.js";
import { Order } from "./order.js";
import { Scanner } from "./scanner.js";
import { veil, veilField } from "./veil.js";
import { wipe } from "./wipe.js";
import { Words, languageButtons, wordsOf } from "./words.js";

const asked = new URLSearchParams(location.search);
const element = document.querySelector("loyalty-checkout");
const at = (id) => document.getElementById(id);
const listening = new AbortController();

// Seconds of the address, within reason.
function seconds(name, usual) {
  const given = Number(asked.get(name) ?? usual);
  return given >= 5 && given <= 3600 ? given : usual;
}

const IDLE_S = seconds("idle", 45);
// A guest with a payment code waits for a cashier.
const CODE_IDLE_S = seconds("code-idle", 120);
const PAID_S = 8;
const RELEASES_ALL = asked.get("release") === "always";

if (asked.get("language")) element.setAttribute("language", asked.get("language"));

let idle, keypad, words;
let isOver = false;

const line = new Line(element.getAttribute("restaurant"), {
  loggedOut: () => end("guest"),
  known: () => idle && settle(),
});
const order = new Order(element, {
  wake: () => idle?.wake(),
  paid: () => note("Paid"),
  end: (reason) => end(reason),
});

// Ends the visit for good.
async function end(reason) {
  if (isOver || !idle) return;
  isOver = true;
  const { Ending: ending, Waiting: waiting } = words.now;
  const held = order.abandoned(line.confirming, RELEASES_ALL);
  listening.abort();
  idle.stop();
  const detail = { reason, released: Boolean(held) };
  dispatchEvent(new CustomEvent("loyalty-kiosk-end", { detail }));
  order.tell("loyalty-kiosk-end", detail);
  await wipe({ element, line, held, show, ending, waiting });
}

function show(text) {
  const said = Object.assign(document.createElement("p"), { className: "over", textContent: text });
  said.setAttribute("role", "status");
  document.body.replaceChildren(said);
}

// Says something in a sentence of its own until the guest does something else; without a name, nothing.
let noted;
function note(name) {
  noted = name;
  at("note").textContent = name ? words.now[name] : "";
}

// Takes the widget out and puts it in again, which then finds out anew who is there.
async function begin() {
  const next = element.nextSibling;
  element.remove();
  await null;
  next.before(element);
  settle();
}

async function scanned(code) {
  if (line.isLoggedIn || noted === "ScanChecking") return note(line.isLoggedIn ? "ScanLoggedIn" : noted);
  if (!code) return note("ScanUnreadable");
  note("ScanChecking");
  const said = await logInBy(code, line);
  if (isOver) return;
  note(said);
  if (!said) await begin();
}

const hasKeys = () => line.restaurant?.login_keys.some((kind) => kind !== "phone");

// Brings everything around the widget up to what it shows.
function settle() {
  const root = element.shadowRoot;
  veil(root);
  keypad.follow();
  veilField(element, keypad.field, idle.quietS);
  at("place").textContent = line.restaurant?.name ?? "";
  at("hint").hidden = !(hasKeys() && keypad.field?.id === "phone");
}

// How long nobody may be missed for.
function limitS() {
  const { field } = keypad;
  veilField(element, field, idle.quietS);
  if (order.isPaid) return { quietly: PAID_S };
  if (element.shadowRoot.querySelector("[part~=symbols]:not([part~=empty])")) return CODE_IDLE_S;
  const isAnybodyThere = line.isLoggedIn || order.isThere || (field && (field.id !== "phone" || field.value));
  if (isAnybodyThere) return IDLE_S;
  // A language somebody chose, or a widget that has failed: nothing to ask about, but to begin anew.
  return asked.get("language") === element.getAttribute("language") && field ? undefined : { quietly: IDLE_S };
}

function say(now) {
  for (const spoken of document.querySelectorAll("[data-say]")) spoken.textContent = now[spoken.dataset.say];
  for (const named of document.querySelectorAll("[data-name]")) named.setAttribute("aria-label", now[named.dataset.name]);
  document.title = now.Title;
  for (const button of at("languages").children) {
    button.setAttribute("aria-pressed", String(document.documentElement.lang.startsWith(button.lang)));
  }
  keypad.spell(now.Alphabet);
  note(noted);
}

function start() {
  const root = element.shadowRoot;
  keypad = new Keypad(at("keypad"), root);
  idle = new Idle(at("still"), { limitS, words: () => words.now, end });
  words = new Words(root, say);
  new Scanner(keypad, scanned).listen(listening.signal);
  new MutationObserver(settle).observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ["inputmode", "autocomplete", "readonly", "class"],
  });
  for (const button of document.querySelectorAll("[data-end]")) button.addEventListener("click", () => end("guest"));
  for (const name of ["click", "keydown"]) {
    addEventListener(name, () => noted !== "ScanChecking" && note(), { signal: listening.signal });
  }
  settle();
  keypad.field?.focus({ preventScroll: true });
  look();
  stayAwake();
}

// The restaurant's own colours around the widget, and which languages it speaks.
async function look() {
  const { said } = await line.ask(`appearance/${encodeURIComponent(line.name)}`);
  for (const [name, value] of Object.entries(said.theme ?? {})) {
    document.documentElement.style.setProperty(`--loyalty-${name}`, value);
  }
  const choose = (name) => element.setAttribute("language", name);
  at("languages").replaceChildren(...languageButtons(said.languages ?? [], choose));
  say(words.now);
}

async function stayAwake() {
  try {
    if (document.visibilityState === "visible") await navigator.wakeLock.request("screen");
  } catch {
    // The device decides for itself, see docs/kiosk.md.
  }
}

addEventListener("visibilitychange", stayAwake);
// Whoever leads the device elsewhere ends the visit too. One request arrives for certain: what is held is worth more than a
// session that nobody has the token of any more.
addEventListener("pagehide", () => {
  if (!isOver) {
    const held = order.abandoned(line.confirming, RELEASES_ALL);
    const left = line.close();
    if (held) left.release(held);
    else left.logOut();
  }
  overwrite();
});
// A page that comes back from the browser's memory has a guest in it.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

customElements.whenDefined("loyalty-checkout").then(start);
// Without the element's script there is nothing to be had; once the proxy is there again, all of it is.
addEventListener("load", async () => {
  if (customElements.get("loyalty-checkout")) return;
  show(wordsOf(asked.get("language")).Unavailable);
  const { isOpen } = line.close();
  do await new Promise((go) => setTimeout(go, 5_000));
  while (!(await isOpen()));
  location.reload();
});
