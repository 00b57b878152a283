// What the elements have in common, the widget's and the one that shows it in a frame: attributes that are properties too, what
// a page has set before the script arrived, where the proxy is, and being defined once on a page however often the script is
// loaded.

// By their properties: the restaurant's name in the proxy's configuration; the proxy's address, where it is not the one the
// script came from; the language's tag, where it is not the one of what is around the element; the token of the order that the
// restaurant's server has registered.
const REFLECTED = { restaurant: "restaurant", proxy: "proxy", language: "language", orderToken: "order-token" };

// Takes over what the page has set on an element that was no element of ours yet.
export function takeEarly(element) {
  for (const name of [...Object.keys(REFLECTED), "texts", "cart"]) {
    if (Object.hasOwn(element, name)) {
      const early = element[name];
      delete element[name];
      element[name] = early;
    }
  }
}

// An address in the proxy that the page names, else in that the script came from, also where what the page names is no address.
export function inProxy(name, proxy, script) {
  const at = (base) => new URL(name, new URL(base || "/", script));
  try {
    return at(proxy);
  } catch {
    return at();
  }
}

// Defines the element, unless that is done, or there are no elements. Returns every address that its script was loaded from on
// this page, also by other copies of it; `url` is this one's.
export function define(name, made, url) {
  for (const [property, attribute] of Object.entries(REFLECTED)) {
    Object.defineProperty(made.prototype, property, {
      get() {
        return this.getAttribute(attribute) ?? "";
      },
      set(value) {
        value == null ? this.removeAttribute(attribute) : this.setAttribute(attribute, value);
      },
    });
  }
  const loads = (globalThis[Symbol.for(name)] ??= []);
  loads.push(url);
  if (globalThis.customElements) {
    if (!customElements.get(name)) customElements.define(name, made);
    else if (loads.length < 3) console.warn(`${name} is loaded twice: ${loads}`);
  }
  return loads;
}
