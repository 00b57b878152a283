//! Where the widget stands, so that a journey can be made in each place: what a restaurant's developer writes there, what the
//! demo must know of it, and how an order is handed over.

use proxy::demo::Running;

use crate::pages::KIOSK;
use crate::site::Site;

/// The frame's element as the documentation writes it.
pub(crate) const FRAME: &str = "<loyalty-checkout-frame restaurant=\"pirogi\"></loyalty-checkout-frame>";

/// Where [`Embedding::Frame`] has a page with nothing on it.
pub(crate) const EMPTY: &str = "/empty";

/// The frame of the page's first element.
pub(crate) const FIRST_FRAME: &str =
    "return document.querySelector('loyalty-checkout-frame')?.shadowRoot?.querySelector('iframe')";

/// Where the widget stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Embedding {
    /// The element in the restaurant's page.
    Element,
    /// The frame's element in a page of another site, for which the cookies of the frame's site are blocked.
    Frame,
    /// The page of a kiosk, whose guest touches the screen.
    Kiosk,
}

/// Where a guest goes, and the server of that page where it is not the demo.
pub(crate) struct Place {
    pub(crate) address: String,
    pub(crate) site: Option<Site>,
}

impl Embedding {
    /// The page in which the widget stands, on its own server.
    pub(crate) const fn page(self) -> &'static str {
        match self {
            Self::Element | Self::Frame => "/",
            Self::Kiosk => KIOSK,
        }
    }

    /// The script that finds the frame in the page, where there is one.
    pub(crate) const fn frame(self) -> Option<&'static str> {
        match self {
            Self::Frame => Some(FIRST_FRAME),
            Self::Element | Self::Kiosk => None,
        }
    }

    /// The script of the host's program that hands over its argument, a cart.
    pub(crate) const fn hand_over(self) -> &'static str {
        match self {
            Self::Element => "document.querySelector('loyalty-checkout').cart = arguments[0]",
            Self::Frame => "document.querySelector('loyalty-checkout-frame').cart = arguments[0]",
            Self::Kiosk => "loyaltyKiosk.order({ cart: arguments[0] })",
        }
    }

    /// Makes the demo know the place of this page.
    pub(crate) fn place(self, demo: &mut Running, page: &str) -> Place {
        let proxy = demo.base_url().trim_end_matches('/');
        match self {
            Self::Element | Self::Kiosk => Place { address: format!("{proxy}{page}"), site: None },
            Self::Frame => {
                // Under this name browsers take the cookies that are for TLS alone, and it is another site than the host's.
                let proxy = proxy.replace("127.0.0.1", "localhost");
                let site = Site::open();
                site.put("/", "", &checkout(&proxy));
                site.put(EMPTY, "", "<!doctype html><title>Ресторан</title>");
                let origin = site.origin();
                let address = format!("{origin}{page}");
                let changed = demo.reload(|config| {
                    config.public_origin = Some(proxy);
                    for restaurant in &mut config.restaurants {
                        restaurant.allowed_origins = vec![origin.clone()];
                        restaurant.session_cookies = true;
                    }
                });
                assert!(changed.is_ok_and(|waiting| waiting.is_empty()), "this takes no restart");
                Place { address, site: Some(site) }
            }
        }
    }
}

/// A restaurant's page with the widget in a frame.
fn checkout(proxy: &str) -> String {
    format!(
        "<!doctype html><html lang=\"ru\"><head><meta charset=\"utf-8\"><title>Ресторан</title>\
         <script type=\"module\" src=\"{proxy}/widget/frame.js\"></script></head>\
         <body><main><h1>Ваш заказ</h1>{FRAME}</main></body></html>"
    )
}
