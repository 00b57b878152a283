//! The texts in Russian.

/// Declares the texts: a name and its words.
macro_rules! texts {
    ($($(#[$meta:meta])* $name:ident = $words:literal,)*) => {
        /// A text of the widget. Gaps are written `{}`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Text {
            $($(#[$meta])* $name,)*
        }

        impl Text {
            /// Every text, for the tests.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The words.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

texts! {
    /// Heading of the phone step.
    PhoneTitle = "Бонусы и скидки",
    /// What logging in brings.
    PhoneLead = "Войдите по номеру телефона, чтобы списать бонусы и получить скидки на этот заказ.",
    /// Label of the phone field.
    PhoneLabel = "Номер телефона",
    /// Asks for a code.
    PhoneSubmit = "Получить код",
    /// Consent below the phone field.
    PhoneConsent = "Мы отправим SMS с кодом. Вводя код, вы вступаете в программу лояльности ресторана.",
    /// The phone is too short.
    PhoneIncomplete = "Введите номер полностью, например +7 999 000-11-22.",

    /// Heading of the code step.
    CodeTitle = "Код из SMS",
    /// Where the code went; gap: the phone.
    CodeLead = "Отправили код на {}",
    /// Label of the code field.
    CodeLabel = "Шесть цифр из сообщения",
    /// Submits the code.
    CodeSubmit = "Войти",
    /// Asks for another code.
    CodeResend = "Отправить код ещё раз",
    /// How long until another code; gap: minutes and seconds.
    CodeResendIn = "Отправить ещё раз через {}",
    /// Goes back to the phone.
    ChangeNumber = "Изменить номер",

    /// Greets the guest by name; gap: the name.
    Greeting = "{}, ваши бонусы",
    /// Heading of the preview where no name is known.
    GreetingNameless = "Ваши бонусы",
    /// Leaves the session.
    Logout = "Выйти",
    /// Label of the balance.
    Balance = "На счёте",
    /// The rank; gaps: its name, its percentage.
    Rank = "Уровень «{}», возвращаем {}",
    /// What keeps the rank; gaps: the sum, the hours.
    RankConfirmation = "Потратьте ещё {} за {}, чтобы сохранить уровень",
    /// The cart is empty.
    EmptyCart = "Добавьте что-нибудь в заказ, и мы посчитаем бонусы и скидки.",
    /// The preview is on its way.
    Calculating = "Пересчитываем…",

    /// Label of the sum at list prices.
    ItemsTotal = "Заказ",
    /// Label of the bonuses spent.
    SpendRow = "Списание бонусов",
    /// Label of the sum to pay.
    ToPay = "К оплате",

    /// Label of the promo code field.
    PromoLabel = "Промокод",
    /// Adds the promo code.
    PromoAdd = "Применить",
    /// Removes a promo code; gap: the code.
    PromoRemove = "Убрать промокод {}",
    /// A promo code works.
    PromoWorks = "применён",
    /// A promo code without effect.
    PromoNoEffect = "не подошёл к этому заказу: неизвестен, истёк или не выполнены условия",
    /// A promo code entered twice.
    PromoDuplicate = "уже введён",
    /// Too many promo codes.
    PromoTooMany = "слишком много промокодов на один заказ",

    /// Label of the slider and of the field beside it.
    SpendLabel = "Списать бонусов",
    /// Label of the field where a sum is typed.
    SpendFieldLabel = "Сколько бонусов списать",
    /// The most that may be spent; gap: bonuses.
    SpendMost = "Можно списать до {}",
    /// Nothing may be spent.
    SpendNothing = "На этот заказ бонусы списать нельзя",
    /// Spends as much as possible.
    SpendAll = "Всё",
    /// The typed sum is above the most; gap: bonuses.
    SpendAboveMost = "Больше {} на этот заказ списать нельзя.",
    /// The typed sum is below the least; gap: bonuses.
    SpendBelowLeast = "Меньше {} списать нельзя.",
    /// The typed text is no number; gap: bonuses.
    SpendNotANumber = "Введите сумму цифрами. Пока выбрано {}.",
    /// The limit fell; gap: bonuses.
    SpendLimitFell = "Заказ изменился: теперь можно списать не больше {}.",

    /// Heading of the accruals.
    AccrualTitle = "Начислим за заказ",
    /// Accrual if nothing is spent.
    AccrualWithout = "без списания",
    /// Accrual if the most is spent.
    AccrualWith = "при полном списании",

    /// Confirms a spend; gap: bonuses.
    ConfirmSpend = "Списать {}",
    /// Confirms without a spend.
    ConfirmPlain = "Применить к заказу",

    /// Heading of the confirmed step.
    ConfirmedTitle = "Применили к заказу",
    /// What is frozen; shown where bonuses are spent.
    ConfirmedLead = "Бонусы отложены и спишутся при оплате.",
    /// Shown where nothing is spent.
    ConfirmedLeadPlain = "Бонусы за заказ начислим после оплаты.",
    /// Label of the frozen bonuses.
    Frozen = "Отложено бонусов",
    /// Label of the discounts.
    Discounts = "Скидки",
    /// Changes a confirmed order.
    Change = "Изменить",
    /// Gives the spend up.
    Cancel = "Отменить",
    /// Shows the payment code.
    ShowCode = "Код для кассы",

    /// Heading of the payment code step.
    PaymentCodeTitle = "Код для кассы",
    /// What to do with it.
    PaymentCodeLead = "Покажите код сотруднику: он отсканирует его или введёт цифры.",
    /// Name of the bar code for those who cannot see it; gap: the digits.
    BarcodeName = "Штрихкод EAN-8: {}",
    /// Name of the QR code for those who cannot see it; gap: the digits.
    QrName = "QR-код: {}",
    /// How long the code is good for; gap: minutes and seconds.
    PaymentCodeLeft = "Действует ещё {}",
    /// The code has expired and another is on its way.
    PaymentCodeRenewing = "Получаем новый код…",
    /// The code has expired and no other could be had.
    PaymentCodeExpired = "Срок кода истёк.",
    /// Gets another code.
    PaymentCodeRenew = "Обновить код",
    /// Leaves the payment code.
    Back = "Назад",

    /// Tries again what failed.
    Retry = "Повторить",
    /// Not reachable.
    FailedOffline = "Нет связи. Проверьте интернет и повторите: всё, что вы ввели, сохранилось.",
    /// Too slow.
    FailedTimeout = "Ответ идёт слишком долго. Повторите: всё, что вы ввели, сохранилось.",
    /// Something is broken.
    FailedInternal = "Что-то пошло не так на нашей стороне. Повторите через минуту.",
    /// No such restaurant.
    FailedRestaurant = "Программа лояльности этого ресторана сейчас недоступна. Заказ можно оформить без неё.",
    /// Not a phone.
    FailedPhone = "Такого номера не бывает. Проверьте цифры.",
    /// Not a country of this restaurant.
    FailedCountry = "На номера этой страны ресторан не отправляет коды. Введите другой номер.",
    /// Another code too soon; gap: minutes and seconds.
    FailedResend = "Код уже отправлен. Новый можно запросить через {}.",
    /// Too many codes were asked for or tried.
    FailedTooManyRequests = "Слишком много попыток входа. Попробуйте ещё раз позже.",
    /// The SMS could not be sent.
    FailedSms = "Не удалось отправить SMS. Попробуйте ещё раз.",
    /// Not the code; gap: tries.
    FailedCode = "Код не подошёл. Осталось попыток: {}.",
    /// The code is of no use any more.
    FailedCodeSpent = "Этот код больше не действует. Запросите новый.",
    /// The cart is empty.
    FailedEmptyCart = "В заказе ничего нет. Добавьте блюдо.",
    /// A line of the cart is wrong.
    FailedCart = "В заказе есть позиция, которую нельзя посчитать. Проверьте количество и состав.",
    /// The loyalty system cannot be reached or answers nonsense.
    FailedUpstream = "Программа лояльности сейчас не отвечает. Повторите через минуту или оформите заказ без неё.",
    /// The loyalty system refuses.
    FailedUpstreamRefused = "Программа лояльности не приняла заказ. Повторите или оформите заказ без бонусов.",
    /// Spending on the page's own cart is switched off.
    FailedConfirmNotAllowed = "На этой странице бонусы можно только посчитать. Спишите их на кассе: покажите код для кассы.",
    /// The same request is under way.
    FailedInProgress = "Предыдущий запрос ещё выполняется. Повторите через несколько секунд.",

    /// The session is over.
    NoticeSessionEnded = "Сеанс закончился. Войдите ещё раз: ваш выбор сохранился.",
    /// The order changed after it was confirmed.
    NoticeConfirmAgain = "Заказ изменился, бонусы вернулись на счёт. Проверьте суммы и подтвердите ещё раз.",
    /// The sums changed before the confirm.
    NoticePreviewChanged = "Суммы изменились. Проверьте их и подтвердите ещё раз.",
    /// The spend was given up.
    NoticeSpendCancelled = "Списание отменено, бонусы вернулись на счёт.",
    /// The order is paid.
    NoticeOrderPaid = "Прошлый заказ оплачен. Это расчёт для нового.",

    /// One bonus.
    BonusOne = "{} бонус",
    /// Two to four bonuses, and fractions.
    BonusFew = "{} бонуса",
    /// Five and more bonuses.
    BonusMany = "{} бонусов",
    /// One hour.
    HourOne = "{} час",
    /// Two to four hours.
    HourFew = "{} часа",
    /// Five and more hours.
    HourMany = "{} часов",
}
