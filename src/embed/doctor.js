// What keeps the widget from working on a page, and how to mend it. Loaded only when it is asked for; speaks to
// developers, so in English.
//
// A finding is { code, severity: "error" | "warning", message, remedy }. Nothing found is an empty list.

const FILES = ["loyalty-checkout.js", "loyalty-checkout_bg.wasm"];

// How far the guest's clock may be off before certificates and the restaurant's own times stop making sense.
const CLOCK_SKEW_MS = 5 * 60_000;

// How long a browser may take to tell what it has blocked.
const TOLD_MS = 100;

// WCAG 2.2, 1.4.3 for text and 1.4.11 for the edges of controls: the tokens of style/tokens.css by pairs.
const PAIRS = [
  ["text", "surface", 4.5],
  ["text", "raised", 4.5],
  ["muted", "surface", 4.5],
  ["muted", "raised", 4.5],
  ["accent", "surface", 4.5],
  ["on-accent", "accent", 4.5],
  ["good", "good-surface", 4.5],
  ["bad", "surface", 4.5],
  ["bad", "bad-surface", 4.5],
  ["control", "surface", 3],
  ["focus", "surface", 3],
  ["symbol", "symbol-surface", 4.5],
];

const PROPERTIES = { control: "control-border" };

// Examines the page. `refused` is why WebAssembly may not run, if it may not; `loads` are the addresses the element's
// script was loaded from; `stage` is the widget's own box, if it has one.
export async function examine({ address, api, loads, refused, restaurant, stage }) {
  const found = [];
  const error = (code, message, remedy) => found.push({ code, severity: "error", message, remedy });
  const warn = (code, message, remedy) => found.push({ code, severity: "warning", message, remedy });

  if (refused === "unsupported") {
    error("unsupported", "This browser has no WebAssembly.", "Nothing on the page can mend it; the checkout goes on without loyalty.");
  } else if (refused) {
    error(
      "csp_wasm",
      "The page's Content-Security-Policy forbids WebAssembly.",
      "Add 'wasm-unsafe-eval' to script-src (or to default-src where there is no script-src).",
    );
  }
  if (loads.length > 1) {
    warn(
      "double_load",
      `The element's script was loaded ${loads.length} times: ${loads.join(", ")}. Only the first is used.`,
      "Keep one <script type=\"module\"> with one address.",
    );
  }
  const blocked = watchPolicy();
  await Promise.all([...FILES.map((name) => checkFile(address(name), error, warn)), checkProxy(api, restaurant, error, warn)]);
  // What the policy blocks fails at once, and is told a little later.
  await new Promise((go) => setTimeout(go, TOLD_MS));
  for (const [directive, url] of blocked()) {
    error(
      "csp_blocked",
      `The page's Content-Security-Policy (${directive}) blocks ${url}.`,
      `Add ${new URL(address("")).origin} to ${directive}, and the proxy's origin to connect-src where it is another.`,
    );
  }
  if (stage) checkContrast(stage, warn);
  return found;
}

// Collects what the page's policy blocks from now on; the function returned ends that.
function watchPolicy() {
  const blocked = new Map();
  const hear = (event) => {
    // Whether WebAssembly may run has been tried, and told, already.
    if (event.blockedURI !== "wasm-eval") blocked.set(event.effectiveDirective, event.blockedURI);
  };
  document.addEventListener("securitypolicyviolation", hear);
  return () => {
    document.removeEventListener("securitypolicyviolation", hear);
    return blocked;
  };
}

async function checkFile(url, error, warn) {
  let answer;
  try {
    answer = await fetch(url, { cache: "no-cache" });
  } catch {
    const remedy = "Let the file through: it may be a blocker in the browser, connect-src, or CORS of the server that has the files.";
    return error("file_blocked", `${url} cannot be fetched.`, remedy);
  }
  if (!answer.ok) {
    return error("file_missing", `${url} answers ${answer.status}.`, "Serve all files of the build beside element.js.");
  }
  const type = answer.headers.get("Content-Type");
  if (url.endsWith(".wasm") && type !== "application/wasm") {
    const message = `${url} comes as ${type}, so it cannot be compiled while it arrives.`;
    warn("wasm_type", message, "Serve it with Content-Type: application/wasm.");
  }
}

async function checkProxy(api, restaurant, error, warn) {
  if (!restaurant.trim()) {
    error("no_restaurant", "The element has no restaurant.", "Set the attribute restaurant to its name in the proxy's configuration.");
  }
  const url = `${api}/restaurant/${encodeURIComponent(restaurant.trim() || "-")}`;
  let answer;
  try {
    answer = await fetch(url, { cache: "no-store" });
  } catch {
    // An answer that the page may not read is an answer all the same.
    const isThere = await fetch(url, { mode: "no-cors", cache: "no-store" }).then(() => true, () => false);
    return isThere
      ? error(
          "origin_not_allowed",
          `The proxy answers, but not to pages of ${location.origin}.`,
          `Add "${location.origin}" to allowed_origins of the restaurant in the proxy's configuration.`,
        )
      : error("proxy_unreachable", `${api} does not answer.`, "Check the attribute proxy, the proxy itself, and connect-src.");
  }
  checkClock(answer, warn);
  if (answer.ok || !restaurant.trim()) return;
  const code = await answer.json().then((body) => body.code, () => undefined);
  if (code === "unknown_restaurant") {
    const message = `The proxy knows no restaurant “${restaurant}”.`;
    error("unknown_restaurant", message, "Use the name from the proxy's configuration.");
  } else {
    const message = `${url} answers ${answer.status}, which is no answer of the proxy.`;
    error("not_the_proxy", message, "Let the attribute proxy name the server whose /api/v1 is the proxy's.");
  }
}

function checkClock(answer, warn) {
  // Pages of another origin are not told the server's time, unless it exposes the header.
  const theirs = Date.parse(answer.headers.get("Date") ?? "");
  const skew = Math.round((Date.now() - theirs) / 60_000);
  if (Math.abs(Date.now() - theirs) > CLOCK_SKEW_MS) {
    const message = `The clock of this device is ${Math.abs(skew)} minutes ${skew > 0 ? "ahead" : "behind"}.`;
    warn("clock_skew", message, "Set the device's clock. The widget counts by a clock nobody sets; certificates do not.");
  }
}

function checkContrast(stage, warn) {
  for (const [front, back, least] of PAIRS) {
    const ratio = contrast(colour(stage, front), colour(stage, back));
    if (ratio >= least) continue;
    const [a, b] = [front, back].map((name) => `--loyalty-${PROPERTIES[name] ?? name}`);
    const message = `${a} on ${b} has a contrast of ${ratio.toFixed(2)}, less than ${least}.`;
    warn("contrast", message, `Choose ${a} or ${b} further apart.`);
  }
}

// What a token is in red, green and blue, whatever notation and colour scheme it comes in.
function colour(stage, name) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  stage.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  paint.fillStyle = value;
  paint.fillRect(0, 0, 1, 1);
  return paint.getImageData(0, 0, 1, 1).data;
}

// WCAG 2.2, relative luminance and contrast ratio.
function contrast(a, b) {
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, light] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}
