// Phones as a guest types them before the widget is there: grouped exactly as src/state/phone.rs does, which a test holds
// together, so that nothing changes under the guest's hands when the widget takes over.

// Dialling codes, and how the national number behind each is grouped.
const PLANS = [
  ["7", 3, 3, 2, 2],
  ["375", 2, 3, 2, 2],
  ["374", 2, 3, 3],
  ["971", 2, 3, 4],
  ["994", 2, 3, 2, 2],
  ["995", 3, 3, 3],
  ["996", 3, 3, 3],
  ["998", 2, 3, 2, 2],
];
const MAX_DIGITS = 15;

// The digits of a text as European ones; Arabic and Persian keyboards have their own, whose last four bits are the value.
const digitsOf = (text) =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt() & 15).replace(/[^0-9]/g, "");

// The phone grouped for reading: `+7 999 000-11-22`.
export function format(text) {
  const hasPlus = /^ *\+/.test(text);
  let digits = digitsOf(text);
  if (!hasPlus) {
    if (digits.length === 11 && digits[0] === "8") digits = `7${digits.slice(1)}`;
    else if (digits[0] === "9" && digits.length <= 10) digits = `7${digits}`;
  }
  digits = digits.slice(0, MAX_DIGITS);
  if (!digits) return hasPlus ? "+" : "";
  // An 8 alone may still become the trunk prefix: the plus would turn it into a country.
  if (digits[0] === "8" && !hasPlus) return digits;
  const [code, ...groups] = PLANS.find(([code]) => digits.startsWith(code)) ?? [digits];
  let out = `+${code}`;
  let at = code.length;
  groups.forEach((length, index) => {
    if (at < digits.length) out += (index < 2 ? " " : "-") + digits.slice(at, at + length);
    at += length;
  });
  return out;
}

// Groups what an input holds, with the caret behind as many digits as before.
export function regroup(input) {
  const text = input.value;
  const before = digitsOf(text.slice(0, input.selectionStart)).length;
  const shown = format(text);
  input.value = shown;
  // Digits may have been added in front (+7 for a bare mobile number), never behind.
  const added = Math.max(digitsOf(shown).length - digitsOf(text).length, 0);
  const at = caret(shown, before + added);
  input.setSelectionRange(at, at);
}

// Where the caret stands behind so many digits.
function caret(shown, digits) {
  if (!digits) return Math.min(shown.length, 1);
  let seen = 0;
  for (let index = 0; index < shown.length; index++) {
    if (digitsOf(shown[index]) && ++seen === digits) return index + 1;
  }
  return shown.length;
}
