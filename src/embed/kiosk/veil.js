// Keeps what a guest has typed from whoever stands behind them: the phone is shown with all but its last digits hidden
// wherever the widget says it, and in its field once nobody has typed for a while, or it has been sent.

// How long a guest may look at what they have typed.
const LOOK_S = 10;

// A phone with dots for all digits but its country's and the last four.
export function masked(text) {
  return text.replace(/(\+\d+)([\d\s-]{5,})(\d{2}[\s-]?\d{2})(?!\d)/g, (_, country, hidden, shown) =>
    [country, hidden.replace(/\d/g, "•"), shown].join(""),
  );
}

// Hides what the widget has just shown; called before it is drawn.
export function veil(root) {
  for (const lead of root.querySelectorAll("[part~=lead]")) {
    for (const piece of lead.childNodes) {
      const shown = masked(piece.data ?? "");
      if (piece.data && piece.data !== shown) piece.data = shown;
    }
  }
}

// Hides the fields of logging in while nobody types, or while what they hold is on its way.
export function veilField(element, field, quietS) {
  const isHidden = field?.matches("#phone, #key, #code") && field.value && (field.readOnly || quietS > LOOK_S);
  element.toggleAttribute("veiled", Boolean(isHidden));
}
