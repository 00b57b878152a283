// The example of React on a page, as a developer runs it: in strict mode, which mounts everything twice.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { load } from "loyalty-checkout";

import { Checkout } from "../../examples/react/Checkout.tsx";

const place = document.getElementById("root");
if (place) {
  const root = createRoot(place);
  root.render(
    <StrictMode>
      <Checkout />
    </StrictMode>,
  );
  Object.assign(window, { unmount: () => root.unmount(), loaded: load("/widget/element.js") });
}
