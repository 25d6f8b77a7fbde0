//! The kind of authorization server, by the name of its row in the protocol's table of providers, and what that row
//! asks of `[provider]`.

mod filled;

use std::fmt;

use device_flow::provider::{self, PROVIDERS, Setting};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};

use super::{Provider, Request};

/// A row of [`PROVIDERS`], written as its name.
#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Preset(&'static provider::Provider);

/// The beginning of a commented configuration for each preset, in a file of its name.
#[derive(RustEmbed)]
#[folder = "src/config/preset/example/"]
struct Examples;

/// How an example goes on that says nothing of `[api]` itself.
const REST: &str = include_str!("rest.toml");

/// A demand that is not met.
pub(super) struct Finding {
    /// The key of `[provider]` that is wrong or missing; dotted below it.
    pub(super) key: &'static str,
    /// The key that is there, to point at.
    pub(super) beside: &'static str,
    /// What is wrong and what to do.
    pub(super) message: String,
}

impl Preset {
    /// The names of all presets, in the order of the reference.
    pub fn names() -> [&'static str; PROVIDERS.len()] {
        PROVIDERS.map(|provider| provider.name)
    }

    /// How servers of this kind speak, and what they have to be told.
    pub fn provider(self) -> &'static provider::Provider {
        self.0
    }

    /// A commented configuration to start from. What the owner must fill in stands in angle brackets.
    pub fn example(self) -> String {
        let file = Examples::get(&format!("{}.toml", self.0.name));
        let own = file.map_or_else(String::new, |file| {
            String::from_utf8_lossy(&file.data).into_owned()
        });
        match own.contains("[api]") {
            true => own,
            false => own + REST,
        }
    }
}

impl TryFrom<String> for Preset {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        provider::Provider::named(&name)
            .map(Self)
            .ok_or("no such preset")
    }
}

impl From<Preset> for &'static str {
    fn from(preset: Preset) -> Self {
        preset.0.name
    }
}

impl PartialEq for Preset {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl fmt::Debug for Preset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

/// Puts the preset's defaults in the place of what the owner left out.
pub(super) fn fill_in(provider: &mut Provider, scopes_left_out: bool) {
    let settings = &provider.preset.0.settings;
    for (setting, value) in [
        (settings.domain, &mut provider.domain),
        (settings.tenant, &mut provider.tenant),
    ] {
        if value.is_none() {
            *value = setting.default().map(str::to_owned);
        }
    }
    if scopes_left_out {
        let scopes = settings.scopes.iter();
        provider.scopes = scopes.map(|&scope| scope.to_owned()).collect();
    }
}

/// Checks a provider whose values are each fine by themselves.
pub(super) fn check(provider: &Provider) -> Vec<Finding> {
    let provider::Provider { name, settings, .. } = provider.preset.0;
    let mut findings = Vec::new();
    let has_issuer = provider.issuer.is_some();
    for (key, setting, present) in [
        ("domain", settings.domain, provider.domain.is_some()),
        ("issuer", settings.issuer, has_issuer),
        ("tenant", settings.tenant, provider.tenant.is_some()),
        ("audience", settings.audience, provider.audience.is_some()),
    ] {
        let replaced =
            key == "domain" && has_issuer && matches!(settings.issuer, Setting::InPlaceOfDomain);
        let (beside, message) = match (setting, present) {
            (Setting::Required(what), false) if !replaced => {
                ("preset", format!("missing: preset \"{name}\" needs {what}"))
            }
            (Setting::Meaningless(instead), true) => (
                key,
                format!("has no meaning with preset \"{name}\"; {instead}"),
            ),
            (Setting::InPlaceOfDomain, true) if provider.domain.is_some() => (
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
        if settings.endpoints && given.is_none() {
            findings.push(Finding {
                key,
                beside: "preset",
                message: format!(
                    "missing: preset \"{name}\" has no discovery and needs its endpoints"
                ),
            });
        }
    }
    findings.extend(parameters_in_vain(provider));
    findings
}

/// Parameters of the request for a code that other keys send.
fn parameters_in_vain(provider: &Provider) -> impl Iterator<Item = Finding> {
    let has_scopes = !provider.scopes.is_empty();
    let sent = [
        ("scope", "extra_params.scope", "scopes", has_scopes),
        (
            "audience",
            "extra_params.audience",
            "audience",
            provider.audience.is_some(),
        ),
    ];
    sent.into_iter().filter_map(|(name, key, by, is_sent)| {
        let parameter = provider.extra_params.get(name)?;
        let requests = parameter.requests();
        let of_a_code = requests.is_none_or(|requests| requests.contains(&Request::Device));
        (of_a_code && is_sent).then(|| Finding {
            key,
            beside: "extra_params",
            message: format!("provider.{by} sends {name}, and this would be lost; write it there"),
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_preset_has_an_example_and_every_example_a_preset() {
        let files = Examples::iter().map(String::from).collect::<BTreeSet<_>>();
        let named = Preset::names().map(|name| format!("{name}.toml"));
        assert_eq!(files, BTreeSet::from(named));
    }
}
