//! Judges r_k Delivery's answers that are no success. Its makers document no errors, so a status is all the code there is.

use http::StatusCode;
use serde::de::IgnoredAny;

use crate::UpstreamError;
use crate::http::Reply;

/// The most characters kept of an error's body.
const LONGEST_MESSAGE: usize = 500;

/// The error that an answer with a status other than success stands for. A client error whose body is JSON comes from the
/// system itself, which refused; one without may come from anything on the way, and is not understood.
pub(super) fn from_reply(reply: &Reply) -> UpstreamError {
    let told =
        std::str::from_utf8(&reply.body).ok().filter(|text| serde_json::from_str::<IgnoredAny>(text).is_ok());
    match (reply.status, told) {
        (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS, _) | (_, None) => {
            UpstreamError::from_status(reply.status)
        }
        (status, Some(text)) if status.is_client_error() => UpstreamError::Refused {
            code: status.as_str().to_owned(),
            message: text.chars().take(LONGEST_MESSAGE).collect(),
        },
        (status, Some(_)) => UpstreamError::from_status(status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(status: u16, body: &str) -> UpstreamError {
        let status = StatusCode::from_u16(status).expect("a status");
        from_reply(&Reply { status, body: body.to_owned().into() })
    }

    #[test]
    fn a_client_error_in_json_is_a_refusal_by_its_status() {
        for status in [400, 404, 409, 422] {
            let error = judged(status, r#"{"message":"words"}"#);
            let message = r#"{"message":"words"}"#.to_owned();
            assert_eq!(error, UpstreamError::Refused { code: status.to_string(), message });
        }
    }

    #[test]
    fn a_client_error_without_json_was_not_carried_out_and_is_not_understood() {
        for body in ["", "<html>Not found</html>", "{\"message\":"] {
            let error = judged(404, body);
            assert!(matches!(error, UpstreamError::Malformed { in_doubt: false, .. }), "{body}: {error:?}");
        }
    }

    #[test]
    fn a_long_message_is_cut() {
        let UpstreamError::Refused { message, .. } = judged(400, &format!("\"{}\"", "я".repeat(10_000)))
        else {
            panic!("a refusal");
        };
        assert_eq!(message.chars().count(), LONGEST_MESSAGE);
    }
}
