//! What `element.js` calls: mount a widget, hand it a cart or another language, press for it, take it out again.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use contract::browser::Json;
use contract::cart::Cart;
use contract::login::Embedding;
use js_sys::Function;
use leptos::prelude::WithUntracked;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::app::{self, App, Shell};
use crate::config::Config;
use crate::effects::Latest;
use crate::i18n::Language;
use crate::state::{Message, Step};
use crate::ui;

/// A mounted widget; dropping the handle takes it out of the page.
struct Mounted {
    app: App,
    _handle: Box<dyn Any>,
}

thread_local! {
    /// The mounted widgets by number.
    static MOUNTED: RefCell<Vec<Option<Mounted>>> = const { RefCell::new(Vec::new()) };
}

/// Mounts a widget into `root`. `tell` is called with the name and the details of each of its events, `draw_qr` makes a
/// promise of a QR symbol, `page_origin` is the origin of the page the guest sees, `framed` whether the widget stands there in
/// a frame of the proxy's, and `kiosk` whether the next guest uses the device too. What is left of the first screen in `root`,
/// each element the only one in the next, stays where it is, and so does what the phone field in the innermost holds. Returns
/// the widget's number, or -1 where no restaurant is named.
#[wasm_bindgen]
#[must_use]
#[expect(clippy::too_many_arguments, reason = "each is handed over by JavaScript under its own type")]
pub fn mount(
    root: HtmlElement,
    restaurant: &str,
    api: &str,
    tell: Function,
    draw_qr: Function,
    language: Language,
    page_origin: String,
    framed: bool,
    kiosk: bool,
) -> i32 {
    let embedding = match (kiosk, framed) {
        (true, _) => Embedding::Kiosk,
        (false, true) => Embedding::Iframe,
        (false, false) => Embedding::Page,
    };
    let Some(config) = Config::new(restaurant, api, embedding, page_origin) else { return -1 };
    let mut screen = Vec::new();
    let mut within = root.first_element_child();
    while let Some(element) = within {
        within = element.first_element_child();
        screen.insert(0, element);
    }
    let typed =
        screen.first().map(|field| field.unchecked_ref::<HtmlInputElement>().value()).unwrap_or_default();
    ui::keep(screen);
    let made = Rc::new(Cell::new(None));
    let handle = {
        let made = Rc::clone(&made);
        let language = Rc::new(language);
        let shell = Shell { config, tell, root: root.clone(), latest: Latest::default(), draw_qr, language };
        leptos::mount::mount_to(root, move || {
            let app = App::new(shell);
            made.set(Some(app));
            app.send(Message::KeyTyped(typed));
            app::view(app)
        })
    };
    ui::keep(Vec::new());
    let Some(app) = made.get() else { return -1 };
    let new = Some(Mounted { app, _handle: Box::new(handle) });
    let number = MOUNTED.with_borrow_mut(|mounted| {
        // The place of a widget that is gone, so that any number of them may come and go.
        let free = mounted.iter().position(Option::is_none).unwrap_or(mounted.len());
        match mounted.get_mut(free) {
            Some(place) => *place = new,
            None => mounted.push(new),
        }
        free
    });
    i32::try_from(number).unwrap_or(-1)
}

/// Hands the order over: a cart, the token of a registered order, an empty text where there is neither any more, or nothing
/// where the registered order may have changed. Returns whether it is one of these; what is not changes nothing.
#[wasm_bindgen]
#[must_use]
pub fn update_order(number: i32, order: &JsValue) -> bool {
    let Some(app) = app(number) else { return false };
    let message = if order.is_undefined() {
        Message::OrderRefreshed
    } else if let Some(token) = order.as_string() {
        Message::TokenGiven(token)
    } else if let Some(cart) = Cart::read(order) {
        Message::CartChanged(cart)
    } else {
        return false;
    };
    app.send(message);
    true
}

/// Speaks another language from now on.
#[wasm_bindgen]
pub fn translate(number: i32, language: Language) {
    if let Some(app) = app(number) {
        app.translate(language);
    }
}

/// Presses for the guest: 0 confirms, 1 takes back what is confirmed, 2 submits the phone. Returns whether that has begun.
#[wasm_bindgen]
#[must_use]
pub fn act(number: i32, what: u32) -> bool {
    let Some(app) = app(number) else { return false };
    let under_way = || app.model.with_untracked(|model| model.action);
    let before = under_way();
    match what {
        0 => app.send(Message::ConfirmPressed),
        1 => {
            if app.model.with_untracked(|model| model.step == Step::PaymentCode) {
                app.send(Message::BackPressed);
            }
            app.send(Message::ChangePressed);
        }
        _ => app.send(Message::KeySubmitted),
    }
    under_way() != before
}

/// Takes a widget out of the page.
#[wasm_bindgen]
pub fn unmount(number: i32) {
    drop(with(number, Option::take));
}

fn app(number: i32) -> Option<App> {
    with(number, |mounted| mounted.as_ref().map(|mounted| mounted.app)).flatten()
}

fn with<T>(number: i32, then: impl FnOnce(&mut Option<Mounted>) -> T) -> Option<T> {
    let index = usize::try_from(number).ok()?;
    MOUNTED.with_borrow_mut(|mounted| mounted.get_mut(index).map(then))
}
