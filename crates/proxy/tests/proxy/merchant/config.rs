//! What of keys and webhooks cannot be configured, and that it is named.

use proxy::config::{Config, ConfigError};

use super::receiver::SECRET;

const KEY: &str = "a-key-of-at-least-thirty-two-characters";

fn parse(restaurant: &str, extra: &str) -> Result<Config, ConfigError> {
    let text = format!(
        r#"
        listen = "127.0.0.1:0"
        data_dir = "/"
        pepper = {{ env = "KEY" }}
        login_senders = ["terminal"]
        [senders.terminal]
        kind = "console"
        [[restaurants]]
        id = "one"
        name = "One"
        currency = "RUB"
        spend_on_page_cart = false
        {restaurant}
        [restaurants.upstream]
        system = "basic_rest"
        base_url = "https://loyalty.example"
        point_id = "1"
        api_key = {{ env = "KEY" }}
        {extra}
        "#
    );
    let environment = |name: &str| {
        let value = match name {
            "KEY" => KEY,
            "NEXT" => "another-key-of-thirty-two-characters-or-more",
            "SHORT" => "too-short",
            "SPACED" => "a key of at least thirty two characters",
            "SECRET" => SECRET,
            "NO_PREFIX" => "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "SHORT_SECRET" => "whsec_AAECAwQFBgcICQoLDA0ODw==",
            _ => return None,
        };
        Some(value.to_owned())
    };
    Config::parse(&text, &environment)
}

#[test]
fn two_keys_and_a_webhook_are_taken() {
    let keys = r#"merchant_keys = [{ env = "KEY" }, { env = "NEXT" }]"#;
    let hook = "[restaurants.webhook]\nurl = \"https://one.example/hook\"\nsecret = { env = \"SECRET\" }";
    let config = parse(keys, hook).expect("it is right");
    assert_eq!(config.restaurants[0].merchant_keys.len(), 2);
    assert!(config.restaurants[0].webhook.is_some());
    let none = parse("", "").expect("neither is needed");
    assert!(none.restaurants[0].merchant_keys.is_empty() && none.restaurants[0].webhook.is_none());
    for address in ["http://127.0.0.1:1/hook", "http://localhost/hook", "https://one.example/hook?of=1"] {
        parse("", &hook.replace("https://one.example/hook", address)).expect("it is right");
    }
}

#[test]
fn what_cannot_be_is_named() {
    let key = |name: &str| format!(r#"{{ env = "{name}" }}"#);
    for (list, field) in [
        (key("SHORT"), "restaurants[0].merchant_keys[0]"),
        (key("SPACED"), "restaurants[0].merchant_keys[0]"),
        (format!("{}, {}", key("KEY"), key("ABSENT")), "restaurants[0].merchant_keys[1].env"),
        (format!("{}, {}", key("KEY"), key("KEY")), "restaurants[0].merchant_keys"),
        (vec![key("KEY"); 3].join(", "), "restaurants[0].merchant_keys"),
    ] {
        let error = parse(&format!("merchant_keys = [{list}]"), "").expect_err("refused").to_string();
        assert!(error.starts_with(&format!("`{field}`:")), "{list}: {error}");
        assert!(!error.contains(KEY));
    }
    for (url, secret, field) in [
        ("http://one.example/hook", "SECRET", "url"),
        ("ftp://127.0.0.1/hook", "SECRET", "url"),
        ("https://user@one.example/hook", "SECRET", "url"),
        ("/hook", "SECRET", "url"),
        ("https://one.example/hook", "NO_PREFIX", "secret"),
        ("https://one.example/hook", "SHORT_SECRET", "secret"),
        ("https://one.example/hook", "KEY", "secret"),
    ] {
        let hook = format!("[restaurants.webhook]\nurl = \"{url}\"\nsecret = {{ env = \"{secret}\" }}");
        let error = parse("", &hook).expect_err("refused").to_string();
        assert!(error.starts_with(&format!("`restaurants[0].webhook.{field}`:")), "{url}: {error}");
    }
}
