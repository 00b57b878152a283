// The widget's looks: a field for each custom property, and some themes to begin with. What there is stands in
// playground-theme.js.

import { at, button, make } from "/demo/playground-elements.js";
import { PRESETS, THEME } from "/demo/playground-theme.js";

/** What tokens.css names otherwise inside than outside. */
const INSIDE = { "control-border": "control", track: "track-colour" };

/** The custom properties that are set, by name. */
const theme = {};
/** What holds where nothing is set, by scheme, as it was last seen: nobody can look into a frame. */
const usual = { light: {}, dark: {} };
/** What is told of each change, and where the properties hold. */
let parts;

/** What is set at present. */
export const looks = () => ({ ...theme });

/**
 * Offers every property. `dress(name, value)` sets one on the widget, `changed()` is called after each change, and `stage()`
 * gives the element on which the widget's own properties hold, where it can be reached.
 */
export function fillTheme(given) {
  parts = given;
  for (const [group, properties] of Object.entries(THEME)) {
    const rows = Object.entries(properties).map(([name, kind]) => row(name, kind));
    const open = group === "Colours" ? { open: "" } : {};
    at("theme").append(make("details", open, make("summary", {}, group), make("div", { class: "properties" }, ...rows)));
  }
  for (const [name, properties] of Object.entries(PRESETS)) at("presets").append(button(name, () => wear(properties)));
}

function row(name, kind) {
  const field = make("input", { id: `theme-${name}`, "data-property": name, spellcheck: "false", autocomplete: "off" });
  if (kind === "colour") field.type = "color";
  else field.placeholder = kind;
  const change = (value) => {
    set(name, value);
    showTheme();
    parts.changed();
  };
  field.addEventListener("input", () => change(field.value.trim()));
  const unset = button("×", () => {
    change();
    field.focus();
  });
  unset.setAttribute("aria-label", `Unset ${name}`);
  return make("div", { class: `row ${kind === "colour" ? "colour" : ""}` }, make("label", { for: field.id }, make("code", {}, name)), field, unset);
}

/** Sets these properties and no others. */
export function wear(properties) {
  for (const name of Object.keys(theme)) set(name);
  for (const [name, value] of Object.entries(properties)) set(name, value);
  showTheme();
  parts.changed();
}

/** The fields show what is set, or what holds without. */
export function showTheme() {
  const stage = parts.stage();
  const scheme = document.documentElement.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  for (const field of document.querySelectorAll("[data-property]")) {
    const { property } = field.dataset;
    if (field.type === "color") {
      if (stage && !(property in theme)) for (const one of ["light", "dark"]) usual[one][property] = look(stage, property, one);
      field.value = theme[property] ?? usual[scheme][property] ?? field.value;
    } else field.value = theme[property] ?? "";
    field.nextElementSibling.hidden = !(property in theme);
  }
}

function set(name, value) {
  if (value) theme[name] = value;
  else delete theme[name];
  parts.dress(name, value);
}

/** What a property is in a scheme, as a colour that a colour field can show. */
function look(stage, name, scheme) {
  const paint = make("canvas", { width: "1", height: "1" }).getContext("2d", { willReadFrequently: true });
  const probe = make("span");
  probe.style.colorScheme = scheme;
  probe.style.color = `var(--${INSIDE[name] ?? name})`;
  stage.append(probe);
  paint.fillStyle = getComputedStyle(probe).color;
  probe.remove();
  paint.fillRect(0, 0, 1, 1);
  const channels = [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
