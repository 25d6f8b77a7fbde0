//! Several files: what is merged how, and which of them is told.

use std::path::{Path, PathBuf};

use super::super::check::parse_all;
use super::super::sources::Source;
use super::super::*;
use super::GOOD;

fn all(files: &[(&str, &str)]) -> Result<(Config, Origins), Error> {
    let source = |(name, text): &(&str, &str)| Source {
        path: Path::new("/etc/vestibule").join(name),
        text: (*text).to_owned(),
    };
    parse_all(&files.iter().map(source).collect::<Vec<_>>())
}

/// The words for a [`GOOD`] base with one fragment over it.
fn wrong(fragment: &str) -> String {
    let files = [("vestibule.toml", GOOD), ("conf.d/10-site.toml", fragment)];
    all(&files).unwrap_err().to_string()
}

#[test]
fn tables_merge_key_by_key_and_lists_and_values_are_replaced() {
    let base = GOOD.replace(
        "[[api.rows]]",
        "token = { query = 'k' }\nheaders = { A = 'a', B = 'b' }\n[[api.rows]]",
    );
    let first = "provider.domain = 'first.example'\nprovider.scopes = ['openid']\n[screen]\ntitle = 'First'\naccent = '#000000'\n";
    let second = "[provider]\ndomain = 'second.example'\nextra_params = { a = '1' }\n[screen]\ntitle = 'Second'\n[api]\ntoken = { header = 'X' }\n\
                  headers = { B = { file = 'b' }, C = 'c' }\n[[api.rows]]\ntitle = 'Other'\npath = 'p'\nitems = ''\ncard = { id = '/i', title = '/t' }\n";
    let files = [
        ("vestibule.toml", &*base),
        ("conf.d/1.toml", first),
        ("conf.d/2.toml", second),
    ];
    let (config, origins) = all(&files).unwrap();
    assert_eq!(config.provider.domain.as_deref(), Some("second.example"));
    assert_eq!(
        (
            config.provider.client_id.as_str(),
            config.provider.scopes.len()
        ),
        ("abc", 1)
    );
    assert_eq!(
        (config.screen.title.as_str(), config.screen.accent.as_str()),
        ("Second", "#000000")
    );
    let api = config.api.unwrap();
    assert_eq!(api.rows.len(), 1);
    assert!(
        matches!(api.token, TokenPlace::Header { .. }),
        "{:?}",
        api.token
    );
    assert_eq!(api.headers.keys().collect::<Vec<_>>(), ["A", "B", "C"]);
    // A file that is named stands beside the one that names it.
    let file = PathBuf::from("/etc/vestibule/conf.d/b");
    assert_eq!(api.headers["B"], Header::File { file });
    for (path, file, line) in [
        (&["provider", "domain"][..], "conf.d/2.toml", 2),
        (&["provider", "scopes"], "conf.d/1.toml", 2),
        (&["provider", "client_id"], "vestibule.toml", 4),
        (&["api", "rows", "0", "title"], "conf.d/2.toml", 10),
        (&["api", "headers", "A"], "vestibule.toml", 10),
    ] {
        let found = origins.place(path);
        assert_eq!(
            found,
            Some((Path::new("/etc/vestibule").join(file).as_path(), line)),
            "{path:?}"
        );
    }
    assert_eq!(origins.place(&["screen", "clock"]), None);
}

#[test]
fn a_mistake_is_told_with_the_file_it_stands_in() {
    for (fragment, words) in [
        (
            "[screen]\n\ntitel = 'x'\n",
            "10-site.toml:3:1: screen.titel",
        ),
        (
            "screen = 7\n",
            "10-site.toml:1:10: screen: expected a table",
        ),
        ("[screen\n", "10-site.toml:1"),
        (
            "[provider]\npreset = 'oidc'\n",
            "10-site.toml:2:1: provider.issuer: missing",
        ),
        (
            "[[api.rows]]\ntitle = 'x'\n",
            "10-site.toml:1:1: api.rows.path: missing",
        ),
    ] {
        assert!(
            wrong(fragment).contains(words),
            "{fragment}: {}",
            wrong(fragment)
        );
    }
    // What is missing in all of them is missing in the base, which is the place for it.
    let none = all(&[
        ("vestibule.toml", ""),
        ("conf.d/1.toml", "[screen]\nclock = true\n"),
    ]);
    assert!(
        none.unwrap_err()
            .to_string()
            .starts_with("/etc/vestibule/vestibule.toml:1:1: provider: missing")
    );
}

#[test]
fn a_mistake_that_another_file_hides_is_told_all_the_same() {
    let base = GOOD.replace("abc\"", "abc\"\nscopes = 7");
    let files = [
        ("vestibule.toml", &*base),
        ("conf.d/1.toml", "[provider]\nscopes = ['openid']\n"),
    ];
    let told = all(&files).unwrap_err().to_string();
    assert!(
        told.starts_with("/etc/vestibule/vestibule.toml:5:10: provider.scopes"),
        "{told}"
    );
}

#[test]
fn mistakes_of_all_files_come_at_once_and_in_order() {
    let base = GOOD.replace("client_id", "client_di");
    let files = [
        ("vestibule.toml", &*base),
        ("conf.d/1.toml", "[scren]\n"),
        ("conf.d/2.toml", "[["),
    ];
    let told = all(&files).unwrap_err().to_string();
    let lines: Vec<_> = told
        .lines()
        .filter(|line| line.starts_with("/etc/"))
        .collect();
    assert!(
        lines[0].contains("vestibule.toml:4:1: provider.client_di"),
        "{told}"
    );
    assert!(
        lines[1].contains("conf.d/1.toml:1:2: scren") && lines[2].contains("conf.d/2.toml:1"),
        "{told}"
    );
}

#[test]
fn what_is_shown_names_the_file_behind_each_value_and_can_be_read() {
    let base = format!("{GOOD}[profile.claims]\n'https://a.example/p' = 'Plan'\n");
    let fragment = "[device]\nname = \"\"\"lob\\\n   by\"\"\"\n[screen]\ntitle = 'X'\n";
    let files = [("vestibule.toml", &*base), ("conf.d/1.toml", fragment)];
    let (config, origins) = all(&files).unwrap();
    let shown = show_with_origins(&config, &origins, Path::new("/etc/vestibule"));
    for line in [
        "client_id = \"abc\"  # vestibule.toml:4",
        "title = \"X\"  # conf.d/1.toml:5",
        "name = \"lobby\"  # conf.d/1.toml:2",
        "path = \"library/continue\"  # vestibule.toml:11",
        "\"https://a.example/p\" = \"Plan\"  # vestibule.toml:15",
        "clock = true",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\n{shown}");
    }
    assert!(
        shown.contains("id = \"/id\"  # vestibule.toml:13"),
        "{shown}"
    );
    assert_eq!(toml::from_str::<Config>(&shown).unwrap(), config);
}
