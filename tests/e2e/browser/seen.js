// What a guest sees or a screen reader tells: controls by role and name, visible text. Never looks at classes.
const roots = {
  widget: () => document.querySelector("loyalty-checkout")?.shadowRoot,
  page: () => document,
};

// Spaces are spaces, and marks that only tell the direction are not seen.
const tidy = (text) =>
  text
    .replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, "")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/[ \t]+/g, " ")
    .trim();

const roles = {
  button: "button:not([role=switch])",
  switch: "[role=switch]",
  textbox: "input:not([type]), input[type=text], input[type=tel]",
  slider: "input[type=range]",
  checkbox: "input[type=checkbox]",
  radio: "input[type=radio]",
  heading: "h1, h2, h3",
  link: "a[href]",
  alert: "[role=alert]",
  status: "[role=status]",
  img: "[role=img]",
};

function name(element) {
  const label = element.getAttribute("aria-label");
  if (label !== null) return tidy(label);
  if (element.labels?.length) return tidy([...element.labels].map((label) => label.textContent).join(" "));
  return tidy(element.textContent);
}

// An input drawn as something else is as visible as its label.
const isVisible = (element) => element.checkVisibility({ visibilityProperty: true });

function all(area, role) {
  const root = roots[area]();
  return root ? [...root.querySelectorAll(roles[role])].filter(isVisible) : [];
}

const seen = {
  // The control with this role and name; where `begins`, with a name that begins so.
  control: (area, role, wanted, begins) =>
    all(area, role).find((element) => (begins ? name(element).startsWith(wanted) : name(element) === wanted)) ?? null,
  // What the field of this label holds; null where there is none.
  value: (area, label) => seen.control(area, "textbox", label, false)?.value ?? null,
  names: (area, role) => all(area, role).map(name),
  text: (area) => {
    const root = roots[area]();
    if (!root) return "";
    const parts = root === document ? [document.body] : [...root.children];
    return parts.map((part) => tidy(part.innerText ?? "")).join("\n").replace(/\s*\n\s*/g, "\n");
  },
  focused: () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element && element !== document.body ? name(element) : "";
  },
};
