//! Whether `[remote]` makes sense: actions that exist, keys that exist, and no key with two meanings.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::keys::REMOTE_ACTIONS;
use super::value::{Finding, whole, wrong_type};
use super::{linux_keys, suggestion};

/// Evdev's highest key code (`KEY_MAX`, linux/input-event-codes.h).
const KEY_MAX: i64 = 0x2ff;
/// Names of keys, as the window system's library spells them: one a line.
const KEY_NAMES: &str = include_str!("key_names.txt");

/// Checks a table of actions to lists of keys.
pub(super) fn key_map(table: &DeTable<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for (action, value) in table {
        let below = Some(action.get_ref().to_string());
        let finding = |at, message| Finding {
            at,
            below: below.clone(),
            message,
        };
        if !REMOTE_ACTIONS.contains(&action.get_ref().as_ref()) {
            let message = suggestion::unknown_key(action.get_ref(), REMOTE_ACTIONS.iter().copied());
            findings.push(finding(action.span(), message));
            continue;
        }
        let DeValue::Array(keys) = value.get_ref() else {
            let message = wrong_type(
                "a list of keys, such as [\"Enter\", \"KEY_OK\"]",
                value.get_ref(),
            );
            findings.push(finding(value.span(), message));
            continue;
        };
        for key in keys.iter() {
            let message = match read(key.get_ref()) {
                Err(message) => Some(message),
                Ok(name) => taken
                    .insert(name, action.get_ref().to_string())
                    .filter(|other| other != action.get_ref())
                    .map(|other| {
                        format!("this key is given to `{other}` too; it can do only one of them")
                    }),
            };
            findings.extend(message.map(|message| finding(key.span(), message)));
        }
    }
    findings
}

/// The key in one spelling, or what is wrong with it.
fn read(key: &DeValue<'_>) -> Result<String, String> {
    match key {
        DeValue::String(text) if text.trim().is_empty() => Err("must not be empty".to_owned()),
        DeValue::String(text) => name(text),
        DeValue::Integer(code) => {
            whole(key, 1, KEY_MAX)?;
            // No name has a space: a code is not taken for the key that types a digit.
            Ok(format!("code {code}"))
        }
        other => Err(wrong_type("a key's name or its evdev code", other)),
    }
}

fn name(text: &str) -> Result<String, String> {
    // A key that types something is named by what it types.
    if text.chars().count() == 1 {
        return Ok(text.to_lowercase());
    }
    if KEY_NAMES
        .lines()
        .any(|name| name.eq_ignore_ascii_case(text))
    {
        return Ok(text.to_lowercase());
    }
    if linux_keys::is_written_so(text) {
        let code = linux_keys::code(text).map(|code| format!("code {code}"));
        return code.ok_or_else(|| {
            let nearest = suggestion::nearest(text, linux_keys::names()).unwrap_or_default();
            format!("Linux has no key of this name; the nearest one is `{nearest}`")
        });
    }
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!(
            "no key has this name; an evdev code is written without quotes: {text}"
        ));
    }
    let nearest = suggestion::nearest(text, KEY_NAMES.lines()).unwrap_or_default();
    Err(format!(
        "no key has this name; the nearest one is `{nearest}`. A key that types a character is named by \
         it, any other may be given by the name that evtest prints, such as KEY_OK, or by its evdev code"
    ))
}
