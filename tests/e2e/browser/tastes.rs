//! What a guest has set in the system or the browser, and a page may ask for by a media query.

/// A colour scheme a guest prefers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    #[default]
    Light,
    Dark,
}

impl Theme {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// All that a guest prefers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tastes {
    pub(super) theme: Theme,
    pub(super) reduced_motion: bool,
    pub(super) forced_colours: bool,
}

impl Tastes {
    /// The media query that holds once a page has learnt all of it.
    pub(super) fn query(self) -> String {
        let motion = if self.reduced_motion { "reduce" } else { "no-preference" };
        let theme = self.theme.word();
        if self.forced_colours {
            // Which scheme the forced colours make is the browser's business.
            return format!("(forced-colors: active) and (prefers-reduced-motion: {motion})");
        }
        format!("(prefers-color-scheme: {theme}) and (prefers-reduced-motion: {motion})")
    }
}
