// What is around the frame in its page and cannot be seen from inside: the language, and the looks.

import WORDS from "./frame-words.js";

// The sentence and the name of the frame, in the first language that is ours.
export function words(...tags) {
  for (const tag of [...tags, ...navigator.languages, "ru"]) {
    const lang = tag?.split(/[-_]/)[0].toLowerCase();
    if (Object.hasOwn(WORDS, lang)) return { ...WORDS[lang], lang };
  }
}

export class Around {
  #element;
  #changed;
  #watch;
  #scheme = matchMedia("(prefers-color-scheme: dark)");

  // `changed` is called when the language or the looks of what is around the element may be others.
  constructor(element, changed) {
    this.#element = element;
    this.#changed = changed;
    this.#watch = new MutationObserver(changed);
  }

  follow() {
    this.stop();
    for (let at = this.#element; at; ) {
      const root = at.getRootNode();
      this.#watch.observe(root, { subtree: true, attributeFilter: ["lang"] });
      at = root.host;
    }
    for (const dressed of [document.documentElement, document.body, this.#element]) {
      if (dressed) this.#watch.observe(dressed, { attributeFilter: ["lang", "class", "style", "data-theme"] });
    }
    this.#scheme.addEventListener("change", this.#changed);
  }

  stop() {
    this.#watch.disconnect();
    this.#scheme.removeEventListener("change", this.#changed);
  }

  // The nearest `lang` around the element.
  get lang() {
    for (let at = this.#element; at; at = at.getRootNode().host) {
      const near = at.closest("[lang]");
      if (near) return near.lang;
    }
    return "";
  }

  // Those of the custom properties that the page has set; the font is the page's own where none is said.
  theme(names) {
    const style = getComputedStyle(this.#element);
    const theme = { font: style.fontFamily };
    for (const name of names) {
      const value = style.getPropertyValue(`--loyalty-${name}`).trim();
      if (value) theme[name] = value;
    }
    return theme;
  }
}
