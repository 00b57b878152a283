// The screen that asks for the phone, before any WebAssembly has arrived. It is made of the same elements as the widget's
// own (src/steps/phone.rs), which takes the field over as it stands in the page: what is typed, the caret, the focus and
// whatever the keyboard is composing stay.

import { regroup } from "./phone.js";
import { WORDS } from "./words.js";

// An element of a class, which is also the name of its part.
export function make(tag, name, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries({ class: name, part: name, ...attributes })) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export class FirstScreen {
  // Whether the guest has asked for the code: done when the widget is there.
  isSubmitted = false;
  #listening = new AbortController();
  #button = make("button", "button primary", { type: "submit" }, WORDS.submit);
  // The field and what it stands in, from the inside out, as src/ui/element.rs takes it.
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

  constructor(typed) {
    const input = make("input", "field-input", {
      id: "phone",
      type: "tel",
      autocomplete: "tel",
      placeholder: "+7 000 000-00-00",
    });
    input.value = typed;
    const label = make("label", "field-label", { for: "phone" }, WORDS.label);
    const field = make("div", "field", {}, label, input);
    const keyed = make("div", "keyed", {}, field);
    const form = make(
      "form",
      "screen",
      { novalidate: "" },
      make("h2", "heading", {}, WORDS.title),
      make("p", "lead", {}, WORDS.lead),
      keyed,
      this.#button,
      make("p", "fine", {}, WORDS.consent),
    );
    const step = make("div", "keyed", {}, form);
    this.#kept = [input, field, keyed, form, step, make("div", "checkout", {}, step)];
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
    return this.#kept;
  }
}
