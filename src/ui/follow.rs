//! What pieces are given to show and to do. Boxed closures of three types and nothing else: leptos' `Signal` and `Callback`
//! bring the code of every kind of signal along, for each type they carry (see docs/bytes.md).

use std::sync::Arc;

/// A text that follows whatever it reads.
pub type Words = Arc<dyn Fn() -> String + Send + Sync>;

/// A yes or no that follows whatever it reads.
pub type Flag = Arc<dyn Fn() -> bool + Send + Sync>;

/// What is done with a text: what was typed, or where a slider stands. A press has none to give.
pub type Handler = Arc<dyn Fn(String) + Send + Sync>;

/// A text that never changes.
#[must_use]
pub fn fixed(words: String) -> Words {
    Arc::new(move || words.clone())
}

/// A yes or no that is always no.
#[must_use]
pub fn never() -> Flag {
    Arc::new(|| false)
}
