//! What each preset demands besides the keys that all of them share.

use super::{Preset, Provider};

/// A demand that is not met.
pub(super) struct Finding {
    /// The key of `[provider]` that is wrong or missing.
    pub(super) key: &'static str,
    /// The key that is there, to point at.
    pub(super) beside: &'static str,
    /// What is wrong and what to do.
    pub(super) message: String,
}

/// Checks a provider whose values are each fine by themselves.
pub(super) fn check(provider: &Provider) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut missing = |key: &'static str, message: &str| {
        findings.push(Finding {
            key,
            beside: "preset",
            message: format!("missing: {message}"),
        });
    };
    match provider.preset {
        Preset::Auth0 => {
            if provider.domain.is_none() {
                missing(
                    "domain",
                    "preset \"auth0\" needs the tenant's host name, such as domain = \"acme.eu.auth0.com\"",
                );
            }
        }
        Preset::Oidc => {
            if provider.issuer.is_none() {
                missing(
                    "issuer",
                    "preset \"oidc\" needs the issuer's address, such as issuer = \"https://id.example.com\"",
                );
            }
        }
        Preset::Oauth2 => {
            if provider.device_authorization_endpoint.is_none() {
                missing(
                    "device_authorization_endpoint",
                    "preset \"oauth2\" has no discovery and needs its endpoints",
                );
            }
            if provider.token_endpoint.is_none() {
                missing(
                    "token_endpoint",
                    "preset \"oauth2\" has no discovery and needs its endpoints",
                );
            }
        }
    }
    let mut idle = |key: &'static str, present: bool, instead: &str| {
        if present {
            findings.push(Finding {
                key,
                beside: key,
                message: format!("has no meaning with this preset; {instead}"),
            });
        }
    };
    if provider.preset != Preset::Auth0 {
        idle(
            "domain",
            provider.domain.is_some(),
            "it is for preset \"auth0\"; others take issuer or endpoints",
        );
    }
    if provider.preset == Preset::Auth0 {
        idle(
            "issuer",
            provider.issuer.is_some(),
            "for preset \"auth0\" the issuer follows from domain",
        );
    }
    findings
}
