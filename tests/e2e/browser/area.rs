//! A part of what the browser shows, and what a person can find, read and do there. Every look waits a while for what is
//! looked for, and a failed one tells what was to be seen instead.

use fantoccini::Client;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::key::Key;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{Browser, Keys, LOOK_EVERY, PATIENCE, Part};

const SEEN: &str = include_str!("seen.js");

/// Brings an element into the window, where it is not, and tells how low its middle is there.
const SCROLL_TO: &str = "
    arguments[0].scrollIntoView({ block: 'nearest', behavior: 'instant' });
    const { top, height } = arguments[0].getBoundingClientRect();
    return top + height / 2";

/// Gives a field the focus, and tells whether it has it, and its document the keyboard.
const FOCUS: &str = "
    const [field] = arguments;
    field.focus();
    return document.hasFocus() && field.getRootNode().activeElement === field";

/// The key of a page that empties a field.
const CLEAR: &str = "Очистить";

/// The key under which WebDriver hands elements over (WebDriver, 12.3).
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The widget's inside, or the host's page without it.
#[derive(Clone, Copy)]
pub(crate) struct Area<'a> {
    browser: &'a Browser,
    part: Part,
}

impl<'a> Area<'a> {
    pub(super) const fn new(browser: &'a Browser, part: Part) -> Self {
        Self { browser, part }
    }

    /// By which the page's script knows it.
    const fn name(self) -> &'static str {
        match self.part {
            Part::Widget => "widget",
            Part::Page => "page",
        }
    }

    /// All that is to be read.
    pub(crate) async fn text(self) -> String {
        match self.look("text", vec![json!(self.name())]).await {
            Value::String(text) => text,
            other => panic!("a text, not {other}"),
        }
    }

    /// Waits until these words are to be read.
    pub(crate) async fn shows(self, words: &str) {
        self.until(&format!("shows “{words}”"), async |area| area.text().await.contains(words)).await;
    }

    /// Waits until these words are no longer to be read.
    pub(crate) async fn hides(self, words: &str) {
        self.until(&format!("hides “{words}”"), async |area| !area.text().await.contains(words)).await;
    }

    /// Waits until the line with this label has this value: `К оплате`, `380 ₽`.
    pub(crate) async fn line_is(self, label: &str, value: &str) {
        self.until(&format!("has “{label}” {value}"), async |area| {
            area.line(label).await.as_deref() == Some(value)
        })
        .await;
    }

    /// The value beside a label; `None` where there is no such line.
    pub(crate) async fn line(self, label: &str) -> Option<String> {
        let text = self.text().await;
        text.lines().skip_while(|line| *line != label).nth(1).map(str::to_owned)
    }

    /// The names of all visible controls of a role.
    pub(crate) async fn names(self, role: &str) -> Vec<String> {
        let names = self.look("names", vec![json!(self.name()), json!(role)]).await;
        serde_json::from_value(names).expect("a list of names")
    }

    /// Waits until there is a control of this role and name.
    pub(crate) async fn has(self, role: &str, name: &str) {
        self.find(role, name, false).await;
    }

    /// Whether there is a control of this role and name now.
    pub(crate) async fn has_now(self, role: &str, name: &str) -> bool {
        self.find_now(role, name, false).await.is_some()
    }

    /// Presses the button of this name.
    pub(crate) async fn press(self, name: &str) {
        self.press_found("button", name, false).await;
    }

    /// Presses the button whose name begins so.
    pub(crate) async fn press_beginning(self, name: &str) {
        self.press_found("button", name, true).await;
    }

    /// Chooses the radio button or checkbox of this name.
    pub(crate) async fn choose(self, role: &str, name: &str) {
        self.press_found(role, name, false).await;
    }

    /// Selects all in the field of this label and types over it.
    pub(crate) async fn type_over(self, label: &str, text: &str) {
        if self.browser.is_touched {
            return self.touch_keys(label, text).await;
        }
        let keys = Keys::new().with_control('a');
        let keys = if text.is_empty() { keys.press(Key::Delete) } else { keys.text(text) };
        self.type_into("textbox", label, keys).await;
    }

    /// Moves the caret of the field of this label by a key.
    pub(crate) async fn slide_caret(self, label: &str, key: Key) {
        self.type_into("textbox", label, Keys::new().press(key)).await;
    }

    /// Types where the focus is, whatever that is.
    pub(crate) async fn type_where_focused(self, text: &str) {
        self.type_keys(Keys::new().text(text)).await;
    }

    /// Presses a key where the focus is.
    pub(crate) async fn press_key(self, key: Key) {
        self.type_keys(Keys::new().press(key)).await;
    }

    /// Pastes from the clipboard into the field of this label.
    pub(crate) async fn paste_into(self, label: &str) {
        self.type_into("textbox", label, Keys::new().with_control('v')).await;
    }

    /// Moves a slider by keys.
    pub(crate) async fn slide(self, name: &str, key: Key) {
        self.type_into("slider", name, Keys::new().press(key)).await;
    }

    /// What the field of this label holds.
    pub(crate) async fn holds(self, label: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let held = self.look("value", vec![json!(self.name()), json!(label)]).await;
            if let Value::String(held) = held {
                return held.replace(['\u{a0}', '\u{202f}'], " ");
            }
            assert!(Instant::now() < deadline, "no field “{label}” in\n{}", self.text().await);
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits until the field of this label holds this.
    pub(crate) async fn field_is(self, label: &str, text: &str) {
        self.until(&format!("field “{label}” holds “{text}”"), async |area| {
            area.holds(label).await == text
        })
        .await;
    }

    /// The name of what has the focus anywhere on the page; empty where nothing has.
    pub(crate) async fn focused(self) -> String {
        match self.look("focused", Vec::new()).await {
            Value::String(name) => name,
            other => panic!("a name, not {other}"),
        }
    }

    /// Waits until the alerts together say this.
    pub(crate) async fn alerts(self, words: &str) {
        self.until(&format!("alerts “{words}”"), async |area| {
            area.names("alert").await.concat() == words
        })
        .await;
    }

    /// Waits until no alert says anything.
    pub(crate) async fn is_calm(self) {
        self.alerts("").await;
    }

    /// Waits until a condition holds.
    pub(crate) async fn until(self, what: &str, mut holds: impl AsyncFnMut(Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds(self).await {
            if Instant::now() > deadline {
                panic!("the {} never {what}; it shows:\n{}", self.name(), self.text().await);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn press_found(self, role: &str, name: &str, begins: bool) {
        let found = async || self.find(role, name, begins).await;
        let press = async |found: Element| self.scroll_to_and_click(&found).await;
        self.reach(name, found, press).await;
    }

    /// Keys go where the focus is, as a person's do: what a driver makes of keys for an element differs by browser.
    async fn type_into(self, role: &str, name: &str, keys: Keys) {
        let found = async || self.find(role, name, false).await;
        self.reach(name, found, async |field: Element| self.focus(&field).await).await;
        self.type_keys(keys).await;
    }

    /// Touches a field, and then the keys that the page shows for it. What only groups digits for the eye has no key.
    async fn touch_keys(self, label: &str, text: &str) {
        let found = async || self.find("textbox", label, false).await;
        self.reach(label, found, async |field: Element| self.touch(&field).await).await;
        let page = self.browser.page();
        page.press(CLEAR).await;
        for letter in text.chars().filter(|letter| letter.is_alphanumeric()) {
            page.press(&letter.to_string()).await;
        }
    }

    /// Does something to what is found, anew where the view was rebuilt between finding and doing.
    async fn reach(
        self,
        name: &str,
        find: impl AsyncFn() -> Element,
        act: impl AsyncFn(Element) -> Result<(), CmdError>,
    ) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match act(find().await).await {
                Ok(()) => return,
                Err(error) if may_pass(&error) && Instant::now() < deadline => {
                    tokio::time::sleep(LOOK_EVERY).await;
                }
                Err(error) => panic!("“{name}” cannot be reached: {error:?}"),
            }
        }
    }

    /// Gives a field the keyboard.
    async fn focus(self, field: &Element) -> Result<(), CmdError> {
        let has_keyboard = self.browser.client.execute(FOCUS, vec![argument(field)]).await?;
        if has_keyboard == json!(true) {
            return Ok(());
        }
        // By itself a frame of another site does not get the keyboard, and in WebKit gives none to what is in it.
        self.touch(field).await
    }

    /// Presses a field as a guest does, who need not meet more than its label: not every driver presses a field itself. Where it
    /// has none, whatever of it is in its middle is pressed.
    async fn touch(self, field: &Element) -> Result<(), CmdError> {
        let client = &self.browser.client;
        let label = client.execute("return arguments[0].labels[0] ?? null", vec![argument(field)]).await?;
        if let Some(label) = element(client, &label) {
            return self.scroll_to_and_click(&label).await;
        }
        self.scroll_to(field).await?;
        let middle = PointerAction::MoveToElement { element: field.clone(), duration: None, x: 0.0, y: 0.0 };
        let press = MouseActions::new("mouse".to_owned())
            .then(middle)
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        client.perform_actions(press).await
    }

    async fn scroll_to_and_click(self, element: &Element) -> Result<(), CmdError> {
        self.scroll_to(element).await?;
        element.click().await
    }

    /// Not every driver scrolls by itself to what is in a shadow root, and none to what is in a frame of another site.
    async fn scroll_to(self, element: &Element) -> Result<(), CmdError> {
        let middle_px = self.browser.client.execute(SCROLL_TO, vec![argument(element)]).await?;
        if self.part == Part::Widget {
            self.browser.scroll_within_frame(middle_px).await;
        }
        Ok(())
    }

    async fn type_keys(self, keys: Keys) {
        self.browser.attend(self.part).await;
        self.browser.type_keys(keys).await;
    }

    async fn find(self, role: &str, name: &str, begins: bool) -> Element {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = self.find_now(role, name, begins).await {
                return found;
            }
            if Instant::now() > deadline {
                let text = self.text().await;
                panic!("no {role} “{name}”; there are {:?} in\n{text}", self.names(role).await);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn find_now(self, role: &str, name: &str, begins: bool) -> Option<Element> {
        let found =
            self.look("control", vec![json!(self.name()), json!(role), json!(name), json!(begins)]).await;
        element(&self.browser.client, &found)
    }

    async fn look(self, what: &str, arguments: Vec<Value>) -> Value {
        let script = format!("{SEEN}\nreturn seen.{what}(...arguments);");
        self.browser.attend(self.part).await;
        self.browser.look_here(&script, arguments).await
    }
}

/// An element as a script is handed it.
fn argument(element: &Element) -> Value {
    serde_json::to_value(element).expect("an element can be handed over")
}

/// The element that a script has returned.
pub(super) fn element(client: &Client, found: &Value) -> Option<Element> {
    let id = found.get(ELEMENT_KEY)?.as_str()?.to_owned();
    Some(Element::from_element_id(client.clone(), id.into()))
}

/// Whether a press failed because the view was being rebuilt or moved under it.
fn may_pass(error: &CmdError) -> bool {
    error.is_stale_element_reference()
        || error.is_element_not_interactable()
        || matches!(error, CmdError::Standard(said) if said.error == ErrorStatus::ElementClickIntercepted)
}
