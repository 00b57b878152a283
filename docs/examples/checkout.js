const loyalty = document.getElementById("loyalty");
const show = (minor) => (document.getElementById("to-pay").value = (minor / 100).toFixed(2));

let pies = 1;
let confirmed;

function changed() {
  const cart = {
    currency: "RUB",
    expedition: "pickup",
    lines: [
      {
        code: "hot-pelmeni",
        name: "Pelmeni",
        quantity_milli: 1000 * pies, // quantities are thousandths
        unit_price_minor: 48000, // 480.00: money is whole minor units
        modifiers: [],
      },
    ],
  };
  confirmed = undefined;
  show(48000 * pies);
  loyalty.cart = cart; // may come before the element's script
}

loyalty.addEventListener("loyalty-preview", (event) => show(event.detail.to_pay_minor));
loyalty.addEventListener("loyalty-confirm", (event) => {
  confirmed = event.detail;
  show(confirmed.to_pay_minor);
});
loyalty.addEventListener("loyalty-reset", () => {
  confirmed = undefined;
  show(48000 * pies);
});
loyalty.addEventListener("loyalty-error", ({ detail }) => {
  if (detail.code !== "order_unknown") return; // the guest has read what happened; the order goes on without loyalty
  document.getElementById("notice").textContent = "Please call the restaurant before you order again.";
});

document.getElementById("more").addEventListener("click", () => {
  pies += 1;
  changed();
});
document.getElementById("pay").addEventListener("click", () => {
  const order = confirmed ? `${confirmed.order_id} for ${confirmed.to_pay_minor}` : "without loyalty";
  console.log(`place the order: ${order}`);
});
changed();
