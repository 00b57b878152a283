// One guest's visit, from the order that is handed over to the end. Puts the parts together; what each does is in its own file.
// Everything here goes by the element's public face, and by the parts of its inside that a page may style.

import { Idle } from "./idle.js";
import { logInBy } from "./login.js";
import { Order } from "./order.js";
import { Scanner } from "./scanner.js";
import { veil, veilField } from "./veil.js";
import { wipe } from "./wipe.js";
import { Words, languageButtons, wordsOf } from "./words.js";

const PAID_S = 8;

const at = (id) => document.getElementById(id);

export class Visit {
  #asked;
  #element;
  #line;
  #keypad;
  #overwrite;
  #order;
  #idle;
  #words;
  #listening = new AbortController();
  #isOver = false;
  // The name of what is being said in a sentence of its own.
  #noted;

  constructor({ asked, element, line, hear, keypad, overwrite }) {
    Object.assign(hear, { loggedOut: () => this.#end("guest"), known: () => this.#settle() });
    [this.#asked, this.#element, this.#line] = [asked, element, line];
    [this.#keypad, this.#overwrite] = [keypad, overwrite];
    const limits = { idle: this.#seconds("idle", 45), code: this.#seconds("code-idle", 120) };
    const end = (reason) => this.#end(reason);
    const words = () => this.#words.now;
    this.#idle = new Idle(at("still"), { limitS: () => this.#limitS(limits), words, end });
    this.#words = new Words(element.shadowRoot, (now) => this.#say(now));
    this.#order = new Order(element, { wake: () => this.#idle.wake(), paid: () => this.#note("Paid"), end });
    this.#listen(element.shadowRoot);
    this.#settle();
    this.#look();
    stayAwake();
  }

  #listen(root) {
    const { signal } = this.#listening;
    new Scanner(this.#keypad, (code) => this.#scanned(code)).listen(signal);
    const watched = ["inputmode", "autocomplete", "readonly", "class"];
    const seen = { subtree: true, childList: true, characterData: true, attributeFilter: watched };
    new MutationObserver(() => this.#settle()).observe(root, seen);
    for (const button of document.querySelectorAll("[data-end]")) button.onclick = () => this.#end("guest");
    for (const name of ["click", "keydown"]) {
      addEventListener(name, () => this.#noted !== "ScanChecking" && this.#note(), { signal });
    }
    addEventListener("visibilitychange", stayAwake);
    addEventListener("pagehide", () => this.#leave());
    // A page that comes back from the browser's memory has a guest in it.
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  }

  // Seconds of the address, within reason.
  #seconds(name, usual) {
    const given = Number(this.#asked.get(name) ?? usual);
    return given >= 5 && given <= 3600 ? given : usual;
  }

  // How long nobody may be missed for.
  #limitS({ idle, code }) {
    const { field } = this.#keypad;
    veilField(this.#element, field, this.#idle.quietS);
    if (this.#order.isPaid) return { quietly: PAID_S };
    if (this.#element.shadowRoot.querySelector("[part~=symbols]:not([part~=empty])")) return code;
    const isFilled = field && (field.id !== "phone" || field.value);
    if (this.#line.isLoggedIn || this.#order.isThere || isFilled) return idle;
    // A language somebody chose, or a widget that has failed: nothing to ask about, but to begin anew.
    const isAsFirst = this.#asked.get("language") === this.#element.getAttribute("language");
    return isAsFirst && field ? undefined : { quietly: idle };
  }

  get #held() {
    return this.#order.abandoned(this.#line.confirming, this.#asked.get("release") === "always");
  }

  // Ends the visit for good.
  #end(reason) {
    if (this.#isOver) return;
    this.#isOver = true;
    const held = this.#held;
    this.#listening.abort();
    this.#idle.stop();
    const detail = { reason, released: Boolean(held) };
    dispatchEvent(new CustomEvent("loyalty-kiosk-end", { detail }));
    this.#order.tell("loyalty-kiosk-end", detail);
    const { Ending: ending, Waiting: waiting } = this.#words.now;
    wipe({ element: this.#element, line: this.#line, overwrite: this.#overwrite, held, show, ending, waiting });
  }

  // Whoever leads the device elsewhere ends the visit too. One request arrives for certain: what is held is worth more than a
  // session that nobody has the token of any more.
  #leave() {
    if (!this.#isOver) {
      const held = this.#held;
      const left = this.#line.close();
      if (held) left.release(held);
      else left.logOut();
    }
    this.#overwrite();
  }

  // Says something in a sentence of its own until the guest does something else; without a name, nothing.
  #note(name) {
    this.#noted = name;
    at("note").textContent = name ? this.#words.now[name] : "";
  }

  async #scanned(code) {
    if (this.#noted === "ScanChecking") return;
    if (this.#line.isLoggedIn) return this.#note("ScanLoggedIn");
    if (!code) return this.#note("ScanUnreadable");
    this.#note("ScanChecking");
    const said = await logInBy(code, this.#line);
    if (this.#isOver) return;
    this.#note(said);
    if (said) return;
    // Taken out and put in again, the widget finds out anew who is there.
    const next = this.#element.nextSibling;
    this.#element.remove();
    await null;
    next.before(this.#element);
    this.#settle();
  }

  // Brings everything around the widget up to what it shows.
  #settle() {
    if (this.#isOver) return;
    const { restaurant } = this.#line;
    const { field } = this.#keypad;
    veil(this.#element.shadowRoot);
    this.#keypad.follow();
    veilField(this.#element, field, this.#idle.quietS);
    at("place").textContent = restaurant?.name ?? "";
    const hasKeys = restaurant?.login_keys.some((kind) => kind !== "phone");
    at("hint").hidden = !(hasKeys && field?.id === "phone");
  }

  #say(now) {
    for (const spoken of document.querySelectorAll("[data-say]")) spoken.textContent = now[spoken.dataset.say];
    for (const named of document.querySelectorAll("[data-name]")) {
      named.setAttribute("aria-label", now[named.dataset.name]);
    }
    document.title = now.Title;
    for (const button of at("languages").children) {
      button.setAttribute("aria-pressed", String(document.documentElement.lang.startsWith(button.lang)));
    }
    this.#keypad.spell(now.Alphabet, now.Script);
    if (this.#noted) at("note").textContent = now[this.#noted];
  }

  // The restaurant's own colours around the widget, and which languages it speaks.
  async #look() {
    const { said } = await this.#line.ask(`appearance/${encodeURIComponent(this.#line.name)}`);
    for (const [name, value] of Object.entries(said.theme ?? {})) {
      document.documentElement.style.setProperty(`--loyalty-${name}`, value);
    }
    const choose = (name) => this.#element.setAttribute("language", name);
    at("languages").replaceChildren(...languageButtons(said.languages ?? [], choose));
    this.#say(this.#words.now);
  }
}

// Leaves nothing on the screen but a text, which is all of the page and what it is called.
function show(text) {
  const said = Object.assign(document.createElement("main"), { className: "over" });
  said.setAttribute("aria-live", "polite");
  said.append(Object.assign(document.createElement("h1"), { textContent: text }));
  document.body.replaceChildren(said);
}

// What a guest reads where the widget's script cannot be had.
export function unavailable(tag) {
  show(wordsOf(tag).Unavailable);
}

async function stayAwake() {
  try {
    if (document.visibilityState === "visible") await navigator.wakeLock.request("screen");
  } catch {
    // The device decides for itself, see docs/kiosk.md.
  }
}
