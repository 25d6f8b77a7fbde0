//! A commented file to start from, one for each preset.

use super::Preset;

/// A commented configuration for a preset. What the owner must fill in stands in angle brackets.
pub fn example(preset: Preset) -> &'static str {
    match preset {
        Preset::Auth0 => include_str!("example/auth0.toml"),
        Preset::Oidc => include_str!("example/oidc.toml"),
        Preset::Oauth2 => include_str!("example/oauth2.toml"),
    }
}
