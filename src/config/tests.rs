//! The whole check from outside: one row for each way to get a file wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;

const PATH: &str = "/etc/vestibule/vestibule.toml";

/// A good file; the mistakes below are added to it or put in the place of one of its lines.
const GOOD: &str = r#"[provider]
preset = "auth0"
domain = "acme.eu.auth0.com"
client_id = "abc"

[api]
base_url = "https://api.example.com/v1"

[[api.rows]]
title = "Continue watching"
path = "library/continue"
items = "/items"
card = { id = "/id", title = "/name" }
"#;

fn read(text: &str) -> Result<Config, Error> {
    parse(text, Path::new(PATH))
}

fn problems(text: &str) -> Vec<Problem> {
    match read(text) {
        Err(Error::Invalid(invalid)) => invalid.problems,
        other => panic!("expected problems in:\n{text}\ngot {other:?}"),
    }
}

/// `line | key | words` of the only problem there is.
#[track_caller]
fn expect(text: &str, line: usize, key: &str, words: &str) {
    let problems = problems(text);
    let [problem] = problems.as_slice() else {
        panic!("expected one problem in:\n{text}\ngot {problems:#?}");
    };
    assert_eq!(
        (problem.line, problem.key.as_str()),
        (line, key),
        "{problem}"
    );
    assert!(problem.message.contains(words), "{words:?} in {problem}");
}

/// [`GOOD`] with what comes after line `number - 1` replaced in that line.
fn with_line(number: usize, line: &str) -> String {
    GOOD.lines()
        .enumerate()
        .map(|(index, old)| if index + 1 == number { line } else { old })
        .fold(String::new(), |text, line| text + line + "\n")
}

fn with(more: &str) -> String {
    format!("{GOOD}{more}\n")
}

#[test]
fn a_good_file_is_read_and_its_defaults_filled_in() {
    let config = read(GOOD).unwrap();
    assert_eq!(config.provider.preset, Preset::Auth0);
    assert_eq!(
        config.provider.scopes,
        ["openid", "profile", "email", "offline_access"]
    );
    let api = config.api.unwrap();
    assert_eq!(api.base_url.as_str(), "https://api.example.com/v1/");
    assert_eq!(config.sign_in, SignIn::default());
    assert_eq!(config.screen, Screen::default());
}

#[test]
fn scopes_that_are_given_are_taken_as_they_are() {
    let text = with_line(4, "client_id = 'abc'\nscopes = []");
    assert_eq!(read(&text).unwrap().provider.scopes, Vec::<String>::new());
    let oauth2 = "[provider]\npreset='oauth2'\nclient_id='c'\n\
        device_authorization_endpoint='https://a.example/d'\ntoken_endpoint='https://a.example/t'\n";
    assert_eq!(read(oauth2).unwrap().provider.scopes, Vec::<String>::new());
}

#[test]
fn an_unknown_key_names_the_nearest_at_every_depth() {
    expect(
        &with_line(3, "domain = 'a.example'\ndomian = 'x'"),
        4,
        "provider.domian",
        "`domain`",
    );
    expect(&with("[scren]\ntitle = 'x'"), 14, "scren", "`screen`");
    expect(
        &with("[screen]\ntitel = 'x'"),
        15,
        "screen.titel",
        "`title`",
    );
    expect(
        &with("[sign_in]\nrenewal = 1"),
        15,
        "sign_in.renewal",
        "`renewals`",
    );
    expect(
        &with_line(12, "item = '/items'"),
        12,
        "api.rows.item",
        "`items`",
    );
    expect(
        &with_line(13, "card = { id = '/id', title = '/name', picture = '/x' }"),
        13,
        "api.rows.card.picture",
        "subtitle, image",
    );
    expect(
        &with("actions = [{ label = 'a', method = 'GET', path = 'p', colour = 'x' }]"),
        14,
        "api.rows.actions.colour",
        "label",
    );
    expect(
        &with("[profile]\nclaim = {}"),
        15,
        "profile.claim",
        "`claims`",
    );
    expect(
        &with("[remote]\nselct = ['Enter']"),
        15,
        "remote.selct",
        "`select`",
    );
    expect(
        &with("[telemetry]\notlp_endpoint = 'https://o.example'\nx = 1"),
        16,
        "telemetry.x",
        "`otlp_endpoint`",
    );
    expect(&format!("titel = 1\n{GOOD}"), 1, "titel", "nearest");
}

#[test]
fn a_key_in_the_wrong_table_is_sent_to_the_right_one() {
    expect(
        &with_line(4, "client_id = 'abc'\nbase_url = 'https://a.example/'"),
        5,
        "provider.base_url",
        "[api]",
    );
    expect(
        &format!("client_id = 'x'\n{GOOD}"),
        1,
        "client_id",
        "[provider]",
    );
}

#[test]
fn a_wrong_type_is_named_without_the_value() {
    expect(
        &with_line(4, "client_id = 12345"),
        4,
        "provider.client_id",
        "expected text in quotes, found a whole number",
    );
    expect(
        &with_line(4, "client_id = 'a'\nscopes = 'openid'"),
        5,
        "provider.scopes",
        "a list of texts",
    );
    expect(
        &with_line(4, "client_id = 'a'\nscopes = ['openid', 7]"),
        5,
        "provider.scopes",
        "found a whole number",
    );
    expect(
        &with_line(4, "client_id = 'a'\nextra_params = { a = 1 }"),
        5,
        "provider.extra_params.a",
        "text in quotes",
    );
    expect(
        &with("[screen]\nclock = 'yes'"),
        15,
        "screen.clock",
        "true or false",
    );
    expect(
        &with("[sign_in]\nrenewals = 1.5"),
        15,
        "sign_in.renewals",
        "a whole number",
    );
    expect(
        &with("[screen]\ntext_scale = '1'"),
        15,
        "screen.text_scale",
        "a number",
    );
    expect(
        &with_line(13, "card = '/id'"),
        13,
        "api.rows.card",
        "a table",
    );
    expect(&with_line(9, "[api.rows]"), 9, "api.rows", "[[api.rows]]");
    expect("provider = 1\n", 1, "provider", "[provider]");
    expect(
        &with("[remote]\nselect = 'Enter'"),
        15,
        "remote.select",
        "a list of keys",
    );
    expect(
        &with("[remote]\nselect = [true]"),
        15,
        "remote.select",
        "evdev code",
    );
}

#[test]
fn a_value_out_of_range_names_the_range() {
    expect(
        &with("[screen]\ntext_scale = 1.31"),
        15,
        "screen.text_scale",
        "1.0 to 1.3",
    );
    expect(
        &with("[screen]\ntext_scale = 0.9"),
        15,
        "screen.text_scale",
        "out of range",
    );
    expect(
        &with("[screen]\ntext_scale = nan"),
        15,
        "screen.text_scale",
        "out of range",
    );
    expect(
        &with("[screen]\noverscan_percent = 16"),
        15,
        "screen.overscan_percent",
        "0.0 to 15.0",
    );
    expect(
        &with("[sign_in]\nrenewals = 11"),
        15,
        "sign_in.renewals",
        "0 to 10",
    );
    expect(
        &with("[sign_in]\nrenewals = -1"),
        15,
        "sign_in.renewals",
        "0 to 10",
    );
    expect(
        &with("[sign_in]\nrenewals = 99999999999999999999"),
        15,
        "sign_in.renewals",
        "out of range",
    );
    expect(
        &with("[remote]\nselect = [4000]"),
        15,
        "remote.select",
        "1 to 767",
    );
    for good in [
        "text_scale = 1",
        "text_scale = 1.3",
        "overscan_percent = 0",
        "overscan_percent = 15.0",
    ] {
        assert!(read(&with(&format!("[screen]\n{good}"))).is_ok(), "{good}");
    }
}

#[test]
fn words_that_are_not_offered_name_the_nearest() {
    expect(
        &with("[screen]\ntheme = 'drak'"),
        15,
        "screen.theme",
        "the nearest is \"dark\"",
    );
    expect(
        &with("[screen]\ntheme = 'high_contrast'"),
        15,
        "screen.theme",
        "\"high-contrast\"",
    );
    expect(
        &with("[sign_in]\nstart = 'launch'"),
        15,
        "sign_in.start",
        "\"at-launch\"",
    );
    expect(
        &with_line(2, "preset = 'auth'"),
        2,
        "provider.preset",
        "\"auth0\"",
    );
    expect(
        &with_line(4, "client_id = 'a'\ndpop = 'on'"),
        5,
        "provider.dpop",
        "\"auto\", \"require\", \"off\"",
    );
    expect(
        &with("actions = [{ label = 'a', method = 'post', path = 'p' }]"),
        14,
        "api.rows.actions.method",
        "the nearest is \"POST\"",
    );
    expect(
        &with("[screen]\naccent = 'orange'"),
        15,
        "screen.accent",
        "#ff6a3d",
    );
    expect(
        &with("[screen]\naccent = '#fff'"),
        15,
        "screen.accent",
        "six hexadecimal digits",
    );
    expect(
        &with("[screen]\naccent = '#ff6ä3'"),
        15,
        "screen.accent",
        "six hexadecimal digits",
    );
}

#[test]
fn presets_of_later_versions_say_what_to_write_until_then() {
    for (name, instead) in [
        ("okta", "preset = \"oidc\" with issuer"),
        ("google", "oidc"),
        ("microsoft", "oidc"),
        ("gitlab", "oidc"),
        ("keycloak", "oidc"),
        ("github", "preset = \"oauth2\""),
        ("twitch", "oauth2"),
    ] {
        let text = with_line(2, &format!("preset = '{name}'"));
        expect(
            &text,
            2,
            "provider.preset",
            &format!("preset \"{name}\" is not supported yet by this version"),
        );
        expect(&text, 2, "provider.preset", instead);
    }
}

#[test]
fn a_preset_says_what_it_needs_and_what_it_has_no_use_for() {
    expect(&with_line(3, ""), 2, "provider.domain", "acme.eu.auth0.com");
    expect(
        &with_line(3, "domain = 'https://acme.eu.auth0.com/'"),
        3,
        "provider.domain",
        "only the host name: \"acme.eu.auth0.com\"",
    );
    expect(
        "[provider]\npreset = 'oidc'\nclient_id = 'a'\n",
        2,
        "provider.issuer",
        "issuer = ",
    );
    expect(
        "[provider]\nclient_id = 'a'\npreset = 'oidc'\nissuer = 'https://i.example'\ndomain = 'x'\n",
        5,
        "provider.domain",
        "auth0",
    );
    expect(
        &with_line(3, "domain = 'a.example'\nissuer = 'https://i.example'"),
        4,
        "provider.issuer",
        "domain",
    );
    let both = problems("[provider]\npreset = 'oauth2'\nclient_id = 'a'\n");
    assert_eq!(
        both.iter().map(|p| p.key.as_str()).collect::<Vec<_>>(),
        [
            "provider.device_authorization_endpoint",
            "provider.token_endpoint"
        ]
    );
}

#[test]
fn what_is_missing_is_reported_at_its_table() {
    expect("", 1, "provider", "missing");
    expect(
        &with_line(4, ""),
        1,
        "provider.client_id",
        "client identifier",
    );
    expect(&with_line(2, ""), 1, "provider.preset", "missing");
    expect(&with_line(7, ""), 6, "api.base_url", "missing");
    expect(&with_line(13, ""), 9, "api.rows.card", "missing");
    expect(&with_line(11, ""), 9, "api.rows.path", "missing");
    expect(
        &with_line(13, "card = { id = '/id' }"),
        13,
        "api.rows.card.title",
        "missing",
    );
    expect(
        &with("[telemetry]"),
        14,
        "telemetry.otlp_endpoint",
        "missing",
    );
    expect(
        &with_line(4, "client_id = ' '"),
        4,
        "provider.client_id",
        "must not be empty",
    );
}

#[test]
fn json_pointers_start_with_a_slash() {
    expect(
        &with_line(12, "items = 'items'"),
        12,
        "api.rows.items",
        "such as \"/items\"",
    );
    expect(&with_line(12, "items = '/a~b'"), 12, "api.rows.items", "~0");
    expect(
        &with_line(13, "card = { id = 'id', title = '/name' }"),
        13,
        "api.rows.card.id",
        "\"/id\"",
    );
    assert!(read(&with_line(12, "items = ''")).is_ok());
    assert!(read(&with_line(12, "items = '/a~1b~0'")).is_ok());
}

#[test]
fn plain_http_is_refused_for_every_address_but_loopback() {
    expect(
        &with_line(7, "base_url = 'http://api.example.com/'"),
        7,
        "api.base_url",
        "plain http is refused",
    );
    for key in [
        "device_authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "revocation_endpoint",
        "jwks_uri",
    ] {
        expect(
            &with_line(4, &format!("client_id = 'a'\n{key} = 'http://a.example/'")),
            5,
            &format!("provider.{key}"),
            "plain http is refused",
        );
        assert!(
            read(&with_line(
                4,
                &format!("client_id = 'a'\n{key} = 'http://127.0.0.1:1/'")
            ))
            .is_ok()
        );
    }
    expect(
        "[provider]\npreset = 'oidc'\nclient_id = 'a'\nissuer = 'http://i.example'\n",
        4,
        "provider.issuer",
        "plain http",
    );
    expect(
        &with("[telemetry]\notlp_endpoint = 'http://o.example'"),
        15,
        "telemetry.otlp_endpoint",
        "plain http",
    );
    let demo = url::Url::parse("http://192.168.1.2:4000").unwrap();
    let text = "[provider]\npreset = 'oidc'\nclient_id = 'a'\nissuer = 'http://192.168.1.2:4000'\n";
    assert!(parse_trusting(text, Path::new(PATH), Some(&demo)).is_ok());
    expect(text, 4, "provider.issuer", "plain http");
}

#[test]
fn what_is_not_toml_is_named_by_its_line() {
    expect(&with_line(3, "domain = acme"), 3, "", "string");
    expect(&with_line(3, "preset = 'oidc'"), 3, "", "duplicate");
    expect(&with("[api"), 14, "", "");
}

#[test]
fn all_mistakes_come_at_once_and_in_order() {
    let text = with("[screen]\ntheme = 'x'\ntitel = 'y'\n[sign_in]\nrenewals = 50");
    let lines = problems(&text).iter().map(|p| p.line).collect::<Vec<_>>();
    assert_eq!(lines, [15, 16, 18]);
    let words = read(&text).unwrap_err().to_string();
    assert!(
        words.starts_with("/etc/vestibule/vestibule.toml:15:9: screen.theme: "),
        "{words}"
    );
    assert_eq!(words.lines().count(), 3);
}

#[test]
fn an_error_never_repeats_what_may_be_a_secret() {
    let text = with_line(
        4,
        "client_id = 'a'\nclient_secret = 'hunter2'\nextra_params = ['hunter2']",
    );
    let words = read(&text).unwrap_err().to_string();
    assert!(words.contains("`client_secret_file`"), "{words}");
    assert!(!words.contains("hunter2"), "{words}");
}

#[test]
fn files_are_relative_to_the_configuration() {
    let text = with_line(
        4,
        "client_id = 'a'\nca_file = 'ca.pem'\nclient_secret_file = '/run/secret'\n[screen]\nlogo = 'art/logo.png'",
    );
    let config = read(&text).unwrap();
    assert_eq!(
        config.provider.ca_file,
        Some(PathBuf::from("/etc/vestibule/ca.pem"))
    );
    assert_eq!(
        config.provider.client_secret_file,
        Some(PathBuf::from("/run/secret"))
    );
    assert_eq!(
        config.screen.logo,
        Some(PathBuf::from("/etc/vestibule/art/logo.png"))
    );
}

/// Every field set, with no `..`: a new field of the schema stops this test from compiling until it is here.
fn everything() -> Config {
    let url = || Some(url::Url::parse("https://a.example/").unwrap());
    let text = |text: &str| Some(text.to_owned());
    Config {
        provider: Provider {
            preset: Preset::Auth0,
            domain: text("a.example"),
            issuer: url(),
            client_id: "c".to_owned(),
            client_secret_file: Some("/s".into()),
            scopes: vec!["openid".to_owned()],
            audience: text("a"),
            extra_params: BTreeMap::from([("k".to_owned(), "v".to_owned())]),
            ca_file: Some("/c".into()),
            dpop: Dpop::Auto,
            device_authorization_endpoint: url(),
            token_endpoint: url(),
            userinfo_endpoint: url(),
            revocation_endpoint: url(),
            jwks_uri: url(),
        },
        api: Some(Api {
            base_url: url().unwrap(),
            rows: vec![Row {
                title: "t".to_owned(),
                path: "p".to_owned(),
                items: "/i".to_owned(),
                card: CardMap {
                    id: "/i".to_owned(),
                    title: "/t".to_owned(),
                    subtitle: text("/s"),
                    image: text("/i"),
                    progress: text("/p"),
                    body: text("/b"),
                },
                actions: vec![Action {
                    label: "l".to_owned(),
                    method: "POST".to_owned(),
                    path: "p".to_owned(),
                }],
            }],
        }),
        sign_in: SignIn {
            start: Start::AtLaunch,
            renewals: 1,
            sign_out_after_idle_minutes: 1,
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
            clock: false,
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
    let shown = show(&config);
    assert_eq!(read(&shown).unwrap(), config, "{shown}");
}

#[test]
fn secrets_are_masked_when_shown() {
    let text = with_line(
        4,
        "client_id = 'a'\nclient_secret_file = '/run/secret'\nextra_params = { api_key = 'hunter2', Client_Secret = 'hunter3', organization = 'org_1' }",
    );
    let shown = show(&read(&text).unwrap());
    assert!(!shown.contains("hunter"), "{shown}");
    assert!(
        shown.contains("org_1") && shown.contains("/run/secret"),
        "{shown}"
    );
}

#[test]
fn every_example_is_good_once_it_is_filled_in() {
    for preset in [Preset::Auth0, Preset::Oidc, Preset::Oauth2] {
        let blank = example(preset);
        assert!(
            read(blank).is_err(),
            "an example with blanks must not pass for a configuration"
        );
        let filled = fill_in(blank);
        let config = read(&filled).unwrap_or_else(|error| panic!("{error}\n{filled}"));
        assert_eq!(config.provider.preset, preset);
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

proptest! {
    #[test]
    fn no_text_makes_the_check_panic(text in ".{0,200}") {
        let _ = read(&text);
    }

    #[test]
    fn no_damage_to_a_good_file_makes_the_check_panic(at in 0..GOOD.len(), length in 0..40usize, put in "[\\[\\]{}=\"'#.a-z0-9\n -]{0,12}") {
        let end = (at + length).min(GOOD.len());
        let text = format!("{}{put}{}", &GOOD[..at], &GOOD[end..]);
        if let Err(Error::Invalid(invalid)) = read(&text) {
            let lines = text.matches('\n').count() + 1;
            prop_assert!(!invalid.problems.is_empty());
            prop_assert!(invalid.problems.iter().all(|p| (1..=lines).contains(&p.line)));
        }
    }
}
