//! What is known of an account, put in words.

use std::time::SystemTime;

use serde_json::Value;

use crate::app::i18n::{self, DateLength, fl};
use crate::session;

/// What is known of every account, by what it is called.
pub(super) fn facts(account: &session::Account) -> Vec<(String, String)> {
    let session = match (account.refreshable, account.access_expires_at) {
        _ if account.guest => fl!("guest-until"),
        (true, _) => fl!("account-stays"),
        (false, Some(end)) => fl!("account-ends-at", time = moment(end)),
        (false, None) => fl!("account-ends"),
    };
    let mut facts = Vec::new();
    if !account.scopes.is_empty() {
        facts.push((fl!("account-may"), may(&account.scopes)));
    }
    facts.push((fl!("account-since"), moment(account.signed_in_at)));
    facts.push((fl!("account-session"), session));
    facts
}

/// What scopes allow, in words where they are well known.
fn may(scopes: &[String]) -> String {
    let words: Vec<_> = scopes
        .iter()
        .map(|scope| match scope.as_str() {
            "openid" => fl!("account-scope-openid"),
            "profile" => fl!("account-scope-profile"),
            "email" => fl!("account-scope-email"),
            "phone" => fl!("account-scope-phone"),
            "address" => fl!("account-scope-address"),
            "offline_access" => fl!("account-scope-offline"),
            other => other.to_owned(),
        })
        .collect();
    words.join(&fl!("list-between"))
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
