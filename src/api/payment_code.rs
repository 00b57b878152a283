//! `payment-code`.

use contract::payment_code::PaymentCodeResponse;

use super::client::Client;
use crate::state::Failure;

/// Gets a one-time payment code.
///
/// # Errors
/// What the proxy refused, or why it was not reached.
pub async fn issue_code(client: &Client) -> Result<PaymentCodeResponse, Failure> {
    client.post("/payment-code", contract::browser::object(), None).await
}
