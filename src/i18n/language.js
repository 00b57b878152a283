export const directionOf = (tag) => (/^ar\b/i.test(tag) ? "rtl" : "ltr");

// A language as the widget speaks it: the texts of one file with their gaps filled, and numbers, money, shares, times and
// plurals by the browser's `Intl`, whose objects are made when they are first needed. Called from `src/i18n/language.rs`.
//
// `tag` is the language as the page asks for it (`en`, `ar-EG`): digits and separators are those of its region. `texts` are
// the values of its file in order.
export function language(tag, texts) {
  const dir = directionOf(tag);
  // Browsers without Kazakh data pretend to have it and write numbers as in English; Kazakh writes them as Russian does. Which
  // digits are those of Arabic without a region is not agreed between browsers.
  const numbers = tag.replace(/^kk\b.*/i, "ru-KZ").replace(/^ar$/i, "ar-u-nu-latn");
  const made = {};
  let plurals;

  // Formats by what makes them different.
  function format(number, fraction, options = {}) {
    const places = { minimumFractionDigits: fraction, maximumFractionDigits: fraction };
    const key = fraction + Object.values(options).join();
    return (made[key] ??= new Intl.NumberFormat(numbers, { ...places, ...options })).format(number);
  }

  // Hundredths; whole amounts are written without a fraction.
  const amount = (minor, options) => format(minor / 100, minor % 100 ? 2 : 0, options);
  const money = (minor, currency) =>
    amount(minor, { style: "currency", currencyDisplay: "narrowSymbol", currency });

  // In Arabic a name or a phone in a gap must not rearrange the sentence around it.
  const apart = (value) => (dir === "rtl" ? `\u2068${value}\u2069` : value);
  const fill = (text, values) => text.replace(/\{(\d)\}/g, (_, gap) => values[gap]);

  // What can be said, in the order of `Saying` in `language.rs`; each takes the place of a text, a number and two words.
  const sayings = [
    (text, _, first, second) => fill(texts[text], [apart(first), apart(second)]),
    // A text with a form for each plural of the language; its gap is the number.
    (text, minor) => {
      const forms = texts[text];
      const form = (plurals ??= new Intl.PluralRules(tag)).select(minor / 100);
      return fill(forms[form] ?? forms.other, [amount(minor)]);
    },
    (_, minor, currency) => money(minor, currency),
    // The sign stands where the language puts it.
    (_, minor, currency) => money(-minor, currency).replace("-", "−"),
    (_, minor) => amount(-minor).replace("-", "+"),
    (_, minor) => amount(minor),
    // As a guest would type it.
    (_, minor) => amount(minor, { useGrouping: false }),
    (_, share_bp) => format(share_bp / 10000, undefined, { style: "percent", maximumFractionDigits: 2 }),
    // Minutes and seconds: `4:05`.
    (_, seconds) => `${format(Math.trunc(seconds / 60), 0)}:${format(seconds % 60, 0, { minimumIntegerDigits: 2 })}`,
  ];

  return { tag, dir, say: (saying, ...given) => sayings[saying](...given) };
}
