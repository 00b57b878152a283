// What stands in the widget's place before any WebAssembly has arrived: the screen that asks for the phone, made of the same
// elements as the widget's own (src/steps/phone.rs), which takes the field over as it stands in the page: what is typed,
// the caret, the focus and whatever the keyboard is composing stay. And what stands there where none can be had.

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
    for (const name in this.#spoken) this.#spoken[name].textContent = words[name];
  }
}

export class FirstScreen extends Screen {
  // Whether the guest has asked for the code: done when the widget is there.
  isSubmitted = false;
  #listening = new AbortController();
  #button;
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
      dir: "ltr",
      autocomplete: "tel",
      placeholder: "+7 000 000-00-00",
    });
    input.value = typed;
    const label = make("label", "field-label", { for: "phone" });
    const field = make("div", "field", {}, label, input);
    const keyed = make("div", "keyed", {}, field);
    const title = make("h2", "heading");
    const lead = make("p", "lead");
    const button = make("button", "button primary", { type: "submit" });
    const consent = make("p", "fine");
    const form = make("form", "screen", { novalidate: "" }, title, lead, keyed, button, consent);
    const step = make("div", "keyed", {}, form);
    super({ PhoneTitle: title, PhoneLead: lead, PhoneLabel: label, PhoneSubmit: button, PhoneConsent: consent });
    this.#button = button;
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
