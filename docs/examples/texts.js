document.querySelector("loyalty-checkout").texts = {
  PhoneTitle: "Berries and discounts",
  Bonuses: { one: "{0} berry", other: "{0} berries" }, // a form for each plural of the language, `other` among them
};
