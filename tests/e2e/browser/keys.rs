//! What is typed, as key after key goes down and up.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;

/// Keys that are pressed one after the other, wherever the focus is.
pub(super) struct Keys {
    actions: KeyActions,
}

impl Keys {
    pub(super) fn new() -> Self {
        Self { actions: KeyActions::new("keyboard".to_owned()) }
    }

    /// Presses a key.
    pub(super) fn press(self, key: Key) -> Self {
        self.stroke(key.into())
    }

    /// Types a text.
    pub(super) fn text(self, text: &str) -> Self {
        text.chars().fold(self, Self::stroke)
    }

    /// Presses a letter while the control key is held.
    pub(super) fn with_control(self, letter: char) -> Self {
        self.with(Key::Control, letter)
    }

    /// Presses a key while another is held.
    pub(super) fn with(self, held: Key, value: char) -> Self {
        let (down, up) = (KeyAction::Down { value: held.into() }, KeyAction::Up { value: held.into() });
        let stroke = Self { actions: self.actions.then(down) }.stroke(value);
        Self { actions: stroke.actions.then(up) }
    }

    pub(super) fn into_actions(self) -> KeyActions {
        self.actions
    }

    fn stroke(self, value: char) -> Self {
        Self { actions: self.actions.then(KeyAction::Down { value }).then(KeyAction::Up { value }) }
    }
}
