//! The fingerprint: in the makers' shape, the same for the same calculation, and of no use for another.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::orders::{Cart, dish, plain};
use crate::stand::{IVAN, ORDER, Stand};

fn opened(fingerprint: &str) -> Value {
    let bytes = STANDARD.decode(fingerprint).expect("Base64");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn closed(parts: &Value) -> String {
    STANDARD.encode(parts.to_string())
}

#[tokio::test]
async fn it_has_the_makers_three_fields() {
    let stand = Stand::start().await;
    let cart = Cart::of(IVAN, vec![plain(140_000)]);
    let fingerprint = cart.fingerprint(&stand).await;
    let parts = opened(&fingerprint);
    assert_eq!(parts["Pattern"], json!(0));
    assert_eq!(parts["DiscountSum"], json!(140));
    let hash = parts["OrderHash"].as_i64().expect("an integer");
    assert!(i32::try_from(hash).is_ok(), "32 bits with a sign, as the makers' is: {hash}");
    assert_eq!(cart.fingerprint(&stand).await, fingerprint, "the same calculation, the same text");
}

#[tokio::test]
async fn each_part_of_it_is_held_against_the_calculation() {
    let stand = Stand::start().await;
    let cart = Cart::of(IVAN, vec![dish("pie-cherry"), plain(100_000)]);
    let other = Cart::of(IVAN, vec![dish("pie-meat"), plain(100_000)]);
    let (sent, of_other) = (cart.fingerprint(&stand).await, opened(&other.fingerprint(&stand).await));
    for part in ["Pattern", "OrderHash", "DiscountSum", "Digest"] {
        let mut forged = opened(&sent);
        forged[part] = if part == "Pattern" { json!(1) } else { of_other[part].clone() };
        stand.call("orders/confirm", cart.confirm_body(ORDER, &closed(&forged), 0)).await.refused("9004");
    }
    // Promo codes nobody calculated with.
    let mut forged = opened(&sent);
    forged["Promocodes"] = json!(["PROMOCODE1"]);
    stand.call("orders/confirm", cart.confirm_body(ORDER, &closed(&forged), 0)).await.refused("9004");
    assert_eq!(stand.done(), []);
    stand.call("orders/confirm", cart.confirm_body(ORDER, &closed(&opened(&sent)), 0)).await.ok();
}
