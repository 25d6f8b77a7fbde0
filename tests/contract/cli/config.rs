//! `vestibule config`, and what a wrong configuration gets: file, line, key, the nearest valid one, and 2.

use testing::device::{Device, GOOD, run_to_end};

/// A mistake, and the words that must be said about it.
const MISTAKES: &[(&str, &str, usize, &str)] = &[
    (
        "domain = ",
        "domian = ",
        3,
        "the nearest valid key is `domain`",
    ),
    (
        "domain = \"acme.eu.auth0.com\"",
        "domain = \"https://acme.eu.auth0.com/\"",
        3,
        "only the host name",
    ),
    (
        "domain = \"acme.eu.auth0.com\"",
        "",
        2,
        "provider.domain: missing",
    ),
    ("\"auth0\"", "\"auht0\"", 2, "the nearest is \"auth0\""),
    (
        "\"auth0\"",
        "\"keycloak\"",
        2,
        "provider.issuer: missing: preset \"keycloak\" needs the realm's address",
    ),
    ("\"auth0\"", "\"oidc\"", 2, "provider.issuer: missing"),
    (
        "\"auth0\"",
        "\"oauth2\"",
        2,
        "provider.token_endpoint: missing",
    ),
    (
        "client_id = \"abc\"",
        "client_id = 7",
        4,
        "expected text in quotes, found a whole number",
    ),
    (
        "client_id = \"abc\"",
        "client_id = \"\"",
        4,
        "must not be empty",
    ),
    ("client_id = \"abc\"", "", 1, "provider.client_id: missing"),
    ("client_id = \"abc\"", "client_id = abc", 4, ""),
    (
        "base_url = \"https:",
        "base_url = \"http:",
        7,
        "plain http is refused",
    ),
    (
        "base_url = \"https://api.example.com/v1\"",
        "base_url = \"api.example.com\"",
        7,
        "https://api.example.com",
    ),
    (
        "items = \"/items\"",
        "items = \"items\"",
        12,
        "JSON Pointer",
    ),
    ("id = \"/id\"", "key = \"/id\"", 13, "unknown key"),
    (
        "theme = \"dark\"",
        "theme = \"drak\"",
        16,
        "the nearest is \"dark\"",
    ),
    ("text_scale = 1.0", "text_scale = 2", 17, "1.0 to 1.5"),
    (
        "text_scale = 1.0",
        "overscan_percent = 15.5",
        17,
        "0.0 to 15.0",
    ),
    ("text_scale = 1.0", "accent = \"red\"", 17, "#ff6a3d"),
    (
        "[screen]",
        "[scren]",
        15,
        "the nearest valid key is `screen`",
    ),
    (
        "[screen]",
        "[sign_in]\nrenewals = 11\n[screen]",
        16,
        "0 to 10",
    ),
];

#[test]
fn every_mistake_is_named_with_file_line_and_key() {
    for (from, to, line, words) in MISTAKES {
        let home = Device::new();
        let text = GOOD.replacen(from, to, 1);
        assert_ne!(text, GOOD, "{from:?} is not in the file");
        let file = home.config_file();
        home.configure(&text);
        for command in [
            &["config", "check"][..],
            &["config", "show"],
            &["status"],
            &["kiosk"],
        ] {
            let ended = home.run(command);
            assert_eq!(ended.code, Some(2), "{to:?} with {command:?}: {ended:?}");
            let place = format!("{}:{line}:", file.display());
            assert!(
                ended.stderr.contains(&place),
                "{to:?}: {place} in {ended:?}"
            );
            assert!(
                ended.stderr.contains(words),
                "{to:?}: {words:?} in {ended:?}"
            );
            assert!(!ended.stderr.contains("panicked"), "{ended:?}");
        }
    }
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let home = Device::new();
    home.configure(&GOOD.replace("dark", "drak").replace("domain", "domian"));
    let ended = home.run(&["config", "check"]);
    assert!(ended.stderr.contains(":3:1: provider.domian"), "{ended:?}");
    assert!(ended.stderr.contains(":16:9: screen.theme"), "{ended:?}");
}

#[test]
fn a_good_file_is_right_and_can_be_shown_and_read_again() {
    let home = Device::new();
    let file = home.config_file();
    home.configure(GOOD);
    let check = home.run(&["config", "check"]);
    assert_eq!(check.code, Some(0), "{check:?}");
    assert!(check.stdout.contains(&*file.to_string_lossy()), "{check:?}");

    let show = home.run(&["config", "show"]);
    assert_eq!(show.code, Some(0), "{show:?}");
    assert!(
        show.stdout
            .contains("base_url = \"https://api.example.com/v1/\""),
        "{show:?}"
    );
    assert!(show.stdout.contains("renewals = 2"), "{show:?}");
    let again = home.path("again.toml");
    std::fs::write(&again, &show.stdout).unwrap();
    let shown_again = home.run(&["--config", &again.to_string_lossy(), "config", "show"]);
    let content = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(content(&shown_again.stdout), content(&show.stdout));
}

#[test]
fn secrets_are_masked() {
    let home = Device::new();
    home.configure(&GOOD.replace(
        "client_id = \"abc\"",
        "client_id = \"abc\"\nextra_params = { api_secret = \"hunter2\", organization = \"org_1\" }",
    ));
    let show = home.run(&["config", "show"]);
    assert!(show.stdout.contains("org_1"), "{show:?}");
    assert!(!show.stdout.contains("hunter2"), "{show:?}");
}

#[test]
fn the_order_is_option_variable_user() {
    let home = Device::new();
    let named = |name: &str| {
        let path = home.path(&format!("{name}.toml"));
        std::fs::write(&path, GOOD.replace("abc", name)).unwrap();
        path.to_string_lossy().into_owned()
    };
    home.configure(&GOOD.replace("abc", "from-user"));
    let (option, variable) = (named("from-option"), named("from-variable"));
    let shown = |arguments: &[&str], variable: Option<&str>| {
        let mut command = home.command(&[arguments, &["config", "show"]].concat());
        if let Some(variable) = variable {
            let _ = command.env("VESTIBULE_CONFIG", variable);
        }
        run_to_end(command).stdout
    };
    assert!(shown(&["--config", &option], Some(&variable)).contains("from-option"));
    assert!(shown(&[], Some(&variable)).contains("from-variable"));
    assert!(shown(&[], Some("")).contains("from-user"));
    assert!(shown(&[], None).contains("from-user"));
}

#[test]
fn a_named_file_must_be_there_and_be_a_file_of_text() {
    let home = Device::new();
    let folder = home.path("folder");
    std::fs::create_dir(&folder).unwrap();
    let large = home.path("large.toml");
    std::fs::write(&large, vec![b'#'; 1024 * 1024 + 1]).unwrap();
    let binary = home.path("binary.toml");
    std::fs::write(&binary, b"a = 1\nb = '\xff'\n").unwrap();
    for (path, words) in [
        (home.path("absent.toml"), "No such file"),
        (folder, "is a folder"),
        (large, "larger than 1 MiB"),
        (binary, "binary.toml:2:6: not UTF-8"),
    ] {
        let path = path.to_string_lossy().into_owned();
        let ended = home.run(&["--config", &path, "config", "check"]);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(
            ended.stderr.contains(&path) && ended.stderr.contains(words),
            "{words:?} in {ended:?}"
        );
        let mut command = home.command(&["status"]);
        let _ = command.env("VESTIBULE_CONFIG", &path);
        assert_eq!(run_to_end(command).code, Some(2));
    }
}

#[test]
fn without_a_configuration_the_places_are_named() {
    let home = Device::new();
    let check = home.run(&["config", "check"]);
    assert_eq!(check.code, Some(2), "{check:?}");
    let file = home.config_dir().join("vestibule.toml");
    for path in [&*file.to_string_lossy(), "/etc/vestibule/vestibule.toml"] {
        assert!(check.stderr.contains(path), "{path} in {check:?}");
        assert!(home.run(&["config", "path"]).stdout.contains(path));
    }
    home.configure(GOOD);
    let path = home.run(&["config", "path"]);
    assert_eq!(path.code, Some(0), "{path:?}");
    let first = path.stdout.lines().next().unwrap_or_default();
    assert!(
        first.starts_with("used ") && first.ends_with(&*file.to_string_lossy()),
        "{path:?}"
    );
}

#[test]
fn files_that_the_configuration_names_are_checked() {
    let home = Device::new();
    home.configure(&GOOD.replace("theme = ", "logo = \"art/logo.png\"\ntheme = "));
    let check = home.run(&["config", "check"]);
    assert_eq!(check.code, Some(2), "{check:?}");
    let logo = home.config_dir().join("art/logo.png");
    assert!(check.stderr.contains(&*logo.to_string_lossy()), "{check:?}");
    std::fs::create_dir(logo.parent().unwrap()).unwrap();
    std::fs::write(&logo, "").unwrap();
    assert_eq!(home.run(&["config", "check"]).code, Some(0));
}

#[test]
fn a_table_without_effect_is_named() {
    let device = Device::new();
    device.configure(&format!(
        "{GOOD}\n[telemetry]\notlp_endpoint = \"https://o.example\"\n"
    ));
    let check = device.run(&["config", "check"]);
    assert_eq!(check.code, Some(0), "{check:?}");
    assert_eq!(
        check.stderr.contains("[telemetry] has no effect"),
        !cfg!(feature = "telemetry"),
        "{check:?}"
    );
    device.configure(GOOD);
    let check = device.run(&["config", "check"]);
    assert!(!check.stderr.contains("telemetry"), "{check:?}");
}

#[test]
fn a_secret_that_the_provider_demands_is_missed() {
    let home = Device::new();
    let google = "[provider]\npreset = \"google\"\nclient_id = \"abc\"\n";
    home.configure(google);
    let check = home.run(&["config", "check"]);
    assert_eq!(check.code, Some(2), "{check:?}");
    assert!(
        check.stderr.contains("provider.client_secret_file"),
        "{check:?}"
    );
    std::fs::write(home.path("client_secret"), "x").unwrap();
    let mut command = home.command(&["config", "check"]);
    let _ = command.env("CREDENTIALS_DIRECTORY", home.path(""));
    assert_eq!(run_to_end(command).code, Some(0));
}

#[test]
fn there_is_an_example_for_every_preset() {
    let home = Device::new();
    for preset in [
        "auth0",
        "okta",
        "google",
        "microsoft",
        "github",
        "gitlab",
        "keycloak",
        "twitch",
        "oidc",
        "oauth2",
    ] {
        let example = home.run(&["config", "example", "--preset", preset]);
        assert_eq!(example.code, Some(0), "{example:?}");
        assert!(
            example.stdout.contains(&format!("preset = \"{preset}\"")),
            "{example:?}"
        );
        // Auth0 gives no code to applications that use Organizations, as the README says.
        assert!(!example.stdout.contains("organization ="), "{example:?}");
        // It has blanks: it must not pass for a configuration as it is.
        home.configure(&example.stdout);
        assert_eq!(home.run(&["config", "check"]).code, Some(2));
    }
    assert_eq!(
        home.run(&["config", "example"]).stdout,
        home.run(&["config", "example", "--preset", "auth0"]).stdout
    );
    assert_eq!(
        home.run(&["config", "example", "--preset", "acme"]).code,
        Some(2)
    );
}
