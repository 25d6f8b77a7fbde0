//! Microsoft Entra ID and personal Microsoft accounts.

use super::{Location, Paths, Provider, STANDARD, Setting, Settings};

/// <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code>: a `message` for
/// people, no complete address, `authorization_declined`. The issuer names the directory that
/// signed, not the one that was asked.
pub static MICROSOFT: Provider = Provider {
    name: "microsoft",
    locations: &[Location {
        issuer: "https://login.microsoftonline.com/{tenant}/v2.0",
        base: "https://login.microsoftonline.com/{tenant}/",
    }],
    paths: Paths {
        device_authorization: "oauth2/v2.0/devicecode",
        token: "oauth2/v2.0/token",
        userinfo: "https://graph.microsoft.com/oidc/userinfo",
        revocation: "",
        keys: "discovery/v2.0/keys",
    },
    issuers: &["https://login.microsoftonline.com/{tid}/v2.0"],
    language: Some("mkt"),
    settings: Settings {
        domain: Setting::Meaningless("write the directory's domain as tenant"),
        issuer: Setting::Meaningless("the issuer follows from tenant"),
        tenant: Setting::Default("common"),
        ..Settings::KNOWN
    },
    ..STANDARD
};
