//! Which keys take effect at once, key by key.

use std::path::Path;

use super::*;
use crate::config::parse;

const EVERYTHING: &str = include_str!("../tests/everything.toml");
const PLAIN: &str = "[provider]\npreset = 'auth0'\ndomain = 'a.example'\nclient_id = 'tv'\n\
                     [api]\nbase_url = 'https://api.example/'\n";

fn read(text: &str) -> Config {
    parse(text, Path::new("/etc/vestibule/vestibule.toml")).unwrap()
}

/// The plain configuration with further lines, and what becomes of them: keys at once, keys at the next start.
fn reloaded(more: &str) -> (Vec<String>, Vec<String>) {
    let read = read(&format!("{PLAIN}{more}"));
    let reload = Reload::new(&self::read(PLAIN), &read, BTreeSet::new());
    let waiting = reload.after_restart.into_iter().map(|waiting| waiting.key);
    (reload.applied, waiting.collect())
}

#[test]
fn every_key_takes_effect_at_once_or_is_named() {
    for key in KEYS.iter() {
        let key = match key.path.strip_prefix("api.rows[]") {
            Some(_) => "api.rows",
            None => &key.path,
        };
        let entries = EFFECTS.iter().filter(|(known, _)| *known == key);
        assert_eq!(entries.count(), 1, "{key}: what does a reload do to it?");
    }
    for (known, _) in EFFECTS {
        let is_key = |path: &str| path == *known || path.starts_with(&format!("{known}[]"));
        assert!(
            KEYS.iter().any(|key| is_key(&key.path)),
            "{known} is no key"
        );
    }
}

#[test]
fn what_is_in_force_is_what_was_told() {
    for (running, next) in [(PLAIN, EVERYTHING), (EVERYTHING, PLAIN)] {
        // The one that says everything says more than any preset takes.
        let [running, next] = [running, next].map(|text| toml::from_str::<Config>(text).unwrap());
        let reload = Reload::new(&running, &next, BTreeSet::new());
        assert!(!reload.after_restart.is_empty());
        // All that was applied, and nothing of what waits.
        let applied: Vec<_> = changed(&running, &reload.config).into_iter().collect();
        assert_eq!(applied, reload.applied);
        let waiting: Vec<_> = changed(&reload.config, &next).into_iter().collect();
        let named = reload.after_restart.into_iter().map(|waiting| waiting.key);
        assert_eq!(waiting, named.collect::<Vec<_>>());
    }
}

#[test]
fn keys_are_told_apart() {
    let keys = |names: &[&str]| {
        names
            .iter()
            .map(|&name| name.to_owned())
            .collect::<Vec<_>>()
    };
    for (more, applied, waiting) in [
        ("", vec![], vec![]),
        ("# only words\n", vec![], vec![]),
        (
            "headers = { X-Key = 'secret' }\n",
            vec!["api.headers"],
            vec![],
        ),
        (
            "[[api.rows]]\ntitle = 'One'\npath = 'one'\ncard = { id = '/id', title = '/t' }\n",
            vec!["api.rows"],
            vec![],
        ),
        (
            "[screen]\ntitle = 'Acme'\ntheme = 'light'\nclock = true\n",
            vec!["screen.theme", "screen.title"],
            vec![],
        ),
        (
            "[apis.weather]\nbase_url = 'https://w.example/'\n",
            vec!["apis.weather.base_url", "apis.weather.token"],
            vec![],
        ),
        (
            "[profile.claims]\nplan = 'Plan'\n",
            vec!["profile.claims"],
            vec![],
        ),
        ("[remote]\nselect = ['Enter']\n", vec!["remote"], vec![]),
        (
            "[screen]\nclock = false\n[telemetry]\notlp_endpoint = 'http://127.0.0.1:4318'\n",
            vec!["screen.clock"],
            vec![
                "telemetry.interval_seconds",
                "telemetry.otlp_endpoint",
                "telemetry.traces",
            ],
        ),
    ] {
        assert_eq!(reloaded(more), (keys(&applied), keys(&waiting)), "{more}");
    }
}

#[test]
fn an_api_waits_for_the_provider_whose_tokens_it_gets() {
    let running = read(PLAIN);
    let next = PLAIN
        .replace("'tv'", "'tv-2'")
        .replace("api.example", "api-2.example")
        + "[screen]\ntheme = 'light'\n";
    let reload = Reload::new(&running, &read(&next), BTreeSet::new());
    assert_eq!(reload.applied, ["screen.theme"]);
    let keys = reload
        .after_restart
        .iter()
        .map(|waiting| waiting.key.as_str());
    assert_eq!(
        keys.collect::<Vec<_>>(),
        ["api.base_url", "provider.client_id"]
    );
    assert_eq!(reload.config.api, running.api);
    assert_eq!(reload.config.provider, running.provider);
    assert!(
        reload
            .after_restart
            .iter()
            .all(|waiting| waiting.fix.contains("restart vestibule-kiosk"))
    );
    assert!(reload.touches(&["screen"]) && !reload.touches(&["api", "scr"]));
}

#[test]
fn a_secret_follows_another_and_waits_where_the_client_is_another() {
    let with = |id: &str, secret: &str| {
        let secret = match secret {
            "" => String::new(),
            file => format!("client_secret_file = '{file}'\n"),
        };
        read(&PLAIN.replace(
            "client_id = 'tv'\n",
            &format!("client_id = '{id}'\n{secret}"),
        ))
    };
    let running = with("tv", "/s/1");
    for (what, next, rewritten, applied, waiting) in [
        ("nothing", with("tv", "/s/1"), &[][..], &[][..], &[][..]),
        (
            "another content",
            with("tv", "/s/1"),
            &[SECRET],
            &[SECRET],
            &[],
        ),
        ("another file", with("tv", "/s/2"), &[], &[SECRET], &[]),
        (
            "both, and the API's",
            with("tv", "/s/2"),
            &[SECRET, "api.headers"],
            &["api.headers", SECRET],
            &[],
        ),
        ("none", with("tv", ""), &[], &[], &[SECRET]),
        (
            "another client",
            with("tv-2", "/s/1"),
            &[SECRET],
            &[],
            &["provider.client_id", SECRET],
        ),
        (
            "certificates",
            with("tv", "/s/1"),
            &["provider.ca_file"],
            &[],
            &["provider.ca_file"],
        ),
        (
            "a collector's",
            with("tv", "/s/1"),
            &["telemetry.headers"],
            &[],
            &["telemetry.headers"],
        ),
    ] {
        let rewritten = rewritten.iter().map(|key| (*key).to_owned()).collect();
        let reload = Reload::new(&running, &next, rewritten);
        assert_eq!(reload.applied, applied, "{what}");
        let keys = reload
            .after_restart
            .iter()
            .map(|waiting| waiting.key.as_str());
        assert_eq!(keys.collect::<Vec<_>>(), waiting, "{what}");
        let in_force = match applied.contains(&SECRET) {
            true => &next,
            false => &running,
        };
        assert_eq!(reload.config.provider, in_force.provider, "{what}");
    }
    let first = Reload::new(&with("tv", ""), &running, BTreeSet::new());
    assert_eq!(first.applied, [""; 0]);
    assert_eq!(first.after_restart[0].key, SECRET);
}
