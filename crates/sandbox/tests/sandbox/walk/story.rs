//! What the books tell about the guests and orders of a walk, held against the model.

use contract::decimal::Decimal;
use serde_json::{Value, json};

use super::model::Order;
use super::step::{GUESTS, ORDERS, Step};
use super::walker::Walker;

/// The ranks of `programme.json`.
const RANK_NAMES: [&str; 3] = ["Новый", "Свой", "Близкий"];

fn amount(minor: i64) -> Value {
    serde_json::from_str(&Decimal::<2>(minor).to_string()).expect("a number")
}

impl Walker<'_> {
    pub(super) async fn compare_wallet(&self, guest: usize, after: Step) {
        let answer = self.stand.call("guests/getWallet", self.named(guest)).await;
        let Some(known) = &self.model.guests[guest] else {
            answer.refused("3007");
            return;
        };
        let wallet = answer.ok();
        assert_eq!(wallet["balance"], amount(known.balance), "guest {guest} after {after:?}");
        assert_eq!(wallet["currentRank"]["name"], RANK_NAMES[known.rank], "guest {guest} after {after:?}");
    }

    /// The whole story, at the end of a walk.
    pub(super) async fn tell(&self) {
        for guest in 0..GUESTS {
            self.tell_of_guest(guest).await;
        }
        for order in 0..ORDERS {
            self.tell_of_order(order).await;
        }
    }

    async fn tell_of_guest(&self, guest: usize) {
        let Some(known) = &self.model.guests[guest] else { return };
        let told = self.stand.call("guests/get", self.named(guest)).await.ok();
        assert_eq!(told["guest"]["firstName"], json!(known.name.map(|name| name.to_string())));
        let virtual_cards = usize::from(known.has_virtual_card);
        let cards = told["loyaltyCards"].as_array().map_or(0, Vec::len);
        assert_eq!(cards, known.cards.len() + virtual_cards, "cards of guest {guest}");

        let history = self.stand.call("guests/getBonusHistory", self.named(guest)).await.ok();
        let operations = history["operations"].as_array().expect("a list");
        let mut told: Vec<String> = operations.iter().map(|one| one["amount"].to_string()).collect();
        let mut entries: Vec<String> = known.entries.iter().map(|minor| amount(*minor).to_string()).collect();
        told.sort();
        entries.sort();
        assert_eq!(told, entries, "bonus history of guest {guest}");
        let owned: i64 = known.entries.iter().sum();
        assert_eq!(owned, known.balance + self.model.frozen(guest), "the model's own sums");

        let history = self.stand.call("guests/getOrdersHistory", self.named(guest)).await.ok();
        let orders = self.model.orders.iter().filter(|order| order.is_of(guest)).count();
        assert_eq!(history["totalCount"], json!(orders), "orders of guest {guest}");
    }

    async fn tell_of_order(&self, order: usize) {
        let told = self.stand.call("orders/get", json!({ "id": self.order_id(order) })).await;
        let (status, paid) = match self.model.orders[order] {
            Order::Unknown => return drop(told.refused("9004")),
            Order::Open => ("open", 0),
            Order::Confirmed(terms) => ("open", terms.payment),
            Order::Closed { terms, .. } => ("closed", terms.payment),
            Order::Aborted { .. } => ("aborted", 0),
        };
        let told = told.ok();
        assert_eq!(told["order"]["status"], status, "order {order}");
        assert_eq!(told["order"]["paidWithBonuses"], amount(paid), "order {order}");
    }
}
