//! What is loaded when, what a row shows, and where the focus goes meanwhile.

use device_flow::NetworkFailure;
use std::time::{Duration, SystemTime};

use iced::Size;

use super::*;
use crate::api::{DisplayValue, Origin};
use crate::app::focus::Controls as _;
use crate::app::i18n;
use crate::app::screen::home::tests::samples::fill;
use crate::app::screen::home::{measure, tests::samples};
use crate::app::theme::Look;
use crate::config::{self, Screen};

mod added;
mod lost_way;

fn look() -> Look {
    let screen = Screen {
        hero: false,
        ..Screen::default()
    };
    Look::new(&screen, Size::new(1920.0, 1080.0), i18n::language())
}

fn configured(count: usize, row: &config::Row) -> Vec<api::Row> {
    let row = config::Row {
        shape: Some(config::Shape::Wide),
        ..row.clone()
    };
    (0..count).map(|index| api::Row::new(index, &row)).collect()
}

fn cards(ids: impl IntoIterator<Item = usize>) -> Vec<Card> {
    let card = |index| Card {
        id: format!("id-{index}"),
        title: DisplayValue::Text(format!("Title {index}")),
        image: url::Url::parse(&format!("https://cdn.example/{index}.png")).ok(),
        ..Card::default()
    };
    ids.into_iter().map(card).collect()
}

fn rows_of(count: usize, row: &config::Row, now: Instant) -> Rows {
    let mut rows = Rows::new(&configured(count, row), &measure(&look()), now);
    rows.jitter = Jitter::none();
    rows
}

fn rows(count: usize, now: Instant) -> Rows {
    rows_of(count, &config::Row::default(), now)
}

/// Starts what is to be loaded, and tells for which rows.
fn begin(rows: &mut Rows, now: Instant) -> Vec<usize> {
    let orders = rows.orders(now);
    for order in &orders {
        rows.loading(order, None);
    }
    let row = |order: &LoadRequest| rows.row_of(order.serial);
    orders.iter().filter_map(row).collect()
}

fn answer(rows: &mut Rows, row: usize, result: Result<Page, api::Error>, now: Instant) {
    let serial = rows.rows[row].serial();
    assert_eq!(rows.loaded(serial, result, now), None);
}

fn network() -> api::Error {
    api::Error::network(NetworkFailure::Connect, "refused")
}

fn whole(count: usize) -> Page {
    Page::whole(cards(0..count))
}

fn kept(count: usize) -> Page {
    Page {
        origin: Origin::Stale,
        fetched_at: SystemTime::UNIX_EPOCH,
        ..whole(count)
    }
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn only_rows_near_the_view_are_loaded_and_only_once() {
    let now = Instant::now();
    let mut rows = rows(100, now);
    assert_eq!(begin(&mut rows, now), [0, 1, 2, 3]);
    assert!(begin(&mut rows, now).is_empty());
    answer(&mut rows, 0, Ok(whole(9)), now);
    assert!(begin(&mut rows, now).is_empty());
    for _ in 0..3 {
        let _ = rows.go(Direction::Down, now);
    }
    assert_eq!(begin(&mut rows, now), [4, 5]);
}

#[test]
fn a_failed_row_is_tried_again_by_a_press_or_in_time() {
    let now = Instant::now();
    let mut rows = rows(1, now);
    let _ = begin(&mut rows, now);
    assert_eq!(rows.wakes(), None);
    answer(&mut rows, 0, Err(network()), now);
    assert!(matches!(rows.focused(), Focused::Failed(0)));
    assert_eq!((rows.state(), rows.words()), ("failed", vec!["failed"]));
    assert!(begin(&mut rows, now).is_empty());
    assert_eq!(rows.wakes(), Some(now + seconds(2)));
    assert_eq!(begin(&mut rows, now + seconds(2)), [0]);
    answer(&mut rows, 0, Err(network()), now);
    assert_eq!(rows.wakes(), Some(now + seconds(4)));
    rows.retry(0, now);
    assert_eq!((rows.state(), rows.words()), ("loading", vec!["skeleton"]));
    assert_eq!(begin(&mut rows, now), [0]);
    answer(&mut rows, 0, Ok(whole(2)), now);
    assert_eq!(rows.focused_name(), "card.0.id-0");
    assert_eq!((rows.state(), rows.words()), ("ready", vec!["cards"]));
}

#[test]
fn what_a_wait_cannot_mend_waits_for_a_press() {
    let now = Instant::now();
    let mut rows = rows(1, now);
    let _ = begin(&mut rows, now);
    let shape = api::Error::Shape("no list".to_owned());
    answer(&mut rows, 0, Err(shape), now);
    assert_eq!(rows.wakes(), None);
    rows.retry(0, now);
    assert_eq!(begin(&mut rows, now), [0]);
}

#[test]
fn kept_cards_are_shown_at_once_and_make_way_for_what_the_api_says() {
    let now = Instant::now();
    let mut rows = rows(1, now);
    let _ = begin(&mut rows, now);
    answer(&mut rows, 0, Ok(kept(5)), now);
    assert_eq!(rows.words(), ["stale"]);
    assert_eq!(rows.get(0).unwrap().from(), Some(SystemTime::UNIX_EPOCH));
    for _ in 0..3 {
        let _ = rows.go(Direction::Right, now);
    }
    // Still the same request: nothing else is begun.
    assert!(begin(&mut rows, now).is_empty());
    let newer = Page::whole(cards([7, 8, 0, 1, 2, 3, 4]));
    answer(&mut rows, 0, Ok(newer), now);
    assert_eq!(rows.focused_name(), "card.0.id-3");
    assert_eq!(rows.words(), ["cards"]);
    assert_eq!(rows.get(0).unwrap().from(), None);
}

#[test]
fn without_a_network_kept_cards_stay_and_the_row_is_back_with_it() {
    let now = Instant::now();
    let mut rows = rows(3, now);
    assert_eq!(begin(&mut rows, now), [0, 1, 2]);
    for row in 0..2 {
        answer(&mut rows, row, Ok(kept(5)), now);
        answer(&mut rows, row, Err(network()), now);
    }
    answer(&mut rows, 2, Err(network()), now);
    assert_eq!(rows.words(), ["offline", "offline", "failed"]);
    assert!(rows.get(0).unwrap().trouble().is_some());
    let _ = rows.go(Direction::Right, now);
    // One row looks for all of them, each in its turn.
    let later = now + seconds(3);
    assert_eq!(begin(&mut rows, later), [1]);
    assert!(begin(&mut rows, later).is_empty());
    answer(&mut rows, 1, Err(network()), later);
    assert_eq!(rows.wakes(), Some(later + seconds(4)));
    assert!(begin(&mut rows, later + seconds(3)).is_empty());
    let later = later + seconds(4);
    assert_eq!(begin(&mut rows, later), [2]);
    // It comes through: the others need not wait any longer.
    answer(&mut rows, 2, Ok(whole(5)), later);
    assert_eq!(begin(&mut rows, later), [0, 1]);
    answer(&mut rows, 0, Ok(whole(5)), later);
    answer(&mut rows, 1, Ok(whole(5)), later);
    assert_eq!(rows.words(), ["cards", "cards", "cards"]);
    assert_eq!(rows.focused_name(), "card.0.id-1");
    assert_eq!(rows.wakes(), None);
}

#[test]
fn cards_stay_when_a_later_load_fails() {
    let now = Instant::now();
    let mut rows = rows(1, now);
    fill(&mut rows, 0, Ok(whole(5)));
    let _ = rows.go(Direction::Right, now);
    rows.refresh(&Refresh::All, now);
    assert_eq!(begin(&mut rows, now), [0]);
    answer(&mut rows, 0, Err(network()), now);
    assert_eq!(rows.focused_name(), "card.0.id-1");
    assert_eq!(rows.words(), ["offline"]);
}

#[test]
fn a_row_is_loaded_anew_as_often_as_its_owner_wants_while_it_is_near() {
    let now = Instant::now();
    let every_minute = config::Row {
        refresh_seconds: 60,
        ..config::Row::default()
    };
    let mut rows = rows_of(20, &every_minute, now);
    for row in begin(&mut rows, now) {
        answer(&mut rows, row, Ok(whole(3)), now);
    }
    assert!(begin(&mut rows, now + seconds(59)).is_empty());
    assert_eq!(rows.wakes(), Some(now + seconds(60)));
    assert_eq!(begin(&mut rows, now + seconds(60)), [0, 1, 2, 3]);
}

#[test]
fn an_action_refreshes_the_rows_it_concerns() {
    let now = Instant::now();
    let mut rows = samples::library(&look());
    rows.refresh(&Refresh::Titled(vec!["My list".to_owned()]), now);
    assert_eq!(begin(&mut rows, now), [1]);
}

#[test]
fn an_empty_row_has_one_place_for_the_focus() {
    let now = Instant::now();
    let mut rows = rows(2, now);
    fill(&mut rows, 0, Ok(whole(0)));
    assert!(matches!(rows.focused(), Focused::Nothing));
    assert_eq!(rows.focused_name(), "row.0");
    assert_eq!(rows.words()[0], "empty");
    assert!(!rows.go(Direction::Right, now));
    assert!(rows.go(Direction::Down, now));
}

#[test]
fn pictures_come_nearest_first_however_many_cards_there_are() {
    let now = Instant::now();
    let measure = measure(&look());
    let mut rows = rows(100, now);
    for row in 0..100 {
        fill(&mut rows, row, Ok(whole(100)));
    }
    for _ in 0..50 {
        let _ = rows.go(Direction::Right, now);
    }
    let near = rows.pictures(16.0);
    assert_eq!(near[0].url.path(), "/50.png");
    assert!(near.len() <= 4 * 7 + BESIDE, "{}", near.len());
    assert_eq!(
        near[0].width,
        measure.card(config::Shape::Wide).width as u32
    );
    let seen = rows.pictures_in_view(16.0);
    assert!(seen.len() <= 3 * 7 && seen.iter().all(|key| near.contains(key)));
}

/// Loads what is near, each row to its end.
fn load(rows: &mut Rows, now: Instant) {
    for row in begin(rows, now) {
        answer(rows, row, Ok(whole(100)), now);
    }
}

#[test]
fn rows_far_away_let_go_of_their_cards_and_come_back_to_the_same_one() {
    let now = Instant::now();
    let mut rows = rows(100, now);
    load(&mut rows, now);
    for _ in 0..40 {
        let _ = rows.go(Direction::Right, now);
    }
    for _ in 0..99 {
        let _ = rows.go(Direction::Down, now);
        load(&mut rows, now);
        let full = rows
            .rows
            .iter()
            .filter(|row_state| !row_state.cards().is_empty());
        assert!(full.count() <= FAR + 4);
    }
    for _ in 0..98 {
        let _ = rows.go(Direction::Up, now);
        load(&mut rows, now);
    }
    // Row 0 came near on the way and is there; it has changed meanwhile.
    let _ = rows.go(Direction::Up, now);
    assert_eq!(rows.focused_name(), "card.0.id-40");
    rows.refresh(&Refresh::All, now);
    let _ = begin(&mut rows, now);
    answer(&mut rows, 0, Ok(Page::whole(cards(3..100))), now);
    assert_eq!(rows.focused_name(), "card.0.id-40");
}

#[test]
fn what_is_pointed_at_gets_the_focus_by_its_name() {
    let mut rows = rows(2, Instant::now());
    fill(&mut rows, 0, Ok(whole(9)));
    let names: Vec<_> = cards(0..9).iter().map(|card| name(0, Some(card))).collect();
    for id in names.iter().map(String::as_str).chain(["row.1", "account"]) {
        assert!(rows.aim(id), "{id}");
        assert_eq!(rows.focused_name(), id);
    }
    for id in ["card.1.none", "row.0", "countdown"] {
        assert!(!rows.aim(id), "{id}");
    }
}

/// A page with one after it.
fn leading(ids: std::ops::Range<usize>) -> Page {
    let next = format!("https://api.example.com/?after={}", ids.end);
    Page {
        next: url::Url::parse(&next).ok().map(api::Cursor::to),
        ..Page::whole(cards(ids))
    }
}

fn as_of_long_ago(page: Page) -> Page {
    Page {
        origin: Origin::Stale,
        fetched_at: SystemTime::UNIX_EPOCH,
        ..page
    }
}

fn busy(retry_after: u64) -> api::Error {
    api::Error::Status {
        status: 503,
        retry_after: Some(retry_after),
        message: None,
    }
}

#[test]
fn what_is_done_while_a_row_loads_has_it_loaded_once_more() {
    let now = Instant::now();
    let mut rows = rows(1, now);
    for failed in [false, true] {
        rows.refresh(&Refresh::All, now);
        assert_eq!(begin(&mut rows, now), [0]);
        rows.refresh(&Refresh::All, now);
        assert!(begin(&mut rows, now).is_empty());
        let shape = api::Error::Shape("no list".to_owned());
        let late = if failed { Err(shape) } else { Ok(whole(5)) };
        answer(&mut rows, 0, late, now);
        assert_eq!(begin(&mut rows, now), [0], "{failed}");
        answer(&mut rows, 0, Ok(whole(6)), now);
        assert!(begin(&mut rows, now).is_empty());
    }
    // A server that wants to be left alone is.
    rows.refresh(&Refresh::All, now);
    let _ = begin(&mut rows, now);
    rows.refresh(&Refresh::All, now);
    answer(&mut rows, 0, Err(busy(60)), now);
    assert!(begin(&mut rows, now).is_empty());
}

#[test]
fn a_server_in_trouble_gets_its_time_whatever_else_comes_through() {
    let now = Instant::now();
    let mut rows = rows(3, now);
    let _ = begin(&mut rows, now);
    answer(&mut rows, 0, Err(busy(300)), now);
    answer(&mut rows, 1, Err(network()), now);
    answer(&mut rows, 2, Ok(whole(5)), now);
    assert_eq!(begin(&mut rows, now), [1]);
    answer(&mut rows, 1, Ok(whole(5)), now);
    assert!(begin(&mut rows, now + seconds(299)).is_empty());
    assert_eq!(begin(&mut rows, now + seconds(300)), [0]);
}

#[test]
fn focus_stays_where_it_went_while_the_row_was_loading() {
    let now = Instant::now();
    let mut rows = rows(1, now);
    let _ = begin(&mut rows, now);
    answer(&mut rows, 0, Ok(leading(0..20)), now);
    rows.refresh(&Refresh::All, now);
    let _ = begin(&mut rows, now);
    for _ in 0..15 {
        let _ = rows.go(Direction::Right, now);
    }
    // The first page alone would leave no place for it.
    let serial = rows.rows[0].serial();
    let more = rows.loaded(serial, Ok(leading(0..10)), now).unwrap();
    rows.loading(&more, None);
    assert_eq!(rows.focused_name(), "card.0.id-15");
    let more = rows.loaded(serial, Ok(leading(10..20)), now).unwrap();
    rows.loading(&more, None);
    answer(&mut rows, 0, Ok(Page::whole(cards(20..40))), now);
    assert_eq!(rows.focused_name(), "card.0.id-15");
}

#[test]
fn without_a_network_one_goes_on_from_one_kept_page_to_the_next() {
    let now = Instant::now();
    let mut rows = rows(1, now);
    let _ = begin(&mut rows, now);
    answer(&mut rows, 0, Ok(as_of_long_ago(leading(0..5))), now);
    answer(&mut rows, 0, Err(network()), now);
    for page in 1..4 {
        assert_eq!(begin(&mut rows, now), [0], "{page}");
        let next = page * 5..page * 5 + 5;
        answer(&mut rows, 0, Ok(as_of_long_ago(leading(next))), now);
        answer(&mut rows, 0, Err(network()), now);
        assert_eq!(rows.get(0).unwrap().cards().len(), 5 + page * 5);
        for _ in 0..5 {
            let _ = rows.go(Direction::Right, now);
        }
    }
    assert_eq!(rows.words(), ["offline"]);
}

#[test]
fn a_page_that_does_not_come_is_asked_for_again_in_time() {
    let now = Instant::now();
    let missing = api::Error::Status {
        status: 404,
        retry_after: None,
        message: None,
    };
    for (error, wait) in [(network(), 2), (missing, 600)] {
        let mut rows = rows(1, now);
        let _ = begin(&mut rows, now);
        answer(&mut rows, 0, Ok(leading(0..5)), now);
        assert_eq!(begin(&mut rows, now), [0]);
        answer(&mut rows, 0, Err(error), now);
        assert_eq!(rows.words(), ["cards"]);
        assert_eq!(rows.wakes(), Some(now + seconds(wait)));
    }
}

#[test]
fn pages_that_add_nothing_end() {
    let now = Instant::now();
    let mut rows = rows(1, now);
    let _ = begin(&mut rows, now);
    answer(&mut rows, 0, Ok(leading(0..5)), now);
    let mut asked = 0;
    while begin(&mut rows, now) == [0] {
        answer(&mut rows, 0, Ok(leading(0..5)), now);
        asked += 1;
    }
    assert_eq!(asked, 3);
}

#[test]
fn a_row_that_never_came_is_not_waited_for_when_it_is_far() {
    let now = Instant::now();
    let mut rows = rows(40, now);
    assert!(begin(&mut rows, now).contains(&0));
    for _ in 0..30 {
        let _ = rows.go(Direction::Down, now);
    }
    let near = begin(&mut rows, now);
    assert!(near.contains(&30) && !near.contains(&0), "{near:?}");
    for _ in 0..30 {
        let _ = rows.go(Direction::Up, now);
    }
    assert!(begin(&mut rows, now).contains(&0));
}

#[test]
fn a_row_that_was_loading_when_it_became_far_holds_nothing_either() {
    let now = Instant::now();
    let mut rows = rows(40, now);
    load(&mut rows, now);
    rows.refresh(&Refresh::All, now);
    let _ = begin(&mut rows, now);
    for _ in 0..30 {
        let _ = rows.go(Direction::Down, now);
    }
    assert_eq!(rows.get(0).unwrap().word(), "skeleton");
    for _ in 0..30 {
        let _ = rows.go(Direction::Up, now);
    }
    load(&mut rows, now);
    assert_eq!(rows.get(0).unwrap().word(), "cards");
}
