//! The effective configuration as text, with secrets masked.

use super::{Config, Header};

/// What a masked value is replaced with.
const MASK: &str = "********";

/// Parts of a parameter's name that say that its value is a secret.
const TELLTALES: [&str; 8] = [
    "authorization",
    "secret",
    "token",
    "password",
    "key",
    "assertion",
    "credential",
    "verifier",
];

/// The configuration with every default filled in, as TOML.
///
/// The client secret is never in it, only the name of its file; parameters and headers whose name speaks of a secret
/// are masked.
pub fn show(config: &Config) -> String {
    let mut config = config.clone();
    for (name, parameter) in &mut config.provider.extra_params {
        if speaks_of_a_secret(name) {
            parameter.replace(MASK);
        }
    }
    let api = config.api.iter_mut().map(|api| &mut api.headers);
    let others = config.apis.values_mut().map(|api| &mut api.headers);
    let telemetry = config.telemetry.iter_mut().map(|to| &mut to.headers);
    for (name, header) in api.chain(others).chain(telemetry).flatten() {
        if let Header::Text(text) = header
            && speaks_of_a_secret(name)
        {
            MASK.clone_into(text);
        }
    }
    toml::to_string(&config).unwrap_or_else(|error| format!("# cannot be shown: {error}\n"))
}

/// Whether what is called so is nothing for others to read.
pub(super) fn speaks_of_a_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    TELLTALES.iter().any(|telltale| name.contains(telltale))
}
