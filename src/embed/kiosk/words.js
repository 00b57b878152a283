// The kiosk's own words, in the language that the widget speaks. `WORDS` is src/i18n/kiosk.json.

import WORDS from "./table.js";

// The words of a language by its tag.
export function wordsOf(tag) {
  try {
    return WORDS[new Intl.Locale(tag).language] ?? WORDS.ru;
  } catch {
    return WORDS.ru;
  }
}

export class Words {
  #root;
  #say;
  #tag;
  now = WORDS.ru;

  // `say` is called when the widget's language has changed; its box in the shadow root `root` says which it is.
  constructor(root, say) {
    this.#root = root;
    this.#say = say;
    new MutationObserver(() => this.#follow()).observe(root, { subtree: true, childList: true, attributeFilter: ["lang"] });
    this.#follow();
  }

  #follow() {
    const stage = this.#root.querySelector("[part~=stage]");
    if (!stage?.lang || stage.lang === this.#tag) return;
    this.#tag = stage.lang;
    this.now = wordsOf(stage.lang);
    Object.assign(document.documentElement, { lang: stage.lang, dir: stage.dir });
    this.#say(this.now);
  }
}

// A button for each language of `spoken`, or of all there are, where there is a choice. `choose` is told a tag.
export function languageButtons(spoken, choose) {
  const names = Object.keys(WORDS).filter((name) => !spoken.length || spoken.includes(name));
  if (names.length < 2) return [];
  return names.map((name) => {
    const button = Object.assign(document.createElement("button"), { type: "button", lang: name });
    button.textContent = WORDS[name].Language;
    button.addEventListener("click", () => choose(name));
    return button;
  });
}
