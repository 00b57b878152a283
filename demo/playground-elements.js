// Finding and making the playground's elements, and copying.

/** The element with this identifier. */
export const at = (id) => document.getElementById(id);

/** The value of the chosen radio button of this name. */
export const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`).value;

/** An element with these attributes and contents. */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button that does this when it is pressed. */
export function button(text, press, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", press);
  return made;
}

/** Copies a text and says so, or that it cannot be done. */
export async function copyText(text, said, where) {
  try {
    await navigator.clipboard.writeText(text);
    where.textContent = said;
  } catch {
    where.textContent = "The browser does not let this page copy. Select the text and copy it yourself.";
  }
}
