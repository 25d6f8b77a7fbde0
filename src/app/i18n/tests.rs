use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Variant, VariantKey,
};

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
        (&["zh-SG"], "zh-Hans"),
        // Simplified characters are not what a reader of traditional ones has asked for.
        (&["zh-TW"], "en"),
        (&["zh-HK"], "en"),
        (&["zh-MO"], "en"),
        (&["zh-Hant"], "en"),
        (&["zh-Hant-CN"], "en"),
        (&["zh-TW", "ja"], "ja"),
        (&["zh-Hant", "nb"], "en"),
        (&["zh-TW", "zh"], "en"),
        (&["zh-HK", "zh", "de"], "de"),
        (&["zh-TW", "zh-CN"], "zh-Hans"),
        (&["zh", "zh-TW"], "zh-Hans"),
        (&["ar-EG"], "ar"),
        (&["sr-Latn"], "en"),
        (&["sr-Latn-RS", "it-CH"], "it"),
        (&["tlh"], "en"),
        (&["", "not a tag", "ko-KR"], "ko"),
        (&[], "en"),
    ] {
        let wanted: Vec<_> = wanted.iter().map(|&tag| tag.to_owned()).collect();
        assert_eq!(
            OFFERED[choice(&wanted, &Regions::default()).place].tag,
            expected,
            "{wanted:?}"
        );
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

/// Texts that may be the same word as in English.
const SAME: [&str; 13] = [
    "accessibility-text-normal",
    "diagnostics-account",
    "diagnostics-client",
    "diagnostics-codes",
    "diagnostics-renderer",
    "diagnostics-tokens",
    "diagnostics-version",
    "home-account",
    "value-days",
    "value-hours",
    "value-minutes",
    "value-seconds",
    "who-pin",
];

#[test]
fn every_language_says_everything_and_in_its_own_words() {
    let source = read("en");
    let english = messages(&source);
    for language in &OFFERED[1..] {
        let source = read(language.tag);
        let translated = messages(&source);
        let names = |of: &BTreeMap<&str, Message<&str>>| -> BTreeSet<String> {
            of.values().flat_map(names_of).collect()
        };
        let (theirs, ours) = (names(&translated), names(&english));
        let missing: Vec<_> = ours.difference(&theirs).collect();
        let unknown: Vec<_> = theirs.difference(&ours).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{}: missing {missing:?}, unknown {unknown:?}",
            language.tag
        );
        for (name, message) in &translated {
            let about = format!("{} {name}", language.tag);
            let (mut theirs, mut ours) = (Read::default(), Read::default());
            theirs.message(message);
            ours.message(&english[name]);
            assert_eq!(theirs.variables, ours.variables, "{about}");
            assert_same_choices(&about, language.tag, &theirs, &ours);
            assert!(
                SAME.contains(name)
                    || theirs.words != ours.words
                    || !ours.words.contains(char::is_alphabetic),
                "{about} is still English"
            );
            if let Some(own) = script(language.tag) {
                assert!(
                    theirs.words.contains(own)
                        || !theirs.words.contains(char::is_alphabetic)
                        || SAME.contains(name),
                    "{about} has no letter of its own"
                );
            }
        }
    }
}

/// Every choice by number has the categories of the language; any other has the cases of the English one.
fn assert_same_choices(about: &str, tag: &str, theirs: &Read, ours: &Read) {
    let count = |choices: &[Vec<String>]| choices.iter().filter(|keys| is_plural(keys)).count();
    assert_eq!(count(&theirs.choices), count(&ours.choices), "{about}");
    for keys in &theirs.choices {
        if is_plural(keys) {
            for category in categories(tag) {
                assert!(
                    keys.iter().any(|key| key == category),
                    "{about} has no case for {category}"
                );
            }
        } else {
            assert!(ours.choices.contains(keys), "{about}: {keys:?}");
        }
    }
}

/// Whether cases are those of a plural, beside numbers that are cases of their own.
fn is_plural(keys: &[String]) -> bool {
    let is_category =
        |key: &String| ["zero", "one", "two", "few", "many", "other"].contains(&key.as_str());
    keys.iter().any(is_category)
        && keys
            .iter()
            .all(|key| is_category(key) || key.parse::<u32>().is_ok())
}

/// Plural categories that whole numbers below a million have (CLDR).
fn categories(tag: &str) -> &'static [&'static str] {
    match tag {
        "ja" | "ko" | "zh-Hans" => &["other"],
        "uk" => &["one", "few", "many", "other"],
        "ar" => &["zero", "one", "two", "few", "many", "other"],
        "en" | "de" | "fr" | "es" | "pt-BR" | "it" => &["one", "other"],
        _ => panic!("say which plural categories {tag} has"),
    }
}

fn script(tag: &str) -> Option<fn(char) -> bool> {
    match tag {
        "uk" => Some(|letter| ('\u{400}'..='\u{52f}').contains(&letter)),
        "ar" => Some(|letter| ('\u{600}'..='\u{6ff}').contains(&letter)),
        "ja" | "ko" | "zh-Hans" => Some(|letter| letter > '\u{2e7f}'),
        "en" | "de" | "fr" | "es" | "pt-BR" | "it" => None,
        _ => panic!("say which letters {tag} is written with, or that they are Latin"),
    }
}

/// What is in a message.
#[derive(Default)]
struct Read {
    words: String,
    variables: BTreeSet<String>,
    choices: Vec<Vec<String>>,
}

impl Read {
    fn message(&mut self, message: &Message<&str>) {
        let attributes = message.attributes.iter().map(|attribute| &attribute.value);
        for pattern in message.value.iter().chain(attributes) {
            self.pattern(pattern);
        }
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                self.choices.push(variants.iter().map(key).collect());
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                let _ = self.variables.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                for argument in &arguments.positional {
                    self.inline(argument);
                }
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            _ => {}
        }
    }
}

fn key(variant: &Variant<&str>) -> String {
    match variant.key {
        VariantKey::Identifier { name } => name.to_owned(),
        VariantKey::NumberLiteral { value } => value.to_owned(),
    }
}

/// A message's name and those of its attributes.
fn names_of(message: &Message<&str>) -> Vec<String> {
    let name = message.id.name;
    let attributes = message.attributes.iter();
    std::iter::once(name.to_owned())
        .chain(attributes.map(|attribute| format!("{name}.{}", attribute.id.name)))
        .collect()
}

fn read(tag: &str) -> String {
    let file = Languages::get(&format!("{tag}/vestibule.ftl"));
    String::from_utf8(file.unwrap_or_else(|| panic!("no {tag}")).data.into_owned()).unwrap()
}

fn messages(source: &str) -> BTreeMap<&str, Message<&str>> {
    let resource = fluent_syntax::parser::parse(source).map_err(|(_, errors)| errors);
    let entries = resource.unwrap().body.into_iter();
    entries
        .filter_map(|entry| match entry {
            Entry::Message(message) => Some((message.id.name, message)),
            _ => None,
        })
        .collect()
}
