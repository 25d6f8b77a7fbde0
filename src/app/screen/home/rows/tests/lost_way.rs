//! Rows that have lost the way to their API, on a box of a fleet.

use super::*;
use crate::api::Tries;

const SPREAD: Duration = Duration::from_secs(300);

/// Rows of a box of a fleet that looks for its API for the third time, and when that is.
fn looking(seed: u64, now: Instant) -> (Rows, LoadRequest, Instant) {
    let mut rows = rows(4, now).jittered(Jitter::seeded(SPREAD, seed));
    for row in begin(&mut rows, now) {
        answer(&mut rows, row, Ok(kept(5)), now);
        answer(&mut rows, row, Err(network()), now);
    }
    for looks in 1.. {
        let now = rows.wakes().unwrap();
        let orders = rows.orders(now);
        assert_eq!(orders.len(), 1, "one for all");
        rows.loading(&orders[0], None);
        let row = rows.row_of(orders[0].serial).unwrap();
        if looks == 3 {
            return (rows, orders[0].clone(), now);
        }
        answer(&mut rows, row, Err(network()), now);
    }
    unreachable!()
}

#[test]
fn a_box_that_looks_asks_once_and_the_other_rows_follow_over_seconds_from_the_top() {
    for seed in 0..20 {
        let (mut rows, order, now) = looking(seed, Instant::now());
        assert_eq!(order.tries, Tries::One);
        assert_eq!(rows.loaded(order.serial, Ok(whole(5)), now), None);
        let mut asked = Vec::new();
        while let Some(at) = rows.wakes() {
            assert!(at > now, "at once");
            assert!(at <= now + seconds(5), "{:?}", at - now);
            for order in rows.orders(at) {
                assert_eq!(order.tries, Tries::Several);
                rows.loading(&order, None);
                let row = rows.row_of(order.serial).unwrap();
                answer(&mut rows, row, Ok(whole(5)), at);
                asked.push(row);
            }
        }
        let found = rows.row_of(order.serial).unwrap();
        let others: Vec<usize> = (0..4).filter(|row| *row != found).collect();
        assert_eq!(asked, others);
        assert_eq!(rows.words(), ["cards"; 4][..rows.words().len()]);
    }
}

#[test]
fn a_row_that_is_due_while_others_look_asks_once() {
    let now = Instant::now();
    let every_minute = config::Row {
        refresh_seconds: 60,
        ..config::Row::default()
    };
    let mut rows = rows_of(2, &every_minute, now);
    assert_eq!(begin(&mut rows, now), [0, 1]);
    answer(&mut rows, 0, Ok(whole(5)), now);
    answer(&mut rows, 1, Ok(whole(5)), now + seconds(1));
    let tries = |rows: &mut Rows, now| {
        let orders = rows.orders(now);
        assert_eq!(orders.len(), 1);
        rows.loading(&orders[0], None);
        orders[0].tries
    };
    let now = now + seconds(60);
    assert_eq!(tries(&mut rows, now), Tries::Several);
    answer(&mut rows, 0, Err(network()), now);
    assert_eq!(tries(&mut rows, now + seconds(1)), Tries::One);
}

#[test]
fn rows_that_follow_wait_no_longer_once_a_key_is_pressed() {
    for pressed_before in [false, true] {
        let (mut rows, order, now) = looking(7, Instant::now());
        if pressed_before {
            rows.attend(now - seconds(20));
        }
        assert_eq!(rows.loaded(order.serial, Ok(whole(5)), now), None);
        if !pressed_before {
            assert!(begin(&mut rows, now).is_empty());
            rows.attend(now);
        }
        assert_eq!(begin(&mut rows, now).len(), 3, "{pressed_before}");
    }
}

#[test]
fn whoever_presses_a_key_during_an_outage_waits_for_eight_seconds_at_most() {
    let (mut rows, order, failed_at) = looking(7, Instant::now());
    let row = rows.row_of(order.serial).unwrap();
    answer(&mut rows, row, Err(network()), failed_at);
    assert!(
        rows.wakes() > Some(failed_at + seconds(30)),
        "a fleet's wait"
    );
    // A key that is held asks no more often.
    for pressed in 0..8 {
        let now = failed_at + seconds(pressed);
        rows.attend(now);
        assert!(begin(&mut rows, now).is_empty(), "{pressed} s");
        assert_eq!(rows.wakes(), Some(failed_at + seconds(8)));
    }
    let now = failed_at + seconds(8);
    assert_eq!(begin(&mut rows, now).len(), 1, "one for all");
    rows.attend(now);
    assert!(begin(&mut rows, now).is_empty());
    // And after a while of nobody's pressing at once.
    let row = rows.rows.iter().position(RowState::is_loading).unwrap();
    answer(&mut rows, row, Err(network()), now);
    let now = now + seconds(20);
    assert!(begin(&mut rows, now).is_empty());
    rows.attend(now);
    assert_eq!(begin(&mut rows, now).len(), 1);
}

#[test]
fn no_key_shortens_what_a_server_asked_for() {
    let now = Instant::now();
    let mut rows = rows(1, now);
    let _ = begin(&mut rows, now);
    answer(&mut rows, 0, Err(busy(120)), now);
    rows.attend(now + seconds(60));
    assert_eq!(rows.wakes(), Some(now + seconds(120)));
    // A press on "try again" is for that row.
    rows.retry(0, now + seconds(60));
    assert_eq!(begin(&mut rows, now + seconds(60)), [0]);
}

#[test]
fn one_row_looks_for_an_api_in_trouble_and_what_one_row_alone_is_told_gets_its_time() {
    let now = Instant::now();
    let trouble = || api::Error::Status {
        status: 502,
        retry_after: None,
        message: None,
    };
    let mut rows = rows(3, now);
    assert_eq!(begin(&mut rows, now), [0, 1, 2]);
    for row in 0..3 {
        answer(&mut rows, row, Err(trouble()), now);
    }
    let later = now + seconds(15);
    let looking = begin(&mut rows, later);
    assert_eq!(looking.len(), 1);
    answer(&mut rows, looking[0], Ok(whole(5)), later);
    let others = begin(&mut rows, later);
    assert_eq!(others.len(), 2, "they follow");
    // One comes, the other is in trouble all by itself.
    answer(&mut rows, others[0], Ok(whole(5)), later);
    answer(&mut rows, others[1], Err(trouble()), later);
    let later = later + seconds(1);
    rows.rows[others[0]].refresh(later);
    assert_eq!(begin(&mut rows, later), [others[0]]);
    answer(&mut rows, others[0], Ok(whole(5)), later);
    assert!(begin(&mut rows, later).is_empty());
}

#[test]
fn what_answers_is_no_news_of_another_api() {
    let now = Instant::now();
    let of = |api: &str| config::Row {
        api: Some(api.to_owned()),
        shape: Some(config::Shape::Wide),
        ..config::Row::default()
    };
    let configured = [of("weather"), of("news"), of("news")];
    let configured = configured.iter().enumerate();
    let configured: Vec<_> = configured
        .map(|(index, row)| api::Row::new(index, row))
        .collect();
    let mut rows = Rows::new(&configured, &measure(&look()), now);
    rows.jitter = Jitter::none();
    let _ = begin(&mut rows, now);
    answer(&mut rows, 1, Err(network()), now);
    answer(&mut rows, 2, Err(network()), now);
    answer(&mut rows, 0, Ok(whole(5)), now);
    assert!(begin(&mut rows, now).is_empty());
    assert_eq!(rows.wakes(), Some(now + seconds(2)));
}

#[test]
fn a_further_page_that_did_not_come_is_asked_for_when_somebody_is_there() {
    let now = Instant::now();
    let mut rows = rows(1, now).jittered(Jitter::seeded(SPREAD, 1));
    let _ = begin(&mut rows, now);
    answer(&mut rows, 0, Ok(leading(0..5)), now);
    let _ = begin(&mut rows, now);
    answer(&mut rows, 0, Err(network()), now);
    let now = now + seconds(1);
    rows.attend(now);
    assert_eq!(rows.wakes(), Some(now + seconds(7)));
}
