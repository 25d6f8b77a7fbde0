use super::*;

fn at(seconds: u64) -> Duration {
    Duration::from_secs(1_000 + seconds)
}

fn unreachable(host: &str) -> Event {
    Event::ApiUnreachable {
        host: host.to_owned(),
        why: "refused".to_owned(),
    }
}

fn row_failed(row: &str) -> Event {
    Event::RowFailed {
        row: row.to_owned(),
        why: "404".to_owned(),
    }
}

#[test]
fn an_outage_is_said_once_and_its_end_once() {
    let mut rules = Rules::new();
    assert_eq!(rules.api_answered("a", at(0)), None);
    assert!(rules.admits(&unreachable("a"), at(1)));
    for later in 2..7200 {
        assert!(!rules.admits(&unreachable("a"), at(later)), "{later}");
    }
    assert!(rules.admits(&unreachable("b"), at(10)), "another host");
    assert_eq!(rules.troubles(), [unreachable("a"), unreachable("b")]);
    assert_eq!(
        rules.api_answered("a", at(7201)),
        Some(Duration::from_secs(7200))
    );
    assert_eq!(rules.api_answered("a", at(7202)), None);
    assert_eq!(rules.troubles(), [unreachable("b")]);
    assert!(rules.admits(&unreachable("a"), at(7203)));
}

#[test]
fn an_api_that_comes_and_goes_is_two_lines_a_minute() {
    let mut rules = Rules::new();
    let mut lines = 0;
    for second in 0..600 {
        lines += usize::from(rules.admits(&unreachable("a"), at(second)));
        lines += usize::from(rules.api_answered("a", at(second)).is_some());
    }
    assert_eq!(lines, 20);
    // One that begins within the minute and stays is said when the minute is over.
    let mut rules = Rules::new();
    assert!(rules.admits(&unreachable("a"), at(0)));
    assert!(rules.api_answered("a", at(5)).is_some());
    assert!(!rules.admits(&unreachable("a"), at(6)));
    assert!(!rules.admits(&unreachable("a"), at(59)));
    assert!(rules.admits(&unreachable("a"), at(60)));
    assert_eq!(
        rules.api_answered("a", at(66)),
        Some(Duration::from_secs(60))
    );
}

#[test]
fn a_row_is_said_once_until_it_has_loaded() {
    let mut rules = Rules::new();
    assert!(rules.admits(&row_failed("Films"), at(0)));
    assert!(!rules.admits(&row_failed("Films"), at(300)));
    assert!(rules.admits(&row_failed("News"), at(300)));
    rules.row_loaded("Films", at(301));
    assert!(rules.admits(&row_failed("Films"), at(302)));
}

#[test]
fn codes_that_nobody_takes_are_a_line_a_minute() {
    let mut rules = Rules::new();
    let (shown, expired) = (Event::CodeShown {}, Event::CodeExpired {});
    let mut lines = 0;
    // Each code lasts five seconds.
    for second in (0..600).step_by(5) {
        lines += usize::from(rules.admits(&shown, at(second)));
        lines += usize::from(rules.admits(&expired, at(second + 5)));
    }
    assert_eq!(lines, 20);
    for person in [Event::SignedOut {}, Event::Declined {}] {
        assert!(rules.admits(&person, at(601)));
        assert!(rules.admits(&shown, at(602)), "a person asked for it");
    }
    assert!(!rules.admits(&shown, at(603)));
}

#[test]
fn a_code_of_usual_length_is_always_said() {
    let mut rules = Rules::new();
    for code in 0..10 {
        assert!(rules.admits(&Event::CodeShown {}, at(code * 900)));
        assert!(rules.admits(&Event::CodeExpired {}, at(code * 900 + 900)));
    }
}

#[test]
fn refreshes_are_a_line_a_minute() {
    let mut rules = Rules::new();
    let said =
        (0..3600).filter(|second| rules.admits(&Event::Refreshed { latency_ms: 5 }, at(*second)));
    assert_eq!(said.count(), 60);
}

#[test]
fn what_is_remembered_is_bounded() {
    let mut rules = Rules::new();
    for host in 0..5000 {
        let said = rules.admits(&unreachable(&host.to_string()), at(0));
        assert_eq!(said, host < MOST, "{host}");
    }
    assert_eq!(rules.troubles().len(), MOST);
    assert!(rules.api_answered("7", at(61)).is_some());
    assert!(rules.admits(&unreachable("new"), at(62)));
}

#[test]
fn what_nobody_asks_is_no_trouble_and_what_is_the_boxs_own_stays() {
    let mut rules = Rules::new();
    let server = Event::ServerUnreachable {
        host: "id".to_owned(),
        why: "refused".to_owned(),
    };
    let hidden = Event::ScreenHidden {
        why: "terminal".to_owned(),
    };
    for event in [&unreachable("a"), &server, &row_failed("One"), &hidden] {
        assert!(rules.admits(event, at(0)), "{event:?}");
    }
    rules.nobody_asks();
    assert_eq!(rules.troubles(), [hidden]);
    // It is not said to be back, and one that is asked again and fails is news after the minute.
    assert_eq!(rules.server_answered("id", at(1)), None);
    assert!(!rules.admits(&server, at(2)));
    assert!(rules.admits(&server, at(61)));
}

#[test]
fn the_end_of_a_session_is_remembered_until_somebody_signs_in() {
    let ended = Event::SessionEnded {
        why: "invalid_grant".to_owned(),
    };
    let signed_in = Event::SignedIn {
        profile: "default".to_owned(),
        issuer: "https://id.example".to_owned(),
        waited_s: 5,
        guest: false,
    };
    let mut rules = Rules::new();
    for over in [signed_in, Event::SignedOut {}] {
        assert!(rules.admits(&ended, at(0)));
        for minute in 1..1_000 {
            let _ = rules.admits(&Event::CodeShown {}, at(60 * minute));
            let _ = rules.admits(&Event::Declined {}, at(60 * minute));
        }
        assert_eq!(rules.session_end(), Some(ended.clone()));
        assert!(rules.admits(&over, at(60_000)));
        assert_eq!(rules.session_end(), None, "{over:?}");
    }
}
