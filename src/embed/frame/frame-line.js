// The page's end of the line to the frame: the handshake, what is asked with its answers, and what was not understood.
//
// The frame's document knocks, or is found loaded; the page answers with a port, to the proxy's exact origin; on that port
// everything else is said. docs/frame.md has the messages.

export const VERSIONS = [1];

const LOADING = "loyalty-checkout:loading";
const HERE = "loyalty-checkout:here";
const HELLO = "loyalty-checkout:hello";

const ANSWER_MS = 10_000;
// How long a document that has answered before may take to say that it is still there.
const STILL_MS = 400;
const IGNORED_MAX = 20;

// Why there is no answer: `timeout`, `disconnected` where the frame has gone meanwhile, `failed` in the frame.
export class LoyaltyFrameError extends Error {
  name = "LoyaltyFrameError";

  constructor(code) {
    super(code);
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
  // What the frame's document has said of itself, and whether it is in doubt that it is still in the frame.
  #welcome = {};
  #isLost = false;
  // What it is called if a document has loaded and is not heard of: blocked, unless one of ours has begun since the last load,
  // which then lacks its script. Nothing where it has knocked: then it may take its time to answer.
  #lack = "frame_blocked";
  // What has come and says nothing, and the versions of a frame with which none is shared: for doctor().
  ignored = [];
  refused;

  // `on` is told that a document of ours is on its way, that one was loaded of which nothing is heard and what that is called,
  // that the line is open, that no version is shared, and what is heard; it gives the state to be handed over.
  constructor(frame, origin, on) {
    this.#frame = frame;
    this.#origin = origin;
    this.#on = on;
    addEventListener("message", this);
    // Heard by nobody else, while a page may keep messages from everybody; not heard any more once the frame is taken away.
    frame.addEventListener("load", this);
  }

  get isOpen() {
    return !!this.#port && !this.#isLost;
  }

  handleEvent({ type, data, origin, source, isTrusted }) {
    if (type === "load") {
      // It may be another document than the one that has answered, which takes no second greeting.
      this.#greet();
      if (this.#port) this.#look(true);
      else if (this.#lack && !this.refused) this.#on.silent(this.#lack);
      this.#lack = "frame_blocked";
    } else if ([HERE, HELLO, LOADING].includes(data?.type)) {
      const isFrame = source === this.#frame.contentWindow && origin === this.#origin && isTrusted;
      if (isFrame && data.type !== HELLO) {
        this.#on.loading();
        this.#lack = data.type === HERE ? "" : "load_failed";
        if (!this.#lack) {
          this.#greet();
          // What knocks may come later than the answer to a greeting of its load.
          this.#look();
        }
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
      const end = (code, value) => {
        clearTimeout(timer);
        this.#asked.delete(id);
        code ? fail(new LoyaltyFrameError(code)) : go(value);
      };
      const timer = setTimeout(() => end("timeout"), ANSWER_MS);
      this.#asked.set(id, end);
      this.send({ type: "ask", id, method });
    });
  }

  close() {
    removeEventListener("message", this);
    this.#hangUp();
  }

  // Finds out whether the document that has answered is still there. Where that is in doubt, it is lost if it is slow to say so,
  // until it does; where it has knocked late, its answer ends the wait for it.
  #look(isDoubted) {
    // One of an earlier build cannot say it.
    if (!this.#welcome.still) return;
    const lose = () => {
      this.#isLost = true;
      this.#on.silent("frame_blocked");
    };
    const late = isDoubted && setTimeout(lose, STILL_MS);
    this.ask("still")
      .then(() => (this.#isLost || !isDoubted) && this.#open(), () => {})
      .finally(() => clearTimeout(late));
  }

  #open() {
    this.#isLost = false;
    this.#on.opened(this.#welcome.properties);
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
      this.#welcome = message;
      this.#open();
    } else if (type === "refused" && !this.isOpen) {
      // Each greeting is refused, and one is enough.
      if (this.refused) return;
      this.refused = [].concat(message.versions).filter(Number.isInteger);
      this.#on.refused();
    } else if (port === this.#port && type === "answer" && this.#asked.has(id)) {
      this.#asked.get(id)(message.error && "failed", message.value);
    } else if (port !== this.#port || !this.#on.heard(message)) {
      this.#ignore(typeof type === "string" ? type : typeof message);
    }
  }

  #hangUp() {
    if (this.#port) {
      this.#port.close();
      // What has come on it before may wait to be heard, and would have it back.
      this.#port.onmessage = null;
    }
    this.#port = undefined;
    for (const end of [...this.#asked.values()]) end("disconnected");
  }

  #ignore(what) {
    if (this.ignored.length < IGNORED_MAX) this.ignored.push(what.slice(0, 100));
  }
}
