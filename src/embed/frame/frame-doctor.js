// What keeps the frame from working on a page, and how to mend it. Loaded only when it is asked for; speaks to developers, so
// in English. A finding is { code, severity: "error" | "warning", message, remedy }, as of src/embed/doctor.js.

// Examines the page; `line` is the line to the frame, `ask` asks the frame's own doctor.
export async function examine({ address, line, loads, restaurant, ask }) {
  const found = [];
  const error = (code, message, remedy) => found.push({ code, severity: "error", message, remedy });
  const warn = (code, message, remedy) => found.push({ code, severity: "warning", message, remedy });
  if (!restaurant.trim()) {
    error("no_restaurant", "The element has no restaurant.", "Set the attribute restaurant to its name in the proxy's configuration.");
    return found;
  }
  if (loads.length > 1) {
    warn(
      "double_load",
      `The frame's script was loaded ${loads.length} times: ${loads.join(", ")}. Only the first is used.`,
      'Keep one <script type="module"> with one address.',
    );
  }
  if (line?.ignored.length) {
    warn(
      "frame_messages",
      `Messages about the widget came that are not the frame's, or that this version does not know: ${line.ignored.join("; ")}.`,
      "Load frame.js from the proxy that shows the frame; if it is, find out who sends them.",
    );
  }
  if (line?.isOpen) {
    try {
      return [...found, ...(await ask())];
    } catch (cause) {
      error("frame_silent", `The frame does not answer (${cause.code}).`, "Reload the page; if it stays so, look at the frame's console.");
      return found;
    }
  }
  await findCause(address, restaurant, error);
  return found;
}

// Why there is no frame to be asked.
async function findCause({ href, origin }, restaurant, error) {
  const refused = policyAgainst(href);
  const asked = await fetch(href, { mode: "no-cors", credentials: "omit", cache: "no-store" }).then(() => true, () => false);
  if (refused()) {
    return error("csp_blocked", `The page's Content-Security-Policy (${refused()}) blocks ${origin}.`, `Add ${origin} to frame-src and connect-src.`);
  }
  if (!asked) {
    return error("proxy_unreachable", `${origin} does not answer.`, "Check the script's address or the attribute proxy, the proxy itself, and blockers.");
  }
  const api = new URL(`api/v1/restaurant/${encodeURIComponent(restaurant.trim())}`, href);
  const answer = await fetch(api, { credentials: "omit", cache: "no-store" }).catch(() => undefined);
  if (!answer) {
    return error(
      "origin_not_allowed",
      `The proxy answers, but pages of ${location.origin} may not show the frame.`,
      `Add "${location.origin}" to allowed_origins of the restaurant in the proxy's configuration.`,
    );
  }
  if (!answer.ok) {
    const message = `The proxy knows no restaurant “${restaurant}”.`;
    return error("unknown_restaurant", message, "Use the name from the proxy's configuration.");
  }
  error(
    "frame_blocked",
    "The proxy answers and allows this page, but the frame is not shown.",
    `Allow ${origin} in frame-src of the page's Content-Security-Policy, and in the origins' list of every page around it; look for a blocker.`,
  );
}

// What the page's policy says of the frame's address from now on: a frame that shows nothing tries it again.
function policyAgainst(href) {
  let directive;
  const hear = (event) => {
    if (href.startsWith(event.blockedURI)) directive = event.effectiveDirective;
  };
  document.addEventListener("securitypolicyviolation", hear);
  const probe = document.createElement("iframe");
  probe.hidden = true;
  probe.src = href;
  document.body.append(probe);
  return () => {
    document.removeEventListener("securitypolicyviolation", hear);
    probe.remove();
    return directive;
  };
}
