// Logs a guest in by what the scanner has read, where the restaurant's loyalty system knows cards or its application's codes.

// What to say, by the proxy's code.
const SAID = {
  not_a_member: "ScanUnknown",
  login_key_not_allowed: "ScanNotHere",
  too_many_tries: "ScanTooMany",
  invalid_request: "ScanUnreadable",
};

// Returns the name of what to say; nothing where the guest is logged in.
export async function logInBy(code, line) {
  const { name } = line;
  if (!line.restaurant) await line.ask(`restaurant/${encodeURIComponent(name)}`);
  const allowed = line.restaurant?.login_keys;
  if (!allowed) return "ScanFailed";
  // A card has a number. What has letters is an application's code; a number that is no card may be one as well.
  const kinds = (/^\d+$/.test(code) ? ["card", "app_code"] : ["app_code"]).filter((kind) => allowed.includes(kind));
  if (!kinds.length) return "ScanNotHere";
  let said = "ScanFailed";
  for (const kind of kinds) {
    const answer = await line.ask("login/key", { restaurant: name, kind, key: code, embedding: "kiosk" });
    if (answer.status === 200) return;
    said = SAID[answer.said.code] ?? "ScanFailed";
    if (said !== "ScanUnknown") break;
  }
  return said;
}
