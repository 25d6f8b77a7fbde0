//! What a card says of an item by a configuration as it is written.

use std::path::Path;

use super::*;

/// A row with this TOML.
pub(crate) fn row_of(toml: &str) -> config::Row {
    let text = format!(
        "[provider]\npreset = 'oidc'\nissuer = 'https://id.example'\nclient_id = 'tv'\n\
         [api]\nbase_url = 'https://api.example/v1/'\n\
         [[api.rows]]\ntitle = 'Row'\npath = 'row'\n{toml}"
    );
    let config = config::parse(&text, Path::new("/x.toml"))
        .unwrap_or_else(|error| panic!("{error}\n{toml}"));
    config.api.unwrap().rows.remove(0)
}

/// The only card of an item, by such a row.
fn card_of(toml: &str, item: &Value) -> Card {
    let plan = planned(&row_of(toml));
    let list = json!([item]);
    let found = cards(&Reply::all(&list), &plan, &address(), 0);
    found.unwrap().cards.remove(0)
}

fn subtitle(toml: &str, item: &Value) -> Option<String> {
    let toml = format!("card = {{ id = '/id', title = '=T', subtitle = {toml} }}");
    card_of(&toml, item).subtitle.map(|value| value.to_string())
}

#[test]
fn a_second_line_says_what_the_configuration_says() {
    let item = json!({
        "start": "2026-05-01T18:00:00Z", "end": "2026-05-01T19:30:00Z",
        "local": {"dateTime": "2026-05-01T09:00:00.0000000", "timeZone": "Pacific Standard Time"},
        "price": {"amount": "7.5", "cents": 1999, "currency": "eur"}, "ms": 222_973, "ticks": 13_230_092_288_u64,
        "status": 5, "closed": 1, "state": "on", "tags": [{"n": "a &amp; b"}, {"n": "c"}], "n": 6.707, "day": "2026-05-01"
    });
    for (toml, expected) in [
        ("'={/start|time} – {/end|time}'", Some("18:00Z – 19:30Z")),
        ("'={/day|weekday}, {/n|number} ★'", Some("Friday, 6.707 ★")),
        ("'={/start|time} {/nowhere|time}'", None),
        ("['={/nowhere|time}', '={/day|weekday}']", Some("Friday")),
        (
            "{ at = '={/local/dateTime|time} there', zone = '/local/timeZone' }",
            Some("16:00Z there"),
        ),
        (
            "{ at = '/local/dateTime', format = 'date-time', zone = 'America/Los_Angeles' }",
            Some("2026-05-01T16:00:00Z"),
        ),
        (
            "{ at = '/price/amount', format = 'money', currency = '/price/currency' }",
            Some("7.50 EUR"),
        ),
        (
            "{ at = '/price/cents', format = 'money', currency = 'EUR', minor = true }",
            Some("19.99 EUR"),
        ),
        (
            "{ at = '=from {/price/amount}', format = 'money', currency = 'EUR' }",
            Some("from 7.50 EUR"),
        ),
        (
            "{ at = '/price/amount', format = 'money', currency = '/nowhere' }",
            None,
        ),
        (
            "{ at = '/ms', format = 'duration', unit = 'ms' }",
            Some("3:42"),
        ),
        (
            "{ at = '/ticks', format = 'duration', unit = 'ticks' }",
            Some("22:03"),
        ),
        (
            "{ at = '={/ms|duration} long', unit = 'ms' }",
            Some("3:42 long"),
        ),
        (
            "{ at = '/status', words = { 5 = 'Available', other = 'Elsewhere' } }",
            Some("Available"),
        ),
        (
            "{ at = '/closed', words = { 5 = 'Available', other = 'Elsewhere' } }",
            Some("Elsewhere"),
        ),
        // An empty word ends the search; what is not there does not.
        ("{ at = ['/closed', '/state'], words = { 1 = '' } }", None),
        (
            "{ at = ['/nowhere', '/state'], words = { 1 = '', on = 'On' } }",
            Some("On"),
        ),
        ("{ at = '/tags/*/n', format = 'html' }", Some("a & b, c")),
        (
            "{ at = '/tags/*/n', words = { c = 'C' } }",
            Some("a &amp; b, C"),
        ),
        ("{ at = '/state', format = 'number' }", None),
    ] {
        assert_eq!(subtitle(toml, &item).as_deref(), expected, "{toml}");
    }
}

#[test]
fn a_card_is_said_whole() {
    let item = json!({
        "id": 7, "title": {"rendered": "Rock &amp; <i>Roll</i>"}, "text": "# One\n\n- two\n- three",
        "thumb": "//cdn.example/u-{width}x{height}.jpg?a=1&amp;b=2", "from": "2026-05-01T18:00:00Z", "to": 1_777_663_800,
        "status": ["booked", "draft", "4K"]
    });
    let toml = "[api.rows.card]\nid = '/id'\ntitle = { at = '/title/rendered', format = 'html' }\n\
                body = { at = '/text', format = 'markdown' }\n\
                image = { at = '/thumb', fill = { width = 640, height = 360 } }\n\
                progress = { from = '/from', to = '/to' }\n\
                badges = [{ at = '/status/*', words = { booked = 'Booked', draft = '' } }]";
    let card = card_of(toml, &item);
    assert_eq!(card.title, "Rock & Roll");
    assert_eq!(card.body, Some("One\n\n• two\n• three".into()));
    let image = card.image.map(String::from);
    assert_eq!(
        image.as_deref(),
        Some("https://cdn.example/u-640x360.jpg?a=1&b=2")
    );
    let half = "2026-05-01T18:45:00Z".parse().unwrap();
    assert_eq!(
        card.progress.and_then(|progress| progress.at(half)),
        Some(0.5)
    );
    let badges: Vec<_> = card.badges.iter().map(ToString::to_string).collect();
    assert_eq!(badges, ["Booked", "4K"]);
}

#[test]
fn what_changes_by_itself_is_known_of_a_row() {
    for (toml, moves) in [
        ("subtitle = { at = '/x', format = 'relative' }", true),
        ("subtitle = ['/x', '=due {/x|relative}']", true),
        ("progress = { from = '/x', to = '/y' }", true),
        ("progress = '/x', subtitle = '={/x|time}'", false),
    ] {
        let row = row_of(&format!("card = {{ id = '/x', title = '=T', {toml} }}"));
        assert_eq!(planned(&row).moves, moves, "{toml}");
    }
}

#[test]
fn a_line_break_of_a_template_breaks_no_line() {
    let item = json!({"id": 1, "at": "14:05", "words": "x\ny"});
    let written = "\"=\\n{/at|time}\\n\\u0007{/words}\"";
    assert_eq!(subtitle(written, &item).as_deref(), Some(" 14:05 x y"));
    let body = format!("card = {{ id = '/id', title = '=T', body = {written} }}");
    let body = card_of(&body, &item).body.map(|body| body.to_string());
    assert_eq!(body.as_deref(), Some("\n14:05\nx\ny"));
}
