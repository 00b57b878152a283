//! Reading a request's body: what is wrong is refused with the path of the field.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use super::error::ControlError;

/// A JSON body. The content type is the gate's to check.
pub(super) struct Body<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ControlError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ControlError> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| ControlError::invalid("", rejection.body_text()))?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| ControlError::invalid(&path(error.path()), error.inner().to_string()))?;
        reader.end().map_err(|error| ControlError::invalid("", error.to_string()))?;
        Ok(Self(value))
    }
}

/// The path, empty for the body as a whole.
fn path(path: &serde_path_to_error::Path) -> String {
    let text = path.to_string();
    if text == "." { String::new() } else { text }
}
