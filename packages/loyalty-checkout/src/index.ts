// The public face of <loyalty-checkout> for TypeScript, and what loads its script. No logic of the widget is here.

export * from "./cart.js";
export * from "./element.js";
export * from "./errors.js";
export * from "./events.js";
export * from "./load.js";
export * from "./preview.js";
export * from "./texts.js";
