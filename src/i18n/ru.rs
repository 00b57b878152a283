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
    PhoneLead = "Войдите, чтобы списать бонусы и получить скидки на этот заказ.",
    /// Label of the phone field.
    PhoneLabel = "Номер телефона",
    /// Asks for a code.
    PhoneSubmit = "Получить код",
    /// Consent below the phone field.
    PhoneConsent = "Мы отправим SMS с кодом. Вводя код, вы принимаете правила программы лояльности ресторана.",
    /// The phone is too short.
    PhoneIncomplete = "Введите номер полностью, например +7 999 000-11-22.",

    /// Label of the field of a card's number.
    CardLabel = "Номер карты",
    /// Label of the field of an application's code.
    AppCodeLabel = "Код из приложения",
    /// The field of a card's number or an application's code is empty.
    KeyIncomplete = "Заполните это поле.",
    /// Logs in by phone instead.
    ByPhone = "Войти по телефону",
    /// Logs in by card instead.
    ByCard = "Войти по карте",
    /// Logs in by an application's code instead.
    ByAppCode = "По коду из приложения",

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
    /// Greets a guest who has discounts and no bonuses; gap: the name.
    GreetingDiscount = "{}, ваши скидки",
    /// The same where no name is known.
    GreetingDiscountNameless = "Ваши скидки",
    /// Leaves the session.
    Logout = "Выйти",
    /// Label of the balance.
    Balance = "На счёте",
    /// The rank; gap: its name.
    Rank = "Уровень «{}»",
    /// What the rank returns; gap: the percentage.
    RankCashback = ", возвращаем {}",
    /// What the rank takes off; gap: the percentage.
    RankDiscount = ", скидка {}",
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
    /// No promo codes here.
    PromoNotSupported = "в этой программе промокодов нет",
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
    /// What comes of the switch; gaps: the sum with the spend, the sum without.
    SpendEffect = "К оплате {} вместо {}",
    /// All that may be spent is another sum now; gap: bonuses.
    SpendAllChanged = "Заказ изменился: теперь спишется {}.",
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

    /// Nothing is accrued where bonuses are spent.
    AccrualNone = "Если списать бонусы, за этот заказ новые не начислятся.",

    /// Said before a confirm that gives the order to the restaurant.
    ConfirmSends = "После подтверждения заказ уйдёт в ресторан.",
    /// Said before a confirm that holds for a time; gap: minutes.
    ConfirmHolds = "Бонусы закрепим за заказом на {} мин.",
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
    /// Shown where nothing is spent and nothing is accrued.
    ConfirmedLeadDiscount = "Скидки учтены в сумме.",
    /// Shown where the confirm has given the order to the restaurant.
    ConfirmedLeadSent = "Заказ передан в ресторан. Изменить его можно здесь, отменить только в ресторане.",
    /// Label of the frozen bonuses.
    Frozen = "Отложено бонусов",
    /// Label of the spent bonuses, where the restaurant has the order.
    Taken = "Списано бонусов",
    /// Label of the time until what is frozen falls off.
    HoldLeft = "Осталось на оформление",
    /// Warns of the end of the hold; gap: how little time is left.
    HoldEnding = "Осталось меньше {}. Потом бонусы вернутся на счёт, и заказ нужно будет подтвердить ещё раз.",
    /// A minute, as a gap.
    HoldMinute = "минуты",
    /// Half a minute, as a gap.
    HoldHalfMinute = "30 секунд",
    /// The last seconds, as a gap.
    HoldSeconds = "10 секунд",
    /// Holds anew.
    HoldExtend = "Продлить",
    /// Label of the discounts.
    Discounts = "Скидки",
    /// Changes a confirmed order.
    Change = "Изменить",
    /// Gives the spend up.
    Cancel = "Отменить",
    /// Shows the payment code.
    ShowCode = "Код для кассы",

    /// Heading where nobody can tell whether the restaurant has the order.
    UnknownTitle = "Не знаем, принят ли заказ",
    /// What that means.
    UnknownLead = "Ответ ресторана не дошёл: заказ мог быть принят вместе с бонусами. Дважды мы его не отправим. Спросите в ресторане, прежде чем заказывать заново.",
    /// Asks where the order stands.
    UnknownLook = "Проверить ещё раз",
    /// Begins another order.
    UnknownNew = "Начать новый заказ",

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
    /// The SMS could not be sent.
    FailedSms = "Не удалось отправить SMS. Попробуйте ещё раз.",
    /// Not the code; gap: tries.
    FailedCode = "Код не подошёл. Осталось попыток: {}.",
    /// The code is of no use any more.
    FailedCodeSpent = "Этот код больше не действует. Запросите новый.",
    /// Too many wrong keys; gap: minutes and seconds.
    FailedTries = "Слишком много попыток. Следующая через {}.",
    /// Not a way to log in here.
    FailedLoginKey = "Здесь так войти нельзя. Войдите по телефону.",
    /// The phone is nobody's in the programme.
    FailedNoMember = "Этот номер не участвует в программе лояльности ресторана. Введите другой или оформите заказ без бонусов.",
    /// The card is nobody's in the programme.
    FailedNoCard = "Карта не найдена. Проверьте номер или войдите по телефону.",
    /// The application's code is nobody's in the programme.
    FailedNoAppCode = "Код не найден. Обновите его в приложении или войдите по телефону.",
    /// The cart is empty.
    FailedEmptyCart = "В заказе ничего нет. Добавьте блюдо.",
    /// A line of the cart is wrong.
    FailedCart = "В заказе есть позиция, которую нельзя посчитать. Проверьте количество и состав.",
    /// Only orders that guests fetch themselves are calculated.
    FailedDelivery = "Бонусы действуют, если забрать заказ самому.",
    /// The loyalty system cannot do this.
    FailedNotSupported = "Программа лояльности этого ресторана так не умеет.",
    /// The loyalty system cannot be reached or answers nonsense.
    FailedUpstream = "Программа лояльности сейчас не отвечает. Повторите через минуту или оформите заказ без неё.",
    /// The loyalty system refuses.
    FailedUpstreamRefused = "Программа лояльности не приняла заказ. Повторите или оформите заказ без бонусов.",
    /// Spending on the page's own cart is switched off.
    FailedConfirmNotAllowed = "На этой странице бонусы можно только посчитать. Спишите их на кассе.",
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

    /// The hold was given up to be begun anew.
    NoticeHoldAgain = "Подтвердите ещё раз, и время начнётся заново.",
    /// The hold's time is over.
    NoticeHoldOver = "Время вышло, бонусы вернулись на счёт. Проверьте суммы и подтвердите ещё раз.",

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
