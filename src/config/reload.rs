//! The configuration, read again while the program runs: what takes effect at once and what waits for the next start.
//! Pure.

use std::collections::BTreeSet;

use serde::Serialize;
use toml::Value;

use super::keys::{declared, join};
use super::{Config, KEYS};

/// What becomes of a key that has another value than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It takes effect at once.
    AtOnce,
    /// At once too, but not while `[provider]` waits: a token or a secret of the server that is in use is not for what
    /// belongs to the next one.
    WithTheProvider,
    /// At the next start.
    AfterRestart,
    /// At the next start, and people sign in anew: a session belongs to its server and its client.
    AfterRestartAnew,
}

use Effect::{AfterRestart, AfterRestartAnew, AtOnce, WithTheProvider};

/// Each key, and what becomes of it; those of rows together. A test holds that none is missing.
#[rustfmt::skip]
const EFFECTS: &[(&str, Effect)] = &[
    ("provider.preset", AfterRestartAnew),
    ("provider.domain", AfterRestartAnew),
    ("provider.issuer", AfterRestartAnew),
    ("provider.tenant", AfterRestartAnew),
    ("provider.client_id", AfterRestartAnew),
    ("provider.client_secret_file", WithTheProvider),
    ("provider.scopes", AfterRestart),
    ("provider.audience", AfterRestart),
    ("provider.extra_params", AfterRestart),
    ("provider.ca_file", AfterRestart),
    ("provider.dpop", AfterRestart),
    ("provider.pkce", AfterRestart),
    ("provider.client_authentication", AfterRestart),
    ("provider.device_authorization_endpoint", AfterRestart),
    ("provider.token_endpoint", AfterRestart),
    ("provider.userinfo_endpoint", AfterRestart),
    ("provider.revocation_endpoint", AfterRestart),
    ("provider.jwks_uri", AfterRestart),
    ("api.base_url", WithTheProvider),
    ("api.headers", WithTheProvider),
    ("api.token", WithTheProvider),
    ("api.picture_memory_mib", WithTheProvider),
    ("api.rows", WithTheProvider),
    ("apis.*.base_url", WithTheProvider),
    ("apis.*.headers", WithTheProvider),
    ("apis.*.token", WithTheProvider),
    ("sign_in.start", AtOnce),
    ("sign_in.renewals", AtOnce),
    ("sign_in.greeting_seconds", AtOnce),
    ("sign_in.remember", AtOnce),
    ("sign_in.sign_out_after_idle_minutes", AtOnce),
    ("sign_in.lock_after_idle_minutes", AtOnce),
    ("profile.claims", AtOnce),
    ("profile.scopes", AtOnce),
    ("screen.title", AtOnce),
    ("screen.logo", AtOnce),
    ("screen.logo_plate", AtOnce),
    ("screen.accent", AtOnce),
    ("screen.backdrop", AtOnce),
    ("screen.corner_radius", AtOnce),
    ("screen.theme", AtOnce),
    ("screen.language", AtOnce),
    ("screen.text_scale", AtOnce),
    ("screen.overscan_percent", AtOnce),
    ("screen.reduced_motion", AtOnce),
    ("screen.read_aloud", AtOnce),
    ("screen.captions", AtOnce),
    ("screen.clock", AtOnce),
    ("screen.hero", AtOnce),
    ("screen.touch", AtOnce),
    ("screen.dim_after_minutes", AtOnce),
    ("screen.ambient_after_minutes", AtOnce),
    ("speech.command", AtOnce),
    ("telemetry.otlp_endpoint", AfterRestart),
    ("telemetry.interval_seconds", AfterRestart),
    ("telemetry.traces", AfterRestart),
    ("telemetry.ca_file", AfterRestart),
    ("telemetry.headers", AfterRestart),
    ("telemetry.attributes", AfterRestart),
    ("device.name", AfterRestart),
    ("device.start_spread_seconds", AfterRestart),
    ("remote", AtOnce),
];

/// The key of the client secret, which another one can follow.
const SECRET: &str = "provider.client_secret_file";

/// What the next start does to a key that waits for it.
const RESTART: &str = "takes effect when the kiosk starts anew: systemctl restart vestibule-kiosk";
const RESTART_ANEW: &str = "takes effect when the kiosk starts anew (systemctl restart vestibule-kiosk); people sign in again then, \
                            since a session belongs to its server and client";
const RESTART_WITH_PROVIDER: &str =
    "waits for the rest of [provider], to which it belongs: systemctl restart vestibule-kiosk";

/// What is in force once the configuration has been read again.
#[derive(Debug, Clone, PartialEq)]
pub struct Reload {
    /// What is in force from now on.
    pub config: Config,
    /// The keys that have another value and take effect at once.
    pub applied: Vec<String>,
    /// The keys that have another value and do not.
    pub after_restart: Vec<Waiting>,
}

/// A key that waits for the next start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// The key.
    pub key: String,
    /// What to do.
    pub fix: &'static str,
}

impl Reload {
    /// `running` is in force and `read` is what the file says by now; files of the keys in `rewritten` hold something else.
    pub fn new(running: &Config, read: &Config, rewritten: BTreeSet<String>) -> Self {
        let mut changed = changed(running, read);
        changed.extend(rewritten);
        // A client that gets its first secret, or loses it, is another to its server (RFC 6749 section 2.1).
        let [old, new] = [running, read].map(|config| &config.provider.client_secret_file);
        let follows = old.is_some() == new.is_some();
        let effect = |key: &str| match key {
            SECRET if !follows => AfterRestart,
            _ => effect(key).unwrap_or(AfterRestart),
        };
        let waits = |key: &str| is_in(key, "provider") && effect(key) != WithTheProvider;
        let provider_waits = changed.iter().any(|key| waits(key));
        let (mut applied, mut after_restart) = (Vec::new(), Vec::new());
        for key in changed {
            let fix = match effect(&key) {
                AtOnce => None,
                WithTheProvider if provider_waits => Some(RESTART_WITH_PROVIDER),
                WithTheProvider => None,
                AfterRestart => Some(RESTART),
                AfterRestartAnew => Some(RESTART_ANEW),
            };
            match fix {
                None => applied.push(key),
                Some(fix) => after_restart.push(Waiting { key, fix }),
            }
        }
        let mut config = Config {
            provider: running.provider.clone(),
            telemetry: running.telemetry.clone(),
            device: running.device.clone(),
            ..read.clone()
        };
        if provider_waits {
            config.api.clone_from(&running.api);
            config.apis.clone_from(&running.apis);
        } else {
            config.provider.client_secret_file.clone_from(new);
        }
        Self {
            config,
            applied,
            after_restart,
        }
    }

    /// All of `read` is in force: nothing has begun yet.
    pub fn whole(running: Option<&Config>, read: Config) -> Self {
        let applied = match running {
            Some(running) => changed(running, &read).into_iter().collect(),
            None => Value::try_from(&read)
                .ok()
                .and_then(|value| Some(value.as_table()?.keys().cloned().collect()))
                .unwrap_or_default(),
        };
        Self {
            config: read,
            applied,
            after_restart: Vec::new(),
        }
    }

    /// Whether anything that takes effect is of one of these tables.
    pub fn touches(&self, tables: &[&str]) -> bool {
        let of = |key: &String| tables.iter().any(|table| is_in(key, table));
        self.applied.iter().any(of)
    }
}

fn is_in(key: &str, table: &str) -> bool {
    key.strip_prefix(table)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn effect(key: &str) -> Option<Effect> {
    let key = declared(key);
    let found = EFFECTS.iter().find(|(known, _)| *known == key);
    found.map(|(_, effect)| *effect)
}

/// The keys that have another value, in the order of their names.
fn changed(running: &Config, read: &Config) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // What cannot be written as TOML cannot have been read from it.
    let values = [running, read].map(|config| Value::try_from(config).ok());
    if let [Some(running), Some(read)] = &values {
        differ("", Some(running), Some(read), &mut found);
    }
    found
}

/// Walks both as far as the declared keys.
fn differ(path: &str, one: Option<&Value>, other: Option<&Value>, found: &mut BTreeSet<String>) {
    if one == other {
        return;
    }
    let is_key = KEYS.iter().any(|key| key.path == declared(path));
    let tables =
        [one, other].map(|value| value.map_or(Some(None), |value| value.as_table().map(Some)));
    let [Some(one), Some(other)] = tables else {
        let _ = found.insert(path.to_owned());
        return;
    };
    if is_key {
        let _ = found.insert(path.to_owned());
        return;
    }
    let names = |table: Option<&toml::Table>| {
        table.map_or_else(Vec::new, |table| table.keys().cloned().collect())
    };
    for name in names(one).into_iter().chain(names(other)) {
        let of = |table: Option<&'_ toml::Table>| table.and_then(|table| table.get(&name)).cloned();
        differ(
            &join(path, &name),
            of(one).as_ref(),
            of(other).as_ref(),
            found,
        );
    }
}

#[cfg(test)]
mod tests;
