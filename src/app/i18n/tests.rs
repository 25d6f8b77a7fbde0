use super::*;

#[test]
fn arguments_come_without_marks() {
    assert_eq!(
        fl!("welcome-title", product = "Acme TV"),
        "Sign in to Acme TV"
    );
}

#[test]
fn the_system_says_which_language_it_is() {
    for (wanted, expected) in [
        (&["de-AT"][..], "de"),
        (&["en-GB", "de"], "en"),
        (&["nb-NO", "fr-CA"], "fr"),
        (&["pt"], "pt-BR"),
        (&["pt-PT"], "pt-BR"),
        (&["es-419"], "es"),
        (&["zh-CN"], "zh-Hans"),
        (&["zh"], "zh-Hans"),
        (&["zh-Hans-HK"], "zh-Hans"),
        (&["zh-TW"], "zh-Hans"),
        (&["zh-TW", "ja"], "ja"),
        (&["zh-Hant", "nb"], "zh-Hans"),
        (&["ar-EG"], "ar"),
        (&["sr-Latn"], "en"),
        (&["sr-Latn-RS", "it-CH"], "it"),
        (&["tlh"], "en"),
        (&["", "not a tag", "ko-KR"], "ko"),
        (&[], "en"),
    ] {
        let wanted: Vec<_> = wanted.iter().map(|&tag| tag.to_owned()).collect();
        assert_eq!(OFFERED[choice(&wanted).place].tag, expected, "{wanted:?}");
    }
}

#[test]
fn an_unknown_language_is_english() {
    choose("tlh");
    assert_eq!(fl!("sign-in-cancel"), "Cancel");
}

#[test]
fn a_language_applies_at_once() {
    for (tag, cancel) in [("de", "Abbrechen"), ("uk", "Скасувати"), ("en", "Cancel")] {
        choose(tag);
        assert_eq!(fl!("sign-in-cancel"), cancel);
    }
}

#[test]
fn plurals_are_those_of_the_language() {
    for (tag, seconds, expected) in [
        ("en", 1, "in 1 second "),
        ("uk", 1, "через 1 секунду "),
        ("uk", 3, "через 3 секунди "),
        ("uk", 11, "через 11 секунд "),
        ("ar", 2, "بعد ثانيتين"),
        ("ar", 7, "ثوانٍ"),
        ("ar", 30, "ثانية"),
        ("ja", 1, "1 秒後"),
    ] {
        choose(tag);
        let text = fl!("sign-in-request-again", seconds = seconds);
        assert!(text.contains(expected), "{tag} {seconds}: {text}");
    }
}
