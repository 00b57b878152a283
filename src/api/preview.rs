//! `preview`.

use contract::browser::Json;
use contract::preview::{PreviewRequest, PreviewResponse};

use super::client::{Abort, Client};
use crate::state::Failure;

/// Calculates the loyalty of a cart. `abort` cuts it off when a newer one is sent.
///
/// # Errors
/// What the proxy refused, or why it was not reached.
pub async fn preview(
    client: &Client,
    request: PreviewRequest,
    abort: &Abort,
) -> Result<PreviewResponse, Failure> {
    client.post_read("/preview", request.write(), abort).await
}
