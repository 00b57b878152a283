// What stands in the widget's place before any WebAssembly has arrived: the screen that asks for the phone, made of the same
// elements as the widget's own (src/steps/phone.rs), which takes the field over as it stands in the page: what is typed,
// the caret, the focus and whatever the keyboard is composing stay. A page may have had this screen in its markup before this
// script arrived (first.html), which a test holds to what is made here. And what stands there where no WebAssembly can be had.

import { regroup } from "./phone.js";

// An element of a class, which is also the name of its part.
export function make(tag, name, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries({ class: name, part: name, ...attributes })) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Elements whose words follow the page's language, by the names of the words.
class Screen {
  #spoken;

  constructor(spoken) {
    this.#spoken = spoken;
  }

  say(words) {
    for (const name in this.#spoken) {
      const one = this.#spoken[name];
      // What says so already need not be laid out again.
      if (one.textContent !== words[name]) one.textContent = words[name];
    }
  }
}

// The classes of the field and of what it stands in, from the inside out, as src/ui/element.rs takes them.
const KEPT = ["field-input", "field", "keyed", "screen", "keyed", "checkout"];
const SPOKEN = { PhoneTitle: "heading", PhoneLead: "lead", PhoneLabel: "field-label", PhoneSubmit: "button", PhoneConsent: "fine" };

function makeView() {
  const input = make("input", "field-input", {
    id: "phone",
    type: "tel",
    dir: "ltr",
    autocomplete: "tel",
    placeholder: "+7 000 000-00-00",
  });
  const field = make("div", "field", {}, make("label", "field-label", { for: "phone" }), input);
  const form = make(
    "form",
    "screen",
    // Where this script is not there yet, a form of this method goes nowhere.
    { novalidate: "", method: "dialog" },
    make("h2", "heading"),
    make("p", "lead"),
    make("div", "keyed", {}, field),
    make("button", "button primary", { type: "submit" }),
    make("p", "fine"),
  );
  return make("div", "checkout", {}, make("div", "keyed", {}, form));
}

// The elements of a view by their words, and those that are kept; nothing where it is none of ours.
function read(view) {
  const spoken = {};
  for (const name in SPOKEN) {
    spoken[name] = view?.querySelector(`.${SPOKEN[name]}`);
    if (!spoken[name]) return;
  }
  const kept = [];
  for (let at = view.querySelector("input"); at && kept.push(at) && at !== view; ) at = at.parentNode;
  if (kept.map((one) => one.className).join() === KEPT.join()) return { spoken, kept };
}

export class FirstScreen extends Screen {
  // Whether the guest has asked for the code: done when the widget is there.
  isSubmitted = false;
  #listening = new AbortController();
  #button;
  #kept;

  // Who types after asking has thought better of it.
  #type = () => {
    regroup(this.input);
    this.isSubmitted = false;
    this.#button.removeAttribute("aria-busy");
  };

  #submit = (event) => {
    event.preventDefault();
    this.isSubmitted = true;
    this.#button.setAttribute("aria-busy", "true");
  };

  // `found` is what the page has had in its markup. It may be of another version: then what is typed there is all that is kept.
  constructor(typed, found) {
    const early = found?.querySelector("input")?.value;
    const { spoken, kept } = read(found) ?? read(makeView());
    super(spoken);
    this.#button = spoken.PhoneSubmit;
    this.#kept = kept;
    const [input, , , form] = kept;
    input.value = typed || early || "";
    if (early) regroup(input);
    // Of the controller a listener's options have the signal, and nothing else they know.
    input.addEventListener("input", this.#type, this.#listening);
    form.addEventListener("submit", this.#submit, this.#listening);
  }

  get view() {
    return this.#kept[5];
  }

  get input() {
    return this.#kept[0];
  }

  // Leaves only the field and what it stands in, for the widget to build the rest around.
  handOver() {
    this.#listening.abort();
    this.#kept.reduce((kept, parent) => {
      for (const child of [...parent.childNodes]) if (child !== kept) child.remove();
      return parent;
    });
  }
}

// One sentence and a way to try again.
export class NoScreen extends Screen {
  constructor(again) {
    const sentence = make("p", "alert", { role: "alert" });
    const retry = make("button", "button secondary", { type: "button" });
    super({ unavailable: sentence, Retry: retry });
    retry.addEventListener("click", again);
    this.retry = retry;
    this.view = make("div", "screen", {}, sentence, retry);
  }
}
