// The page's end of the line to the frame: the handshake, what is asked with its answers, and what was not understood.
//
// The frame's document knocks, or is found loaded; the page answers with a port, to the proxy's exact origin; on that port
// everything else is said. docs/frame.md has the messages.

export const VERSIONS = [1];

const HERE = "loyalty-checkout:here";
const HELLO = "loyalty-checkout:hello";

const ANSWER_MS = 10_000;
const IGNORED_MAX = 20;

// Why there is no answer: `timeout`, `disconnected` where the frame has gone meanwhile, `failed` in the frame.
export class LoyaltyFrameError extends Error {
  name = "LoyaltyFrameError";

  constructor(code) {
    super(`the frame does not answer: ${code}`);
    this.code = code;
  }
}

export class Line {
  #frame;
  #origin;
  #on;
  #port;
  #asked = new Map();
  #count = 0;
  // How many documents have been in the frame, how many of them have knocked, and how many have answered.
  #loaded = 0;
  #known = 0;
  #welcomed = 0;
  // What has come and says nothing, and the versions of a frame with which none is shared: for doctor().
  ignored = [];
  refused;

  // `on` is told when the line is open, when no version is shared, and what is heard; it gives the state to be handed over.
  constructor(frame, origin, on) {
    this.#frame = frame;
    this.#origin = origin;
    this.#on = on;
    addEventListener("message", this);
    // Heard by nobody else, while a page may keep messages from everybody.
    frame.addEventListener("load", this);
  }

  get isOpen() {
    return this.#port !== undefined;
  }

  // Whether the document in the frame is one of ours, which may take its time to answer.
  get isKnown() {
    return this.#known >= this.#loaded;
  }

  handleEvent({ type, data, origin, source, isTrusted }) {
    if (type === "load") {
      if (++this.#loaded <= this.#welcomed) return;
      // Another document than the one that has answered: the line to that one is dead.
      this.#hangUp();
      this.#greet();
    } else if (data?.type === HERE || data?.type === HELLO) {
      const isFrame = source === this.#frame.contentWindow && origin === this.#origin && isTrusted;
      if (isFrame && data.type === HERE) {
        this.#known++;
        this.#greet();
      }
      // Another frame on the page has a line of its own.
      else if (origin !== this.#origin || !isTrusted || data.type === HELLO) this.#ignore(`${data.type} from ${origin}`);
    }
  }

  // Says something that needs no answer.
  send(message) {
    this.#port?.postMessage(message);
  }

  // A promise of the frame's answer, or a LoyaltyFrameError.
  ask(method) {
    const id = ++this.#count;
    return new Promise((go, fail) => {
      const end = (then, value) => {
        clearTimeout(timer);
        this.#asked.delete(id);
        then(value);
      };
      const timer = setTimeout(() => end(fail, new LoyaltyFrameError("timeout")), ANSWER_MS);
      this.#asked.set(id, {
        go: (value) => end(go, value),
        fail: (code) => end(fail, new LoyaltyFrameError(code)),
      });
      this.send({ type: "ask", id, method });
    });
  }

  close() {
    removeEventListener("message", this);
    this.#frame.removeEventListener("load", this);
    this.#hangUp();
  }

  // A document that has answered keeps its port; one that comes in its place gets another.
  #greet() {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => this.#read(port1, data ?? {});
    const hello = { type: HELLO, versions: VERSIONS, state: this.#on.state() };
    try {
      this.#frame.contentWindow.postMessage(hello, this.#origin, [port2]);
    } catch {
      // The frame has gone, or its address has no origin: then nobody is there to be greeted.
    }
  }

  #read(port, message) {
    const { type, id } = message;
    if (type === "welcome" && port !== this.#port && VERSIONS.includes(message.version)) {
      this.#hangUp();
      this.#port = port;
      this.#welcomed++;
      this.#on.opened(message.properties);
    } else if (type === "refused" && !this.isOpen) {
      // Each greeting is refused, and one is enough.
      if (this.refused) return;
      this.refused = [].concat(message.versions).filter(Number.isInteger);
      this.#on.refused();
    } else if (port === this.#port && type === "answer" && this.#asked.has(id)) {
      const { go, fail } = this.#asked.get(id);
      if (message.error) fail("failed");
      else go(message.value);
    } else if (port !== this.#port || !this.#on.heard(message)) {
      this.#ignore(typeof type === "string" ? type : typeof message);
    }
  }

  #hangUp() {
    this.#port?.close();
    this.#port = undefined;
    for (const { fail } of [...this.#asked.values()]) fail("disconnected");
  }

  #ignore(what) {
    if (this.ignored.length < IGNORED_MAX) this.ignored.push(what.slice(0, 100));
  }
}
