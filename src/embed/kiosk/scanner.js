// Tells a barcode scanner, which types as a keyboard does, from a guest who types: by its speed and by the enter key at its
// end. Keys are held back for as long as they may be a scanner's, a moment nobody notices, and only then go to the field, so
// that nothing of a card is ever in one.

// A scanner leaves less than this between two keys, a guest more.
const GAP_MS = 35;
const LEAST = 6;
const MOST = 64;

const MODIFIERS = ["Shift", "CapsLock", "NumLock"];

export class Scanner {
  #keypad;
  #hear;
  #timer;
  // What came without a pause: as the device's layout has it, as a scanner means it, how much of it the field has got already,
  // what the field held before, and when the last of it came.
  #burst = empty();

  // `hear` is told a code, or nothing where what was read is no code.
  constructor(keypad, hear) {
    this.#keypad = keypad;
    this.#hear = hear;
  }

  // Listens before anybody else does, until `signal`.
  listen(signal) {
    addEventListener("keydown", (event) => this.#take(event), { capture: true, signal });
  }

  #take(event) {
    if (MODIFIERS.includes(event.key)) return;
    const isPlain = !(event.isComposing || event.ctrlKey || event.metaKey || event.altKey);
    // By when the keys were pressed, not by when a busy page gets to see them.
    const goesOn = isPlain && !event.repeat && event.timeStamp - this.#burst.at < GAP_MS;
    if (!goesOn) this.#giveUp();
    const burst = this.#burst;
    if (isPlain && (event.key === "Enter" || event.key === "Tab")) {
      if (goesOn && burst.meant.length >= LEAST) this.#read(event);
      else this.#giveUp();
    } else if (isPlain && event.key.length === 1 && (goesOn || event.key !== " ")) {
      event.preventDefault();
      const { field } = this.#keypad;
      if (!burst.typed) Object.assign(burst, { field, before: field?.value });
      burst.typed += event.key;
      burst.meant += latin(event);
      burst.at = event.timeStamp;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#hand(), GAP_MS + 5);
    } else this.#giveUp();
  }

  // It was a scanner. What a page too busy to wait has let through is taken back.
  #read(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(this.#timer);
    const { meant, given, field, before } = this.#burst;
    this.#burst = empty();
    if (given && field?.isConnected) this.#keypad.replace(field, before);
    // Some put the symbol's kind in front.
    const code = meant.replace(/^\][A-Za-z]\d/, "");
    this.#hear(code.length >= LEAST && code.length <= MOST && /^[0-9A-Za-z]+(-[0-9A-Za-z]+)*$/.test(code) ? code : undefined);
  }

  // It was a guest: the field gets what they typed.
  #hand() {
    clearTimeout(this.#timer);
    const burst = this.#burst;
    const rest = burst.typed.slice(burst.given);
    burst.given = burst.typed.length;
    if (rest) this.#keypad.enter(rest);
  }

  #giveUp() {
    this.#hand();
    this.#burst = empty();
  }
}

const empty = () => ({ typed: "", meant: "", given: 0, at: -Infinity });

// What a scanner means, which types on an American keyboard whatever the device takes it for.
function latin({ key, code, shiftKey }) {
  if (key >= " " && key <= "~") return key;
  const [, letter, digit] = /^(?:Key([A-Z])|Digit(\d)|Numpad\d)$/.exec(code) ?? [];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  return digit ?? (code === "Minus" ? "-" : key);
}
