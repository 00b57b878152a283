//! The first screen in the pages that the proxy serves itself: it stands in their markup, so that the phone can be typed before
//! any script has arrived. The script says everything anew in the language it finds, so a wrong guess here is a flicker.

use http::{HeaderMap, header};

use super::build::Build;

/// What is spoken where nothing else is asked for, as everywhere in the widget.
const DEFAULT: &str = "ru";

/// The markup of the first screen in the first of the tags that the widget has, and that is among `spoken` where there are any.
pub(super) fn first_screen<'a>(
    build: &'a Build,
    asked: impl IntoIterator<Item = &'a str>,
    spoken: &'a [String],
) -> &'a str {
    let screen_in = |tag: &str| {
        let name = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        let is_spoken = spoken.is_empty() || spoken.contains(&name);
        build.files.get(&format!("first-{name}.html")).filter(|_| is_spoken)
    };
    let own = spoken.iter().map(String::as_str).chain([DEFAULT]);
    let found = asked.into_iter().chain(own).find_map(screen_in);
    // A build without it has the script alone, which makes the screen by itself.
    found.and_then(|file| std::str::from_utf8(&file.plain).ok()).unwrap_or_default()
}

/// The languages that a browser asks for, the most wanted first, as browsers write them.
pub(super) fn preferred(request: &HeaderMap) -> impl Iterator<Item = &str> {
    let asked = request.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    asked.unwrap_or_default().split(',').filter_map(|one| one.split(';').next()).map(str::trim)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use http::HeaderValue;

    use super::*;

    fn build() -> Build {
        let dir = tempfile::tempdir().expect("a scratch folder");
        for tag in ["ru", "en", "ar"] {
            fs::write(dir.path().join(format!("first-{tag}.html")), tag).expect("written");
        }
        Build::read(dir.path()).expect("readable")
    }

    #[test]
    fn the_first_language_that_the_widget_has_and_the_restaurant_speaks_is_taken() {
        let build = build();
        let two = ["en".to_owned(), "ar".to_owned()];
        for (asked, spoken, wanted) in [
            (&["en"][..], &[][..], "en"),
            (&["de", "ar-EG", "en"], &[], "ar"),
            (&["EN_us"], &[], "en"),
            (&["", "../ru"], &[], "ru"),
            (&[], &[], "ru"),
            (&["ru", "ar"], &two, "ar"),
            (&["ru"], &two, "en"),
        ] {
            assert_eq!(first_screen(&build, asked.iter().copied(), spoken), wanted, "{asked:?} {spoken:?}");
        }
    }

    #[test]
    fn what_a_browser_asks_for_is_read_in_its_order() {
        let mut request = HeaderMap::new();
        assert_eq!(preferred(&request).collect::<Vec<_>>(), [""]);
        request.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("kk-KZ,kk;q=0.9, ru;q=0.8"));
        assert_eq!(preferred(&request).collect::<Vec<_>>(), ["kk-KZ", "kk", "ru"]);
    }
}
