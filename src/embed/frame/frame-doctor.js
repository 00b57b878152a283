// What keeps the frame from working on a page, and how to mend it. Loaded only when it is asked for; speaks to developers, so
// in English. A finding is { code, severity: "error" | "warning", message, remedy }, as of src/embed/doctor.js.

const TOLD_MS = 200;
const SILENT_MS = 2000;

// Examines the page. `address` is the frame's, `line` the line to it; `loads` are the addresses that the script came from, and
// `versions` what it speaks; `ask` asks the frame's own doctor.
export async function examine(address, line, loads, versions, ask) {
  const restaurant = address.searchParams.get("restaurant") ?? "";
  const found = [];
  const error = (code, message, remedy) => found.push({ code, severity: "error", message, remedy });
  const warn = (code, message, remedy) => found.push({ code, severity: "warning", message, remedy });
  if (!restaurant) {
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
  if (line?.refused) {
    const message = `The frame speaks the protocol's versions ${line.refused.join()}, this script ${versions.join()}.`;
    error("frame_version", message, "Load frame.js from the proxy that shows the frame, and pin no older build of it.");
    return found;
  }
  await findCause(address, restaurant, error);
  return found;
}

// Why there is no frame to be asked.
async function findCause({ href, origin }, restaurant, error) {
  const directive = await policyAgainst(href);
  if (directive) {
    const message = `The page's Content-Security-Policy (${directive}) blocks ${origin}.`;
    return error("csp_blocked", message, `Add ${origin} to frame-src and connect-src.`);
  }
  const asked = await fetch(href, { mode: "no-cors", credentials: "omit", cache: "no-store" }).then(() => true, () => false);
  if (!asked) {
    const remedy = "Check the script's address or the attribute proxy, the proxy itself, and blockers.";
    return error("proxy_unreachable", `${origin} does not answer.`, remedy);
  }
  const api = new URL(`api/v1/restaurant/${encodeURIComponent(restaurant)}`, href);
  const answer = await fetch(api, { credentials: "omit", cache: "no-store" }).catch(() => undefined);
  const allow = `Add "${location.origin}" to allowed_origins of the restaurant in the proxy's configuration`;
  if (!answer) return error("origin_not_allowed", `The proxy answers, but not to pages of ${location.origin}.`, `${allow}.`);
  if (!answer.ok) {
    const message = `The proxy knows no restaurant “${restaurant}”.`;
    return error("unknown_restaurant", message, "Use the name from the proxy's configuration.");
  }
  const message = `The proxy answers, but the frame is not shown in a page of ${location.origin}.`;
  error("frame_blocked", message, `${allow}, and the origin of every page around this one; look for a blocker.`);
}

// Which directive of the page's policy forbids the frame's address: a frame that shows nothing tries it again.
function policyAgainst(href) {
  return new Promise((go) => {
    const probe = document.createElement("iframe");
    const end = (directive) => {
      document.removeEventListener("securitypolicyviolation", hear);
      probe.remove();
      go(directive);
    };
    const hear = ({ blockedURI, effectiveDirective }) => {
      if (href.startsWith(blockedURI)) end(effectiveDirective);
    };
    document.addEventListener("securitypolicyviolation", hear);
    probe.hidden = true;
    // What the policy blocks is told before or soon after the browser's own page of the error has loaded.
    probe.addEventListener("load", () => setTimeout(end, TOLD_MS));
    setTimeout(end, SILENT_MS);
    probe.src = href;
    document.body.append(probe);
  });
}
