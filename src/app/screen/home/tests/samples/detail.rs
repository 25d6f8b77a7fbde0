//! The detail screen in every state.

use std::time::Instant;

use super::{LONG, Sample, Shown, ada, artwork, cards, configured, fill};
use crate::api::{self, ActionDone, Card, DisplayValue, Fact, Page, Refresh, Row};
use crate::app::pictures::Pictures;
use crate::app::remote::Button;
use crate::app::screen::detail::{self, Detail};
use crate::app::screen::home::measure;
use crate::app::screen::home::rows::Rows;
use crate::app::theme::Look;
use crate::config;

/// Every state.
pub(super) fn all(look: &Look) -> Vec<Sample> {
    let row = &configured()[0];
    let cards = cards(0, 3);
    let sample = |name, detail: Detail| {
        let mut pictures = Pictures::default();
        for key in detail.pictures(look) {
            let pixels = artwork(&key);
            pictures.put(key, pixels);
        }
        Sample {
            name,
            pictures,
            account: ada(),
            shown: Shown::Detail(detail),
        }
    };
    let row_state = |row: &Row, card: &Card| {
        let mut rows = Rows::new(std::slice::from_ref(row), &measure(look), Instant::now());
        fill(&mut rows, 0, Ok(Page::whole(vec![card.clone()])));
        rows
    };
    let opened = |row: &Row, card: &Card| {
        let rows = row_state(row, card);
        Detail::new(rows.get(0).unwrap(), card, true, look)
    };
    let acted = |action: usize, result| {
        let mut detail = opened(row, &cards[1]);
        for _ in 0..action {
            let _ = detail.press(Button::Down);
        }
        if let (detail::Action::Run(request), Some(result)) = (detail.press(Button::Select), result)
        {
            let _ = detail.update(&detail::Message { request, result });
        }
        detail
    };
    let done = |words: Option<&str>| {
        Some(Ok(ActionDone {
            message: words.map(str::to_owned),
            refresh: Refresh::All,
        }))
    };
    let refused = api::Error::Status {
        status: 409,
        retry_after: None,
        message: Some(LONG.to_owned()),
    };
    let bare = Card {
        subtitle: None,
        body: None,
        image: None,
        progress: None,
        badges: Vec::new(),
        details: Vec::new(),
        ..cards[2].clone()
    };
    let long = Card {
        title: LONG.into(),
        subtitle: Some(DisplayValue::Text(LONG.to_owned())),
        body: Some(DisplayValue::Text(format!("{LONG}. ").repeat(20))),
        badges: vec![DisplayValue::Text(LONG.to_owned()); 3],
        details: vec![fact(LONG, LONG); 20],
        ..cards[0].clone()
    };
    let scrolled = |presses: usize| {
        let mut detail = opened(row, &long);
        let _ = detail.press(Button::Up);
        for _ in 0..presses {
            let _ = detail.press(Button::Down);
        }
        detail
    };
    let no_actions = Row::new(0, &config::Row::default());
    vec![
        sample("detail", opened(row, &cards[1])),
        sample("detail_running", acted(0, None)),
        sample("detail_done", acted(0, done(None))),
        sample(
            "detail_said",
            acted(0, done(Some("Added, and 3 others with it"))),
        ),
        sample(
            "detail_failed",
            acted(1, Some(Err(api::Error::Captive("HTTP 302".to_owned())))),
        ),
        sample("detail_refused", acted(1, Some(Err(refused)))),
        sample("detail_bare", opened(&no_actions, &bare)),
        sample("detail_long", opened(row, &long)),
        sample("detail_reading", scrolled(1)),
        sample("detail_read", scrolled(30)),
    ]
}

pub(super) fn fact(label: &str, value: &str) -> Fact {
    Fact {
        label: std::sync::Arc::new(label.into()),
        value: DisplayValue::Text(value.to_owned()),
    }
}
