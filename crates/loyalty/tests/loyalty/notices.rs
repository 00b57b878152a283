//! What the guest is told, word for word.

use std::collections::HashSet;

use contract::Money;
use loyalty::moment::LocalDateTime;
use loyalty::programme::{Campaign, Combination, Effect, PromoCode, Trigger};

use crate::fixture::{calculated, campaign, dish, guest, order, programme, share};

/// What is said about a campaign that works on an order of 1000.00.
fn of_campaign(campaign: Campaign, promo_codes: &[&str]) -> (String, String) {
    let mut programme = programme(5_000, 500);
    let mut guest = guest(0);
    guest.privileges = HashSet::from([campaign.id.clone()]);
    programme.campaigns = vec![campaign];
    let order = order(vec![dish("pie-cherry", "Пироги", 100_000)]);
    let mut calculation = calculated(&programme, &order, Some(&guest), promo_codes);
    let notice = calculation.campaigns.remove(0).notices.remove(0);
    (notice.primary, notice.secondary)
}

#[test]
fn each_effect_and_trigger_has_its_sentence() {
    let least = Some(Money::from_minor(99_950));
    let percent = Effect::Percent { share_bp: share(1_250) };
    let fixed = Effect::Fixed { amount_minor: Money::from_minor(10_005) };
    let automatic = campaign(1, "Лето", percent.clone());
    let end = LocalDateTime::try_from("2026-08-31 23:30:00".to_owned()).expect("a date and time");
    let table = [
        (automatic.clone(), "Вы получили скидку 12.5% по акции \"Лето\".", ""),
        (
            Campaign { min_order_minor: least, ..automatic.clone() },
            "Вы получили скидку 12.5% по акции \"Лето\".",
            "Акция действует для заказа от 999.50 р.",
        ),
        (
            Campaign {
                trigger: Trigger::PromoCode(PromoCode::new("Код")),
                effect: fixed,
                ..automatic.clone()
            },
            "Вы получили скидку 100.05 р. по промокоду Код.",
            "",
        ),
        (
            Campaign {
                trigger: Trigger::SingleUsePromoCodes(vec![PromoCode::new("Код")]),
                min_order_minor: least,
                ..automatic.clone()
            },
            "Вы получили скидку 12.5% по промокоду Код.",
            "Промокод действует один раз: он закрепляется за заказом при подтверждении и вернётся, если заказ \
             отменить. Акция действует для заказа от 999.50 р.",
        ),
        (
            Campaign { first_order: true, to: Some(end), ..automatic.clone() },
            "Вы получили скидку 12.5% по акции \"Лето\".",
            "Акция действует только для первого заказа. Акция закончится 31.08.2026 в 23:30.",
        ),
        (
            Campaign { trigger: Trigger::Privilege, effect: Effect::Gift, ..automatic },
            "Вы получили подарок на 1000 р. по акции \"Лето\".",
            "Подарок закрепляется за заказом при подтверждении и вернётся, если заказ отменить.",
        ),
    ];
    for (campaign, primary, secondary) in table {
        let (said, further) = of_campaign(campaign, &["КОД"]);
        assert_eq!((said.as_str(), further.as_str()), (primary, secondary));
    }
}

#[test]
fn the_rule_that_bounds_the_spend_is_named() {
    const NO_SPEND: &str = "Этот заказ нельзя оплатить бонусами.";
    // Limit in basis points and balance; then both sentences about an order of 200.00.
    let table = [
        (
            5_000,
            123_058,
            "Бонусами можно оплатить до 100 р. этого заказа.",
            "Ещё 100 р. можно было бы оплатить бонусами, но бонусами оплачивается не более 50% заказа.",
        ),
        (
            5_000,
            321,
            "Бонусами можно оплатить до 3.21 р. этого заказа.",
            "Ещё 96.79 р. можно было бы оплатить бонусами, но на вашем счёте 3.21 бонусных баллов.",
        ),
        (
            5_000,
            0,
            NO_SPEND,
            "100 р. можно было бы оплатить бонусами, но на вашем счёте пока нет бонусных баллов.",
        ),
        (
            0,
            123_058,
            NO_SPEND,
            "200 р. можно было бы оплатить бонусами, но в этой программе бонусами не расплачиваются.",
        ),
    ];
    for (limit_bp, balance, primary, secondary) in table {
        let order = order(vec![dish("pie-cherry", "Пироги", 20_000)]);
        let calculation = calculated(&programme(limit_bp, 500), &order, Some(&guest(balance)), &[]);
        let notice = &calculation.bonuses.expect("a guest has bonuses").notices[0];
        assert_eq!((notice.primary.as_str(), notice.secondary.as_str()), (primary, secondary));
    }
}

#[test]
fn a_campaign_that_forbids_bonuses_or_pays_everything_is_named() {
    let half = Effect::Percent { share_bp: share(5_000) };
    let table = [
        (
            Campaign { bonuses: Combination::Forbidden, ..campaign(1, "Лето", half) },
            "Этот заказ нельзя оплатить бонусами, и бонусы за него не начисляются.",
            "Акция \"Лето\" не сочетается с бонусами.",
        ),
        (
            campaign(1, "Всё", Effect::Percent { share_bp: share(10_000) }),
            "Этот заказ оплачивать не нужно.",
            "Скидки покрывают его целиком.",
        ),
    ];
    for (campaign, primary, secondary) in table {
        let mut programme = programme(5_000, 500);
        programme.campaigns = vec![campaign];
        let order = order(vec![dish("pie-cherry", "Пироги", 20_000)]);
        let calculation = calculated(&programme, &order, Some(&guest(10_000)), &[]);
        let notice = &calculation.bonuses.expect("a guest has bonuses").notices[0];
        assert_eq!((notice.primary.as_str(), notice.secondary.as_str()), (primary, secondary));
    }
}

#[test]
fn a_name_with_markup_and_emoji_is_passed_on_as_it_is() {
    let (said, _) = of_campaign(campaign(1, "<b>Пир</b> 🥧", Effect::Gift), &[]);
    assert_eq!(said, "Вы получили подарок на 1000 р. по акции \"<b>Пир</b> 🥧\".");
}
