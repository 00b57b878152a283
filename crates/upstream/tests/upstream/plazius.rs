//! The client of Plazius: what is sent, what is believed, how the token is kept.

mod account;
mod answers;
mod authorisation;
mod codes;
mod requests;

/// The documented answer to the operation at `path`.
pub(crate) fn documented(path: &str) -> &'static str {
    let operation = path.split_once("/loyalty/").or_else(|| path.split_once("/v1/"));
    match operation.expect("an operation").1 {
        "auth/sendsms" => include_str!("fixtures/plazius/sendsms.json"),
        "auth/checksms" => include_str!("fixtures/plazius/checksms.json"),
        "guests/get" => include_str!("fixtures/plazius/get.json"),
        "guests/save" => include_str!("fixtures/plazius/save.json"),
        "guests/update" => include_str!("fixtures/plazius/update.json"),
        "guests/getWallet" => include_str!("fixtures/plazius/getWallet.json"),
        "guests/generateCode" => include_str!("fixtures/plazius/generateCode.json"),
        "guests/generateLoyaltyCard" => include_str!("fixtures/plazius/generateLoyaltyCard.json"),
        "guests/getOrdersHistory" => include_str!("fixtures/plazius/getOrdersHistory.json"),
        "guests/getBonusHistory" => include_str!("fixtures/plazius/getBonusHistory.json"),
        "guests/getMarketingCampaigns" => include_str!("fixtures/plazius/getMarketingCampaigns.json"),
        "guests/addBonus" | "guests/writeoffBonus" | "guests/addLoyaltyCard" => "",
        "orders/calculate" => include_str!("fixtures/plazius/calculate.json"),
        "orders/get" => include_str!("fixtures/plazius/order.json"),
        "orders/confirm" | "orders/reset" | "orders/abort" | "orders/close" | "orders/refund" => {
            include_str!("fixtures/plazius/done.json")
        }
        other => panic!("no operation {other}"),
    }
}
