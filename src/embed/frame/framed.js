// The frame's end of the line, in the page /embed: tells the page around it that it is there, takes what is handed over, does
// what is asked, and tells what happens and how high it is. Of the element it knows what every page knows.
//
// Who may frame /embed is in its policy, `frame-ancestors`, which the proxy makes of the restaurant's allowed origins: so the
// page around it is one of those. The first greeting of that page is the only one that counts.

const VERSIONS = [1];
const HERE = "loyalty-checkout:here";
const HELLO = "loyalty-checkout:hello";

const EVENTS = ["ready", "login", "preview", "confirm", "reset", "payment-code", "error", "logout"];
// The custom properties of style/tokens.css, which the page is asked for.
const PROPERTIES =
  "accent on-accent surface raised text muted border control-border good good-surface bad bad-surface symbol symbol-surface track focus radius radius-small radius-button shadow border-width width padding gap control-height font font-heading font-size weight weight-heading line-height".split(
    " ",
  );

const UNSENT_MAX = 100;
const IGNORED_MAX = 20;

const widget = document.querySelector("loyalty-checkout");
// What has happened before there was anybody to tell.
let unsent = [];
const ignored = [];
let port;
let themed = [];
// The last cart that was handed over.
let handed;

if (parent !== self) {
  for (const name of EVENTS) {
    widget.addEventListener(`loyalty-${name}`, ({ type, detail }) => {
      // A cart that the widget does not take is another than the one it has; what the proxy refuses it has.
      const isRefused = detail.code === "invalid_cart" && widget.cart !== handed;
      tell({ type: "event", name: type, detail, refused: isRefused && JSON.stringify(handed) });
      measure();
    });
  }
  addEventListener("message", hear);
  addEventListener("load", () => {
    // The page must not think it done where the widget's own script was kept out.
    if (!customElements.get("loyalty-checkout")) tell({ type: "failed" });
  });
  // Nothing is in it, so it may reach whoever is there; where the browser says who that is, it goes to no other.
  parent.postMessage({ type: HERE }, location.ancestorOrigins?.[0] ?? "*");
}

function tell(message) {
  if (port) port.postMessage(message);
  else if (unsent.length < UNSENT_MAX) unsent.push(message);
}

function ignore(what) {
  if (ignored.length < IGNORED_MAX) ignored.push(what.slice(0, 100));
}

function hear({ data, source, origin, ports, isTrusted }) {
  if (typeof data?.type !== "string" || !data.type.startsWith("loyalty-checkout:")) return;
  const page = location.ancestorOrigins?.[0] ?? origin;
  const isPage = isTrusted && source === parent && origin === page;
  const isGreeting = data.type === HELLO && ports.length === 1 && Array.isArray(data.versions);
  if (!isPage || !isGreeting) return ignore(`${data.type} from ${origin}`);
  // The page greets again where it finds the document loaded before it has its answer; said later, it means nothing.
  if (port) return;
  const version = Math.max(...VERSIONS.filter((version) => data.versions.includes(version)));
  if (!VERSIONS.includes(version)) return ports[0].postMessage({ type: "refused", versions: VERSIONS });
  [port] = ports;
  port.onmessage = ({ data }) => obey(data ?? {});
  port.postMessage({ type: "welcome", version, properties: PROPERTIES, still: true });
  take(data.state);
  for (const message of unsent) port.postMessage(message);
  unsent = [];
  // From now on somebody keeps the height.
  document.documentElement.style.overflow = "hidden";
  new ResizeObserver(measure).observe(widget);
  measure();
}

// At most once a frame: an observer tells no oftener, and what is measured between is told only where it is another height.
let told;
function measure() {
  const px = Math.ceil(widget.getBoundingClientRect().height);
  if (!port || px === told) return;
  told = px;
  tell({ type: "height", px });
}

function obey(message) {
  if (message.type === "state") take(message.state);
  else if (message.type === "ask" && Number.isInteger(message.id)) answer(message);
  else ignore(typeof message.type === "string" ? message.type : typeof message);
}

const ASKED = {
  confirm: () => widget.confirm(),
  reset: () => widget.reset(),
  doctor: async () => [...(await widget.doctor()), ...misunderstood()],
  look: () => widget.updateCart(),
  still: () => true,
  focus: () => widget.shadowRoot.querySelector("input, button").focus(),
};

async function answer({ id, method }) {
  if (typeof method !== "string" || !Object.hasOwn(ASKED, method)) {
    ignore("ask");
    return tell({ type: "answer", id, error: "unknown_method" });
  }
  try {
    tell({ type: "answer", id, value: await ASKED[method]() });
  } catch {
    tell({ type: "answer", id, error: "failed" });
  }
}

function misunderstood() {
  return ignored.length
    ? [
        {
          code: "frame_messages",
          severity: "warning",
          message: `The frame has ignored messages: ${ignored.join(", ")}.`,
          remedy: "Load frame.js from the proxy that shows the frame, and let nothing else send it messages.",
        },
      ]
    : [];
}

// Takes what is there of a state. What is absent stays as it is; what is undefined is taken back.
function take(state) {
  if (!state || typeof state !== "object") return ignore("state");
  const { theme, texts, cart } = state;
  for (const [name, on, attribute] of [
    ["lang", document.documentElement, "lang"],
    ["language", widget, "language"],
    ["orderToken", widget, "order-token"],
  ]) {
    if (!(name in state)) continue;
    if (state[name] && typeof state[name] === "string") on.setAttribute(attribute, state[name]);
    else on.removeAttribute(attribute);
  }
  if (theme && typeof theme === "object") dress(theme);
  if ("texts" in state && (texts || widget.texts)) widget.texts = texts;
  if (cart !== undefined) widget.cart = handed = cart;
}

function dress(theme) {
  for (const name of themed) widget.style.removeProperty(name);
  const own = Object.entries(theme).filter(([name, value]) => PROPERTIES.includes(name) && typeof value === "string");
  themed = own.map(([name]) => `--loyalty-${name}`);
  for (const [name, value] of own) widget.style.setProperty(`--loyalty-${name}`, value);
}
