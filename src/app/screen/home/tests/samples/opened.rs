//! What cards have opened, in every state, and pages of items for the phone.

use std::time::Instant;

use device_flow::NetworkFailure;
use url::Url;

use super::shapes::{long, pictured, spoken};
use super::{LONG, Opened, Sample, Shown, ada, artwork, fill, walked};
use crate::api::{self, Card, DisplayValue, Page, Row};
use crate::app::pictures::Pictures;
use crate::app::remote::Button;
use crate::app::screen::detail::Detail;
use crate::app::screen::home::measure;
use crate::app::screen::home::rows::Rows;
use crate::app::theme::Look;
use crate::config::{self, Shape};

/// Every state.
pub(in crate::app) fn all(look: &Look) -> Vec<Sample> {
    let posters = || pictured("200x300");
    let network = || api::Error::network(NetworkFailure::Connect, "refused");
    let page = |cards: Vec<Card>| Some(Ok(Page::whole(cards)));
    let opened = |name, parent: Card, (from, into), page, keys| {
        let opened = opened(look, &parent, (from, into), page, keys);
        let mut pictures = Pictures::default();
        let children = opened.rows.pictures(look.radius());
        for key in children.into_iter().chain(opened.artwork(look)) {
            let pixels = artwork(&key);
            pictures.put(key, pixels);
        }
        Sample {
            name,
            pictures,
            account: ada(),
            shown: Shown::Opened(Box::new(opened), "Series › Once Upon a Time in the West"),
        }
    };
    let plain = Card {
        id: "plain".to_owned(),
        title: "Ward 4".into(),
        ..Card::default()
    };
    let faceless = |name, title: DisplayValue| Sample {
        pictures: Pictures::default(),
        ..opened(
            name,
            Card {
                title,
                ..posters()[1].clone()
            },
            (Shape::Poster, Shape::Text),
            page(spoken(0)),
            "",
        )
    };
    let eleven = DisplayValue::TimeOfDay(jiff::civil::time(11, 5, 0, 0));
    vec![
        faceless("opened_faceless", "The Expanse".into()),
        faceless("opened_faceless_time", eleven),
        opened(
            "opened_posters",
            posters()[1].clone(),
            (Shape::Poster, Shape::Poster),
            page(posters()),
            "rr",
        ),
        opened(
            "opened_wide",
            posters()[1].clone(),
            (Shape::Poster, Shape::Wide),
            page(pictured("320x180")),
            "",
        ),
        opened(
            "opened_words",
            posters()[5].clone(),
            (Shape::Square, Shape::Text),
            page(spoken(0)),
            "r",
        ),
        opened(
            "opened_plain",
            plain,
            (Shape::Text, Shape::Text),
            page(spoken(0)),
            "u",
        ),
        opened(
            "opened_long",
            long(0)[0].clone(),
            (Shape::Wide, Shape::Poster),
            page(long(0)),
            "r",
        ),
        opened(
            "opened_loading",
            posters()[1].clone(),
            (Shape::Poster, Shape::Wide),
            None,
            "",
        ),
        opened(
            "opened_empty",
            posters()[1].clone(),
            (Shape::Poster, Shape::Text),
            page(Vec::new()),
            "",
        ),
        opened(
            "opened_failed",
            posters()[1].clone(),
            (Shape::Wide, Shape::Wide),
            Some(Err(network())),
            "",
        ),
        phone(
            look,
            "phone",
            "The Expanse",
            "https://www.example.com/series/the-expanse",
        ),
        phone(
            look,
            "phone_long",
            LONG,
            &format!(
                "https://{}.example.com/{}",
                "a-long-name-".repeat(3),
                "word/".repeat(40)
            ),
        ),
        offering(look),
    ]
}

/// A row whose cards open another one.
pub(in crate::app) fn opening(from: Shape, into: Shape) -> Row {
    let children = config::Row {
        path: "children/{id}".to_owned(),
        shape: Some(into),
        ..config::Row::default()
    };
    let row = config::Row {
        title: "Series".into(),
        path: "series".to_owned(),
        shape: Some(from),
        opens: Some(Box::new(children)),
        ..config::Row::default()
    };
    Row::new(0, &row)
}

fn opened(
    look: &Look,
    parent: &Card,
    (from, into): (Shape, Shape),
    page: Option<Result<Page, api::Error>>,
    keys: &str,
) -> Opened {
    let row = opening(from, into);
    let mut rows = Rows::new(std::slice::from_ref(&row), &measure(look), Instant::now());
    fill(&mut rows, 0, Ok(Page::whole(vec![parent.clone()])));
    let row_state = rows.get(0).unwrap();
    let children = row_state.row.opened_by(parent).unwrap();
    let mut opened = Opened::new(row_state, parent, children, 7, look, Instant::now());
    if let Some(page) = page {
        fill(&mut opened.rows, 0, page);
    }
    opened.rows = walked(opened.rows, keys);
    opened
}

fn detail(look: &Look, card: &Card, keys: &[Button]) -> Detail {
    let row = opening(Shape::Poster, Shape::Wide);
    let mut rows = Rows::new(std::slice::from_ref(&row), &measure(look), Instant::now());
    fill(&mut rows, 0, Ok(Page::whole(vec![card.clone()])));
    let mut detail = Detail::new(rows.get(0).unwrap(), card, true, look);
    for key in keys {
        let _ = detail.press(*key);
    }
    detail
}

fn with_page(title: &str, address: &str) -> Card {
    Card {
        title: title.into(),
        subtitle: Some(DisplayValue::Text("3 seasons".to_owned())),
        page: Url::parse(address).ok(),
        ..pictured("200x300").remove(1)
    }
}

fn phone(look: &Look, name: &'static str, title: &str, address: &str) -> Sample {
    let keys = [Button::Down, Button::Select];
    let detail = detail(look, &with_page(title, address), &keys);
    assert!(detail.is_on_phone(), "{address}");
    Sample {
        name,
        pictures: Pictures::default(),
        account: ada(),
        shown: Shown::Detail(detail),
    }
}

/// The detail screen of a card that opens something and has a page.
fn offering(look: &Look) -> Sample {
    let detail = detail(
        look,
        &with_page("The Expanse", "https://example.com/a"),
        &[],
    );
    let mut pictures = Pictures::default();
    for key in detail.pictures(look) {
        let pixels = artwork(&key);
        pictures.put(key, pixels);
    }
    Sample {
        name: "detail_offering",
        pictures,
        account: ada(),
        shown: Shown::Detail(detail),
    }
}
