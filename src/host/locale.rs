//! Which language people speak here.

/// The BCP 47 tags that `configured` stands for, best first: itself, or with `auto` those of the system,
/// from LANGUAGE, LC_ALL, LC_MESSAGES and LANG. Empty where the system has none.
pub fn wanted(configured: &str) -> Vec<String> {
    match configured {
        "auto" => spoken(sys_locale::get_locales()),
        tag => vec![tag.to_owned()],
    }
}

/// The first of [`wanted`].
pub fn tag(configured: &str) -> Option<String> {
    wanted(configured).into_iter().next()
}

/// The locales C and POSIX speak English, and what stands after them was never reached.
fn spoken(locales: impl Iterator<Item = String>) -> Vec<String> {
    let mut tags = Vec::new();
    for locale in locales.filter(|locale| !locale.is_empty()) {
        if locale == "C" || locale == "POSIX" {
            tags.push("en".to_owned());
            break;
        }
        tags.push(locale);
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_is_english_and_ends_the_list() {
        let spoken = |locales: &[&str]| spoken(locales.iter().map(|&locale| locale.to_owned()));
        assert_eq!(spoken(&["C"]), ["en"]);
        assert_eq!(spoken(&["POSIX", "de-DE"]), ["en"]);
        assert_eq!(spoken(&["uk", "C", "de-DE"]), ["uk", "en"]);
        assert_eq!(spoken(&["pt-BR", "en-US"]), ["pt-BR", "en-US"]);
        assert!(spoken(&[""]).is_empty());
    }

    #[test]
    fn a_configured_language_is_the_only_one() {
        assert_eq!(wanted("zh-Hant-TW"), ["zh-Hant-TW"]);
        assert_eq!(tag("de-AT").as_deref(), Some("de-AT"));
    }
}
