//! What the kiosk that runs for this user has met: the last of its events, and what is wrong at this moment.

use serde_json::{Map, Value};

use super::report::Check;
use crate::app::control::Ask;
use crate::cli::{guests, running_kiosk};
use device_flow::text;

const KIOSK: &str = "kiosk";
/// Events that are told.
const LAST: usize = 6;

/// Asks the kiosk; nothing where none runs, or several do.
pub(super) fn look() -> Option<Check> {
    let answer = running_kiosk::ask(None, Ask::Screen).ok()?;
    Some(check(&answer))
}

fn check(answer: &Value) -> Check {
    let words = |name: &str| answer[name].as_str().unwrap_or_default();
    let mut lines = vec![format!(
        "pid {}, on {} ({})",
        answer["pid"],
        words("screen"),
        words("state")
    )];
    let guests = answer["guests"].as_u64().unwrap_or_default();
    lines.extend((guests > 0).then(|| guests::words(guests)));
    let events = answer["events"].as_array().map_or(&[][..], Vec::as_slice);
    let last = events.iter().skip(events.len().saturating_sub(LAST));
    lines.extend(last.filter_map(Value::as_object).map(line));
    let detail = text::visible(&lines.join("\n"));
    let troubles = answer["troubles"].as_array();
    let troubles: Vec<_> = troubles
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    match troubles.is_empty() {
        true => Check::ok(KIOSK, detail),
        false => {
            let lasting = text::visible_line(&troubles.join(", "));
            Check::warning(
                KIOSK,
                format!("{lasting}; {detail}"),
                "journalctl -u vestibule-kiosk -p warning says since when; docs/operate/journal.md what each of them means",
            )
        }
    }
}

/// An event as its line in the log has it, behind the time.
fn line(event: &Map<String, Value>) -> String {
    let mut line = String::new();
    for name in ["at", "event"] {
        line.push_str(event.get(name).and_then(Value::as_str).unwrap_or_default());
        line.push(' ');
    }
    for (name, value) in event {
        if !["at", "event", "level"].contains(&name.as_str()) {
            line.push_str(&format!("{name}={value} "));
        }
    }
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_last_events_are_told_and_what_lasts_is_a_warning() {
        let event = |second: u32| json!({"at": format!("2026-01-01T00:00:{second:02}Z"), "level": "info", "event": "refreshed", "latency_ms": second});
        let answer = |troubles: &[&str]| {
            let events: Vec<_> = (0..20).map(event).collect();
            json!({"pid": 7, "screen": "home", "state": "ready", "events": events, "troubles": troubles})
        };
        let well = check(&answer(&[]));
        assert_eq!(well.detail.lines().count(), 1 + LAST);
        assert!(
            well.detail.starts_with("pid 7, on home (ready)\n"),
            "{}",
            well.detail
        );
        assert!(
            well.detail
                .ends_with("2026-01-01T00:00:19Z refreshed latency_ms=19"),
            "{}",
            well.detail
        );
        assert_eq!(well.fix, None);
        let guest = check(&json!({ "pid": 7, "guest": true, "guests": 1 }));
        assert!(
            guest.detail.contains("a guest is signed in"),
            "{}",
            guest.detail
        );
        let ill = check(&answer(&["screen_hidden"]));
        assert!(
            ill.detail.starts_with("screen_hidden; pid 7"),
            "{}",
            ill.detail
        );
        assert!(ill.fix.is_some());
        // A kiosk of another version may say less.
        assert_eq!(check(&json!({})).detail, "pid null, on  ()");
    }
}
