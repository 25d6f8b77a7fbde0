//! Pace, decisions, expiry and bounds, with a clock passed in.

use super::*;
use crate::client::MAIN;
use crate::people::PEOPLE;

const INTERVAL: Duration = Duration::from_secs(5);
const LIFETIME: Duration = Duration::from_secs(900);

fn issue(devices: &mut Devices, now: Instant) -> Issued {
    devices.issue(now, &MAIN, vec!["openid".to_owned()], INTERVAL, LIFETIME)
}

fn at(start: Instant, seconds: f64) -> Instant {
    start + Duration::from_secs_f64(seconds)
}

#[test]
fn slow_down_grows_the_interval_for_good() {
    let start = Instant::now();
    let mut devices = Devices::default();
    let code = issue(&mut devices, start).device_code;
    // Seconds, and the answer expected then.
    let polls = [
        (5.0, Outcome::Pending),
        (9.95, Outcome::Pending), // within the tolerance
        (14.0, Outcome::SlowDown),
        (23.9, Outcome::Pending), // 9.9 s: the interval is 10 s now
        (30.0, Outcome::SlowDown),
        (44.0, Outcome::SlowDown), // 14 s, and 15 s are asked for
        (64.0, Outcome::Pending),
        (84.0, Outcome::Pending),
    ];
    let mut previous = 0.0;
    for (seconds, expected) in polls {
        let polled = devices.poll(at(start, seconds), &MAIN, &code);
        assert_eq!(polled.outcome, expected, "at {seconds} s");
        let gap = polled.gap.unwrap().as_secs_f64();
        assert!(
            (gap - (seconds - previous)).abs() < 1e-6,
            "gap at {seconds} s"
        );
        previous = seconds;
    }
}

#[test]
fn a_first_poll_is_never_too_early() {
    let start = Instant::now();
    let mut devices = Devices::default();
    let code = issue(&mut devices, start).device_code;
    assert_eq!(devices.poll(start, &MAIN, &code).outcome, Outcome::Pending);
    assert_eq!(devices.poll(start, &MAIN, &code).outcome, Outcome::SlowDown);
}

#[test]
fn a_yes_is_told_at_once_and_can_be_redeemed_once() {
    let start = Instant::now();
    let mut devices = Devices::default();
    let issued = issue(&mut devices, start);
    let code = &issued.device_code;
    assert_eq!(
        devices.poll(at(start, 5.0), &MAIN, code).outcome,
        Outcome::Pending
    );
    assert!(devices.redeem(start, code).is_none(), "nobody said yes yet");
    let bare = bare(&issued.user_code);
    devices.decide(start, &bare, Some(&PEOPLE[1]), 77).unwrap();
    assert_eq!(
        devices.poll(at(start, 5.1), &MAIN, code).outcome,
        Outcome::Allowed
    );
    let approval = devices.redeem(at(start, 5.1), code).unwrap();
    assert_eq!((approval.person.id, approval.auth_time), ("kofi", 77));
    assert!(devices.redeem(at(start, 5.1), code).is_none());
    assert_eq!(
        devices.poll(at(start, 9.0), &MAIN, code).outcome,
        Outcome::Invalid
    );
}

#[test]
fn a_no_is_final() {
    let start = Instant::now();
    let mut devices = Devices::default();
    let issued = issue(&mut devices, start);
    let bare = bare(&issued.user_code);
    devices.decide(start, &bare, None, 0).unwrap();
    for _ in 0..2 {
        let polled = devices.poll(start, &MAIN, &issued.device_code);
        assert_eq!(polled.outcome, Outcome::Denied);
    }
    let again = devices.decide(start, &bare, Some(&PEOPLE[0]), 0);
    assert_eq!(again, Err(Unusable::Decided));
}

#[test]
fn codes_expire_and_are_forgotten() {
    let start = Instant::now();
    let mut devices = Devices::default();
    let issued = issue(&mut devices, start);
    let bare = bare(&issued.user_code);
    let late = start + LIFETIME;
    assert!(devices.asked(at(start, 899.9), &bare).is_ok());
    assert_eq!(devices.asked(late, &bare), Err(Unusable::Expired));
    assert_eq!(
        devices.decide(late, &bare, Some(&PEOPLE[0]), 0),
        Err(Unusable::Expired)
    );
    assert_eq!(
        devices.poll(late, &MAIN, &issued.device_code).outcome,
        Outcome::Expired
    );

    let _ = issue(&mut devices, late + REMEMBERED);
    assert_eq!(devices.asked(late, &bare), Err(Unusable::Unknown));
    assert_eq!(
        devices.poll(late, &MAIN, &issued.device_code).outcome,
        Outcome::Invalid
    );
    assert_eq!((devices.grants.len(), devices.by_user.len()), (1, 1));
}

#[test]
fn an_approved_code_expires_too() {
    let start = Instant::now();
    let mut devices = Devices::default();
    let issued = issue(&mut devices, start);
    devices
        .decide(start, &bare(&issued.user_code), Some(&PEOPLE[0]), 0)
        .unwrap();
    let late = start + LIFETIME;
    assert_eq!(
        devices.poll(late, &MAIN, &issued.device_code).outcome,
        Outcome::Expired
    );
    assert!(devices.redeem(late, &issued.device_code).is_none());
}

#[test]
fn a_thousand_may_wait_and_memory_stays_bounded() {
    let start = Instant::now();
    let mut devices = Devices::default();
    let shown = issue(&mut devices, start);
    let poll = |devices: &mut Devices, now| devices.poll(now, &MAIN, &shown.device_code).outcome;
    assert_eq!(poll(&mut devices, start), Outcome::Pending);
    let unpolled = issue(&mut devices, at(start, 1.0)).device_code;
    for round in 1..=3 {
        let now = at(start, 5.0 * f64::from(round));
        for _ in 0..MAX_PENDING {
            let _ = issue(&mut devices, now);
        }
        assert_eq!(
            poll(&mut devices, now),
            Outcome::Pending,
            "it is polled for"
        );
        assert!(devices.grants.len() <= MAX_REMEMBERED);
    }
    let polled = devices.poll(at(start, 5.0), &MAIN, &unpolled);
    assert_ne!(polled.outcome, Outcome::Pending, "it made room");
    for round in 1..5 {
        let now = start + LIFETIME * round;
        for _ in 0..MAX_PENDING {
            let _ = issue(&mut devices, now);
        }
        assert!(devices.grants.len() <= MAX_REMEMBERED);
    }
}

#[test]
fn user_codes_are_compared_without_case_and_punctuation() {
    let start = Instant::now();
    let mut devices = Devices::default();
    let shown = issue(&mut devices, start).user_code;
    assert_eq!(shown.len(), 9);
    let typed = format!(" {} ", shown.to_lowercase().replace('-', " "));
    assert!(devices.asked(start, &bare(&typed)).is_ok());
    let longer = format!("{shown}B");
    assert_eq!(devices.asked(start, &bare(&longer)), Err(Unusable::Unknown));
    assert_eq!(display("BCDFGHJK"), "BCDF-GHJK");
    assert_eq!(display("BC"), "BC");
}
