// The widget's program: fetched, compiled and started once for all elements of a page, and started anew after a crash.

export const address = (name) => new URL(name, import.meta.url).href;

// A network that has not brought something by then will not.
export const PATIENCE_MS = 20_000;

// A page that nobody sees draws nothing.
const UNSEEN_MS = 50;

let first;
let compiled;
let program;
let starts = 0;
let script = "";
const listeners = new Set();

// Once the page has drawn what the first element shows, or will not.
export function drawn() {
  first ??= new Promise((go) => {
    requestAnimationFrame(() => setTimeout(go));
    setTimeout(go, UNSEEN_MS);
  });
  return first;
}

// The program's functions; rejects with what keeps it from running.
export function load() {
  program ??= inTime(start()).catch((cause) => {
    program = compiled = undefined;
    throw cause;
  });
  return program;
}

// Calls `listener` when the program has crashed; returns what ends that.
export function onCrash(listener) {
  // Said again, it changes nothing.
  addEventListener("error", hear);
  addEventListener("unhandledrejection", hear);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Takes note of a crash. What it was compiled to is still good; its memory is not.
export function crash() {
  program = undefined;
  script = "";
  for (const listener of [...listeners]) listener();
}

// What keeps any WebAssembly from running on this page; nothing where it may.
export function refusal() {
  if (!globalThis.WebAssembly) return "unsupported";
  try {
    // The shortest module there is. WebKit lets anything be compiled, and refuses to have it run.
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return "blocked";
  }
}

async function start() {
  const refused = refusal();
  if (refused) throw Object.assign(new Error(refused), { refused });
  // A module that failed to load, or whose program has crashed, is only had anew under another address.
  const name = "loyalty-checkout.js" + (starts++ ? `?${starts}` : "");
  compiled ??= compile();
  const [glue, module] = await Promise.all([import(address(name)), compiled]);
  glue.initSync({ module });
  script = name;
  return glue;
}

async function compile() {
  const answer = await fetch(address("loyalty-checkout_bg.wasm"));
  if (!answer.ok) throw new Error(answer.status);
  // Only under its own type may it be compiled while it arrives.
  return WebAssembly.compileStreaming && answer.headers.get("Content-Type") === "application/wasm"
    ? WebAssembly.compileStreaming(answer)
    : WebAssembly.compile(await answer.arrayBuffer());
}

function inTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(reject, PATIENCE_MS, new Error("timeout"));
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function hear(event) {
  if (isOurs(event.error ?? event.reason)) crash();
}

// Whether an error is a crash of the running program: not of another one on the page, and not of one given up before.
function isOurs(cause) {
  if (!script || !(cause instanceof WebAssembly.RuntimeError)) return false;
  const programs = String(cause.stack).match(/[^/\s]+\.wasm/g) ?? [];
  const scripts = String(cause.stack).match(/loyalty-checkout\.js[^:]*/g) ?? [];
  return [[programs, "loyalty-checkout_bg.wasm"], [scripts, script]].every(
    ([names, own]) => !names.length || names.includes(own),
  );
}

// The QR symbol of a text; what draws it is loaded when it is first asked for.
export async function drawQr(text) {
  const glue = await import(address("qr.js"));
  await glue.default({ module_or_path: address("qr_bg.wasm") });
  return glue.qr(text);
}
