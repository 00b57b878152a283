//! The texts by name. Their words are in `texts/`, a file for each language with the same names in the same order.

/// Declares the texts: a name each.
macro_rules! texts {
    ($($(#[$meta:meta])* $name:ident,)*) => {
        /// A text of the widget: its place in the file of each language. Gaps are written `{0}` and `{1}` there.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Text {
            $($(#[$meta])* $name,)*
        }

        impl Text {
            /// Every text with its name, for the tests.
            pub const ALL: &[(Self, &str)] = &[$((Self::$name, stringify!($name)),)*];
        }
    };
}

texts! {
    // What is there before anything is fetched comes first, see `early.json`.
    /// Heading of the phone step.
    PhoneTitle,
    /// What logging in brings.
    PhoneLead,
    /// Label of the phone field.
    PhoneLabel,
    /// Asks for a code.
    PhoneSubmit,
    /// Consent below the phone field.
    PhoneConsent,
    /// Tries again what failed.
    Retry,

    /// The phone is too short; gap: an example.
    PhoneIncomplete,

    /// Label of the field of a card's number.
    CardLabel,
    /// Label of the field of an application's code.
    AppCodeLabel,
    /// The field of a card's number or an application's code is empty.
    KeyIncomplete,
    /// Logs in by phone instead.
    ByPhone,
    /// Logs in by card instead.
    ByCard,
    /// Logs in by an application's code instead.
    ByAppCode,

    /// Heading of the code step.
    CodeTitle,
    /// Where the code went; gap: the phone.
    CodeLead,
    /// Label of the code field; a plural of the digits.
    CodeLabel,
    /// Submits the code.
    CodeSubmit,
    /// Asks for another code.
    CodeResend,
    /// How long until another code; gap: minutes and seconds.
    CodeResendIn,
    /// Goes back to the phone.
    ChangeNumber,

    /// Greets the guest by name; gap: the name.
    Greeting,
    /// Heading of the preview where no name is known.
    GreetingNameless,
    /// Greets a guest who has discounts and no bonuses; gap: the name.
    GreetingDiscount,
    /// The same where no name is known.
    GreetingDiscountNameless,
    /// Leaves the session.
    Logout,
    /// Label of the balance.
    Balance,
    /// The rank; gap: its name.
    Rank,
    /// What the rank returns, behind the rank; gap: the percentage.
    RankCashback,
    /// What the rank takes off, behind the rank; gap: the percentage.
    RankDiscount,
    /// What keeps the rank; gaps: the sum, the hours.
    RankConfirmation,
    /// The cart is empty.
    EmptyCart,
    /// The preview is on its way.
    Calculating,

    /// Label of the sum at list prices.
    ItemsTotal,
    /// Label of the bonuses spent.
    SpendRow,
    /// Label of the sum to pay.
    ToPay,

    /// Label of the promo code field.
    PromoLabel,
    /// Adds the promo code.
    PromoAdd,
    /// Removes a promo code; gap: the code.
    PromoRemove,
    /// A promo code works.
    PromoWorks,
    /// A promo code without effect.
    PromoNoEffect,
    /// No promo codes here.
    PromoNotSupported,
    /// A promo code entered twice.
    PromoDuplicate,
    /// Too many promo codes.
    PromoTooMany,

    /// Label of the slider and of the field beside it.
    SpendLabel,
    /// Name of the slider for those who cannot see it.
    SpendFieldLabel,
    /// The most that may be spent; gap: bonuses, see `BonusesOf`.
    SpendMost,
    /// Nothing may be spent.
    SpendNothing,
    /// What comes of the switch; gaps: the sum with the spend, the sum without.
    SpendEffect,
    /// All that may be spent is another sum now; gap: bonuses.
    SpendAllChanged,
    /// The typed sum is above the most; gap: bonuses, see `BonusesOf`.
    SpendAboveMost,
    /// The typed sum is below the least; gap: bonuses, see `BonusesOf`.
    SpendBelowLeast,
    /// The typed text is no number; gap: bonuses.
    SpendNotANumber,
    /// The limit fell; gap: bonuses, see `BonusesOf`.
    SpendLimitFell,

    /// Heading of the accruals.
    AccrualTitle,
    /// Accrual if nothing is spent.
    AccrualWithout,
    /// Accrual if the most is spent.
    AccrualWith,
    /// Nothing is accrued where bonuses are spent.
    AccrualNone,

    /// Said before a confirm that gives the order to the restaurant.
    ConfirmSends,
    /// Said before a confirm that holds for a time; gap: minutes.
    ConfirmHolds,
    /// Confirms a spend; gap: bonuses.
    ConfirmSpend,
    /// Confirms without a spend.
    ConfirmPlain,

    /// Heading of the confirmed step.
    ConfirmedTitle,
    /// What is frozen; shown where bonuses are spent.
    ConfirmedLead,
    /// Shown where nothing is spent.
    ConfirmedLeadPlain,
    /// Shown where nothing is spent and nothing is accrued.
    ConfirmedLeadDiscount,
    /// Shown where the confirm has given the order to the restaurant.
    ConfirmedLeadSent,
    /// Label of the frozen bonuses.
    Frozen,
    /// Label of the spent bonuses, where the restaurant has the order.
    Taken,
    /// Label of the time until what is frozen falls off.
    HoldLeft,
    /// Warns of the end of the hold; gap: how little time is left.
    HoldEnding,
    /// A minute, as a gap of `HoldEnding`.
    HoldMinute,
    /// So many seconds, as a gap of `HoldEnding`; gap: the number.
    HoldSeconds,
    /// Holds anew.
    HoldExtend,
    /// Label of the discounts.
    Discounts,
    /// Changes a confirmed order.
    Change,
    /// Gives the spend up.
    Cancel,
    /// Shows the payment code.
    ShowCode,

    /// Heading where nobody can tell whether the restaurant has the order.
    UnknownTitle,
    /// What that means.
    UnknownLead,
    /// Asks where the order stands.
    UnknownLook,
    /// Begins another order.
    UnknownNew,

    /// Heading of the payment code step.
    PaymentCodeTitle,
    /// What to do with it.
    PaymentCodeLead,
    /// Name of the bar code for those who cannot see it; gap: the digits.
    BarcodeName,
    /// Name of the QR code for those who cannot see it; gap: the digits.
    QrName,
    /// How long the code is good for; gap: minutes and seconds.
    PaymentCodeLeft,
    /// The code has expired and another is on its way.
    PaymentCodeRenewing,
    /// The code has expired and no other could be had.
    PaymentCodeExpired,
    /// Gets another code.
    PaymentCodeRenew,
    /// Leaves the payment code.
    Back,

    /// Not reachable.
    FailedOffline,
    /// Too slow.
    FailedTimeout,
    /// Something is broken.
    FailedInternal,
    /// No such restaurant.
    FailedRestaurant,
    /// Not a phone.
    FailedPhone,
    /// Not a country of this restaurant.
    FailedCountry,
    /// Another code too soon; gap: minutes and seconds.
    FailedResend,
    /// Too many codes were asked for or tried.
    FailedTooManyRequests,
    /// The SMS could not be sent.
    FailedSms,
    /// Not the code; gap: tries.
    FailedCode,
    /// The code is of no use any more.
    FailedCodeSpent,
    /// Too many wrong keys; gap: minutes and seconds.
    FailedTries,
    /// Not a way to log in here.
    FailedLoginKey,
    /// The phone is nobody's in the programme.
    FailedNoMember,
    /// The card is nobody's in the programme.
    FailedNoCard,
    /// The application's code is nobody's in the programme.
    FailedNoAppCode,
    /// The cart is empty.
    FailedEmptyCart,
    /// A line of the cart is wrong.
    FailedCart,
    /// There is no such order for this guest, or it is no longer open.
    FailedOrder,
    /// Only orders that guests fetch themselves are calculated.
    FailedDelivery,
    /// The loyalty system cannot do this.
    FailedNotSupported,
    /// The loyalty system cannot be reached or answers nonsense.
    FailedUpstream,
    /// The loyalty system refuses.
    FailedUpstreamRefused,
    /// Spending on the page's own cart is switched off.
    FailedConfirmNotAllowed,
    /// The same request is under way.
    FailedInProgress,

    /// The session is over.
    NoticeSessionEnded,
    /// The order changed after it was confirmed.
    NoticeConfirmAgain,
    /// The sums changed before the confirm.
    NoticePreviewChanged,
    /// The spend was given up.
    NoticeSpendCancelled,
    /// The order is paid.
    NoticeOrderPaid,

    /// The hold was given up to be begun anew.
    NoticeHoldAgain,
    /// The hold's time is over.
    NoticeHoldOver,

    /// A number of bonuses.
    Bonuses,
    /// The same where the sentence asks for another case: up to, more than, less than so many.
    BonusesOf,
    /// A number of hours.
    Hours,
    /// A number of minutes.
    Minutes,
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::Text;

    #[test]
    fn every_text_has_words_in_every_language() {
        for json in [
            include_str!("texts/ru.json"),
            include_str!("texts/en.json"),
            include_str!("texts/kk.json"),
            include_str!("texts/ar.json"),
        ] {
            let texts: serde_json::Map<String, Value> = serde_json::from_str(json).expect("an object");
            assert_eq!(texts.len(), Text::ALL.len());
            for ((text, name), place) in Text::ALL.iter().zip(0..) {
                assert!(texts.contains_key(*name), "{name}");
                assert_eq!(*text as u32, place, "{name}");
            }
        }
    }

    #[test]
    fn texts_with_plurals_are_those_that_are_asked_for_with_a_number() {
        let texts: serde_json::Map<String, Value> =
            serde_json::from_str(include_str!("texts/ru.json")).expect("an object");
        let plurals: Vec<&str> =
            texts.iter().filter(|(_, text)| text.is_object()).map(|(name, _)| name.as_str()).collect();
        assert_eq!(plurals, ["Bonuses", "BonusesOf", "CodeLabel", "HoldSeconds", "Hours", "Minutes"]);
    }
}
