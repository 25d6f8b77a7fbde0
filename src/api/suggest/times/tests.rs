use serde_json::{Value, json};

use super::*;
use crate::api::suggest::prices::price;
use crate::api::suggest::progress::progress;

fn with<T>(items: &[Value], look: impl Fn(&Survey<'_>) -> T) -> T {
    look(&Survey::of(&items.iter().collect::<Vec<_>>()))
}

#[test]
fn spans_have_the_unit_that_makes_sense() {
    for (name, value, unit) in [
        ("duration", json!(4248), ""),
        ("duration", json!(2_625_089), ", unit = \"ms\""),
        ("duration_ms", json!(900), ", unit = \"ms\""),
        (
            "RunTimeTicks",
            json!(27_000_000_000_u64),
            ", unit = \"ticks\"",
        ),
        ("runtime", json!(117), ", unit = \"min\""),
        ("duration", json!("PT21M3S"), ""),
        ("length", json!(200), ""),
        ("reading_time", json!(4), ", unit = \"min\""),
    ] {
        let items = [json!({name: value})];
        let toml = with(&items, |survey| span(survey).unwrap().1.toml);
        assert_eq!(
            toml,
            format!("{{ at = \"/{name}\", format = \"duration\"{unit} }}")
        );
    }
}

#[test]
fn a_part_belongs_to_a_whole_of_its_unit() {
    for (item, toml) in [
        (
            json!({"viewOffset": 1000, "duration": 2000, "size": 9}),
            Some("{ value = \"/viewOffset\", max = \"/duration\" }"),
        ),
        (json!({"position": 1000, "duration": 20}), None),
        (
            json!({"played_percentage": 42.5}),
            Some("{ value = \"/played_percentage\", max = 100 }"),
        ),
        (json!({"progress": 0.25}), Some("\"/progress\"")),
        (
            json!({"progress": 50.5}),
            Some("{ value = \"/progress\", max = 100 }"),
        ),
        (json!({"progress": 50}), None),
        (
            json!({"progress": 5, "media": {"episodes": 12}}),
            Some("{ value = \"/progress\", max = \"/media/episodes\" }"),
        ),
        (json!({"position": 3, "title": "x"}), None),
        (
            json!({"tasks": {"count": 12, "completed_count": 3}}),
            Some("{ value = \"/tasks/completed_count\", max = \"/tasks/count\" }"),
        ),
    ] {
        let items = [item];
        assert_eq!(
            with(&items, |survey| progress(survey).map(|choice| choice.toml)).as_deref(),
            toml,
            "{items:?}"
        );
    }
}

#[test]
fn a_beginning_has_an_end() {
    for (item, toml) in [
        (
            json!({"start": "2026-05-01T10:00:00Z", "end": "2026-05-01T11:00:00Z"}),
            "\"={/start|date-time} – {/end|time}\"",
        ),
        (
            json!({"startDate": "2026-05-01", "endDate": "2026-05-03"}),
            "\"={/startDate|date} – {/endDate|date}\"",
        ),
        (
            json!({"start": {"dateTime": "2026-05-01T10:00:00", "timeZone": "UTC"}, "end": {"dateTime": "2026-05-01T11:00:00", "timeZone": "UTC"}}),
            "{ at = \"={/start/dateTime|date-time} – {/end/dateTime|time}\", zone = \"/start/timeZone\" }",
        ),
        (
            json!({"starts_at": 1_770_000_000, "ends_at": 1_770_003_600}),
            "\"={/starts_at|date-time} – {/ends_at|time}\"",
        ),
    ] {
        let items = [item];
        assert_eq!(
            with(&items, |survey| range_line(survey).unwrap().toml),
            toml,
            "{items:?}"
        );
    }
    assert!(with(
        &[json!({"started": "x", "restart": "2026-05-01"})],
        |survey| range_line(survey).is_none()
    ));
}

#[test]
fn money_has_a_currency() {
    for (item, toml) in [
        (
            json!({"price": "199.00", "currency": "EUR"}),
            "{ at = \"/price\", format = \"money\", currency = \"/currency\" }",
        ),
        (
            json!({"unit_amount": 1999, "currency": "usd"}),
            "{ at = \"/unit_amount\", format = \"money\", currency = \"/currency\", minor = true }",
        ),
        (
            json!({"variants": [{"price": "5"}]}),
            "{ at = \"/variants/0/price\", format = \"number\" }",
        ),
    ] {
        let items = [item];
        assert_eq!(
            with(&items, |survey| price(survey).unwrap().1.toml),
            toml,
            "{items:?}"
        );
    }
}

#[test]
fn a_range_within_a_day_is_measured_in_its_unit() {
    for (from, to, end) in [
        (1_795_000_000_u64, 1_795_003_600_u64, "time"),
        (1_795_000_000, 1_797_592_000, "date-time"),
        (1_795_000_000_000, 1_795_003_600_000, "time"),
        (1_795_000_000_000, 1_797_592_000_000, "date-time"),
    ] {
        let items = [json!({"start": from, "end": to})];
        let line = with(&items, |survey| range_line(survey).unwrap().toml);
        assert_eq!(line, format!("\"={{/start|date-time}} – {{/end|{end}}}\""));
        let moves = with(&items, |survey| by_the_clock(survey).is_some());
        assert_eq!(moves, end == "time");
    }
}
