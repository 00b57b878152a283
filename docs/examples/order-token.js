document.querySelector("loyalty-checkout").updateCart();
