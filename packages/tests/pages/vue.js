// The example of Vue on a page; Checkout.vue is compiled before.

import { createApp } from "vue";

import { load } from "loyalty-checkout";

import Checkout from "../../examples/vue/dist/Checkout.ts";

const app = createApp(Checkout);
app.mount("#root");
Object.assign(window, { unmount: () => app.unmount(), loaded: load("/widget/element.js") });
