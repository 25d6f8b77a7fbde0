//! What is loaded when, and where the focus goes meanwhile.

use iced::Size;

use super::*;
use crate::app::screen::home::{measure, samples};
use crate::app::theme::Look;
use crate::config::Screen;

fn look() -> Look {
    Look::new(&Screen::default(), Size::new(1920.0, 1080.0))
}

fn configured(count: usize) -> Vec<api::Row> {
    let rows = samples::library(&look());
    let row = rows.shelf(0).unwrap().row.clone();
    vec![row; count]
}

fn cards(count: usize) -> Vec<Card> {
    (0..count)
        .map(|index| Card {
            id: format!("id-{index}"),
            title: format!("Title {index}"),
            image: url::Url::parse(&format!("https://cdn.example/{index}.png")).ok(),
            ..Card::default()
        })
        .collect()
}

fn rows(count: usize) -> Rows {
    Rows::new(&configured(count), measure(&look()).fits())
}

fn begin(rows: &mut Rows) -> Vec<usize> {
    let due = rows.to_load();
    for row in &due {
        let (_, handle) = iced::Task::<()>::none().abortable();
        rows.loading(*row, handle);
    }
    due
}

fn network() -> api::Error {
    api::Error::Network("refused".to_owned())
}

#[test]
fn only_rows_near_the_view_are_loaded_and_only_once() {
    let mut rows = rows(100);
    assert_eq!(begin(&mut rows), [0, 1, 2, 3]);
    assert!(begin(&mut rows).is_empty());
    let _ = rows.loaded(0, Ok(Page::whole(cards(9))));
    assert!(begin(&mut rows).is_empty());
    for _ in 0..3 {
        let _ = rows.go(Direction::Down);
    }
    assert_eq!(begin(&mut rows), [4, 5]);
}

#[test]
fn a_failed_row_is_tried_again_by_a_press_or_in_time() {
    let mut rows = rows(1);
    let _ = begin(&mut rows);
    assert_eq!(rows.loaded(0, Err(network())), Some(AGAIN));
    assert!(matches!(rows.focused(), Focused::Failed(0)));
    assert!(begin(&mut rows).is_empty());
    rows.retry(0);
    assert_eq!(rows.state(), "loading");
    assert_eq!(begin(&mut rows), [0]);
    assert_eq!(rows.loaded(0, Ok(Page::whole(cards(2)))), None);
    assert_eq!(rows.focused_name(), "card.0.id-0");
}

#[test]
fn cards_stay_when_a_later_load_fails() {
    let mut rows = rows(1);
    let _ = rows.loaded(0, Ok(Page::whole(cards(5))));
    let _ = rows.go(Direction::Right);
    rows.refresh();
    assert_eq!(begin(&mut rows), [0]);
    let _ = rows.loaded(0, Err(network()));
    assert_eq!(rows.focused_name(), "card.0.id-1");
}

#[test]
fn an_empty_row_has_one_place_for_the_focus() {
    let mut rows = rows(2);
    let _ = rows.loaded(0, Ok(Page::whole(Vec::new())));
    assert!(matches!(rows.focused(), Focused::Nothing));
    assert_eq!(rows.focused_name(), "row.0");
    assert!(!rows.go(Direction::Right));
    assert!(rows.go(Direction::Down));
}

#[test]
fn waits_follow_the_server_within_bounds() {
    let status = |status, retry_after| api::Error::Status {
        status,
        retry_after,
        words: None,
    };
    for (error, wait) in [
        (network(), Some(10)),
        (api::Error::Captive, Some(10)),
        (status(503, None), Some(30)),
        (status(429, Some(120)), Some(120)),
        (status(429, Some(0)), Some(10)),
        (status(429, Some(u64::MAX)), Some(600)),
        (status(404, Some(5)), None),
        (api::Error::Shape("x".to_owned()), None),
    ] {
        assert_eq!(
            again_after(&error),
            wait.map(Duration::from_secs),
            "{error}"
        );
    }
}

#[test]
fn pictures_come_nearest_first_however_many_cards_there_are() {
    let measure = measure(&look());
    let mut rows = rows(100);
    for row in 0..100 {
        let _ = rows.loaded(row, Ok(Page::whole(cards(100))));
    }
    for _ in 0..50 {
        let _ = rows.go(Direction::Right);
    }
    let near = rows.pictures(&measure, 16.0);
    assert_eq!(near[0].url.path(), "/50.png");
    assert!(near.len() <= 3 * (5 + 1 + BESIDE), "{}", near.len());
    assert_eq!(near[0].width, measure.card().width as u32);
}

#[test]
fn what_is_pointed_at_gets_the_focus_by_its_name() {
    let mut rows = rows(2);
    let _ = begin(&mut rows);
    let _ = rows.loaded(0, Ok(Page::whole(cards(9))));
    let names: Vec<_> = (0..9)
        .map(|index| name(0, Some(&cards(9)[index])))
        .collect();
    for id in names.iter().map(String::as_str).chain(["row.1", "account"]) {
        assert!(rows.aim(id), "{id}");
        assert_eq!(rows.focused_name(), id);
    }
    for id in ["card.1.none", "row.0", "countdown"] {
        assert!(!rows.aim(id), "{id}");
    }
}
