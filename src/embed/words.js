// The words that are there before the widget with all its texts: those of the first screen, as src/i18n has them (a test
// holds the two together), and those for the case that the widget cannot be had at all.

export const WORDS = {
  title: "Бонусы и скидки",
  lead: "Войдите, чтобы списать бонусы и получить скидки на этот заказ.",
  label: "Номер телефона",
  submit: "Получить код",
  consent: "Мы отправим SMS с кодом. Вводя код, вы принимаете правила программы лояльности ресторана.",
  unavailable: "Программа лояльности сейчас недоступна. Заказ можно оформить без неё.",
  retry: "Повторить",
};
