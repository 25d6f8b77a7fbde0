//! The owner's API of the walk.

use std::sync::Arc;

use crate::api::{self, Card, DisplayValue, Fact};

/// Rows with actions, and one whose cards open lists.
pub(super) const ROWS: &str = r#"
    [api]
    base_url = "http://127.0.0.1:9/"
    [[api.rows]]
    title = "Continue watching"
    path = "continue"
    card = { id = "/id", title = "/name" }
    [[api.rows.actions]]
    label = "Add to my list"
    method = "POST"
    path = "list/{id}"
    [[api.rows.actions]]
    label = "Mark as watched"
    method = "POST"
    path = "watched/{id}"
    [[api.rows]]
    title = "My list"
    path = "list"
    card = { id = "/id", title = "/name" }
    [[api.rows]]
    title = "New this week"
    path = "new"
    card = { id = "/id", title = "/name" }
    [[api.rows]]
    title = "Series"
    path = "series"
    card = { id = "/id", title = "/name" }
    [api.rows.opens]
    path = "series/{id}"
    card = { id = "/id", title = "/name" }
    "#;

fn card(title: &str, subtitle: Option<&str>) -> Card {
    Card {
        id: title.to_lowercase(),
        title: title.into(),
        subtitle: subtitle.map(|text| DisplayValue::Text(text.to_owned())),
        ..Card::default()
    }
}

pub(super) fn films() -> Vec<Card> {
    vec![
        Card {
            body: Some("A son of a noble house\ncomes to a desert.".into()),
            details: vec![Fact {
                label: Arc::new("Directed by".into()),
                value: "Denis Villeneuve".into(),
            }],
            page: url::Url::parse("https://www.example.com/dune").ok(),
            ..card("Dune", Some("2 h 35 min"))
        },
        Card {
            progress: Some(api::Progress::Part(0.4)),
            badges: vec![DisplayValue::Text("NEW".to_owned())],
            ..card("The Expanse", Some("S2 · E4"))
        },
        card("Paterson", None),
    ]
}

pub(super) fn series() -> Vec<Card> {
    vec![card("Dark", None), card("Severance", None)]
}

pub(super) fn episodes() -> Vec<Card> {
    vec![
        card("Secrets", Some("51 min")),
        card("Lies", Some("44 min")),
    ]
}
