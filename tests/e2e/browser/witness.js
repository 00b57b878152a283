// Keeps what the host page hears of the widget and what goes wrong in its scripts, and lets a test move the page's clock.
window.witness = { heard: {}, errors: [] };
for (const name of ["ready", "login", "preview", "confirm", "reset", "payment-code", "error", "logout"]) {
  addEventListener(`loyalty-${name}`, (event) => {
    (witness.heard[event.type] ??= []).push(JSON.parse(JSON.stringify(event.detail)));
  });
}
addEventListener("error", (event) => witness.errors.push(event.message));
addEventListener("unhandledrejection", (event) => witness.errors.push(String(event.reason)));

let passed = 0;
const now = performance.now.bind(performance);
performance.now = () => now() + passed;
witness.passTime = (seconds) => {
  passed += seconds * 1000;
};
