//! One mounted widget: its model, what it is mounted in, and the screen it shows.

use leptos::prelude::*;

use crate::config::Config;
use crate::effects::{self, Latest};
use crate::embed::{events, page};
use crate::state::{HostEvent, Message, Model, Step, update};
use crate::{steps, ui};

/// What a widget is mounted in.
pub(crate) struct Shell {
    pub(crate) config: Config,
    /// The host page's element, which the events go to.
    pub(crate) host: web_sys::HtmlElement,
    /// The widget's own root inside it.
    pub(crate) root: web_sys::HtmlElement,
    pub(crate) latest: Latest,
}

/// A handle to a mounted widget. Views read the model through it by plain functions of the model, so that each kind of
/// view exists once in the binary however often it is used.
#[derive(Clone, Copy)]
pub struct App {
    pub(crate) model: RwSignal<Model>,
    pub(crate) shell: StoredValue<Shell, LocalStorage>,
}

impl App {
    /// A widget to be mounted. Must be called within a reactive owner.
    #[must_use]
    pub fn new(config: Config, host: web_sys::HtmlElement, root: web_sys::HtmlElement) -> Self {
        let model = RwSignal::new(Model::new(page::new_key));
        let shell = StoredValue::new_local(Shell { config, host, root, latest: Latest::default() });
        Self { model, shell }
    }

    /// Lets something happen. After the widget has been removed nothing happens any more.
    pub fn send(self, message: Message) {
        let Some(effects) = self.model.try_update(|model| update(model, message)) else { return };
        for effect in effects {
            effects::run(self, effect);
        }
    }

    /// Tells the host page.
    pub(crate) fn tell(self, event: HostEvent) {
        self.shell.with_value(|shell| {
            self.model.with_untracked(|model| events::dispatch(&shell.host, event, model))
        });
    }

    /// A text that follows the model.
    pub(crate) fn text(self, read: fn(&Model) -> String) -> Signal<String> {
        Signal::derive(move || self.model.with(read))
    }

    /// A yes or no that follows the model.
    pub(crate) fn flag(self, read: fn(&Model) -> bool) -> Signal<bool> {
        Memo::new(move |_| self.model.with(read)).into()
    }

    /// What to do when something without a value of its own is pressed.
    pub(crate) fn on(self, message: fn() -> Message) -> Callback<()> {
        Callback::new(move |()| self.send(message()))
    }

    /// What to do when something is typed.
    pub(crate) fn on_text(self, message: fn(String) -> Message) -> Callback<String> {
        Callback::new(move |text| self.send(message(text)))
    }

    /// A part of a view that follows the model; rebuilt in place, so focus stays.
    pub(crate) fn part(self, view: fn(App, &Model) -> AnyView) -> AnyView {
        (move || self.model.with(|model| view(self, model))).into_any()
    }

    /// A part of a view that is there while a condition holds.
    pub(crate) fn when(self, holds: fn(&Model) -> bool, view: fn(App) -> AnyView) -> AnyView {
        let holds = self.flag(holds);
        (move || if holds.get() { view(self) } else { ().into_any() }).into_any()
    }
}

/// The whole widget.
pub fn view(app: App) -> AnyView {
    let step = Memo::new(move |_| app.model.with(|model| model.step));
    tick(app);
    focus_on_new_step(app, step);
    let screen = move || match step.get() {
        Step::Phone => steps::phone(app),
        Step::Code => steps::code(app),
        Step::Preview => steps::preview(app),
        Step::Confirmed => steps::confirmed(app),
        Step::PaymentCode => steps::payment_code(app),
    };
    ui::stack("checkout", vec![screen.into_any()])
}

/// Lets time pass for the model, once a second, while something counts down.
fn tick(app: App) {
    let start_s = page::now_s();
    let beat = move || {
        if app.model.with_untracked(Model::counts_down) {
            app.send(Message::Tick(page::now_s().saturating_sub(start_s)));
        }
    };
    if let Ok(timer) = set_interval_with_handle(beat, std::time::Duration::from_secs(1)) {
        on_cleanup(move || timer.clear());
    }
}

/// Moves the focus to where a new screen begins. The first screen takes no focus from the host page.
fn focus_on_new_step(app: App, step: Memo<Step>) {
    Effect::new(move |before: Option<Step>| {
        let now = step.get();
        if before.is_some_and(|before| before != now) {
            app.shell.with_value(|shell| page::focus_start(&shell.root));
        }
        now
    });
}
