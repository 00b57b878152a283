//! Where the widget stands, so that a journey can be made in each place. A further place is a further value of
//! [`Embedding`]: its page, its frame, and what the demo must know of it.

use proxy::demo::Running;

use crate::other_site::OtherSite;

/// Where the widget stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Embedding {
    /// The element in the restaurant's page.
    Element,
    /// The proxy's page with the widget alone, in a frame of a page of another site, for which cookies are blocked.
    Frame,
}

impl Embedding {
    /// The demo's page in which the element stands.
    pub(crate) const fn page(self) -> &'static str {
        match self {
            Self::Element => "/",
            Self::Frame => "/embed?restaurant=pirogi",
        }
    }

    /// How the frame is found in the page, where there is one.
    pub(crate) const fn frame(self) -> Option<&'static str> {
        match self {
            Self::Element => None,
            Self::Frame => Some("iframe"),
        }
    }

    /// Makes the demo know the place, and tells the address that a guest opens for this page of the demo.
    pub(crate) fn place(self, demo: &mut Running, page: &str) -> String {
        match self {
            Self::Element => format!("{}{page}", demo.base_url().trim_end_matches('/')),
            Self::Frame => {
                // Under this name browsers take the cookies that are for TLS alone, and it is another site than the host's.
                let proxy = demo.base_url().trim_end_matches('/').replace("127.0.0.1", "localhost");
                let host = OtherSite::with_frame(&format!("{proxy}{page}"));
                let origin = host.origin().to_owned();
                let changed = demo.reload(|config| {
                    config.public_origin = Some(proxy);
                    for restaurant in &mut config.restaurants {
                        restaurant.allowed_origins = vec![origin.clone()];
                        restaurant.session_cookies = true;
                    }
                });
                assert!(changed.is_ok_and(|waiting| waiting.is_empty()), "this takes no restart");
                format!("{origin}/")
            }
        }
    }
}
