//! Boxes, headings, lines and messages.

use leptos::prelude::*;

/// A box with a class and whatever is in it.
#[must_use]
pub fn stack(class: &'static str, children: Vec<AnyView>) -> AnyView {
    view! { <div class=class>{children}</div> }.into_any()
}

/// A box whose button submits it, by a press or by the enter key.
#[must_use]
pub fn form(class: &'static str, on_submit: Callback<()>, children: Vec<AnyView>) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! { <form class=class novalidate=true on:submit=submit>{children}</form> }.into_any()
}

/// Where a screen begins: its heading, which takes the focus when the screen appears.
#[must_use]
pub fn heading(words: Signal<String>) -> AnyView {
    view! { <h2 class="heading" tabindex="-1" data-start="">{words}</h2> }.into_any()
}

/// A paragraph that follows a signal.
#[must_use]
pub fn paragraph(class: &'static str, words: Signal<String>) -> AnyView {
    view! { <p class=class>{words}</p> }.into_any()
}

/// A piece of text that follows a signal.
#[must_use]
pub fn text(class: &'static str, words: Signal<String>) -> AnyView {
    view! { <span class=class>{words}</span> }.into_any()
}

/// A piece of text.
#[must_use]
pub fn static_text(class: &'static str, words: String) -> AnyView {
    view! { <span class=class>{words}</span> }.into_any()
}

/// A short text set apart.
#[must_use]
pub fn badge(words: String) -> AnyView {
    static_text("badge", words)
}

/// A label and a value at the two ends of a line; the value follows a signal.
#[must_use]
pub fn line(class: &'static str, label: String, value: Signal<String>) -> AnyView {
    view! { <div class=class><span>{label}</span><span class="line-value">{value}</span></div> }.into_any()
}

/// A label and a value at the two ends of a line.
#[must_use]
pub fn static_line(class: &'static str, label: String, value: String) -> AnyView {
    view! { <div class=class><span>{label}</span><span class="line-value">{value}</span></div> }.into_any()
}

/// A message that is announced when it changes, without interrupting; takes no room while empty.
#[must_use]
pub fn status(class: &'static str, words: Signal<String>) -> AnyView {
    view! { <p class=class role="status">{words}</p> }.into_any()
}

/// A message that is announced at once; takes no room while empty.
#[must_use]
pub fn alert(words: Signal<String>) -> AnyView {
    view! { <p class="alert" role="alert">{words}</p> }.into_any()
}
