// Lets the page's requests to the proxy's API go wrong by a switch, as networks and servers let them.

const SLOW_MS = 3000;

export const NETWORKS = {
  fine: "",
  slow: "Every answer of the API takes three seconds more.",
  offline: "No request leaves the page.",
  broken: "The API answers HTTP 500 and does nothing.",
  lost: "The API does what is asked, and its answer never arrives.",
};

const pause = (ms) => new Promise((go) => setTimeout(go, ms));

/** Puts itself before the page's `fetch`. What becomes of a request is asked for by `network()`. */
export function interfere(network) {
  const fetchNow = window.fetch;
  window.fetch = async function (request, options) {
    const address = new URL(request.url ?? request, document.baseURI);
    if (!address.pathname.includes("/api/v1/")) return fetchNow(request, options);
    switch (network()) {
      case "slow":
        await pause(SLOW_MS);
        break;
      case "offline":
        throw new TypeError("Failed to fetch");
      case "broken": {
        const body = JSON.stringify({ code: "internal", message: "the playground's network is broken" });
        return new Response(body, { status: 500, headers: { "Content-Type": "application/json" } });
      }
      case "lost":
        await fetchNow(request, options);
        throw new TypeError("Failed to fetch");
    }
    return fetchNow(request, options);
  };
}
