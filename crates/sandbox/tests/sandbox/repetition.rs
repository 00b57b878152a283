//! Doing a thing twice, and in the wrong order.

use axum::http::StatusCode;
use sandbox::Kind;
use serde_json::json;

use crate::orders::{Cart, abort, close, dish, get, plain, reset};
use crate::stand::{IVAN, ORDER, Stand, guest_request};

fn cart() -> Cart {
    Cart::of(IVAN, vec![dish("pie-cherry"), dish("drink-mors")])
}

#[tokio::test]
async fn every_step_repeated_changes_nothing() {
    let stand = Stand::start().await;
    let confirm = cart().confirm_body(ORDER, &cart().fingerprint(&stand).await, 10_000);
    for _ in 0..3 {
        assert_eq!(stand.call("orders/confirm", confirm.clone()).await.ok(), json!({ "id": ORDER }));
    }
    assert_eq!(stand.balance(IVAN).await, "0");
    for _ in 0..3 {
        reset(&stand, ORDER).await.ok();
    }
    assert_eq!(stand.balance(IVAN).await, "100");
    stand.call("orders/confirm", confirm).await.ok();
    for _ in 0..3 {
        close(&stand, ORDER).await.ok();
    }
    assert_eq!(stand.balance(IVAN).await, "16");
    let other = "00000000-0000-4000-8000-000000000002";
    cart().confirm(&stand, other, 1_600).await.ok();
    for _ in 0..3 {
        abort(&stand, other).await.ok();
    }
    assert_eq!(stand.balance(IVAN).await, "16");
    let done = [Kind::Confirmed, Kind::Reset, Kind::Confirmed, Kind::Closed, Kind::Confirmed, Kind::Aborted];
    assert_eq!(stand.done(), done);
}

#[tokio::test]
async fn an_id_in_capitals_is_the_same_order() {
    let stand = Stand::start().await;
    cart().confirm(&stand, &ORDER.to_uppercase(), 1_000).await.ok();
    assert_eq!(get(&stand, ORDER).await.ok()["order"]["id"], ORDER);
}

#[tokio::test]
async fn a_confirmed_order_takes_other_contents_only_after_a_reset() {
    let stand = Stand::start().await;
    cart().confirm(&stand, ORDER, 5_000).await.ok();
    let dessert = Cart::of(IVAN, vec![dish("pie-cherry"), dish("dessert-medovik")]);
    let message = dessert.confirm(&stand, ORDER, 1_000).await.refused("9004");
    assert!(message.contains("reset"), "{message}");
    assert_eq!(stand.balance(IVAN).await, "50");
    reset(&stand, ORDER).await.ok();
    dessert.confirm(&stand, ORDER, 1_000).await.ok();
    assert_eq!(stand.balance(IVAN).await, "90");
}

#[tokio::test]
async fn a_reset_order_may_be_confirmed_without_loyalty() {
    let stand = Stand::start().await;
    cart().confirm(&stand, ORDER, 10_000).await.ok();
    reset(&stand, ORDER).await.ok();
    let mut body = cart().confirm_body(ORDER, "", 0);
    body["loyalty"] = json!(null);
    stand.call("orders/confirm", body).await.ok();
    close(&stand, ORDER).await.ok();
    assert_eq!(stand.balance(IVAN).await, "100", "nothing written off and nothing accrued");
    let wallet = stand.call("guests/getWallet", guest_request(IVAN)).await.ok();
    assert_eq!(wallet["currentRank"]["confirmation"]["sumLeft"], json!(2500), "nor counted for the rank");
    let order = get(&stand, ORDER).await.ok();
    assert_eq!(order["order"]["sumToPay"], json!(580));
    assert_eq!(order["order"]["freeProductSum"], json!(0));
}

#[tokio::test]
async fn an_aborted_order_gives_everything_back_and_is_over() {
    let stand = Stand::start().await;
    cart().confirm(&stand, ORDER, 10_000).await.ok();
    assert_eq!(abort(&stand, ORDER).await.ok(), json!({ "id": ORDER }));
    assert_eq!(stand.balance(IVAN).await, "100");
    let again = cart().calculate(&stand).await;
    assert_eq!(again["summary"]["discounts"]["total"], json!(160), "the gift is back");

    cart().confirm(&stand, ORDER, 1_000).await.refused("1002");
    reset(&stand, ORDER).await.refused("1002");
    close(&stand, ORDER).await.refused("1002");
    let order = get(&stand, ORDER).await.ok();
    assert_eq!(order["order"]["status"], "aborted");
    assert_eq!(order["order"]["paidWithBonuses"], json!(0));
    assert_eq!(order["order"]["bonusPaymentRollbackSum"], json!(100));
}

#[tokio::test]
async fn a_closed_order_is_over() {
    let stand = Stand::start().await;
    cart().confirm(&stand, ORDER, 10_000).await.ok();
    close(&stand, ORDER).await.ok();
    cart().confirm(&stand, ORDER, 0).await.refused("1001");
    reset(&stand, ORDER).await.refused("1001");
    abort(&stand, ORDER).await.refused("1001");
    assert_eq!(stand.balance(IVAN).await, "16");
}

#[tokio::test]
async fn only_a_confirmed_order_can_be_closed() {
    let stand = Stand::start().await;
    for answer in [
        close(&stand, ORDER).await,
        reset(&stand, ORDER).await,
        abort(&stand, ORDER).await,
        get(&stand, ORDER).await,
    ] {
        assert!(answer.refused("9004").contains("no order"));
    }
    cart().confirm(&stand, ORDER, 0).await.ok();
    reset(&stand, ORDER).await.ok();
    close(&stand, ORDER).await.refused("9004");
}

#[tokio::test]
async fn a_fingerprint_is_only_good_for_what_was_calculated() {
    let stand = Stand::start().await;
    let fingerprint = cart().fingerprint(&stand).await;
    let mut other = cart();
    other.items[0] = dish("pie-meat");
    let mut delivered = cart();
    delivered.expedition = Some("delivery");
    let mut of_nobody = cart();
    of_nobody.phone = None;
    for changed in [other, delivered, of_nobody] {
        let body = changed.confirm_body(ORDER, &fingerprint, 0);
        stand.call("orders/confirm", body).await.refused("9004");
    }
    for forged in ["", "!", "bm90IGpzb24=", "e30="] {
        stand.call("orders/confirm", cart().confirm_body(ORDER, forged, 0)).await.refused("9004");
    }
    // Another order has taken the gift since.
    cart().confirm(&stand, "00000000-0000-4000-8000-000000000002", 0).await.ok();
    stand.call("orders/confirm", cart().confirm_body(ORDER, &fingerprint, 0)).await.refused("9004");
    get(&stand, ORDER).await.refused("9004");
}

#[tokio::test]
async fn a_promo_code_of_the_calculation_holds_for_the_confirmation() {
    let stand = Stand::start().await;
    let cart = Cart::of(IVAN, vec![plain(50_000)]).with_code("PROMOCODE1").with_code("NO-SUCH-CODE");
    cart.confirm(&stand, ORDER, 0).await.ok();
    close(&stand, ORDER).await.ok();
    let order = get(&stand, ORDER).await.ok();
    assert_eq!(order["order"]["sumToPay"], json!(400));
    assert_eq!(stand.balance(IVAN).await, "120");
}

#[tokio::test]
async fn a_payment_outside_the_limits_freezes_nothing() {
    let stand = Stand::start().await;
    for (minor, text) in [(10_001, "100.01"), (-1, "-0.01"), (100_000_000, "1000000")] {
        let fingerprint = cart().fingerprint(&stand).await;
        let mut body = cart().confirm_body(ORDER, &fingerprint, 0);
        body["loyalty"]["fingerprint"]["options"]["bonuses"]["payment"] =
            serde_json::from_str(text).expect("a number");
        let answer = stand.call("orders/confirm", body).await;
        assert!(answer.refused("9004").contains("payment"), "{minor}");
    }
    let small = Cart::of(IVAN, vec![plain(15_000)]);
    small.confirm(&stand, ORDER, 7_501).await.refused("9004");
    assert_eq!(stand.balance(IVAN).await, "100");
    assert_eq!(stand.done(), []);
    small.confirm(&stand, ORDER, 7_500).await.status_is(StatusCode::OK);
}
