import { load } from "loyalty-checkout";

load("https://loyalty.example/widget/element.js").catch((cause) => console.error(cause));
