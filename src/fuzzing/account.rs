//! An account file. What is read of it must survive being written, and no token may get into a log or an error.

use crate::session::fuzzing::account_file;
use serde_json::Value;

/// Tokens of the corpus hold this.
const MARKER: &str = "marker";

/// Reads an account file, and what is written of it again.
///
/// # Panics
/// Where what was made of it is not as it must be.
pub fn run(data: &[u8]) {
    let read = match account_file(data) {
        Ok(read) => read,
        Err(why) => {
            assert!(!why.contains(MARKER), "{why}");
            return;
        }
    };
    let again = account_file(&read.written).unwrap();
    let written = members(&read.written);
    assert_eq!(written, members(&again.written));
    let text = String::from_utf8_lossy(data);
    for member in ["access_token", "refresh_token", "previous_refresh_token"] {
        if let Some(token) = written[member].as_str()
            && token.contains(MARKER)
            // Elsewhere it is no token to us.
            && text.matches(token).count() == 1
        {
            assert!(!read.debug.contains(token), "{member} in a log");
        }
    }
}

/// What a file says, without the time of the writing and without fractions, whose last digit may change.
fn members(bytes: &[u8]) -> Value {
    let mut file: Value = serde_json::from_slice(bytes).unwrap();
    let _ = file.as_object_mut().unwrap().remove("refresh_begun_at");
    without_fractions(&mut file);
    file
}

fn without_fractions(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => *value = Value::Null,
        Value::Array(items) => items.iter_mut().for_each(without_fractions),
        Value::Object(members) => members.values_mut().for_each(without_fractions),
        _ => {}
    }
}
