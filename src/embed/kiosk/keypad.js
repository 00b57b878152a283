// The keys on the kiosk's screen. What they enter goes through the same events as typing; the device's own keyboard stays
// away. Knows the widget's fields by their ids, and what none of them means.

const FIELD = "input[type=text], input[type=tel]";
// What is always to be filled on its screen, and what may hold letters.
const OF_SCREEN = "#phone, #key, #code";
const LETTERED = "#key, #promo";
const LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export class Keypad {
  #view;
  #root;
  #chosen;
  #letters;
  #alphabet = "";
  #isLatin = true;
  #others;
  #isTouched = false;

  // `view` holds the digits; the fields are in the shadow root `root`.
  constructor(view, root) {
    this.#view = view;
    this.#root = root;
    this.#letters = view.querySelector("#letters");
    view.addEventListener("click", (event) => this.#press(event.target.closest("button")));
    view.addEventListener("keydown", (event) => this.#move(event));
    // A finger leaves the caret where it is.
    view.addEventListener("pointerdown", (event) => event.preventDefault());
    root.addEventListener("focusin", ({ target }) => this.#choose(target.matches(FIELD) ? target : undefined));
    for (const name of ["pointerdown", "pointerup", "pointercancel"]) {
      addEventListener(name, () => (this.#isTouched = name === "pointerdown"), { capture: true, passive: true });
    }
    this.#rove(view.querySelector("button"));
    this.follow();
  }

  // The field that is entered into, where there is one.
  get field() {
    if (!this.#chosen?.isConnected) this.#chosen = undefined;
    return this.#chosen ?? this.#root.querySelector(OF_SCREEN) ?? undefined;
  }

  // Shows the keys that the screen of now needs, and keeps the device's own keyboard and memory from its fields.
  follow() {
    for (const field of this.#root.querySelectorAll(FIELD)) {
      for (const [name, value] of FIELD_IS) if (field.getAttribute(name) !== value) field.setAttribute(name, value);
    }
    const { field } = this;
    this.#view.hidden = !field;
    this.#letters.hidden = !field?.matches(LETTERED);
  }

  // The letters of the language that is spoken, beside the Latin ones; `others` is what the key between the two is called.
  spell(alphabet, others) {
    this.#others = others;
    this.#alphabet = alphabet === LATIN ? "" : alphabet;
    this.#isLatin = true;
    this.#spread();
  }

  enter(text) {
    const { field } = this;
    if (!field || field.readOnly) return;
    change(field, text, field.selectionStart, field.selectionEnd, "insertText");
  }

  // Puts a text in place of all that a field holds.
  replace(field, text) {
    change(field, text, 0, field.value.length, "insertReplacementText");
  }

  #choose(field) {
    this.#chosen = field;
    if (field || !this.#isTouched) return this.follow();
    // Keys that vanish under a finger would move what it is about to press.
    addEventListener("pointerup", () => setTimeout(() => this.follow()), { once: true });
  }

  #press(key) {
    const { field } = this;
    if (!key || !field) return;
    this.#rove(key);
    if (key.dataset.key) this.enter(key.dataset.key);
    else if (key.dataset.act === "back") this.#erase(field);
    else if (key.dataset.act === "clear") this.replace(field, "");
    else if (key.dataset.act === "script") {
      this.#isLatin = !this.#isLatin;
      this.#spread();
    }
    // Whoever presses by keyboard goes on among the keys.
    if (!this.#view.contains(document.activeElement)) field.focus({ preventScroll: true });
  }

  #erase(field) {
    if (field.readOnly) return;
    let [from, to] = [field.selectionStart, field.selectionEnd];
    // What only groups the digits is not worth a press of its own.
    if (from === to) while (from > 0 && /[\s-]/.test(field.value[--from]) && field.id === "phone");
    change(field, "", from, to, "deleteContentBackward");
  }

  #spread() {
    const script = this.#letters.querySelector("[data-act=script]");
    script.hidden = !this.#alphabet;
    script.textContent = [...(this.#isLatin ? this.#alphabet : LATIN)].slice(0, 3).join("");
    // Who presses it by voice says what is seen.
    script.setAttribute("aria-label", `${script.textContent}: ${this.#others}`);
    const letters = [...(this.#isLatin ? LATIN : this.#alphabet), "-"].map((letter) => {
      const key = document.createElement("button");
      Object.assign(key, { type: "button", textContent: letter, tabIndex: -1 });
      key.dataset.key = letter;
      return key;
    });
    this.#letters.replaceChildren(...letters, script);
  }

  // One key at a time is reached by the tabulator, the others by the arrows.
  #rove(key) {
    for (const each of this.#view.querySelectorAll("button")) each.tabIndex = each === key ? 0 : -1;
  }

  #move(event) {
    const key = event.target.closest("button");
    const way = WAYS[event.key];
    if (!key || !way) return;
    event.preventDefault();
    const from = middle(key);
    let [next, least] = [undefined, Infinity];
    for (const each of this.#view.querySelectorAll("button")) {
      const at = middle(each);
      const ahead = (at.x - from.x) * way[0] + (at.y - from.y) * way[1];
      const aside = Math.abs((at.x - from.x) * way[1]) + Math.abs((at.y - from.y) * way[0]);
      if (each.checkVisibility() && ahead > 1 && ahead + 3 * aside < least) [next, least] = [each, ahead + 3 * aside];
    }
    if (!next) return;
    this.#rove(next);
    next.focus();
  }
}

const FIELD_IS = [
  ["inputmode", "none"],
  ["autocomplete", "off"],
];

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function middle(key) {
  const { left, right, top, bottom } = key.getBoundingClientRect();
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

function change(field, text, from, to, inputType) {
  if (field.readOnly) return;
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType, data: text || null }));
}
