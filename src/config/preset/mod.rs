//! What each kind of server asks of the configuration, as data: one row a preset, in `rows`.
//!
//! How the servers speak is data of the protocol, `device_flow::provider`.

use serde::{Deserialize, Serialize};

use super::Provider;

mod rows;

/// The kinds of authorization server that are known by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// Auth0, by `domain`.
    Auth0,
    /// Okta, by `domain`, or by `issuer` for a custom authorization server.
    Okta,
    /// Google.
    Google,
    /// Microsoft Entra ID and personal Microsoft accounts, by `tenant`.
    Microsoft,
    /// GitHub.
    Github,
    /// GitLab, by `domain`.
    Gitlab,
    /// Keycloak, by `issuer`: the address of a realm.
    Keycloak,
    /// Twitch.
    Twitch,
    /// Any OpenID provider, by `issuer` and discovery.
    Oidc,
    /// Any OAuth 2.0 server, by explicit endpoints.
    Oauth2,
}

/// What one preset asks of `[provider]`.
#[derive(Debug)]
struct Needs {
    /// As it is written in the file.
    name: &'static str,
    domain: Use,
    issuer: Use,
    tenant: Use,
    audience: Use,
    /// Whether the endpoints must be given because nothing else names them.
    endpoints: bool,
    /// Whether the server refuses every client without a secret.
    secret: bool,
    /// Asked for where the owner names none: who it is, and to stay signed in.
    scopes: &'static [&'static str],
    /// A commented file to start from.
    example: &'static str,
}

/// What one key is to one preset.
#[derive(Debug, Clone, Copy)]
enum Use {
    /// Must be there; what it is, with an example.
    Needed(&'static str),
    /// May be there; this is what it is otherwise.
    Default(&'static str),
    /// May be there.
    Free,
    /// May be there in place of `domain`.
    InPlaceOfDomain,
    /// Has no meaning; what to write instead.
    Idle(&'static str),
}

/// A demand that is not met.
pub(super) struct Finding {
    /// The key of `[provider]` that is wrong or missing.
    pub(super) key: &'static str,
    /// The key that is there, to point at.
    pub(super) beside: &'static str,
    /// What is wrong and what to do.
    pub(super) message: String,
}

impl Preset {
    /// Every preset, in the order of the reference.
    pub const ALL: [Self; 10] = [
        Self::Auth0,
        Self::Okta,
        Self::Google,
        Self::Microsoft,
        Self::Github,
        Self::Gitlab,
        Self::Keycloak,
        Self::Twitch,
        Self::Oidc,
        Self::Oauth2,
    ];

    /// The name as it is written in the file.
    pub fn name(self) -> &'static str {
        self.needs().name
    }

    /// Whether the server refuses every client without a secret.
    pub fn demands_secret(self) -> bool {
        self.needs().secret
    }

    /// A commented configuration to start from. What the owner must fill in stands in angle brackets.
    pub fn example(self) -> &'static str {
        self.needs().example
    }

    /// The names of all presets.
    pub(super) fn names() -> [&'static str; 10] {
        Self::ALL.map(Self::name)
    }
}

/// Puts the preset's defaults in the place of what the owner left out.
pub(super) fn fill_in(provider: &mut Provider, scopes_left_out: bool) {
    let needs = provider.preset.needs();
    for (key, value) in [
        (needs.domain, &mut provider.domain),
        (needs.tenant, &mut provider.tenant),
    ] {
        if let (Use::Default(default), None) = (key, &value) {
            *value = Some(default.to_owned());
        }
    }
    if scopes_left_out {
        provider.scopes = needs.scopes.iter().map(|&scope| scope.to_owned()).collect();
    }
}

/// Checks a provider whose values are each fine by themselves.
pub(super) fn check(provider: &Provider) -> Vec<Finding> {
    let needs = provider.preset.needs();
    let name = needs.name;
    let mut findings = Vec::new();
    let has_issuer = provider.issuer.is_some();
    for (key, what, present) in [
        ("domain", needs.domain, provider.domain.is_some()),
        ("issuer", needs.issuer, has_issuer),
        ("tenant", needs.tenant, provider.tenant.is_some()),
        ("audience", needs.audience, provider.audience.is_some()),
    ] {
        let replaced =
            key == "domain" && has_issuer && matches!(needs.issuer, Use::InPlaceOfDomain);
        let (beside, message) = match (what, present) {
            (Use::Needed(what), false) if !replaced => {
                ("preset", format!("missing: preset \"{name}\" needs {what}"))
            }
            (Use::Idle(instead), true) => (
                key,
                format!("has no meaning with preset \"{name}\"; {instead}"),
            ),
            (Use::InPlaceOfDomain, true) if provider.domain.is_some() => (
                key,
                "give domain or issuer, not both: issuer is for a custom authorization server"
                    .to_owned(),
            ),
            _ => continue,
        };
        findings.push(Finding {
            key,
            beside,
            message,
        });
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    if let Some(tenant) = &provider.tenant
        && !tenant.chars().all(is_plain)
    {
        findings.push(Finding {
            key: "tenant",
            beside: "tenant",
            message: "not a directory: write its GUID, its domain such as acme.onmicrosoft.com, \
                      \"common\", \"organizations\" or \"consumers\""
                .to_owned(),
        });
    }
    for (key, given) in [
        (
            "device_authorization_endpoint",
            &provider.device_authorization_endpoint,
        ),
        ("token_endpoint", &provider.token_endpoint),
    ] {
        if needs.endpoints && given.is_none() {
            findings.push(Finding {
                key,
                beside: "preset",
                message: format!(
                    "missing: preset \"{name}\" has no discovery and needs its endpoints"
                ),
            });
        }
    }
    findings
}
