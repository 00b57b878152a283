//! How much to spend: typed sums of every kind, each kept within the limits with the reason in sight.

use crate::pages::SPEND;
use crate::stage::{IVAN, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_sum_is_kept_within_the_limits_and_says_why() {
    let stage = Stage::open().await;
    let (preview, widget) = (stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    for (typed, sentence, to_pay) in [
        ("70", "", "410 ₽"),
        ("100,01", "Больше 100 бонусов на этот заказ списать нельзя.", "380 ₽"),
        ("999999999999", "Больше 100 бонусов на этот заказ списать нельзя.", "380 ₽"),
        ("33,33", "", "446,67 ₽"),
        ("-5", "Меньше 0 бонусов списать нельзя.", "480 ₽"),
        ("12.5", "", "467,50 ₽"),
        ("сто", "Введите сумму цифрами. Пока выбрано 12,50 бонуса.", "467,50 ₽"),
        // What was a sum until the key that spoilt it stays chosen.
        ("1e2", "Введите сумму цифрами. Пока выбрано 1 бонус.", "479 ₽"),
        ("1,234", "Введите сумму цифрами. Пока выбрано 1,23 бонуса.", "478,77 ₽"),
        ("", "Введите сумму цифрами. Пока выбрано 1,23 бонуса.", "478,77 ₽"),
        ("0", "", "480 ₽"),
    ] {
        preview.type_spend(typed).await;
        widget.alerts(sentence).await;
        preview.asks_for(to_pay).await;
        widget.field_is(SPEND, typed).await;
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_sum_is_the_one_that_is_confirmed() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    stage.preview().type_spend("500").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    let told = stage.browser.hears("loyalty-confirm", 1).await;
    assert_eq!(told["spend_minor"], 10_000, "{told}");
    stage.finish().await;
}
