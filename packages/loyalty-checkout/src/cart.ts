// What a page hands over: the contract of the proxy, crates/contract/src/cart.rs.

/** How the guest receives the order. */
export type Expedition = "delivery" | "pickup";

/** The contents of an order. */
export interface Cart {
  /** ISO 4217 code of the currency of every amount; must be the restaurant's. */
  currency: string;
  expedition: Expedition;
  /** One to 500 lines. */
  lines: readonly CartLine[];
}

/** A dish of the order. */
export interface CartLine {
  /** The dish's article code, as the loyalty system knows it. */
  code: string;
  name: string;
  category?: string | null;
  /** How much of it, in thousandths of a portion; a whole number above zero. */
  quantity_milli: number;
  /** The price of one portion in whole minor units, without modifiers. */
  unit_price_minor: number;
  /** What is added to each portion; may be empty, at most 50. */
  modifiers: readonly CartModifier[];
}

/** What is added to each portion of a dish. */
export interface CartModifier {
  code: string;
  name: string;
  /** How many of it go with one portion, in thousandths. */
  quantity_milli: number;
  /** The price of one in whole minor units. */
  unit_price_minor: number;
}
