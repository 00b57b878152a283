//! One mounted widget: its model, what it is mounted in, and the screen it shows.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::config::Config;
use crate::effects::{self, Latest};
use crate::embed::{events, page};
use crate::i18n::{self, Language, Text};
use crate::state::{Effect, HostEvent, Message, Model, Step, update};
use crate::steps;
use crate::ui::{self, Flag, Handler, Words};

/// What a widget is mounted in.
pub(crate) struct Shell {
    pub(crate) config: Config,
    /// Tells the host page of an event, by its name and details.
    pub(crate) tell: js_sys::Function,
    /// The widget's own root inside it.
    pub(crate) root: web_sys::HtmlElement,
    pub(crate) latest: Latest,
    /// Makes a promise of a QR symbol, see [`crate::embed::later`].
    pub(crate) draw_qr: js_sys::Function,
    /// What the guest speaks.
    pub(crate) language: Rc<Language>,
}

/// A handle to a mounted widget. Views read the model through it by plain functions of the model, so that each kind of
/// view exists once in the binary however often it is used.
#[derive(Clone, Copy)]
pub struct App {
    pub(crate) model: RwSignal<Model>,
    pub(crate) shell: StoredValue<Shell, LocalStorage>,
    /// Changes with the language, so that words follow it and nothing else.
    language: Memo<u32>,
}

impl App {
    /// A widget to be mounted. Must be called within a reactive owner.
    #[must_use]
    pub(crate) fn new(shell: Shell) -> Self {
        let model = RwSignal::new(Model::new(page::new_key));
        let language = Memo::new(move |_| model.with(|model| model.language));
        Self { model, shell: StoredValue::new_local(shell), language }
    }

    /// Speaks another language from now on. Nothing is built anew, so that what is typed and the focus stay.
    pub(crate) fn translate(self, language: Language) {
        if self.shell.try_update_value(|shell| shell.language = Rc::new(language)).is_some() {
            self.send(Message::LanguageChanged);
        }
    }

    /// Lets everything that is said next be said in this widget's language.
    fn speak(self) {
        let _removed_meanwhile = self.shell.try_with_value(|shell| i18n::speak(&shell.language));
    }

    /// Lets something happen. After the widget has been removed nothing happens any more.
    pub fn send(self, message: Message) {
        let focused =
            self.shell.try_with_value(|shell| shell.root.query_selector(":focus").ok()).flatten().flatten();
        let changed = self.model.try_update(|model| {
            let before = (model.step, model.login_by);
            // Time is only told while something counts down; whatever begins to count now begins now.
            model.now_s = page::now_s();
            let effects = update(model, message);
            (effects, (model.step, model.login_by) != before)
        });
        let Some((effects, begins_anew)) = changed else { return };
        // The host page is told last: what its listeners do in turn must come after what was asked for here.
        let (told, asked): (Vec<_>, Vec<_>) =
            effects.into_iter().partition(|effect| matches!(effect, Effect::Tell(_)));
        for effect in asked.into_iter().chain(told) {
            effects::run(self, effect);
        }
        if begins_anew || focused.is_some() {
            // The new screen, or the new field, is built when this task is over, and what is not in it is gone.
            let is_gone = move || focused.is_some_and(|focused| !focused.is_connected());
            let look = move || {
                if begins_anew || is_gone() {
                    self.focus_start();
                }
            };
            set_timeout(look, Duration::ZERO);
        }
    }

    /// Tells the host page.
    pub(crate) fn tell(self, event: HostEvent) {
        let tell = self.shell.with_value(|shell| shell.tell.clone());
        // Told when nothing is borrowed any more: a listener may hand over a cart, or take the widget away.
        let (name, detail) = self.model.with_untracked(|model| events::of(event, model));
        drop(tell.call2(&JsValue::UNDEFINED, &name.into(), &detail));
    }

    /// Moves the focus to where the screen begins. The first screen takes no focus from the host page.
    fn focus_start(self) {
        let _removed_meanwhile = self.shell.try_with_value(|shell| page::focus_start(&shell.root));
    }

    /// A text that follows the model.
    pub(crate) fn text(self, read: fn(&Model) -> String) -> Words {
        Arc::new(move || {
            self.speak();
            self.model.with(read)
        })
    }

    /// A text without gaps, in the language of the moment.
    pub(crate) fn words(self, text: Text) -> Words {
        Arc::new(move || {
            // Asked for, not only tracked: a memo that was never asked follows nothing.
            let _changes = self.language.get();
            self.speak();
            text.words()
        })
    }

    /// A yes or no that follows the model.
    pub(crate) fn flag(self, read: fn(&Model) -> bool) -> Flag {
        Arc::new(move || self.model.with(read))
    }

    /// What to do when something without a value of its own is pressed.
    pub(crate) fn on(self, message: fn() -> Message) -> Handler {
        Arc::new(move |_| self.send(message()))
    }

    /// What to do when something is typed.
    pub(crate) fn on_text(self, message: fn(String) -> Message) -> Handler {
        Arc::new(move |text| self.send(message(text)))
    }

    /// A part of a view that follows the model; rebuilt in place, so focus stays.
    pub(crate) fn part(self, view: fn(App, &Model) -> AnyView) -> AnyView {
        dynamic(Box::new(move || {
            self.speak();
            self.model.with(|model| view(self, model))
        }))
    }

    /// A part of a view that is built anew when a number read from the model changes, and only then.
    pub(crate) fn keyed(self, key: fn(&Model) -> u32, view: fn(App) -> AnyView) -> AnyView {
        let key = Memo::new(move |_| self.model.with(key));
        dynamic(Box::new(move || ui::keyed(key.get(), view(self))))
    }

    /// A part of a view that is there while a condition holds.
    pub(crate) fn when(self, holds: fn(&Model) -> bool, view: fn(App) -> AnyView) -> AnyView {
        let holds = Memo::new(move |_| u32::from(self.model.with(holds)));
        dynamic(Box::new(move || if holds.get() == 0 { ().into_any() } else { view(self) }))
    }
}

/// A view that follows whatever it reads. Boxed, so that the machinery behind it exists once.
fn dynamic(view: Box<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    (move || view()).into_any()
}

/// The whole widget.
pub fn view(app: App) -> AnyView {
    tick(app);
    // Beside everything else: the phone can be typed before the answer comes, and if none comes.
    effects::run(app, Effect::ReadRestaurant);
    ui::stack("checkout", vec![app.keyed(|m| m.step as u32, screen)])
}

fn screen(app: App) -> AnyView {
    match app.model.with_untracked(|model| model.step) {
        Step::Phone => steps::phone(app),
        Step::Code => steps::code(app),
        Step::Preview => steps::preview(app),
        Step::Confirmed => steps::confirmed(app),
        Step::PaymentCode => steps::payment_code(app),
        Step::Unknown => steps::unknown(app),
    }
}

/// Lets time pass for the model, once a second, while something counts down.
fn tick(app: App) {
    let beat = move || {
        if app.model.with_untracked(Model::counts_down) {
            app.send(Message::Tick(page::now_s()));
        }
    };
    if let Ok(timer) = set_interval_with_handle(beat, Duration::from_secs(1)) {
        on_cleanup(move || timer.clear());
    }
}
