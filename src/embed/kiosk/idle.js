// Notices that nobody is there any more, asks, and says so. Time is compared, never counted: a device that slept past the end
// finds it over when it wakes.

const BEAT_MS = 250;
// How long the question stands, and at which seconds it is said again to those who only hear it.
const ASK_S = 15;
const SAID_AT = [10, 5];

export class Idle {
  #dialog;
  #limitS;
  #words;
  #end;
  #since = performance.now();
  #timer;
  #said;

  // `limitS()` are the seconds nobody may be missed for, nothing where nobody is there to be missed, or `{ quietly }` where
  // nobody needs to be asked. `end()` ends the visit, `words()` are those of now.
  constructor(dialog, { limitS, words, end }) {
    this.#dialog = dialog;
    this.#limitS = limitS;
    this.#words = words;
    this.#end = end;
    dialog.querySelector("#go-on").addEventListener("click", () => this.wake());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.wake();
    });
    for (const name of ["pointerdown", "keydown", "wheel"]) {
      // While the question stands only an answer counts, which is one of its buttons.
      addEventListener(name, () => dialog.open || this.wake(), { capture: true, passive: true });
    }
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
  }

  // Seconds since somebody was last there.
  get quietS() {
    return (performance.now() - this.#since) / 1000;
  }

  // Somebody is there.
  wake() {
    this.#since = performance.now();
    if (this.#dialog.open) this.#dialog.close();
  }

  stop() {
    clearInterval(this.#timer);
    if (this.#dialog.open) this.#dialog.close();
  }

  #beat() {
    const limit = this.#limitS();
    if (limit === undefined) return this.wake();
    const over = this.quietS - (limit.quietly ?? limit);
    if (over < 0) return;
    if (limit.quietly || over >= ASK_S) return this.#end("idle");
    if (!this.#dialog.open) {
      this.#said = undefined;
      this.#dialog.querySelector("#left-said").textContent = "";
      this.#dialog.showModal();
    }
    const left = Math.ceil(ASK_S - over);
    this.#dialog.querySelector("#left").textContent = left;
    const due = SAID_AT.findLast((at) => left <= at);
    if (due !== this.#said) {
      this.#said = due;
      this.#dialog.querySelector("#left-said").textContent = this.#words().IdleLeft.replace("{0}", left);
    }
  }
}
