//! Several restaurants of a network, keys that see some of them, and networks that share nothing.

use serde_json::{Value, json};

use crate::orders::{Cart, plain};
use crate::stand::{Answer, IVAN, MARIA, ORDER, Stand, guest_request};

const LESNAYA: &str = "4174244";
const RECHNAYA: &str = "4174310";
const ZERNO: &str = "5280011";
const SECOND: &str = "00000000-0000-4000-8000-000000000002";

/// A key's holder.
struct Holder<'a> {
    stand: &'a Stand,
    token: String,
}

impl<'a> Holder<'a> {
    async fn of(stand: &'a Stand, key: &str) -> Self {
        Self { stand, token: stand.token_of(key).await }
    }

    /// Calls an operation on behalf of a restaurant.
    async fn call(&self, restaurant: &str, operation: &str, mut body: Value) -> Answer {
        body["organization"] = json!({ "type": "rkObjectId", "id": restaurant });
        self.call_bare(operation, &body).await
    }

    async fn call_bare(&self, operation: &str, body: &Value) -> Answer {
        self.stand.call_as(Some(&self.token), operation, body.to_string()).await
    }

    /// Confirms and closes an order of 100.00, of which `payment` roubles are paid in bonuses.
    async fn buy(&self, restaurant: &str, phone: &'static str, id: &str, payment_minor: i64) {
        let cart = Cart::of(phone, vec![plain(10_000)]);
        let quote = self.call(restaurant, "orders/calculate", cart.calculate_body()).await.ok();
        let fingerprint = quote["loyalty"]["fingerprint"].as_str().expect("a text");
        let confirmation = cart.confirm_body(id, fingerprint, payment_minor);
        self.call(restaurant, "orders/confirm", confirmation).await.ok();
        self.call_bare("orders/close", &json!({ "id": id, "closedAt": "2026-03-01T09:07:00Z" })).await.ok();
    }
}

#[tokio::test]
async fn a_wallet_and_its_cards_are_the_whole_networks() {
    let stand = Stand::start().await;
    let both = Holder::of(&stand, "demo-plazius").await;
    let one = Holder::of(&stand, "demo-rechnaya").await;
    both.buy(LESNAYA, IVAN, ORDER, 4_000).await;
    both.call(LESNAYA, "guests/generateLoyaltyCard", guest_request(IVAN)).await.ok();
    let wallet = both.call(LESNAYA, "guests/getWallet", guest_request(IVAN)).await.ok();
    assert_eq!(wallet["balance"], json!(63), "100, less 40, and 5 % of the 60 paid in money");
    assert_eq!(both.call(RECHNAYA, "guests/getWallet", guest_request(IVAN)).await.ok(), wallet);
    assert_eq!(one.call(RECHNAYA, "guests/getWallet", guest_request(IVAN)).await.ok(), wallet);
    let known = one.call(RECHNAYA, "guests/get", guest_request(IVAN)).await.ok();
    assert_eq!(known["loyaltyCards"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_key_does_not_see_another_restaurant_of_its_network() {
    let stand = Stand::start().await;
    let one = Holder::of(&stand, "demo-rechnaya").await;
    for (operation, more) in crate::guests::OPERATIONS {
        one.call(LESNAYA, operation, crate::guests::asked(IVAN, more)).await.refused("2004");
    }
    let cart = Cart::of(IVAN, vec![plain(10_000)]);
    one.call(LESNAYA, "orders/calculate", cart.calculate_body()).await.refused("2004");
    let mut without_loyalty = cart.confirm_body(ORDER, "", 0);
    without_loyalty["loyalty"] = json!(null);
    one.call(LESNAYA, "orders/confirm", without_loyalty).await.refused("2004");
    assert!(stand.done().is_empty());
}

#[tokio::test]
async fn an_order_of_a_restaurant_that_a_key_does_not_see_is_no_order_to_it() {
    let stand = Stand::start().await;
    let both = Holder::of(&stand, "demo-plazius").await;
    let one = Holder::of(&stand, "demo-rechnaya").await;
    both.buy(LESNAYA, IVAN, ORDER, 0).await;
    let done = stand.done();
    for (operation, body) in [
        ("orders/get", json!({ "id": ORDER })),
        ("orders/reset", json!({ "id": ORDER, "resetAt": "2026-03-01T09:08:00Z" })),
        ("orders/abort", json!({ "id": ORDER, "abortedAt": "2026-03-01T09:08:00Z" })),
        ("orders/close", json!({ "id": ORDER, "closedAt": "2026-03-01T09:08:00Z" })),
    ] {
        let message = one.call_bare(operation, &body).await.refused("9004");
        assert!(message.contains("there is no order"), "{operation}: {message}");
    }
    let mut same_id = Cart::of(MARIA, vec![plain(10_000)]).confirm_body(ORDER, "", 0);
    same_id["loyalty"] = json!(null);
    one.call(RECHNAYA, "orders/confirm", same_id).await.refused("9004");
    assert_eq!(stand.done(), done);
}

#[tokio::test]
async fn histories_show_what_the_key_may_see() {
    let stand = Stand::start().await;
    let both = Holder::of(&stand, "demo-plazius").await;
    let one = Holder::of(&stand, "demo-rechnaya").await;
    both.buy(LESNAYA, IVAN, ORDER, 0).await;
    one.buy(RECHNAYA, IVAN, SECOND, 0).await;
    let ids = |answer: &Answer| -> Vec<String> {
        let orders = answer.ok()["orders"].as_array().expect("a list").clone();
        orders.iter().map(|order| order["id"].as_str().expect("a text").to_owned()).collect()
    };
    let history = "guests/getOrdersHistory";
    let whole = both.call(LESNAYA, history, guest_request(IVAN)).await;
    assert_eq!(ids(&whole), [ORDER, SECOND], "of the whole network, whichever restaurant asks");
    assert_eq!(both.call(RECHNAYA, history, guest_request(IVAN)).await.text, whole.text);
    assert_eq!(ids(&one.call(RECHNAYA, history, guest_request(IVAN)).await), [SECOND]);
    let filtered = |wanted: Value| {
        let mut request = guest_request(IVAN);
        request["filter"] = json!({ "organizationsInNetwork": wanted });
        request
    };
    for (wanted, seen_by_both, seen_by_one) in [
        (json!([LESNAYA]), vec![ORDER], vec![]),
        (json!([RECHNAYA]), vec![SECOND], vec![SECOND]),
        (json!([RECHNAYA, LESNAYA, RECHNAYA]), vec![ORDER, SECOND], vec![SECOND]),
        (json!([ZERNO, "\" OR 1"]), vec![], vec![]),
        (json!([]), vec![], vec![]),
        (json!(null), vec![ORDER, SECOND], vec![SECOND]),
    ] {
        let by_both = both.call(LESNAYA, history, filtered(wanted.clone())).await;
        assert_eq!(ids(&by_both), seen_by_both, "{wanted}");
        assert_eq!(by_both.json()["totalCount"], seen_by_both.len(), "{wanted}");
        assert_eq!(
            ids(&one.call(RECHNAYA, history, filtered(wanted.clone())).await),
            seen_by_one,
            "{wanted}"
        );
    }

    let bonuses = "guests/getBonusHistory";
    let whole = both.call(LESNAYA, bonuses, guest_request(IVAN)).await.ok();
    assert_eq!(whole["totalCount"], 3, "two accruals and the grant");
    let part = one.call(RECHNAYA, bonuses, guest_request(IVAN)).await.ok();
    assert_eq!(part["totalCount"], 2);
    let kinds: Vec<_> = part["operations"].as_array().expect("a list").iter().collect();
    assert_eq!(kinds[0]["organization"]["name"], "Пироги да Фрукты на Речной");
    assert_eq!(kinds[1]["operationType"], "bizUser", "what the network did, everybody sees");
}

#[tokio::test]
async fn networks_share_nothing() {
    let stand = Stand::start().await;
    let pies = Holder::of(&stand, "demo-plazius").await;
    let zerno = Holder::of(&stand, "demo-zerno").await;
    pies.buy(LESNAYA, IVAN, ORDER, 0).await;
    for (holder, elsewhere) in [(&pies, ZERNO), (&zerno, LESNAYA), (&zerno, RECHNAYA)] {
        holder.call(elsewhere, "guests/getWallet", guest_request(IVAN)).await.refused("2004");
    }
    let wallet = zerno.call(ZERNO, "guests/getWallet", guest_request(IVAN)).await.ok();
    assert_eq!((&wallet["balance"], &wallet["currentRank"]["name"]), (&json!(0), &json!("Гость")));
    assert_eq!(zerno.call(ZERNO, "guests/get", guest_request(IVAN)).await.ok()["guest"]["firstName"], "Ваня");
    zerno.call(ZERNO, "guests/get", guest_request(MARIA)).await.refused("3007");
    let history = zerno.call(ZERNO, "guests/getOrdersHistory", guest_request(IVAN)).await.ok();
    assert_eq!(history, json!({ "orders": [], "totalCount": 0 }));
    zerno.call_bare("orders/get", &json!({ "id": ORDER })).await.refused("9004");

    let mut card = guest_request(IVAN);
    (card["cardTrack"], card["cardNumber"]) = (json!("1A56CD0"), json!("23000001GF"));
    for (holder, restaurant) in [(&pies, LESNAYA), (&zerno, ZERNO)] {
        let answer = holder.call(restaurant, "guests/addLoyaltyCard", card.clone()).await;
        assert_eq!(answer.status.as_u16(), 200, "unique in a network, not in the world: {}", answer.text);
    }
}
