// Which language a widget speaks and where its texts come from. `EARLY` are the words of src/i18n/early.json, which are
// there before anything is fetched, and where nothing can be.

import EARLY from "./early.js";
import { directionOf, language } from "./language.js";
import { PATIENCE_MS, address } from "./load.js";

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
  learnt[name] ??= fetch(address(`${name}.json`), { signal: AbortSignal.timeout(PATIENCE_MS) }).then(async (answer) => {
    if (!answer.ok) throw new Error(answer.status);
    const texts = await answer.json();
    // What is built has no names, and nothing of what is early already: that stands first in every list, its last is no text.
    return Array.isArray(texts) ? [...Object.values(EARLY[name] ?? {}).slice(0, -1), ...texts] : Object.values(texts);
  });
  learnt[name].catch(() => delete learnt[name]);
  return learnt[name];
}

// Keeps the language of one element: its page's, its host's own words in place of ours, and what changes of either.
export class Speaker {
  #element;
  #asked;
  #changed;
  #watch = new MutationObserver(() => this.#again());
  #told;
  // What the restaurant's operator has said of languages and texts.
  #own = { languages: [], texts: {} };
  words;

  // `asked` is called when another language or other words are asked for, `changed` is handed them once they are there.
  constructor(element, asked, changed) {
    this.#element = element;
    this.#asked = asked;
    this.#changed = changed;
  }

  // Follows the language of what is around the element, where that is now.
  follow() {
    this.stop();
    const asked = { subtree: true, attributeFilter: ["lang", "language"] };
    for (let at = this.#element; at; ) {
      const root = at.getRootNode();
      this.#watch.observe(root, asked);
      at = root.host;
    }
    this.#told ? this.#again() : this.#asked();
  }

  stop() {
    this.#watch.disconnect();
  }

  // What is said before anything is fetched. Of the page's own words what is plain; the rest is for texts.js to judge.
  get early() {
    const { tag, name } = choose(this.#element, this.#own.languages);
    const words = { ...EARLY[name] };
    for (const key in words) {
      const own = this.words?.[key] ?? this.#own.texts[name]?.[key];
      if (key !== "unavailable" && typeof own === "string" && !/\{\d\}/.test(own)) words[key] = own;
    }
    return { tag, dir: directionOf(tag), words };
  }

  // The texts of the host page; they may come at any time.
  say(words) {
    try {
      // Its own from now on: what the page does to the object later, or throws from it, reaches nobody.
      this.words = words && { ...words };
    } catch {
      return console.warn("loyalty-checkout: own texts cannot be used:", words);
    }
    this.#again(true);
  }

  // The restaurant's own languages and texts; those of the page go before.
  obey(own) {
    const before = this.#own;
    this.#own = own;
    if ([before, own].some(({ languages, texts }) => languages[0] || Object.keys(texts)[0])) this.#again(true);
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
    this.#asked();
    try {
      this.#changed(await this.language());
    } catch (cause) {
      // What is spoken stays; the next change tries again.
      this.#told = undefined;
      console.warn("loyalty-checkout: the language cannot be loaded:", cause);
    }
  }
}
