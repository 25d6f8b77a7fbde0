//! The effective configuration as text, with secrets masked.

use super::Config;

/// What a masked value is replaced with.
const MASK: &str = "********";

/// Parts of a parameter's name that say that its value is a secret.
const TELLTALES: [&str; 7] = [
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
/// The client secret is never in it, only the name of its file; parameters whose name speaks of a secret are masked.
pub fn show(config: &Config) -> String {
    let mut config = config.clone();
    for (name, parameter) in &mut config.provider.extra_params {
        let name = name.to_lowercase();
        if TELLTALES.iter().any(|telltale| name.contains(telltale)) {
            parameter.replace(MASK);
        }
    }
    toml::to_string(&config).unwrap_or_else(|error| format!("# cannot be shown: {error}\n"))
}
