//! A campaign that is for some orders of a guest: what counts as one of them, and what does not.

use serde_json::{Value, json};

use crate::orders::{Cart, abort, close, dish, refund, reset};
use crate::stand::{IVAN, MARIA, Stand};

/// A tenth off two orders of each guest, and 50 bonuses with one.
fn programme() -> String {
    let gift = json!({
        "settings_id": "0d1b7c52-5a0e-4c57-8f0e-3d1f6a2b9e01",
        "name": "50 бонусов",
        "description": "50 бонусов к заказу",
        "image_url": "https://pies.example/gift.jpg",
        "small_image_url": "https://pies.example/gift-small.jpg",
        "icon_image_url": "https://pies.example/gift.png",
        "valid_days": 30,
        "gives": { "bonus": { "amount_minor": 5000 } },
    });
    json!({
        "name": "Пироги да Фрукты",
        "max_payable_share_bp": 0,
        "ranks": [
            { "name": "Бронзовый", "cashback_bp": 0 },
            { "name": "Серебряный", "cashback_bp": 0 },
            { "name": "Платиновый", "cashback_bp": 0 },
        ],
        "campaigns": [
            {
                "id": "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c01",
                "name": "Десятая часть",
                "trigger": "automatic",
                "uses_per_guest": 2,
                "effect": { "percent": { "share_bp": 1000 } },
            },
            {
                "id": "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c02",
                "name": "Бонусы к заказу",
                "trigger": "automatic",
                "uses_per_guest": 1,
                "effect": { "reward": { "gift": gift } },
            },
        ],
    })
    .to_string()
}

fn id(number: u8) -> String {
    format!("00000000-0000-4000-8000-0000000000{number:02}")
}

async fn confirm(stand: &Stand, number: u8) {
    Cart::of(IVAN, vec![dish("pie-cherry")]).confirm(stand, &id(number), 0).await.ok();
}

/// The names of the campaigns that give something to the next order of `phone`.
async fn due(stand: &Stand, phone: &'static str) -> Vec<String> {
    let loyalty = Cart::of(phone, vec![dish("pie-cherry")]).calculate(stand).await;
    let programs = loyalty["details"]["programs"].as_array().cloned().unwrap_or_default();
    programs.iter().map(|one: &Value| one["program"]["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn confirmed_and_closed_orders_count_and_those_taken_back_do_not() {
    let (tenth, bonuses) = ("Десятая часть", "Бонусы к заказу");
    let stand = Stand::with_programme(&programme()).await;
    assert_eq!(due(&stand, IVAN).await, [tenth, bonuses]);
    confirm(&stand, 1).await;
    assert_eq!(due(&stand, IVAN).await, [tenth], "a confirmed order counts");
    close(&stand, &id(1)).await.ok();
    assert_eq!(due(&stand, IVAN).await, [tenth], "and once only, when it is closed");
    confirm(&stand, 2).await;
    assert_eq!(due(&stand, IVAN).await, [""; 0]);
    assert_eq!(due(&stand, MARIA).await, [tenth, bonuses], "each guest has orders of their own");
    reset(&stand, &id(2)).await.ok();
    assert_eq!(due(&stand, IVAN).await, [tenth], "an order that was reset counts no more");
    confirm(&stand, 2).await;
    abort(&stand, &id(2)).await.ok();
    assert_eq!(due(&stand, IVAN).await, [tenth], "nor does one that was aborted");
    refund(&stand, &id(1), &id(91), json!(null)).await.ok();
    assert_eq!(due(&stand, IVAN).await, [tenth, bonuses], "nor one that was refunded whole");
}
