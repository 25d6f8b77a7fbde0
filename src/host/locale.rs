//! Which language people speak here, and where they live.

use std::ffi::OsString;

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

/// Regions (ISO 3166, UN M.49) whose ways times and numbers are written in, where the system names them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Regions {
    /// That of times and dates: LC_TIME.
    pub times: Option<String>,
    /// That of numbers: LC_NUMERIC.
    pub numbers: Option<String>,
}

impl Regions {
    /// As POSIX has it (XBD 8.2): LC_ALL, else the category's own variable, else LANG; empty is not set.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let told = |category| {
            let mut names = ["LC_ALL", category, "LANG"].into_iter();
            let locale = names.find_map(|name| variable(name).filter(|value| !value.is_empty()))?;
            region(&locale.to_string_lossy())
        };
        Self {
            times: told("LC_TIME"),
            numbers: told("LC_NUMERIC"),
        }
    }
}

/// The region of a locale: `AT` of `de_AT.UTF-8@euro`. The locales C and POSIX have none.
fn region(locale: &str) -> Option<String> {
    let name = locale.split(['.', '@']).next()?;
    let mut parts = name.split(['_', '-']).skip(1);
    let is_region = |part: &&str| match part.len() {
        2 => part.bytes().all(|byte| byte.is_ascii_alphabetic()),
        3 => part.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    parts.find(is_region).map(str::to_ascii_uppercase)
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
    fn a_region_is_that_of_the_category_and_a_locale_without_one_has_none() {
        for (locale, expected) in [
            ("de_AT.UTF-8@euro", Some("AT")),
            ("zh_Hant_TW", Some("TW")),
            ("es-419", Some("419")),
            ("en_us", Some("US")),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("eo", None),
            ("sr@latin", None),
            ("", None),
        ] {
            assert_eq!(region(locale).as_deref(), expected, "{locale}");
        }
        let of = |variables: &[(&str, &str)]| {
            Regions::of(|name| {
                let set = variables.iter().find(|(known, _)| *known == name);
                set.map(|(_, value)| (*value).into())
            })
        };
        let told = of(&[
            ("LANG", "en_US"),
            ("LC_TIME", "en_DK.UTF-8"),
            ("LC_NUMERIC", ""),
        ]);
        assert_eq!(
            (told.times.as_deref(), told.numbers.as_deref()),
            (Some("DK"), Some("US"))
        );
        assert_eq!(
            of(&[("LANG", "en_US"), ("LC_ALL", "C")]),
            Regions::default()
        );
        assert_eq!(of(&[]), Regions::default());
    }

    #[test]
    fn a_configured_language_is_the_only_one() {
        assert_eq!(wanted("zh-Hant-TW"), ["zh-Hant-TW"]);
        assert_eq!(tag("de-AT").as_deref(), Some("de-AT"));
    }
}
