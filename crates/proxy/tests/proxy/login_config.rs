//! What may be configured of logging in, and how a wrong file is refused.

use proxy::config::{Config, ConfigError};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/proxy.example.toml");

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, &|_| Some("a-secret".to_owned()))
}

fn example() -> String {
    std::fs::read_to_string(EXAMPLE).expect("the example is there")
}

#[test]
fn the_example_names_every_sender_and_its_order() {
    let config = parse(&example()).expect("the example is right");
    for restaurant in &config.restaurants {
        let names: Vec<&str> = restaurant.login_senders.iter().map(|sender| sender.name.as_str()).collect();
        assert_eq!(names, ["telegram", "smsru", "gateway"]);
    }
    assert!(!format!("{config:?}").contains("a-secret"), "a secret shows itself");
}

#[test]
fn what_the_example_shows_behind_a_hash_is_what_is_there_anyway() {
    let uncommented = example()
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line))
        .filter(|line| {
            let elsewhere = [
                "previous_pepper",
                "codes = ",
                "login_senders = [\"smsru\"]",
                "url = { env",
                "pool",
                "ca_file",
                "accent",
                "radius",
                "merchant_keys",
                "url = \"https://pirogi",
                "secret = {",
            ];
            !elsewhere.iter().any(|start| line.starts_with(start))
        })
        .collect::<Vec<_>>()
        .join("\n");
    let shown = parse(&uncommented).unwrap_or_else(|error| panic!("{error}\n{uncommented}"));
    let usual = parse(&example()).expect("the example is right");
    assert_eq!(shown.limits, usual.limits);
    assert_ne!(uncommented, example());
}

/// Whether a comment is a setting that is not set.
fn is_setting(text: &str) -> bool {
    let name = text.split(" = ").next().unwrap_or_default();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    (is_name && text.contains(" = ")) || text.starts_with("[limits.")
}

/// The line of the example that lets Plazius send the codes.
const CODES: &str = "# codes = {";

/// Codes by Plazius with one more setting.
fn codes(more: &str) -> String {
    format!("codes = {{ by = \"plazius\", api_key = {{ env = \"KEY\" }}, {more} }} #")
}

#[test]
fn plazius_may_send_a_restaurants_codes_and_then_no_sender_does() {
    let text = example().replacen(CODES, codes("origin = \"https://pirogi.example\"").as_str(), 1);
    let config = parse(&text).expect("a right file");
    let restaurant = &config.restaurants[0];
    let codes = restaurant.codes.as_ref().expect("by Plazius");
    assert_eq!((codes.origin.as_deref(), codes.digits), (Some("https://pirogi.example"), 6));
    assert!(restaurant.login_senders.is_empty());
    let without_senders = text.replace("login_senders = [\"telegram\", \"smsru\", \"gateway\"]", "");
    let error = parse(&without_senders).expect_err("the others need them").to_string();
    assert!(error.contains("restaurants[1].login_senders"), "{error}");
}

#[test]
fn a_restaurant_may_have_an_order_of_its_own() {
    let text = example().replace("# login_senders = [\"smsru\"]", "login_senders = [\"smsru\"]");
    let config = parse(&text).expect("a right file");
    let senders = |index: usize| config.restaurants[index].login_senders.len();
    assert_eq!((senders(0), senders(1)), (1, 3));
}

#[test]
fn sessions_are_in_cookies_where_browsers_take_them() {
    let origin = "public_origin = \"https://loyalty.example\"";
    let asked = "session_cookies = true";
    for (public, cookies, are_on) in [
        (origin, "", true),
        (origin, "session_cookies = false", false),
        ("", "", false),
        ("public_origin = \"http://localhost:8080\"", "", false),
        ("public_origin = \"http://localhost:8080\"", asked, true),
    ] {
        let text = example().replace(origin, public).replacen(asked, cookies, 1);
        let config = parse(&text).unwrap_or_else(|error| panic!("{public} {cookies}: {error}"));
        assert_eq!(config.restaurants[0].session_cookies, are_on, "{public} {cookies}");
    }
}

#[test]
fn a_wrong_login_is_refused_with_the_field_named() {
    let right = example();
    for (from, to, field) in [
        ("\"smsru\", \"gateway\"]", "\"smsru\", \"pigeon\"]", "login_senders[2]"),
        ("\"smsru\", \"gateway\"]", "\"smsru\", \"telegram\"]", "login_senders[2]"),
        ("[\"telegram\", \"smsru\", \"gateway\"]", "[]", "login_senders"),
        ("login_senders = [\"telegram\", \"smsru\", \"gateway\"]", "", "restaurants[0].login_senders"),
        ("# login_senders = [\"smsru\"]", "login_senders = [\"x\"]", "restaurants[0].login_senders[0]"),
        ("# timeout_ms = 4000", "timeout_ms = 9000", "login_senders"),
        ("# timeout_ms = 4000", "timeout_ms = 0", "senders.telegram.timeout_ms"),
        ("kind = \"sms_ru\"", "kind = \"fax\"", "senders.smsru.kind"),
        ("kind = \"console\"", "kind = \"console\"\nfrom = \"x\"", "senders.terminal.from"),
        ("api_id = { env = \"SMS_RU_API_ID\" }", "", "senders.smsru.api_id"),
        ("api_id = { env = \"SMS_RU_API_ID\" }", "api_id = \"key\"", "senders.smsru.api_id"),
        ("# base_url = \"https://sms.ru\"", "base_url = \"http://sms.ru\"", "senders.smsru.base_url"),
        ("https://sms.example/v1", "http://sms.example/v1", "senders.gateway.url"),
        ("https://sms.example/v1/messages", "https://{key}.example/", "senders.gateway.url"),
        ("https://sms.example/v1/messages", "https://sms.example?to={phone}", "senders.gateway.url"),
        ("https://sms.example/v1/messages", "https://sms.example/{who}", "senders.gateway.url"),
        ("method = \"POST\"", "method = \"DELETE\"", "senders.gateway.method"),
        ("method = \"POST\"", "method = \"GET\"", "senders.gateway.body"),
        ("application/json\", Auth", "text/xml\", Auth", "senders.gateway.headers.content-type"),
        ("Bearer {key}", "Bearer {text}", "senders.gateway.headers.Authorization"),
        ("Authorization = ", "\"No Header\" = ", "senders.gateway.headers.No Header"),
        ("\"text\": \"{text}\"", "\"text\": {text}x", "senders.gateway.body"),
        ("\"text\": \"{text}\"", "\"text\": \"{words}\"", "senders.gateway.body"),
        ("secrets = { key = ", "secrets = { phone = ", "senders.gateway.url"),
        ("success_pointer = \"/status\"", "success_pointer = \"status\"", "senders.gateway.success_pointer"),
        ("success_value = \"accepted\"", "", "senders.gateway.success_value"),
        ("success_value = \"accepted\"", "success_value = 1.5", "senders.gateway.success_value"),
        ("\"127.0.0.1\", \"::1\"", "\"127.0.0.1\", \"10.0.0.0/33\"", "trusted_proxies[1]"),
        ("https://loyalty.example\"", "https://loyalty.example/\"", "public_origin"),
        ("# codes_per_phone_day = 5", "codes_per_phone_day = 0", "limits.codes_per_phone_day"),
        ("# failed_checks_percent = 50", "failed_checks_percent = 101", "limits.failed_checks_percent"),
        (
            "public_origin = \"https://loyalty.example\"",
            "public_origin = \"http://loyalty.example\"",
            "restaurants[0].session_cookies",
        ),
        ("public_origin = \"https://loyalty.example\"", "", "restaurants[0].session_cookies"),
        ("session_cookies = true", "session_cookies = \"yes\"", "restaurants[0].session_cookies"),
        (CODES, "codes = { by = \"sms\", api_key = { env = \"K\" } } #", "restaurants[0].codes.by"),
        (CODES, "codes = { by = \"plazius\" } #", "restaurants[0].codes"),
        (CODES, "codes = { by = \"plazius\", api_key = \"k\" } #", "restaurants[0].codes.api_key"),
        (CODES, codes("origin = \"https://pirogi.example/\"").as_str(), "restaurants[0].codes.origin"),
        (CODES, codes("digits = 3").as_str(), "restaurants[0].codes.digits"),
        (
            "# login_senders = [\"smsru\"]",
            format!("login_senders = [\"smsru\"]\n{}", codes("digits = 6")).as_str(),
            "restaurants[0].login_senders",
        ),
        (
            "id = \"lapsha\"",
            format!("id = \"lapsha\"\n{}", codes("digits = 6")).as_str(),
            "restaurants[1].codes.by",
        ),
        (
            "# [limits.sessions]",
            "[limits.sessions]\nkiosk = { idle_s = 0, ttl_s = 900 }",
            "limits.sessions.kiosk.idle_s",
        ),
        (
            "# [limits.sessions]",
            "[limits.sessions]\nkiosk = { idle_s = 180, ttl_s = 90000 }",
            "limits.sessions.kiosk",
        ),
    ] {
        let wrong = right.replacen(from, to, 1);
        assert_ne!(wrong, right, "{from}");
        let Err(error) = parse(&wrong) else { panic!("{field} is accepted: {to}") };
        let error = error.to_string();
        assert!(error.contains(&format!("`{field}`")), "{field} is not named: {error}");
        assert!(!error.contains("a-secret"), "{error}");
    }
}
