//! A restaurant's own languages, texts and theme: answered as configured, refused with the place where they cannot be.

use proxy::config::{Config, ConfigError};
use serde_json::json;

use crate::test_app::TestApp;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/proxy.example.toml");

/// The example with these lines in its first restaurant.
fn with(lines: &str) -> Result<Config, ConfigError> {
    let example = std::fs::read_to_string(EXAMPLE).expect("the example is there");
    let text = example.replacen("\n[restaurants.upstream]", &format!("\n{lines}\n[restaurants.upstream]"), 1);
    assert_ne!(text, example);
    Config::parse(&text, &|_| Some("a-secret".to_owned()))
}

const OWN: &str = r#"
languages = ["kk", "ru"]
[restaurants.theme]
accent = "light-dark(#0b6e4f, #6fd3ae)"
radius-small = "2px"
[restaurants.texts.ru]
PhoneTitle = "Ягоды и скидки"
Bonuses = { one = "ягода", few = "{0} ягоды", other = "{0} ягод" }
"#;

#[tokio::test]
async fn a_restaurants_widget_is_told_how_to_speak_and_look() {
    let mut app = TestApp::spawn().await;
    let path = "/api/v1/appearance/pirogi";
    assert_eq!(app.get(path).await.ok(), json!({ "languages": [], "theme": {}, "texts": {} }));
    let own = with(OWN).expect("a right file").restaurants.swap_remove(0).appearance;
    app.reload(|config| config.restaurants[0].appearance = own);
    let expected = json!({
        "languages": ["kk", "ru"],
        "theme": { "accent": "light-dark(#0b6e4f, #6fd3ae)", "radius-small": "2px" },
        "texts": { "ru": {
            "PhoneTitle": "Ягоды и скидки",
            "Bonuses": { "one": "ягода", "few": "{0} ягоды", "other": "{0} ягод" },
        } },
    });
    assert_eq!(app.get(path).await.ok(), expected);
    app.get("/api/v1/appearance/nobody").await.refused(404, "unknown_restaurant");
    app.finish().await;
}

#[test]
fn what_the_widget_has_not_is_refused_with_its_place() {
    for (lines, place) in [
        ("languages = [\"de\"]", "restaurants[0].languages[0]"),
        ("languages = [\"ru\", \"ru\"]", "restaurants[0].languages[1]"),
        ("theme = { colour = \"red\" }", "restaurants[0].theme.colour"),
        ("theme = { accent = \" \" }", "restaurants[0].theme.accent"),
        ("theme = { accent = \"red; display: none\" }", "restaurants[0].theme.accent"),
        ("theme = { accent = \"URL(//elsewhere.example)\" }", "restaurants[0].theme.accent"),
        ("texts = { de = {} }", "restaurants[0].texts.de"),
        ("texts = { ru = { Nothing = \"x\" } }", "restaurants[0].texts.ru.Nothing"),
        ("texts = { ru = { PhoneTitle = \"{0}\" } }", "restaurants[0].texts.ru.PhoneTitle"),
        ("texts = { ru = { PhoneTitle = \"\" } }", "restaurants[0].texts.ru.PhoneTitle"),
        ("texts = { ru = { PhoneTitle = { other = \"x\" } } }", "restaurants[0].texts.ru.PhoneTitle"),
        ("texts = { ru = { Bonuses = { one = \"{0}\" } } }", "restaurants[0].texts.ru.Bonuses"),
        ("texts = { ru = { Bonuses = \"ягоды\" } }", "restaurants[0].texts.ru.Bonuses"),
        (
            "texts = { ru = { Bonuses = { few = \"{1}\", other = \"{0}\" } } }",
            "restaurants[0].texts.ru.Bonuses",
        ),
    ] {
        let error = with(lines).expect_err(lines).to_string();
        assert!(error.contains(&format!("`{place}`")), "{lines}: {error}");
    }
}
