// Everything the kiosk's page says to the proxy. It stands in the place of `fetch`, and of the browser's cookies: it takes a
// guest's token out of the answer to a login, sends it along with what the widget asks, as a browser does with a cookie, and
// throws it away. So the token is nowhere but here, neither in the widget's memory nor in anything that outlives the page;
// what is on its way can be cut off; and a guest whom the scanner has logged in is one whose cookie is there already.
//
// Knows no screen and no element.

const API = new URL("/api/v1/", location).href;

// What comes after the end of a guest's visit: no answer, for good.
const NEVER = new Promise(() => {});

export class Line {
  #send = fetch.bind(globalThis);
  #token;
  #expiresAt = 0;
  #cut = new AbortController();
  // The steps of orders that are under way: what each asks, by its answer.
  #steps = new Map();
  #hear;
  // What the proxy says of the restaurant, once it was asked.
  restaurant;

  // `name` is the restaurant's; `hear.known()` is called when the proxy has told of it, and `hear.loggedOut()` when the widget
  // has logged its guest out.
  constructor(name, hear) {
    this.name = name;
    this.#hear = hear;
    globalThis.fetch = (url, options) => this.#pass(url, options);
  }

  get isLoggedIn() {
    return Boolean(this.#token);
  }

  // The order that is being confirmed at this moment.
  get confirming() {
    for (const { path, body } of this.#steps.values()) if (path === "order/confirm") return JSON.parse(body).order_id;
  }

  // Asks on the kiosk's own behalf, as the widget would. Returns the status, 0 where no answer came, and what was said.
  async ask(path, body, options) {
    const post = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    try {
      const answer = await this.#pass(API + path, { credentials: "omit", ...post, ...options });
      return { status: answer.status, said: await answer.json().catch(() => ({})) };
    } catch {
      return { status: 0, said: {} };
    }
  }

  // The visit is over: whatever only reads is cut off, no answer reaches the widget any more. Returns what is still to be done
  // for the guest who has gone: `release(orderId)` and `logOut()`, each true once there is nothing left to do, and `settled`,
  // when no step of an order is under way; the steps run to their end at the proxy whoever hangs up.
  close() {
    this.#cut.abort();
    const [send, expiresAt] = [this.#send, this.#expiresAt];
    let token = this.#token;
    this.#token = undefined;
    const post = async (path, body, headers) => {
      // A session that has ended by its age needs nobody to end it.
      if (!token || Date.now() > expiresAt) return 401;
      try {
        const answer = await send(API + path, {
          method: "POST",
          credentials: "omit",
          keepalive: true,
          headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}`, ...headers },
          body: JSON.stringify(body),
        });
        return answer.status;
      } catch {
        return 0;
      }
    };
    const key = crypto.randomUUID();
    return {
      settled: Promise.allSettled([...this.#steps.keys()]),
      // Of an order that is open already, or is no longer the guest's to change, nothing is held.
      release: async (order_id) => isDone(await post("order/reset", { order_id }, { "Idempotency-Key": key })),
      logOut: async () => {
        const isOver = isDone(await post("logout", {}));
        if (isOver) token = undefined;
        return isOver;
      },
      // Whether the page can be had again.
      isOpen: async () => {
        try {
          return (await send(location.href, { method: "HEAD", cache: "no-store", credentials: "omit" })).ok;
        } catch {
          return false;
        }
      },
    };
  }

  async #pass(url, options = {}) {
    const address = String(url);
    if (!address.startsWith(API)) return this.#send(url, options);
    if (this.#cut.signal.aborted) return NEVER;
    const path = address.slice(API.length);
    const isStep = path.startsWith("order/") && options.method === "POST";
    const headers = { ...options.headers };
    if (this.#token && headers["Loyalty-Restaurant"]) headers.Authorization = `Bearer ${this.#token}`;
    const signal = isStep ? options.signal : either(options.signal, this.#cut.signal);
    const sent = this.#send(url, { ...options, headers, signal });
    if (isStep) this.#steps.set(sent, { path, body: options.body });
    try {
      const answer = await this.#read(path, await sent);
      return this.#cut.signal.aborted ? NEVER : answer;
    } catch (cause) {
      if (this.#cut.signal.aborted) return NEVER;
      throw cause;
    } finally {
      this.#steps.delete(sent);
    }
  }

  // Takes out of an answer what is the line's to keep.
  async #read(path, answer) {
    if (path === "logout") this.#hear.loggedOut();
    if (answer.status === 401) this.#token = undefined;
    const isLogin = path === "login/verify" || path === "login/key";
    if (!answer.ok || !(isLogin || path.startsWith("restaurant/"))) return answer;
    const said = await answer.json();
    if (isLogin) {
      if (this.#cut.signal.aborted) return answer;
      this.#token = said.token;
      this.#expiresAt = Date.now() + said.expires_in_s * 1000;
      delete said.token;
    } else {
      this.restaurant = said;
      said.logged_in = this.isLoggedIn;
      this.#hear.known();
    }
    return Response.json(said);
  }
}

// Whether an answer leaves nothing to be done: it was carried out, or there is nothing that it could be carried out on. A
// busy order, a proxy that is not there and a loyalty system that is not there are asked again.
const isDone = (status) => status > 0 && status < 500 && status !== 409 && status !== 429;

function either(...signals) {
  const one = new AbortController();
  for (const signal of signals) {
    if (signal?.aborted) one.abort();
    signal?.addEventListener("abort", () => one.abort(), { once: true });
  }
  return one.signal;
}
