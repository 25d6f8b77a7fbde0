//! Rows of every form of card.

use std::time::Instant;

use url::Url;

use super::{LONG, Sample, Shown, ada, artwork, cards, detail, fill, formed, painted, walked};
use crate::api::{Card, DisplayValue, Page, Progress, When};
use crate::app::pictures::Pictures;
use crate::app::screen::detail::Detail;
use crate::app::screen::home::measure;
use crate::app::screen::home::rows::Rows;
use crate::app::theme::Look;
use crate::config::Shape::{self, Poster, Square, Text, Wide};

/// Rows and detail screens of every form.
pub(in crate::app) fn all(look: &Look) -> Vec<Sample> {
    let sample = |name, rows: Rows| Sample {
        name,
        pictures: painted(look, &rows),
        account: ada(),
        shown: Shown::Rows(rows),
    };
    let made = |form: &str| pictured(form);
    let mixed = [Poster, Square, Text, Wide];
    let mut samples = vec![
        sample(
            "home_posters",
            walked(rows(look, &[Poster, Wide], |_| made("200x300")), "rr"),
        ),
        sample(
            "home_squares",
            walked(rows(look, &[Square, Square], |_| made("300x300")), "r"),
        ),
        sample("home_words", walked(words(look), "r")),
        sample("home_mixed", walked(rows(look, &mixed, spoken), "d")),
        sample(
            "home_mixed_last",
            walked(rows(look, &mixed, spoken), "dddrr"),
        ),
        sample(
            "home_other_forms",
            walked(
                rows(look, &[Wide, Poster, Square], |row| {
                    made(["200x300", "320x180", "320x180"][row % 3])
                }),
                "",
            ),
        ),
        sample(
            "home_words_long",
            walked(rows(look, &[Text, Poster], long), ""),
        ),
        sample(
            "home_posters_long",
            walked(rows(look, &[Poster, Square], long), ""),
        ),
        sample("home_posters_dated", rows(look, &[Poster, Square], dated)),
        sample("home_wide_dated", rows(look, &[Wide, Text], dated)),
        sample("home_words_loading", {
            let configured = formed(&[Text, Poster]);
            Rows::new(&configured, &measure(look), Instant::now())
        }),
        sample("home_words_empty", {
            let configured = formed(&[Text, Text]);
            let mut rows = Rows::new(&configured, &measure(look), Instant::now());
            fill(&mut rows, 0, Ok(Page::whole(Vec::new())));
            fill(&mut rows, 1, Ok(Page::whole(spoken(1))));
            rows
        }),
        Sample {
            pictures: Pictures::default(),
            ..sample("home_faces", rows(look, &[Poster, Square], spoken))
        },
    ];
    for (name, shape, cards) in [
        ("detail_poster", Poster, made("200x300")),
        ("detail_square", Square, made("300x300")),
        ("detail_words", Text, spoken(0)),
        ("detail_words_pictured", Text, made("300x300")),
        ("detail_words_long", Text, long(0)),
        ("detail_poster_long", Poster, long(0)),
    ] {
        let rows = rows(look, &[shape], |_| cards.clone());
        let detail = Detail::new(rows.get(0).unwrap(), &cards[1], true, look);
        let mut pictures = Pictures::default();
        for key in detail.pictures(look) {
            let pixels = artwork(&key);
            pictures.put(key, pixels);
        }
        samples.push(Sample {
            name,
            pictures,
            account: ada(),
            shown: Shown::Detail(detail),
        });
    }
    samples
}

/// Homes of one row and of two.
pub(in crate::app) fn few(look: &Look) -> Vec<Sample> {
    let made = |name, shapes: &[Shape], form: &str| {
        let configured = &formed(shapes)[..shapes.len()];
        let mut rows = Rows::new(configured, &measure(look), Instant::now());
        for row in 0..configured.len() {
            fill(&mut rows, row, Ok(Page::whole(pictured(form))));
        }
        let rows = walked(rows, "r");
        Sample {
            name,
            pictures: painted(look, &rows),
            account: ada(),
            shown: Shown::Rows(rows),
        }
    };
    vec![
        made("home_one_row", &[Wide], "640x360"),
        made("home_two_rows", &[Wide, Wide], "640x360"),
        made("home_one_row_of_posters", &[Poster], "400x600"),
    ]
}

/// Rows of cards of words.
pub(super) fn words(look: &Look) -> Rows {
    rows(look, &[Text, Text], spoken)
}

fn rows(look: &Look, shapes: &[Shape], cards: impl Fn(usize) -> Vec<Card>) -> Rows {
    let configured = formed(shapes);
    let mut rows = Rows::new(&configured, &measure(look), Instant::now());
    for row in 0..configured.len() {
        fill(&mut rows, row, Ok(Page::whole(cards(row))));
    }
    rows
}

/// Cards whose pictures were made in this form.
pub(super) fn pictured(form: &str) -> Vec<Card> {
    let mut cards = cards(0, 12);
    for (index, card) in cards.iter_mut().enumerate() {
        card.image = Url::parse(&format!("https://cdn.example/{index}-{form}.png")).ok();
    }
    cards
}

/// Cards of a day, with several badges and how far they have come.
fn dated(_: usize) -> Vec<Card> {
    let day = |year| DisplayValue::Date(When::Day(jiff::civil::date(year, 12, 27)));
    let mut cards = pictured("200x300");
    for (index, card) in cards.iter_mut().enumerate() {
        card.subtitle = Some(match index % 3 {
            0 => text("Episode 12"),
            _ => day(1990),
        });
        card.progress = Some(Progress::Part(index as f32 / 8.0)).filter(|_| index % 3 != 2);
        card.badges = match index % 4 {
            0 => vec![text("Drama"), text("Documentary")],
            1 => vec![day(2026)],
            2 => vec![text("HD"), text("New")],
            _ => Vec::new(),
        };
    }
    cards
}

fn text(words: &str) -> DisplayValue {
    DisplayValue::Text(words.to_owned())
}

/// What a day, a tracker and a kitchen have to say.
pub(super) fn spoken(row: usize) -> Vec<Card> {
    /// Title, subtitle, body, badges, progress.
    type Said = (
        &'static str,
        &'static str,
        &'static str,
        &'static [&'static str],
        Option<f32>,
    );
    let said: [Said; 6] = [
        (
            "Handover of the night shift",
            "06:00 – 06:30",
            "Ward 4, with Dr. Okafor. Bring the list of new admissions.",
            &["Confirmed"],
            Some(1.0),
        ),
        (
            "Check-up: Frau Brandt",
            "09:15 – 09:45",
            "Second appointment after the operation of 3 November.",
            &["Room 12", "First visit"],
            Some(0.4),
        ),
        (
            "The window of the sign-in screen loses the focus when the network comes back",
            "acme/vestibule #412",
            "Steps: pull the cable, wait for the notice, plug it in again, press OK twice.",
            &["bug", "P1", "needs a test"],
            None,
        ),
        ("Lentil soup with lemon", "€ 7.50", "", &["vegan"], None),
        (
            "Team meeting about the move to the new building and all that belongs to it",
            "13:00 – 14:00",
            "",
            &[],
            None,
        ),
        (
            "Reading hour",
            "16:30",
            "In the library on the second floor. Children from six years on, with or without parents, every week.",
            &["Free"],
            None,
        ),
    ];
    (0..9)
        .map(|index| {
            let (title, when, body, badges, progress) = said[(index + row * 2) % said.len()];
            Card {
                id: format!("{row}-{index}"),
                title: text(title),
                subtitle: Some(text(when)),
                body: (!body.is_empty()).then(|| text(body)),
                badges: badges.iter().map(|badge| text(badge)).collect(),
                progress: progress.map(Progress::Part),
                details: vec![
                    detail::fact("With", "Dr. Okafor"),
                    detail::fact("Where", "Ward 4, second floor"),
                ],
                ..Card::default()
            }
        })
        .collect()
}

pub(super) fn long(_: usize) -> Vec<Card> {
    let mut cards = pictured("300x300");
    for card in &mut cards {
        card.title = text(LONG);
        card.subtitle = Some(text(LONG));
        card.body = Some(text(&format!("{LONG}. ").repeat(9)));
        card.badges = vec![text(LONG), text("漢字かな交じり"), text(LONG)];
        card.details = vec![detail::fact(LONG, LONG); 9];
    }
    cards
}
