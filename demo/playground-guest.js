// The guests that the chosen restaurant knows, and the codes that their phones get.

import { at, button, copyText } from "/demo/playground-elements.js";
import { RESTAURANTS } from "/demo/restaurants.js";

const POLL_MS = 1000;

/** Offers the guests' phones and cards to be copied. */
export function fillGuests() {
  const chips = RESTAURANTS[at("restaurant").value].guests.map(({ copy, shown, who }) =>
    button(shown, () => copyText(copy, `Copied ${shown}`, at("sms")), { title: who, "aria-label": `Copy ${shown}` }),
  );
  at("guests").replaceChildren(...chips);
}

/** Shows the newest code that was sent, as the guest's phone has it. */
export async function watchMessages() {
  let newest;
  for (;;) {
    try {
      const answer = await fetch("/demo/sms.json", { cache: "no-store", signal: AbortSignal.timeout(5000) });
      const [message] = await answer.json();
      const key = message && message.sent_at + message.code;
      if (newest !== undefined && key && key !== newest) {
        const copy = button(message.code, () => copyText(message.code, "Copied the code", at("copied")));
        copy.setAttribute("aria-label", `Copy the code ${message.code}`);
        at("sms").replaceChildren(`The code for ${message.phone}: `, copy);
      }
      newest = key ?? "";
    } catch {
      // The next look tries again; what is shown stays.
    }
    await new Promise((go) => setTimeout(go, POLL_MS));
  }
}
