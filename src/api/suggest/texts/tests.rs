use serde_json::{Value, json};

use super::*;

fn survey_of(items: &[Value]) -> Survey<'_> {
    Survey::of(&items.iter().collect::<Vec<_>>())
}

#[test]
fn the_second_line_is_whose_it_is() {
    for (item, toml) in [
        (
            json!({"name": "Song", "artists": [{"name": "Ada"}], "album": {"name": "Album", "artists": [{"name": "Ada"}]}}),
            "\"/artists/*/name\"",
        ),
        (
            json!({"title": "Film", "channelTitle": "Channel"}),
            "\"/channelTitle\"",
        ),
        (
            json!({"subject": "Talk", "location": {"displayName": "Room 4"}}),
            "\"/location/displayName\"",
        ),
        (
            json!({"title": "Issue", "user": {"login": "ada", "url": "https://a.example"}}),
            "\"/user/login\"",
        ),
    ] {
        let items = [item];
        let survey = survey_of(&items);
        let (_, choice) = subtitle(&survey, None).unwrap();
        assert_eq!(choice.toml, toml, "{items:?}");
    }
}

#[test]
fn a_text_tells_its_format() {
    for (item, toml) in [
        (
            json!({"description": "Long enough to be a text of some lines."}),
            "\"/description\"",
        ),
        (
            json!({"body_html": "<p>Long enough to be a text.</p>"}),
            "{ at = \"/body_html\", format = \"html\" }",
        ),
        (
            json!({"body": "## What\n\n- [ ] a text of **some** lines"}),
            "{ at = \"/body\", format = \"markdown\" }",
        ),
        (
            json!({"body": {"contentType": "html", "content": "plain so far, and long enough"}}),
            "{ at = \"/body/content\", format = \"html\" }",
        ),
    ] {
        let items = [item];
        assert_eq!(body(&survey_of(&items), None).unwrap().toml, toml);
    }
    let items =
        [json!({"author": {"description": "About a person, in some more words than four"}})];
    assert!(body(&survey_of(&items), None).is_none());
}

#[test]
fn badges_are_words_of_few() {
    let items = [
        json!({"status": "booked", "is_live": true, "id": "a"}),
        json!({"status": "checked_in", "is_live": false, "id": "b"}),
    ];
    let found: Vec<String> = badges(&survey_of(&items), None, 3)
        .into_iter()
        .map(|choice| choice.toml)
        .collect();
    assert_eq!(
        found,
        [
            "{ at = \"/status\", words = { booked = \"Booked\", checked_in = \"Checked in\" } }",
            "{ at = \"=Live\", when = \"/is_live\" }",
        ]
    );
    let items = [json!({"status": 2}), json!({"status": 5})];
    let found = badges(&survey_of(&items), None, 3);
    assert_eq!(
        found[0].toml,
        "{ at = \"/status\", words = { 2 = \"2\", 5 = \"5\" } }"
    );
    assert!(found[0].why.contains("write what each means"));
}

#[test]
fn texts_of_toml_are_whole() {
    for text in ["a\"b\\c", "a\nb\u{7f}\u{1}", "ü"] {
        let written: toml::Table = format!("x = {}", quoted(text)).parse().unwrap();
        assert_eq!(written["x"].as_str(), Some(text));
    }
}
