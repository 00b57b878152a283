// The demo's restaurants: what each of them sells, how it hands orders over, and who its guests are. The one place where the
// page knows one restaurant from another; of their loyalty systems it knows nothing.

const pirogi = {
  name: "Пироги да Фрукты",
  note: ["Домашняя кухня на Пятницкой", "Печём каждый день до 23:00"],
  pickup: "Пятницкая, 12, вход со двора. Заказ будет готов через 25 минут.",
  delivers: true,
  menu: [
    { code: "pie-cherry", name: "Пирог с вишней", category: "Пироги", price_minor: 42000 },
    { code: "pie-meat", name: "Пирог с говядиной", category: "Пироги", price_minor: 56000 },
    { code: "soup-borsch", name: "Борщ", category: "Горячее", price_minor: 34000, modifiers: ["mod-sourcream"] },
    { code: "hot-pelmeni", name: "Пельмени домашние", category: "Горячее", price_minor: 48000, modifiers: ["mod-sourcream"] },
    { code: "drink-mors", name: "Морс клюквенный 0,4 л", category: "Напитки", price_minor: 16000, modifiers: ["mod-ice"] },
    { code: "drink-tea", name: "Чай с чабрецом", category: "Напитки", price_minor: 19000, modifiers: ["mod-honey"] },
    { code: "dessert-medovik", name: "Медовик", category: "Десерты", price_minor: 29000 },
    { code: "fruit-salad", name: "Фруктовый салат", category: "Десерты", price_minor: 31000, modifiers: ["mod-honey"] },
  ],
  modifiers: {
    "mod-sourcream": { name: "Сметана", price_minor: 4000 },
    "mod-honey": { name: "Мёд", price_minor: 5000 },
    "mod-ice": { name: "Лёд", price_minor: 0 },
  },
  cart: ["hot-pelmeni", "drink-mors"],
  guests: [
    { copy: "+79990001122", shown: "+7 999 000-11-22", who: "Иван: 100 бонусов и напиток в подарок" },
    { copy: "+79990002233", shown: "+7 999 000-22-33", who: "Мария: уровень «Платиновый», 1230,58 бонуса" },
    { copy: "PROMOCODE1", shown: "PROMOCODE1", who: "промокод на 100 ₽" },
  ],
  next: "После подтверждения добавьте десерт и посмотрите, как заказ пересчитается.",
};

const lapsha = {
  name: "Лапша",
  note: ["Лапшичная на проспекте Мира", "Варим бульон с семи утра"],
  pickup: "Проспект Мира, 17. Доставки нет: заказ будет готов через 15 минут, заберите его у стойки.",
  delivers: false,
  menu: [
    { code: "b5a5e2e8-958e-765c-2822-d5cf7c60df7d", drawn: "salad", name: "Салат Мимоза", category: "Закуски", price_minor: 20000 },
    { code: "0c7e1a52-6f3b-4d18-9a64-2e5b8d0f7c31", drawn: "noodles", name: "Лапша удон с курицей", category: "Лапша", price_minor: 39000, modifiers: ["7d2f9b84-13c6-4e5a-b0f7-68a1c4d9e205"] },
    { code: "4a91d6e3-87b2-4c05-8e1f-d3706a2b59c8", drawn: "noodles", name: "Лапша соба с овощами", category: "Лапша", price_minor: 36000, modifiers: ["7d2f9b84-13c6-4e5a-b0f7-68a1c4d9e205"] },
    { code: "e28b5f07-3d9a-4671-a5c2-910f4e7d6b83", drawn: "ramen", name: "Рамен с яйцом", category: "Супы", price_minor: 45000, modifiers: ["7d2f9b84-13c6-4e5a-b0f7-68a1c4d9e205"] },
    { code: "96c3a0d1-5e74-4b8f-92d6-0b7f1e3c8a45", drawn: "dumplings", name: "Гёдза со свининой", category: "Закуски", price_minor: 31000 },
    { code: "1f5d8c2b-e069-4a37-b3e8-57d4960ac1f2", drawn: "drink-tea", name: "Чай улун", category: "Напитки", price_minor: 15000 },
  ],
  modifiers: { "7d2f9b84-13c6-4e5a-b0f7-68a1c4d9e205": { name: "Острый соус", price_minor: 3000 } },
  cart: ["b5a5e2e8-958e-765c-2822-d5cf7c60df7d", "0c7e1a52-6f3b-4d18-9a64-2e5b8d0f7c31"],
  guests: [
    { copy: "+79990003344", shown: "+7 999 000-33-44", who: "Денис: уровень «Платиновый», 1230,58 бонуса" },
    { copy: "+79990004455", shown: "+7 999 000-44-55", who: "Анна: 3,21 бонуса" },
    { copy: "PROMOCODE1", shown: "PROMOCODE1", who: "промокод на 100 ₽" },
  ],
  next: "Здесь списывают все бонусы или ничего, а подтверждение сразу передаёт заказ в ресторан.",
};

const chashka = {
  name: "Чашка",
  note: ["Кофейня на Набережной", "Зерно обжариваем по вторникам"],
  pickup: "Набережная, 6. Сварим к вашему приходу.",
  delivers: true,
  menu: [
    { code: "coffee-cappuccino", drawn: "coffee", name: "Капучино", category: "Кофе", price_minor: 22000, modifiers: ["mod-oat"] },
    { code: "coffee-latte", drawn: "latte", name: "Латте 0,4 л", category: "Кофе", price_minor: 26000, modifiers: ["mod-oat"] },
    { code: "coffee-filter", drawn: "coffee", name: "Фильтр-кофе", category: "Кофе", price_minor: 19000 },
    { code: "tea-black", drawn: "drink-tea", name: "Чай чёрный", category: "Чай", price_minor: 17000 },
    { code: "bakery-croissant", drawn: "croissant", name: "Круассан", category: "Выпечка", price_minor: 18000 },
    { code: "dessert-cheesecake", drawn: "cheesecake", name: "Чизкейк", category: "Десерты", price_minor: 32000 },
  ],
  modifiers: { "mod-oat": { name: "На овсяном", price_minor: 6000 } },
  cart: ["coffee-latte", "dessert-cheesecake"],
  guests: [
    { copy: "+79990005566", shown: "+7 999 000-55-66", who: "Ольга: 878 бонусов" },
    { copy: "+79990006677", shown: "+7 999 000-66-77", who: "Пётр: уровень со скидкой" },
    { copy: "2200770012345678", shown: "2200 7700 1234 5678", who: "карта Ольги" },
    { copy: "AP-4711-OLGA", shown: "AP-4711-OLGA", who: "код Ольги из приложения" },
  ],
  next: "Подтверждённые бонусы закреплены десять минут: посмотрите на время в карточке.",
};

/** The widget's languages by their tags, each in its own words. */
export const LANGUAGES = { ru: "Русский", en: "English", kk: "Қазақша", ar: "العربية" };

/** Every restaurant by the name the proxy knows it under. */
export const RESTAURANTS = { pirogi, lapsha, chashka };

/** The name of the restaurant an address asks for; the first where it asks for none that is here. */
export function chosen(search) {
  const asked = new URLSearchParams(search).get("restaurant");
  return Object.hasOwn(RESTAURANTS, asked ?? "") ? asked : "pirogi";
}
