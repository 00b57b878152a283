// Runs before the scripts of each page that is measured, and of each frame in it that is of the same origin: notes when a guest
// could type the phone, and then is that guest, up to the preview. All times are milliseconds since the navigation of the page
// began, also those of a frame.
{
  const page = window.top;
  const start = page.performance.timeOrigin;
  const now = () => performance.timeOrigin + performance.now() - start;

  if (page === window) window.timing = { longest: 0 };
  const { timing } = page;

  const CART = {
    currency: "RUB",
    expedition: "pickup",
    lines: [{ code: "pelmeni", name: "Пельмени", quantity_milli: 1000, unit_price_minor: 48000, modifiers: [] }],
  };

  const widget = () => document.querySelector("loyalty-checkout");
  const inside = (selector) => widget()?.shadowRoot?.querySelector(selector);
  const field = () => (widget() ? inside("#phone") : document.querySelector("input"));

  const frame = () => new Promise(requestAnimationFrame);
  const until = async (find) => {
    for (;;) {
      const found = await find();
      if (found) return found;
      await frame();
    }
  };

  const enter = (input, text) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  };

  const code = async () => {
    const [newest] = await (await fetch("/demo/sms.json")).json();
    return newest?.code;
  };

  addEventListener("loyalty-preview", () => (timing.working ??= now()));
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) timing.longest = Math.max(timing.longest, duration);
  }).observe({ type: "longtask", buffered: true });

  (async () => {
    const input = await until(field);
    input.focus();
    timing.field = now();
    if (!widget()) return;
    // Nobody else hands an order to a kiosk.
    if (location.pathname === "/kiosk") (await until(() => window.loyaltyKiosk)).order({ cart: CART });
    enter(input, "+79990001122");
    // What is pressed before the element's script is there is not heard.
    await until(() => customElements.get("loyalty-checkout"));
    inside("#phone").form.requestSubmit();
    const asked = await until(() => inside("#code"));
    enter(asked, await until(code));
  })();

  // What the page's thread has to do until a change is drawn, without the time in which it only waits for the screen. No network
  // is in it.
  const task = () =>
    new Promise((go) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = go;
      port2.postMessage(0);
    });
  // Of a change at the beginning of a frame, which draws it: the task comes after that.
  const drawn = async (change) => {
    await frame();
    const began = performance.now();
    change();
    await task();
    return performance.now() - began;
  };
  // Of a change that takes some tasks, and the next frame.
  const drawnNext = async (change) => {
    await frame();
    await task();
    const began = performance.now();
    await change();
    const changed = performance.now() - began;
    await frame();
    const drawing = performance.now();
    await task();
    return changed + performance.now() - drawing;
  };

  const TIMES = 15;

  window.repaint = async () => {
    const times = { drag: [], change: [], answer: [] };
    const slider = await until(() => inside("input[type=range]"));
    for (let step = 1; step <= TIMES; step++) {
      const to = Math.round((slider.max * step) / (TIMES + 1));
      times.drag.push(await drawn(() => enter(slider, to)));
    }
    const send = window.fetch;
    for (let step = 1; step <= TIMES; step++) {
      const cart = structuredClone(CART);
      cart.lines[0].unit_price_minor += 100 * step;
      // Its answer is kept until it is here whole, and then handed over at a moment that is known.
      let arrived;
      const isHere = new Promise((go) => (arrived = go));
      window.fetch = async (address, options) => {
        const answer = await send(address, options);
        if (!String(address).endsWith("/preview")) return answer;
        const whole = new Response(await answer.arrayBuffer(), answer);
        await new Promise((go) => arrived(go));
        return whole;
      };
      times.change.push(await drawn(() => widget().updateCart(cart)));
      const handOver = await isHere;
      const isTold = new Promise((go) => addEventListener("loyalty-preview", go, { once: true }));
      times.answer.push(
        await drawnNext(() => {
          handOver();
          return isTold;
        }),
      );
    }
    window.fetch = send;
    return times;
  };
}
