//! Judges the basic REST API's answers that are no success. Each documented error has the status 422 and a body of
//! `{"field":"message"}`.

use std::collections::BTreeMap;

use http::StatusCode;

use crate::UpstreamError;
use crate::http::Reply;

/// The error that an answer with a status other than 200 stands for. A refusal's code is the name of its field.
pub(super) fn from_reply(reply: &Reply) -> UpstreamError {
    let fields = serde_json::from_slice::<BTreeMap<String, String>>(&reply.body).unwrap_or_default();
    match reply.status {
        StatusCode::UNPROCESSABLE_ENTITY if !fields.is_empty() => {
            let (codes, messages): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
            UpstreamError::Refused { code: codes.join(","), message: messages.join(" ") }
        }
        status => UpstreamError::from_status(status),
    }
}

/// An answer that says itself that it is no success. It was understood, so nothing was carried out.
pub(super) fn no_success() -> UpstreamError {
    UpstreamError::Refused {
        code: "success".to_owned(),
        message: "the answer says success: false".to_owned(),
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
    fn each_documented_error_is_a_refusal_by_its_field() {
        for (body, code, message) in [
            (r#"{"spend": "Spend can't be more 100"}"#, "spend", "Spend can't be more 100"),
            (r#"{"client": "Client not found."}"#, "client", "Client not found."),
            (r#"{"point": "Point not found."}"#, "point", "Point not found."),
            (r#"{"point": "b.", "amount": "a."}"#, "amount,point", "a. b."),
        ] {
            let expected = UpstreamError::Refused { code: code.to_owned(), message: message.to_owned() };
            assert_eq!(judged(422, body), expected, "{body}");
        }
    }

    #[test]
    fn a_422_of_another_shape_was_not_carried_out_and_is_not_understood() {
        for body in ["", "{}", "[]", "<html>", r#"{"spend": 100}"#, r#"{"error": {"code": "1"}}"#] {
            let error = judged(422, body);
            assert!(matches!(error, UpstreamError::Malformed { in_doubt: false, .. }), "{body}: {error:?}");
        }
    }
}
