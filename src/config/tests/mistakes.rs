//! One row for each way to get a file wrong.

use proptest::prelude::*;

use super::super::*;
use super::{GOOD, expect, problems, read, with, with_line};

#[test]
fn a_good_file_is_read_and_its_defaults_filled_in() {
    let config = read(GOOD).unwrap();
    assert_eq!(config.provider.preset.provider().name, "auth0");
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
        &with("[telemetry]\notlp_endpoint = 'https://o.example'\notlp_endpont = 1"),
        16,
        "telemetry.otlp_endpont",
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
fn a_key_of_the_remote_that_does_not_exist_is_told() {
    for (table, key, words) in [
        ("select = ['Entr']", "remote.select", "`Enter`"),
        ("select = ['KEY_OKK']", "remote.select", "`KEY_OK`"),
        ("select = ['BTN_LEFT']", "remote.select", "evtest prints"),
        ("select = ['352']", "remote.select", "without quotes: 352"),
        ("select = ['']", "remote.select", "must not be empty"),
        ("select = [0]", "remote.select", "1 to 767"),
        ("ok = [352]", "remote.ok", "nearest valid key"),
        (
            "back = [352]\nselect = [1, 352]",
            "remote.select",
            "`back` too",
        ),
        (
            "back = ['f1']\nselect = ['F1']",
            "remote.select",
            "`back` too",
        ),
        (
            "back = ['KEY_OK']\nselect = [352]",
            "remote.select",
            "`back` too",
        ),
    ] {
        let line = 15 + table.matches('\n').count();
        expect(&with(&format!("[remote]\n{table}")), line, key, words);
    }
    let good = "select = ['Enter', 'f1', 'x', 'é', 352, 0x161, 'KEY_GREEN', 'key_full_screen']\nback = [14]\nred = ['1']\nblue = [1]";
    assert!(read(&with(&format!("[remote]\n{good}"))).is_ok());
}

#[test]
fn a_value_out_of_range_names_the_range() {
    expect(
        &with("[screen]\ntext_scale = 1.51"),
        15,
        "screen.text_scale",
        "1.0 to 1.5",
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
        "text_scale = 1.5",
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
    for (keys, key, words) in [
        (
            "headers = { Host = 'x' }",
            "headers.Host",
            "cannot be chosen",
        ),
        (
            "headers = { Content-Type = 'x' }",
            "headers.Content-Type",
            "follows from what is sent",
        ),
        ("headers = { a = 'x', A = 'y' }", "headers.a", "twice"),
        ("interval_seconds = 1", "interval_seconds", "10 to 3600"),
    ] {
        expect(
            &with(&format!(
                "[telemetry]\notlp_endpoint = 'https://o.example'\n{keys}"
            )),
            16,
            &format!("telemetry.{key}"),
            words,
        );
    }
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

#[test]
fn scopes_are_words_what_a_program_is_called_with_is_not_and_what_is_read_is_one() {
    expect(
        &with_line(3, "domain = 'a.example'\nscopes = ['openid profile']"),
        4,
        "provider.scopes",
        "write every scope as a text of its own",
    );
    let command = "[speech]\ncommand = ['/opt/my voice/say', '-t', 'female 1', ' ']";
    assert_eq!(
        read(&with(command)).unwrap().speech.command,
        ["/opt/my voice/say", "-t", "female 1", " "]
    );
    for (aloud, why) in [
        ("'all'", "\"everything\""),
        ("'true'", "without quotes"),
        ("1", "true, false or"),
    ] {
        let line = format!("[screen]\nread_aloud = {aloud}");
        expect(&with(&line), 15, "screen.read_aloud", why);
    }
    for (command, why) in [("['say', '']", "must not be empty"), ("'say'", "spd-say")] {
        let line = format!("[speech]\ncommand = {command}");
        expect(&with(&line), 15, "speech.command", why);
    }
}
