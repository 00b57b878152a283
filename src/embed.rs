//! The only room that touches the page: mounting, events to the host, focus, the page's clock and randomness.

pub(crate) mod events;
pub(crate) mod later;
mod mount;
pub(crate) mod page;

pub use mount::{act, mount, unmount, update_cart};

#[cfg(test)]
mod tests {
    use crate::i18n::Text;

    /// What is shown before the widget is there must be what the widget shows.
    #[test]
    fn the_first_screen_has_the_words_of_the_widgets_own() {
        let words = include_str!("embed/words.js");
        for text in [
            Text::PhoneTitle,
            Text::PhoneLead,
            Text::PhoneLabel,
            Text::PhoneSubmit,
            Text::PhoneConsent,
            Text::Retry,
        ] {
            let quoted = ["\"", text.as_str(), "\","].concat();
            assert!(words.contains(&quoted), "src/embed/words.js lacks {quoted}");
        }
    }
}
