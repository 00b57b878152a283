// A host page's own texts in place of ours; loaded where a page has any.

const gaps = (text) => [...text.matchAll(/\{\d\}/g)].map(String).sort().join();

// A text or an object with a text for each plural, the general one among them. The gaps must be those of ours.
function fits(ours, theirs) {
  if (typeof ours === "string") return typeof theirs === "string" && gaps(theirs) === gaps(ours);
  if (typeof theirs === "string") return gaps(theirs) === gaps(ours.other);
  const forms = Object.values(theirs ?? {});
  // A form for one number alone may leave the number out.
  const isForm = (form) => typeof form === "string" && ["", gaps(ours.other)].includes(gaps(form));
  return forms.every(isForm) && typeof theirs?.other === "string" && gaps(theirs.other) === gaps(ours.other);
}

// `texts` with those of `words` that have a place there; `keys` are the names in order. What has none is told to the console.
export function replace(texts, words, keys) {
  const replaced = [...texts];
  for (const [name, theirs] of Object.entries(words)) {
    const index = keys.indexOf(name);
    if (index < 0) console.warn(`loyalty-checkout: there is no text “${name}”`);
    else if (!fits(texts[index], theirs)) console.warn(`loyalty-checkout: the text “${name}” needs the gaps of`, texts[index]);
    else replaced[index] = typeof texts[index] === "string" || typeof theirs !== "string" ? theirs : { other: theirs };
  }
  return replaced;
}
