// The page /kiosk until its phone can be typed, and what must be there before anything else: the line to the proxy, the note of
// every program's memory, the keys. The visit itself, with its end, comes beside the widget's program; without it no guest is
// let in.

import { Keypad } from "./keypad.js";
import { Line } from "./line.js";
import { overwrite } from "./memory.js";

const NAME = "loyalty-checkout";
const AGAIN_MS = 5_000;

const element = document.querySelector(NAME);
const asked = new URLSearchParams(location.search);
if (asked.get("language")) element.setAttribute("language", asked.get("language"));

// What is done about the line's news, once the visit is there.
const hear = { loggedOut() {}, known() {} };
const line = new Line(element.getAttribute("restaurant"), hear);
const rest = import("./visit.js");

async function begin() {
  const isDefined = customElements.whenDefined(NAME);
  // A browser that knows no shadow roots in markup has the field once the element makes it.
  if (!element.shadowRoot) await isDefined;
  const keypad = new Keypad(document.getElementById("keypad"), element.shadowRoot);
  keypad.field?.focus({ preventScroll: true });
  const [{ Visit }] = await Promise.all([rest, isDefined]);
  new Visit({ asked, element, line, hear, keypad, overwrite });
}

begin();

// Without one of the scripts there is nothing to be had; once the proxy is there again, all of it is.
async function beginAnew() {
  const { isOpen } = line.close();
  document.body.replaceChildren();
  rest.then(({ unavailable }) => unavailable(asked.get("language"))).catch(() => {});
  do await new Promise((go) => setTimeout(go, AGAIN_MS));
  while (!(await isOpen()));
  location.reload();
}

rest.catch(beginAnew);
addEventListener("load", () => customElements.get(NAME) ?? beginAnew());
