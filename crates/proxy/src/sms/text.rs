//! The words of the message with a login code, and the line that binds the code to a page.
//!
//! The line is that of origin-bound one-time codes: `@host #code`, and for a page within a frame of another host
//! `@host-at-the-top #code @host-of-the-frame`. A browser offers the code only to such a page. Hosts come from the
//! configuration, never from a request.

use contract::login::Embedding;

/// What a guest reads. The code comes first, so that a phone shows it in the notification; the line for the browser must
/// be the last.
pub(crate) fn login_text(restaurant_name: &str, code: &str, bound: Option<&Bound>) -> String {
    let words = format!("{code} — код для входа в программу «{restaurant_name}». Никому его не называйте.");
    match bound {
        None => words,
        Some(Bound { host, frame_host: None }) => format!("{words}\n\n@{host} #{code}"),
        Some(Bound { host, frame_host: Some(frame) }) => format!("{words}\n\n@{host} #{code} @{frame}"),
    }
}

/// The page a code is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    host: String,
    frame_host: Option<String>,
}

impl Bound {
    /// The page that a request names, if it is one of the restaurant's or the proxy's own. In a frame the code is asked
    /// for by the proxy's own page, so without its public origin such a code is not bound.
    pub(crate) fn to(
        page_origin: &str,
        embedding: Embedding,
        allowed_origins: &[String],
        public_origin: Option<&str>,
    ) -> Option<Self> {
        let known = allowed_origins.iter().map(String::as_str).chain(public_origin);
        let page = known.into_iter().find(|origin| *origin == page_origin)?;
        let host = bindable_host(page)?.to_owned();
        let frame_host = match embedding {
            Embedding::Page | Embedding::Kiosk => None,
            Embedding::Iframe => {
                let frame = bindable_host(public_origin?)?.to_owned();
                (frame != host).then_some(frame)
            }
        };
        Some(Self { host, frame_host })
    }
}

/// The host of an origin that a line can name: a domain's, over TLS, on the usual port.
fn bindable_host(origin: &str) -> Option<&str> {
    let host = origin.strip_prefix("https://")?;
    let is_domain = host.contains('.') && !host.ends_with(|last: char| last.is_ascii_digit());
    (is_domain && !host.contains(':')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "https://loyalty.example";

    fn last_line(page: &str, embedding: Embedding, public: Option<&str>) -> Option<String> {
        let allowed = ["https://pirogi.example", "https://pirogi.example:8443", "http://plain.example"]
            .map(str::to_owned)
            .into_iter()
            .chain(["https://192.0.2.7".to_owned(), "https://localhost".to_owned()])
            .collect::<Vec<_>>();
        let bound = Bound::to(page, embedding, &allowed, public)?;
        let text = login_text("Пироги", "012345", Some(&bound));
        assert!(text.starts_with("012345 — код"), "{text}");
        text.lines().last().map(str::to_owned)
    }

    #[test]
    fn a_code_is_bound_to_the_page_it_is_asked_for_on() {
        for embedding in [Embedding::Page, Embedding::Kiosk] {
            let line = last_line("https://pirogi.example", embedding, Some(PROXY));
            assert_eq!(line.as_deref(), Some("@pirogi.example #012345"));
        }
        assert_eq!(
            last_line(PROXY, Embedding::Page, Some(PROXY)).as_deref(),
            Some("@loyalty.example #012345")
        );
    }

    #[test]
    fn in_a_frame_the_page_comes_first_and_the_frame_last() {
        let line = last_line("https://pirogi.example", Embedding::Iframe, Some(PROXY));
        assert_eq!(line.as_deref(), Some("@pirogi.example #012345 @loyalty.example"));
        let line = last_line(PROXY, Embedding::Iframe, Some(PROXY));
        assert_eq!(line.as_deref(), Some("@loyalty.example #012345"));
        assert_eq!(last_line("https://pirogi.example", Embedding::Iframe, None), None);
    }

    #[test]
    fn an_origin_that_is_not_the_restaurants_binds_nothing() {
        for page in [
            "https://evil.example",
            "https://pirogi.example.evil.example",
            "https://pirogi.example/",
            "https://PIROGI.example",
            "http://pirogi.example",
            "null",
            "",
            "@pirogi.example #000000",
        ] {
            assert_eq!(last_line(page, Embedding::Page, Some(PROXY)), None, "{page}");
        }
    }

    #[test]
    fn an_origin_that_no_line_can_name_binds_nothing() {
        for page in
            ["https://pirogi.example:8443", "http://plain.example", "https://192.0.2.7", "https://localhost"]
        {
            assert_eq!(last_line(page, Embedding::Page, Some(PROXY)), None, "{page}");
        }
    }

    #[test]
    fn without_a_page_the_text_has_one_line() {
        assert_eq!(login_text("Пироги", "012345", None).lines().count(), 1);
    }
}
