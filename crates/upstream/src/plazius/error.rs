//! Judges Plazius' answers that are no success: what they mean, and whether the request may have been carried out.

use http::StatusCode;

use super::wire::RefusalWire;
use crate::UpstreamError;
use crate::http::Reply;

/// The codes that the makers document; only with one of them is a status 500 a refusal and not a breakdown.
const DOCUMENTED: [&str; 7] = ["1001", "1002", "1013", "1014", "2004", "3007", "9004"];

/// The error that an answer with a status other than 200 stands for.
pub(super) fn from_reply(reply: &Reply) -> UpstreamError {
    let refusal = serde_json::from_slice::<RefusalWire>(&reply.body).ok().map(|body| body.error);
    match (reply.status, refusal) {
        (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS, _) | (_, None) => {
            UpstreamError::from_status(reply.status)
        }
        (status, Some(error)) if status.is_client_error() || DOCUMENTED.contains(&error.code.as_str()) => {
            UpstreamError::Refused { code: error.code, message: error.message }
        }
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
    fn each_documented_code_is_a_refusal_with_status_400_and_500() {
        for code in DOCUMENTED {
            let body = format!(r#"{{"error":{{"code":"{code}","message":"words"}}}}"#);
            for status in [400, 500] {
                let expected = UpstreamError::Refused { code: code.to_owned(), message: "words".to_owned() };
                assert_eq!(judged(status, &body), expected, "{status} {code}");
            }
        }
    }

    #[test]
    fn a_breakdown_leaves_the_outcome_in_doubt() {
        for (status, body) in [
            (500, ""),
            (502, "<html>Bad gateway</html>"),
            (500, r#"{"error":{"code":"6666","message":"internal"}}"#),
        ] {
            let error = judged(status, body);
            assert!(
                matches!(error, UpstreamError::Unavailable { in_doubt: true, .. }),
                "{status}: {error:?}"
            );
        }
    }

    #[test]
    fn a_client_error_without_a_documented_body_was_not_carried_out() {
        let error = judged(404, "<html>Not found</html>");
        assert!(matches!(error, UpstreamError::Malformed { in_doubt: false, .. }), "{error:?}");
    }

    #[test]
    fn a_redirect_is_not_followed_and_not_believed() {
        assert!(matches!(judged(302, ""), UpstreamError::Malformed { .. }));
    }
}
