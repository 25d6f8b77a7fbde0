//! The types, what is shown, the examples and the reference agree with each other.

use std::collections::BTreeSet;

use super::super::*;
use super::{read, with_line};

/// Every key set, written as `config show` writes it.
const EVERYTHING: &str = include_str!("everything.toml");

fn paths(prefix: &str, value: &toml::Value, found: &mut BTreeSet<String>) {
    let _ = found.insert(prefix.to_owned());
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                paths(&keys::join(prefix, name), value, found);
            }
        }
        toml::Value::Array(items) => items
            .iter()
            .for_each(|item| paths(&format!("{prefix}[]"), item, found)),
        _ => {}
    }
}

#[test]
fn every_key_is_read_and_shown() {
    let everything: Config = toml::from_str(EVERYTHING).unwrap();
    assert_eq!(show(&everything), EVERYTHING);
    let mut found = BTreeSet::new();
    paths("", &toml::from_str(EVERYTHING).unwrap(), &mut found);
    found.extend(found.clone().iter().map(|path| keys::declared(path)));
    for key in KEYS.iter() {
        assert!(
            found.contains(&key.path),
            "everything.toml lacks {}",
            key.path
        );
    }
}

#[test]
fn what_is_shown_can_be_read_again() {
    // Keys of other presets.
    let shown = EVERYTHING
        .lines()
        .filter(|line| !line.starts_with("issuer =") && !line.starts_with("tenant ="))
        .fold(String::new(), |text, line| text + line + "\n");
    assert_eq!(show(&read(&shown).unwrap()), shown);
}

/// A table without `defaults` says its defaults twice: to serde and to the reference.
#[test]
fn the_defaults_of_the_reference_are_those_of_a_file_that_says_nothing() {
    let text = super::with("[telemetry]\notlp_endpoint = 'https://o.example'");
    let shown: toml::Value = toml::from_str(&show(&read(&text).unwrap())).unwrap();
    for key in KEYS.iter().filter(|key| !key.path.contains(['[', '*'])) {
        let value = key
            .path
            .split('.')
            .try_fold(&shown, |value, name| value.get(name));
        let literal = key.default.iter().flat_map(|words| words.split(';')).next();
        if let Ok(table) =
            toml::from_str::<toml::Table>(&format!("v = {}", literal.unwrap_or_default()))
        {
            assert_eq!(value, table.get("v"), "{}", key.path);
        }
    }
}

#[test]
fn secrets_are_masked_when_shown() {
    let text = with_line(
        4,
        "client_id = 'a'\nclient_secret_file = '/run/secret'\nextra_params = { api_key = 'hunter2', Client_Secret = 'hunter3', organization = 'org_1', \
         proof_verifier = { value = 'hunter4', in = ['token'] } }",
    );
    let telemetry = "[telemetry]\notlp_endpoint = 'https://o.example'\n\
                     headers = { authorization = 'hunter5', X-Tenant = 'org_1' }\n";
    let shown = show(&read(&format!("{text}\n{telemetry}")).unwrap());
    assert!(!shown.contains("hunter"), "{shown}");
    assert!(
        shown.contains("org_1") && shown.contains("/run/secret"),
        "{shown}"
    );
}

#[test]
fn presets_are_written_as_they_are_named() {
    for name in Preset::names() {
        let preset = Preset::try_from(name.to_owned()).unwrap();
        let written = toml::Value::try_from(preset).unwrap();
        assert_eq!(written.as_str(), Some(name));
    }
}

#[test]
fn every_example_is_good_once_it_is_filled_in() {
    for preset in Preset::names() {
        let blank = Preset::try_from(preset.to_owned()).unwrap().example();
        assert!(
            read(&blank).is_err(),
            "an example with blanks must not pass for a configuration"
        );
        let filled = fill_in(&blank);
        let config = read(&filled).unwrap_or_else(|error| panic!("{error}\n{filled}"));
        assert_eq!(config.provider.preset.provider().name, preset);
        assert!(filled.contains(&format!("preset = \"{preset}\"")));
        // What is commented out must be right, too.
        let all = uncomment(&filled);
        if let Err(error) = read(&all) {
            panic!("{error}\n{all}");
        }
    }
}

/// Puts plausible values in the place of `<…>`.
fn fill_in(text: &str) -> String {
    text.lines().fold(String::new(), |filled, line| {
        let line = match (line.find("\"<"), line.rfind(">\"")) {
            (Some(start), Some(end)) if !line.starts_with('#') => {
                let key = line.split(' ').next().unwrap_or_default();
                let value = match key {
                    "domain" => "acme.eu.auth0.com",
                    "client_id" => "abc",
                    _ => "https://id.example.com",
                };
                format!("{}\"{value}\"{}", &line[..start], &line[end + 2..])
            }
            _ => line.to_owned(),
        };
        filled + &line + "\n"
    })
}

/// Takes the comment mark off every line that is TOML without it.
fn uncomment(text: &str) -> String {
    text.lines().fold(String::new(), |all, line| {
        let bare = line.strip_prefix("# ").unwrap_or(line);
        let is_toml = bare.starts_with('[')
            || bare
                .split_once(" = ")
                .is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
        all + if is_toml { bare } else { line } + "\n"
    })
}

#[test]
fn the_reference_has_a_row_for_every_key() {
    let page = reference_markdown();
    for key in KEYS.iter().filter(|key| !key.table().is_empty()) {
        assert!(
            page.contains(&format!("| `{}` |", key.name())),
            "{}",
            key.path
        );
    }
    assert!(
        page.contains("**`[[api.rows]]`**") && page.contains("**`[api.rows.card]`**"),
        "{page}"
    );
}
