// Which language a widget speaks and where its texts come from. `EARLY` are the words of src/i18n/early.json, which are
// needed where nothing else can be had.

import EARLY from "./early.js";
import { language } from "./language.js";

// Everything lies beside this script, in one folder and mostly in one file.
export const address = (name) => new URL(name, import.meta.url).href;

// A language the widget has, by its tag as asked for; undefined where it has none.
function known(asked) {
  try {
    const locale = new Intl.Locale(asked.replaceAll("_", "-"));
    return EARLY[locale.language] && { tag: String(locale), name: locale.language };
  } catch {}
}

// The element's own attribute, else the nearest `lang` around it, else what the browser prefers, else Russian; of those the
// restaurant speaks, where it has said which.
function choose(element, spoken) {
  const asked = [element.getAttribute("language"), ...navigator.languages, ...spoken, "ru"];
  for (let at = element; at; at = at.getRootNode().host) {
    const near = at.closest("[lang]");
    if (near) {
      asked.splice(1, 0, near.lang);
      break;
    }
  }
  for (const tag of asked) {
    const found = known(tag ?? "");
    if (found && (!spoken.length || spoken.includes(found.name))) return found;
  }
}

const learnt = {};

// The texts of a language, fetched once; again after a failure.
function learn(name) {
  learnt[name] ??= fetch(address(`${name}.json`)).then(async (answer) => {
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
    return Object.values(await answer.json());
  });
  learnt[name].catch(() => delete learnt[name]);
  return learnt[name];
}

// Keeps the language of one element: its page's, its host's own words in place of ours, and what changes of either.
export class Speaker {
  #element;
  #changed;
  #watch = new MutationObserver(() => this.#again());
  #told;
  // What the restaurant's operator has said of languages and texts.
  #own = { languages: [], texts: {} };
  words;

  // `changed` is handed each language that takes the place of the one before.
  constructor(element, changed) {
    this.#element = element;
    this.#changed = changed;
  }

  start() {
    const asked = { subtree: true, attributeFilter: ["lang", "language"] };
    for (let at = this.#element; at; ) {
      const root = at.getRootNode();
      this.#watch.observe(root, asked);
      at = root.host;
    }
  }

  stop() {
    this.#watch.disconnect();
  }

  // What is said where nothing can be fetched.
  get early() {
    const { tag, name } = choose(this.#element, this.#own.languages);
    return { tag, words: EARLY[name] };
  }

  // The texts of the host page; they may come at any time.
  say(words) {
    this.words = words;
    this.#again(true);
  }

  // The restaurant's own languages and texts; those of the page go before.
  obey(own) {
    this.#own = own;
    if (own.languages[0] || Object.keys(own.texts)[0]) this.#again(true);
  }

  // The language of now.
  async language() {
    const { tag, name } = choose(this.#element, this.#own.languages);
    const { words } = this;
    const own = this.#own;
    const said = { ...own.texts[name], ...words };
    const called = (this.#told = tag);
    let texts = await learn(name);
    if (Object.keys(said).length) {
      try {
        texts = (await import(address("texts.js"))).replace(texts, said, await learn("keys"));
      } catch (cause) {
        console.warn("loyalty-checkout: own texts cannot be used:", cause);
      }
    }
    // Another was asked for meanwhile.
    return called === this.#told && words === this.words && own === this.#own ? language(tag, texts) : this.language();
  }

  async #again(always) {
    if (!always && choose(this.#element, this.#own.languages).tag === this.#told) return;
    try {
      this.#changed(await this.language());
    } catch (cause) {
      // What is spoken stays; the next change tries again.
      this.#told = undefined;
      console.warn("loyalty-checkout: the language cannot be loaded:", cause);
    }
  }
}
