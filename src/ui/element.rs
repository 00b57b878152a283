//! One kind of element for all pieces. `view!` makes a type, and all the code that goes with it, for every element with
//! other attributes; this is one type with a list of them, a fifth less of the wasm (see docs/bytes.md).

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::types::{Element as DomElement, Node};
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::iterators::VecState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlElement};

use super::follow::{Flag, Words};

thread_local! {
    /// Elements of the page that are taken where new ones of [`KEPT_CLASSES`] would be made, the next at the end.
    static KEPT: RefCell<Vec<DomElement>> = const { RefCell::new(Vec::new()) };
}

/// The classes of what is kept, from the inside out, as `src/embed/first.js` makes them.
const KEPT_CLASSES: [&str; 6] = ["field-input", "field", "keyed", "screen", "keyed", "checkout"];

/// Takes these elements of the page, each inside the next, where new ones of [`KEPT_CLASSES`] would be made. They are never
/// moved, so that what has the focus keeps it.
pub(crate) fn keep(elements: Vec<DomElement>) {
    KEPT.set(elements);
}

/// What is set on an element, once or whenever its source changes.
enum Value {
    /// An attribute that stays, or, without a name, the text in it in place of children.
    Fixed(String),
    /// An attribute, which is not there while its source says nothing.
    Text(Words),
    /// An attribute that is there or not.
    Flag(Flag),
    /// A property of the DOM object.
    Property(Words),
    /// A custom property of its style.
    Style(Words),
    /// The text in it, in place of children.
    Content(Words),
}

/// What is done when an event arrives.
type Listener = Box<dyn FnMut(Event) + Send>;

/// An element to be shown.
pub(super) struct Element {
    tag: &'static str,
    namespace: Option<&'static str>,
    /// Elements of different keys are never rebuilt into one another.
    key: u32,
    values: Vec<(&'static str, Value)>,
    listeners: Vec<(&'static str, Listener)>,
    children: Vec<AnyView>,
}

impl Element {
    /// An HTML element with a class.
    pub(super) fn new(tag: &'static str, class: &str) -> Self {
        let element = Self {
            tag,
            namespace: None,
            key: 0,
            values: Vec::new(),
            listeners: Vec::new(),
            children: Vec::new(),
        };
        // A part of each class: a host's styles reach the pieces by the names that the widget's own use.
        element.fixed("class", class).fixed("part", class)
    }

    /// An SVG element.
    pub(super) fn svg(tag: &'static str, class: &str) -> Self {
        Self { namespace: Some("http://www.w3.org/2000/svg"), ..Self::new(tag, class) }
    }

    /// An element that is not rebuilt into one of another key, but gives way to it.
    pub(super) fn keyed(self, key: u32) -> Self {
        Self { key, ..self }
    }

    fn with(mut self, name: &'static str, value: Value) -> Self {
        self.values.push((name, value));
        self
    }

    /// An attribute that stays.
    pub(super) fn fixed(self, name: &'static str, value: &str) -> Self {
        self.with(name, Value::Fixed(value.to_owned()))
    }

    /// An attribute that follows its source.
    pub(super) fn follows(self, name: &'static str, value: Words) -> Self {
        self.with(name, Value::Text(value))
    }

    /// An attribute that is there while its source says so; its value is `true`.
    pub(super) fn flag(self, name: &'static str, value: Flag) -> Self {
        self.with(name, Value::Flag(value))
    }

    /// A property that follows its source.
    pub(super) fn property(self, name: &'static str, value: Words) -> Self {
        self.with(name, Value::Property(value))
    }

    /// A custom property of the element's style that follows its source. Set through the DOM, which no policy forbids.
    pub(super) fn style(self, name: &'static str, value: Words) -> Self {
        self.with(name, Value::Style(value))
    }

    /// The text in the element.
    pub(super) fn text(self, value: Words) -> Self {
        self.with("", Value::Content(value))
    }

    /// The text in the element, which stays.
    pub(super) fn fixed_text(self, value: &str) -> Self {
        self.fixed("", value)
    }

    /// What is in the element.
    pub(super) fn children(self, children: Vec<AnyView>) -> Self {
        Self { children, ..self }
    }

    /// What happens on an event.
    pub(super) fn on(mut self, name: &'static str, listener: Listener) -> Self {
        self.listeners.push((name, listener));
        self
    }

    /// The element of the page that takes this one's place.
    fn kept(&self) -> Option<DomElement> {
        let Some((_, Value::Fixed(class))) = self.values.first() else { return None };
        KEPT.with_borrow_mut(|kept| {
            let wanted = kept.len().checked_sub(1).and_then(|last| KEPT_CLASSES.get(last));
            if wanted == Some(&class.as_str()) { kept.pop() } else { None }
        })
    }

    /// Sets everything on an element of the page, but for what is `worn` already, and keeps what must be kept for it.
    fn dress(
        element: &DomElement,
        values: Vec<(&'static str, Value)>,
        listeners: Vec<(&'static str, Listener)>,
        worn: &[(&'static str, String)],
    ) -> Dress {
        let mut effects = Vec::new();
        let mut fixed = Vec::new();
        for (name, value) in values {
            match value {
                Value::Fixed(text) => {
                    let value = (name, text);
                    if !worn.contains(&value) {
                        put(element, name, &value.1);
                    }
                    fixed.push(value);
                }
                value => {
                    let element = element.clone();
                    effects.push(RenderEffect::new(move |shown| apply(&element, name, &value, shown)));
                }
            }
        }
        let listeners = listeners
            .into_iter()
            .map(|(name, mut listener)| {
                let call = move |event: JsValue| listener(event.unchecked_into());
                Rndr::add_event_listener(element, name, Box::new(call))
            })
            .collect();
        Dress { fixed, _effects: effects, _listeners: listeners }
    }
}

/// Sets what its source says now, unless that is shown already, and returns it. Whatever is set costs the page a look at its
/// styles, and nearly everything that follows the model stays as it was when the model changes.
fn apply(element: &DomElement, name: &str, value: &Value, shown: Option<String>) -> String {
    let now = match value {
        Value::Flag(flag) if flag() => "true".to_owned(),
        Value::Fixed(_) | Value::Flag(_) => String::new(),
        Value::Text(words) | Value::Property(words) | Value::Style(words) | Value::Content(words) => words(),
    };
    match value {
        // It may hold what a guest has typed since.
        Value::Property(_) => Rndr::set_property(element, name, &(&now).into()),
        _ if shown.as_ref() == Some(&now) => (),
        // Anything but a malformed name is taken, and the names are constants.
        Value::Style(_) => drop(element.unchecked_ref::<HtmlElement>().style().set_property(name, &now)),
        Value::Text(_) | Value::Flag(_) if now.is_empty() => Rndr::remove_attribute(element, name),
        _ => put(element, name, &now),
    }
    now
}

/// Sets an attribute, or, without a name, the text.
fn put(element: &DomElement, name: &str, words: &str) {
    if !name.is_empty() {
        Rndr::set_attribute(element, name, words);
    } else if element.text_content().as_deref() != Some(words) {
        // Announced regions would announce the same text again.
        element.set_text_content(Some(words));
    }
}

/// What keeps an element of the page following its sources and listening.
struct Dress {
    /// What stays. Setting one again costs the page a look at its styles, for nothing.
    fixed: Vec<(&'static str, String)>,
    _effects: Vec<RenderEffect<String>>,
    _listeners: Vec<RemoveEventHandler<DomElement>>,
}

/// An element in the page.
pub(super) struct ElementState {
    element: DomElement,
    tag: &'static str,
    key: u32,
    /// It is in its place, and was there before what is beside it.
    is_kept: bool,
    dress: Dress,
    children: VecState<AnyViewState>,
}

impl Render for Element {
    type State = ElementState;

    fn build(self) -> ElementState {
        let kept = self.kept();
        let is_kept = kept.is_some();
        let element = kept.unwrap_or_else(|| Rndr::create_element(self.tag, self.namespace));
        let mut children = self.children.build();
        // Text takes the place of children, and of the mark where they would go.
        if !self.values.iter().any(|(name, _)| name.is_empty()) {
            children.mount(&element, None);
        }
        let dress = Self::dress(&element, self.values, self.listeners, &[]);
        ElementState { element, tag: self.tag, key: self.key, is_kept, dress, children }
    }

    /// The same element of another moment: it stays in the page, focus and all, and what is on it is set anew.
    fn rebuild(self, state: &mut ElementState) {
        if self.tag != state.tag || self.key != state.key {
            let mut new = self.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
            return;
        }
        self.children.rebuild(&mut state.children);
        state.dress = Self::dress(&state.element, self.values, self.listeners, &state.dress.fixed);
    }
}

no_attrs!(Element);

/// The widget is rendered in the browser only; as text an element is nothing.
impl RenderHtml for Element {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> ElementState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl Mountable for ElementState {
    fn unmount(&mut self) {
        Rndr::remove(&self.element);
    }

    fn mount(&mut self, parent: &DomElement, marker: Option<&Node>) {
        if std::mem::take(&mut self.is_kept) {
            // What was put in before it goes round it.
            while let Some(next) = self.element.next_sibling().filter(|next| Some(next) != marker) {
                Rndr::insert_node(parent, &next, Some(&self.element));
            }
        } else {
            Rndr::insert_node(parent, &self.element, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match Rndr::get_parent(&self.element) {
            // The parts of a widget are all inside its root.
            Some(parent) => {
                child.mount(parent.unchecked_ref(), Some(&self.element));
                true
            }
            None => false,
        }
    }

    fn elements(&self) -> Vec<DomElement> {
        vec![self.element.clone()]
    }
}
