//! The examples of docs/integration.md, which shows them: on a restaurant's own origin, with the policy the document asks for.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::host::cart;
use crate::site::Site;
use crate::stage::{IVAN, Stage};

/// The proxy's address in the examples.
const PROXY: &str = "https://loyalty.example";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples")
}

/// An example, as it stands in the document.
fn example(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect("there is such an example")
}

/// The header that the document writes over several lines, on one, for this proxy.
fn policy(proxy: &str) -> String {
    let written = example("policy.txt").replace(PROXY, proxy);
    let lines: Vec<&str> = written.lines().skip(1).map(str::trim).collect();
    lines.join(" ").trim_end_matches(';').to_owned()
}

/// A demo, and a site of these files beside it that its proxy allows; the browser is at the first of them.
async fn open(files: &[(&str, String)]) -> Stage {
    let mut stage = Stage::open().await;
    show(&mut stage, files).await;
    stage
}

/// A site of these files beside the demo, whose proxy allows it; the browser is at the first of them.
async fn show(stage: &mut Stage, files: &[(&str, String)]) {
    let proxy = stage.demo.base_url().trim_end_matches('/').to_owned();
    show_under(stage, files, &policy(&proxy)).await;
}

/// The same under this policy.
async fn show_under(stage: &mut Stage, files: &[(&str, String)], policy: &str) {
    let site = Site::open();
    for (name, text) in files {
        let text = text.replace(PROXY, stage.demo.base_url().trim_end_matches('/'));
        site.put(&format!("/{name}"), &format!("Content-Security-Policy: {policy}\r\n"), &text);
    }
    let origin = site.origin();
    let changed = stage.demo.reload(|config| config.restaurants[0].allowed_origins = vec![origin.clone()]);
    assert!(changed.is_ok_and(|waiting| waiting.is_empty()), "this takes no restart");
    stage.browser.open(&format!("{origin}/{}", files[0].0)).await;
}

/// What `doctor()` finds wrong, and what the page's policy has blocked.
async fn nothing_is_wrong(stage: &Stage) {
    assert_eq!(stage.with_widget("return widget.doctor()").await, json!([]));
}

fn files_of_the_page() -> Vec<(&'static str, String)> {
    ["element.html", "checkout.js", "theme.css"].map(|name| (name, example(name))).into()
}

/// Logs in by the English words that the examples ask for.
pub(crate) async fn log_in(stage: &Stage) {
    let widget = stage.browser.widget();
    widget.type_over("Phone number", IVAN).await;
    widget.press("Get a code").await;
    widget.has("textbox", "6 digits from the message").await;
    let code = stage.inbox().code_for(IVAN).await;
    widget.type_over("6 digits from the message", &code).await;
    stage.browser.hears("loyalty-preview", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_the_document_works_under_the_policy_of_the_document() {
    let stage = open(&files_of_the_page()).await;
    stage.browser.hears("loyalty-ready", 1).await;
    nothing_is_wrong(&stage).await;
    log_in(&stage).await;
    stage.browser.page().shows("To pay: 480.00").await;
    stage.browser.page().press("One more pie").await;
    stage.browser.page().shows("To pay: 960.00").await;
    stage.browser.widget().type_over("Points to spend", "100").await;
    stage.browser.page().shows("To pay: 860.00").await;
    assert_eq!(stage.with_widget("return widget.confirm()").await, json!(true));
    stage.browser.hears("loyalty-confirm", 1).await;
    stage.browser.page().shows("To pay: 860.00").await;
    stage.browser.page().press("Place the order").await;
    let colours = "
        const button = getComputedStyle(widget.shadowRoot.querySelector('.primary'));
        return [button.backgroundColor, button.borderTopLeftRadius];
    ";
    assert_eq!(stage.with_widget(colours).await, json!(["rgb(31, 107, 74)", "999px"]));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_policy_of_the_document_allows_is_needed() {
    for (part, code) in
        [("'wasm-unsafe-eval'", "csp_wasm"), ("connect-src 'self' https://loyalty.example", "csp_blocked")]
    {
        let mut stage = Stage::open().await;
        let proxy = stage.demo.base_url().trim_end_matches('/').to_owned();
        let less = match part.split_once(' ') {
            Some((directive, _)) => {
                policy(&proxy).replace(&part.replace(PROXY, &proxy), &format!("{directive} 'self'"))
            }
            None => policy(&proxy).replace(part, ""),
        };
        show_under(&mut stage, &files_of_the_page(), &less).await;
        stage.browser.hears("loyalty-error", 1).await;
        let found = stage.with_widget("return widget.doctor()").await;
        let codes: Vec<&Value> = found.as_array().expect("a list").iter().map(|one| &one["code"]).collect();
        assert!(codes.contains(&&json!(code)), "without {part}: {codes:?}");
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_script_is_loaded_and_one_that_was_changed_is_not() {
    let element = "<loyalty-checkout restaurant=\"pirogi\"></loyalty-checkout>";
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">{}{element}",
        example("pinned.html")
    );
    let stage = open(&[("pinned.html", page)]).await;
    // What stands for the version is none.
    let is_defined = "return Boolean(customElements.get('loyalty-checkout'))";
    assert_eq!(stage.browser.run(is_defined, Vec::new()).await, json!(false));

    let list = "return fetch(arguments[0] + 'widget/integrity.json').then((answer) => answer.json())";
    stage.browser.open(stage.demo.base_url()).await;
    let list = stage.browser.run(list, vec![json!(stage.demo.base_url())]).await;
    let (version, digest) = (&list["version"], &list["files"]["element.js"]["integrity"]);
    let filled = |digest: &str| {
        let line = example("pinned.html").replace("VERSION", version.as_str().expect("a version"));
        let line = line.replace("sha384-DIGEST", digest);
        format!("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">{line}{element}")
    };
    let right = filled(digest.as_str().expect("a digest"));
    let wrong = filled("sha384-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    stage.finish().await;

    let stage = open(&[("right.html", right)]).await;
    stage.browser.hears("loyalty-ready", 1).await;
    nothing_is_wrong(&stage).await;
    stage.finish().await;

    let stage = open(&[("wrong.html", wrong)]).await;
    assert_eq!(stage.browser.run(is_defined, Vec::new()).await, json!(false));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_texts_and_the_doctor_of_the_document_work() {
    let page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
        <script type=\"module\" src=\"https://loyalty.example/widget/element.js\"></script>\
        <loyalty-checkout restaurant=\"pirogi\"></loyalty-checkout>\
        <script type=\"module\" src=\"texts.js\"></script>";
    // Said by the document's script, so that it can be asked for.
    let doctor = format!("export {}", example("doctor.js"));
    let files = [("page.html", page.to_owned()), ("texts.js", example("texts.js")), ("examine.js", doctor)];
    let stage = open(&files).await;
    stage.browser.widget().has("heading", "Berries and discounts").await;
    stage.browser.hears("loyalty-ready", 1).await;
    let examine = "return import('/examine.js').then(({ findings }) => findings)";
    assert_eq!(stage.browser.run(examine, Vec::new()).await, json!([]));
    stage.finish().await;
}

/// Runs the restaurant's server: node, with a function of the document, which is called so.
fn on_the_server(file: &str, function: &str, call: &str) -> String {
    let script = format!(
        "import {{ {function} }} from {};
         process.stdout.write(await {function}({call}));",
        json!(folder().join(file)),
    );
    let ran = Command::new("node")
        .args(["--input-type=module", "--eval", &script])
        .output()
        .expect("node, which `packages` need too");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).expect("a text")
}

fn register(stage: &Stage, order: &Value) -> String {
    let proxy = json!(stage.demo.base_url());
    let call = format!("{proxy}, 'demo-merchant-key-of-the-restaurant-pirogi', {order}");
    on_the_server("register-order.mjs", "registerOrder", &call)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_the_first_screen_in_its_markup_has_the_field_without_a_script() {
    let mut stage = Stage::open().await;
    let screen =
        |proxy: &str| on_the_server("first-screen.mjs", "firstScreen", &format!("{}, 'en'", json!(proxy)));
    assert_eq!(screen("http://127.0.0.1:9/"), "", "the page goes on without");
    let element = example("first-screen.html").replace("FIRST_SCREEN", &screen(stage.demo.base_url()));
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">{element}
         <script type=\"module\" src=\"/later.js\"></script>"
    );
    let later = format!("window.load = () => import('{PROXY}/widget/element.js').then(() => null);");
    show(&mut stage, &[("page.html", page), ("later.js", later)]).await;
    stage.browser.widget().type_over("Phone number", IVAN).await;
    assert_eq!(stage.with_widget("return customElements.get(widget.localName)").await, Value::Null);
    stage.browser.run("return load()", Vec::new()).await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.browser.widget().field_is("Phone number", IVAN).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restaurants_server_registers_an_order_and_changes_it() {
    let mut stage = Stage::open().await;
    let order = |version: u32| json!({ "order_ref": "2026-0042", "version": version, "cart": cart() });
    let token = register(&stage, &order(1));
    assert!(token.len() == 64 && token.chars().all(|one| one.is_ascii_hexdigit()), "{token}");
    assert_eq!(register(&stage, &order(1)), token, "asked again, the same is answered");

    let element = example("order-token.html").replace("ORDER_TOKEN", &token);
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <script type=\"module\" src=\"{PROXY}/widget/element.js\"></script>{element}"
    );
    let files = [("page.html", page), ("ask.js", example("order-token.js"))];
    show(&mut stage, &files).await;
    log_in(&stage).await;
    stage.browser.widget().line_is("To pay", "₽480").await;
    let mut more = order(2);
    more["cart"]["lines"][0]["quantity_milli"] = json!(2000);
    assert_eq!(register(&stage, &more), token, "the token stays");
    stage.browser.run("return import('/ask.js').then(() => null)", Vec::new()).await;
    stage.browser.hears("loyalty-preview", 2).await;
    stage.browser.widget().line_is("To pay", "₽960").await;
    stage.finish().await;
}
