//! What is known of an account, put in words.

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde_json::Value;

use crate::app::i18n::{self, DateLength, fl};
use crate::config::{LocalizedText, Profile};
use crate::session;

/// What the owner calls scopes.
pub(super) type ScopeNames = BTreeMap<String, LocalizedText>;

/// What is known of every account, by what it is called.
pub(super) fn facts(account: &session::Account, names: &ScopeNames) -> Vec<(String, String)> {
    let session = match (account.refreshable, account.access_expires_at) {
        _ if account.guest => fl!("guest-until"),
        (true, _) => fl!("account-stays"),
        (false, Some(end)) => fl!("account-ends-at", time = moment(end)),
        (false, None) => fl!("account-ends"),
    };
    let mut facts = Vec::new();
    if !account.scopes.is_empty() {
        facts.push((fl!("account-may"), may(&account.scopes, names)));
    }
    facts.push((fl!("account-since"), moment(account.signed_in_at)));
    facts.push((fl!("account-session"), session));
    facts
}

/// What scopes allow: in the owner's words, or in ours where they are well known. Scopes that say the same say it once.
fn may(scopes: &[String], names: &ScopeNames) -> String {
    let tag = i18n::language().tag;
    let mut words: Vec<String> = Vec::new();
    for scope in scopes {
        let said = names
            .get(scope)
            .map(|name| name.in_language(tag).to_owned());
        let said = said.unwrap_or_else(|| match scope.as_str() {
            "openid" => fl!("account-scope-openid"),
            "profile" => fl!("account-scope-profile"),
            "email" => fl!("account-scope-email"),
            "phone" => fl!("account-scope-phone"),
            "address" => fl!("account-scope-address"),
            "offline_access" => fl!("account-scope-offline"),
            other => other.to_owned(),
        });
        if !words.contains(&said) {
            words.push(said);
        }
    }
    words.join(&fl!("list-between"))
}

/// What is told of the person: what that is called, and what it says.
pub(super) type Claims = Vec<(LocalizedText, String)>;

/// The claims that the owner wants shown.
pub(super) fn claims(account: &session::Account, profile: &Profile) -> Claims {
    let claims = profile.claims.iter().filter_map(|(claim, called)| {
        let claim = account.claims.get(claim)?;
        Some((called.clone(), written(claim)?))
    });
    claims.collect()
}

/// The same in the language in use.
pub(super) fn named(claims: &Claims) -> Vec<(String, String)> {
    let tag = i18n::language().tag;
    let named = claims.iter();
    let named = named.map(|(called, says)| (called.in_language(tag).to_owned(), says.clone()));
    named.collect()
}

/// A claim as a person reads it; nothing for one that is empty or built of parts.
pub(super) fn written(claim: &Value) -> Option<String> {
    let text = match claim {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Array(list) => {
            let parts: Vec<_> = list.iter().filter_map(written).collect();
            parts.join(&fl!("list-between"))
        }
        Value::Null | Value::Object(_) => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

/// A moment in the time of this place: the time alone where it is today.
fn moment(at: SystemTime) -> String {
    let zone = jiff::tz::TimeZone::system();
    let now = jiff::Timestamp::now().to_zoned_datetime(zone.clone());
    match jiff::Timestamp::try_from(at).map(|at| at.to_zoned_datetime(zone)) {
        Ok(at) if at.date() == now.date() => i18n::time(at.time()),
        Ok(at) => i18n::moment(at.datetime(), DateLength::Long),
        Err(_) => String::new(),
    }
}
