// Forgets the guest: what is shown, what is in memory, what is stored, what is on its way, what is held, the session. First the
// screen, so that the next who looks sees nothing; then the proxy is told, for two seconds at most; then the page makes room
// for a new one at the same address, and everything that scripts and WebAssembly remember goes with it.
//
// Without a network there is no new page to be had, and no guest who could log in: the empty page stays, goes on trying, and
// knows nothing but the token it has to end, as long as that is good for anything.

const PATIENCE_MS = 2_000;
const AGAIN_MS = [100, 200, 400, 800, 1_500, 3_000];

// `show(text)` leaves nothing on the screen but a text: `ending`, or `waiting` where the page waits for its network.
export async function wipe({ element, line, overwrite, held, show, ending, waiting }) {
  const left = line.close();
  element.destroy();
  element.remove();
  overwrite();
  show(ending);
  const done = settle(left, held);
  await Promise.race([sleep(PATIENCE_MS), Promise.all([done, forgetStored()])]);
  let tries = 0;
  for (; !(await left.isOpen()); tries++) {
    show(waiting);
    await sleep(AGAIN_MS[tries] ?? 5_000);
  }
  // What could not be done because the network was away is done now that it is back, without waiting for the next try. Asked
  // for twice it is done once.
  if (tries) await Promise.race([settle(left, held), sleep(PATIENCE_MS)]);
  // A reset that takes its time has been let in already; this one arrives although the page goes.
  left.logOut();
  location.replace(location.href);
}

// Returns what is held, then ends the session; again and again until each is done.
async function settle(left, held) {
  const insist = async (ask) => {
    for (let tries = 0; !(await ask()); tries++) await sleep(AGAIN_MS[tries] ?? 5_000);
  };
  await left.settled;
  if (held) await insist(() => left.release(held));
  await insist(left.logOut);
}

// The kiosk stores nothing; what a browser or an extension has put there goes all the same.
async function forgetStored() {
  const tried = [
    () => sessionStorage.clear(),
    () => localStorage.clear(),
    async () => (await indexedDB.databases()).forEach(({ name }) => indexedDB.deleteDatabase(name)),
    async () => Promise.all((await caches.keys()).map((name) => caches.delete(name))),
    () => {
      for (const pair of document.cookie.split(";")) document.cookie = `${pair.split("=")[0].trim()}=; Max-Age=0; Path=/`;
    },
  ];
  await Promise.allSettled(tried.map(async (forget) => forget()));
}

const sleep = (ms) => new Promise((go) => setTimeout(go, ms));
