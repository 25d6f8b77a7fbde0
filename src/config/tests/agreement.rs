//! The table of keys, the types, what is shown, the examples and the reference agree with each other.

use std::collections::{BTreeMap, BTreeSet};

use super::super::*;
use super::{read, with, with_line};

/// Every field set, with no `..`: a new field of the schema stops this test from compiling until it is here.
fn everything() -> Config {
    let url = || Some(url::Url::parse("https://a.example/").unwrap());
    let text = |text: &str| Some(text.to_owned());
    Config {
        provider: Provider {
            preset: Preset::Auth0,
            domain: text("a.example"),
            issuer: url(),
            tenant: text("common"),
            client_id: "c".to_owned(),
            client_secret_file: Some("/s".into()),
            scopes: vec!["openid".to_owned()],
            audience: text("a"),
            extra_params: BTreeMap::from([
                ("k".to_owned(), Parameter::Plain("v".to_owned())),
                (
                    "p".to_owned(),
                    Parameter::Placed {
                        value: "v".to_owned(),
                        requests: vec![Request::Device, Request::Token, Request::Refresh],
                    },
                ),
            ]),
            ca_file: Some("/c".into()),
            dpop: Dpop::Auto,
            pkce: Pkce::Require,
            device_authorization_endpoint: url(),
            token_endpoint: url(),
            userinfo_endpoint: url(),
            revocation_endpoint: url(),
            jwks_uri: url(),
        },
        api: Some(Api {
            base_url: url().unwrap(),
            picture_memory_mib: 1,
            rows: vec![Row {
                title: "t".to_owned(),
                path: "p".to_owned(),
                items: "/i/*".to_owned(),
                next: text("/n"),
                refresh_seconds: 1,
                page: Some(Paging {
                    parameter: "p".to_owned(),
                    kind: PageKind::Cursor,
                    start: 0,
                    cursor: text("/c"),
                }),
                row_source: Some(RowSource {
                    rows_path: "/r".to_owned(),
                    title: "/t".into(),
                    id: Some("/i".into()),
                    items: text("/i"),
                    link: Some("/l".into()),
                    limit: 7,
                }),
                card: CardMap {
                    id: "/i".into(),
                    title: Pointers(vec!["/t".to_owned(), "=Untitled".to_owned()]),
                    subtitle: Some(Source {
                        at: "/s".into(),
                        format: Format::DateTime,
                        when: text("/w"),
                    }),
                    image: Some("/i".into()),
                    progress: Some(Progress {
                        value: "/p".into(),
                        max: Some(Max::Number(100.0)),
                    }),
                    body: Some("/b".into()),
                    badges: vec!["/b".into()],
                },
                details: vec![Detail {
                    label: "l".to_owned(),
                    value: "/d".into(),
                }],
                actions: vec![Action {
                    label: "l".to_owned(),
                    method: "POST".to_owned(),
                    path: "p/{id}".to_owned(),
                    body: Some(toml::toml! { item = "{id}" }),
                    when: text("/w"),
                    unless: text("/u"),
                    refresh: Some(vec!["t".to_owned()]),
                }],
            }],
        }),
        sign_in: SignIn {
            start: Start::AtLaunch,
            renewals: 1,
            sign_out_after_idle_minutes: 1,
            lock_after_idle_minutes: Some(1),
        },
        profile: Profile {
            claims: BTreeMap::from([("https://acme.tv/plan".to_owned(), "Plan".to_owned())]),
        },
        screen: Screen {
            title: "T".to_owned(),
            logo: Some("/l".into()),
            accent: "#000000".to_owned(),
            theme: Theme::Light,
            language: "de".to_owned(),
            text_scale: 1.1,
            overscan_percent: 1.0,
            reduced_motion: true,
            read_aloud: true,
            clock: false,
            dim_after_minutes: 3,
            ambient_after_minutes: 10,
        },
        speech: Speech {
            command: vec!["espeak-ng".to_owned(), "--stdin".to_owned()],
        },
        telemetry: Some(Telemetry {
            otlp_endpoint: url().unwrap(),
        }),
        remote: BTreeMap::from([(
            "select".to_owned(),
            vec![RemoteKey::Name("Enter".to_owned()), RemoteKey::Code(352)],
        )]),
    }
}

fn leaves(prefix: &str, value: &toml::Value, found: &mut BTreeSet<String>) {
    if KEYS.iter().any(|key| key.path == prefix) {
        let _ = found.insert(prefix.to_owned());
        return;
    }
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                let dot = if prefix.is_empty() { "" } else { "." };
                leaves(&format!("{prefix}{dot}{name}"), value, found);
            }
        }
        toml::Value::Array(items) => items
            .iter()
            .for_each(|item| leaves(&format!("{prefix}[]"), item, found)),
        _ => panic!("{prefix} is in the schema, but not in the table of keys"),
    }
}

#[test]
fn the_table_of_keys_and_the_schema_are_the_same() {
    let mut found = BTreeSet::new();
    leaves(
        "",
        &toml::Value::try_from(everything()).unwrap(),
        &mut found,
    );
    let table = KEYS
        .iter()
        .map(|key| key.path.to_owned())
        .collect::<BTreeSet<_>>();
    assert_eq!(found, table);
}

#[test]
fn the_defaults_in_the_table_of_keys_are_those_of_the_schema() {
    let shown: toml::Value = toml::from_str(&show(
        &read(&with("[sign_in]\n[screen]\n[profile]")).unwrap(),
    ))
    .unwrap();
    for key in KEYS
        .iter()
        .filter(|key| !key.path.contains("[]") && !key.required)
    {
        let value = key
            .path
            .split('.')
            .try_fold(&shown, |value, name| value.get(name));
        let literal = key.default.split(';').next().unwrap_or_default();
        match toml::from_str::<toml::Table>(&format!("v = {literal}")) {
            Ok(table) => assert_eq!(value, table.get("v"), "{}", key.path),
            Err(_) => assert!(
                value.is_none() || key.path == "provider.domain",
                "{}: {value:?}",
                key.path
            ),
        }
    }
}

#[test]
fn what_is_shown_can_be_read_again() {
    let mut config = everything();
    config.provider.issuer = None;
    config.provider.tenant = None;
    // There is one way to the next page.
    for row in config.api.iter_mut().flat_map(|api| &mut api.rows) {
        row.next = None;
    }
    let shown = show(&config);
    assert_eq!(read(&shown).unwrap(), config, "{shown}");
}

#[test]
fn secrets_are_masked_when_shown() {
    let text = with_line(
        4,
        "client_id = 'a'\nclient_secret_file = '/run/secret'\nextra_params = { api_key = 'hunter2', Client_Secret = 'hunter3', organization = 'org_1', \
         code_verifier = { value = 'hunter4', in = ['token'] } }",
    );
    let shown = show(&read(&text).unwrap());
    assert!(!shown.contains("hunter"), "{shown}");
    assert!(
        shown.contains("org_1") && shown.contains("/run/secret"),
        "{shown}"
    );
}

#[test]
fn presets_are_written_as_they_are_named() {
    for preset in Preset::ALL {
        let written = toml::Value::try_from(preset).unwrap();
        assert_eq!(written.as_str(), Some(preset.name()));
    }
}

#[test]
fn every_example_is_good_once_it_is_filled_in() {
    for preset in Preset::ALL {
        let blank = preset.example();
        assert!(
            read(blank).is_err(),
            "an example with blanks must not pass for a configuration"
        );
        let filled = fill_in(blank);
        let config = read(&filled).unwrap_or_else(|error| panic!("{error}\n{filled}"));
        assert_eq!(config.provider.preset, preset);
        let preset = preset.name();
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
