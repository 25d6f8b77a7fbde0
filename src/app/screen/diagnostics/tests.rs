use std::time::Duration;

use super::facts::Tone;
use super::samples::{all, broken, healthy, oauth, server, showing};
use super::*;
use crate::app::gallery::{self, SIZES, shoot};
use crate::app::i18n;
use crate::app::state::{App, Screen};
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use device_flow::Outcome;

fn texts(screen: &Diagnostics) -> Vec<String> {
    let look = Look::new(&gallery::config().screen, SIZES[1], i18n::language());
    let shot = shoot(screen.view(&look, &Chrome::default()), &look);
    shot.texts.into_iter().map(|(text, _)| text).collect()
}

fn says(screen: &Diagnostics, words: &str) -> bool {
    texts(screen).iter().any(|text| text.contains(words))
}

#[tokio::test]
async fn what_is_wrong_is_said_with_where_an_administrator_finds_it() {
    for (name, screen) in all() {
        let expected: &[&str] = match name {
            "device" => &[
                "acme.eu.auth0.com (auth0)",
                "as at the server",
                "23.2 MiB",
                "tiny-skia",
                "3 h 12 min",
            ],
            "device_checking" => &["Checking …"],
            "device_broken" => &["2 h 1 min behind"],
            "device_long" => &["a-very-long-tenant"],
            "device_nothing" => &["none that can be used"],
            "connection" => &[
                "answers (404) after 31 ms",
                "40 s ago · tenant log: sertft · good",
                "sede",
            ],
            "connection_broken" => &[
                "fdeaz",
                "the server asks us to slow down",
                "ferrt, fertft",
                "this network wants a sign-in of its own",
            ],
            "connection_long" => &["none since the start"],
            "connection_nothing" => &["No server is configured"],
            "log" => &["session refreshed", "No space left on device"],
            "log_scrolled" => &["code shown, number 5"],
            "log_nothing" => &["Nothing was logged yet"],
            "remote" => &["What does this remote send?", "OK starts"],
            "listening" => &["Press any button", "Back twice"],
            "listening_known" => &[
                "KEY_OK (352) does: select",
                "KEY_SCREENSAVER (581) does nothing yet",
                "KEY_NUMERIC_3 (515) is a digit",
                "neither name nor number",
            ],
            "listening_unknown" => &[
                "KEY_SCREENSAVER (581) does nothing yet",
                "[remote]\nselect = [\"KEY_SCREENSAVER\"]",
            ],
            other => panic!("{other} has no expectation"),
        };
        for words in expected {
            assert!(
                says(&screen, words),
                "{name} does not say “{words}”: {:?}",
                texts(&screen)
            );
        }
    }
}

#[tokio::test]
async fn no_name_of_a_fact_is_cut_in_any_language_at_the_largest_text() {
    for language in i18n::offered() {
        i18n::choose(language.tag);
        for size in SIZES {
            let config = crate::config::Screen {
                text_scale: 1.3,
                ..gallery::config().screen
            };
            let look = Look::new(&config, size, i18n::language());
            for (name, screen) in all() {
                if !(name.starts_with("device") || name.starts_with("connection")) {
                    continue;
                }
                let shot = shoot(screen.view(&look, &Chrome::default()), &look);
                let shown: Vec<_> = shot.texts.iter().map(|(text, _)| text.as_str()).collect();
                let on_page = |line: &super::facts::Line| shown.contains(&line.called.as_str());
                let page = if name.starts_with("device") {
                    screen.facts.of_the_box(screen.findings.as_ref())
                } else {
                    screen.facts.of_the_way(screen.findings.as_ref())
                };
                let cut: Vec<_> = page.iter().filter(|line| !on_page(line)).collect();
                assert!(cut.is_empty(), "{} {name}: {cut:?}", language.tag);
            }
        }
    }
    i18n::choose("en");
}

#[tokio::test]
async fn a_report_holds_nothing_of_a_person_and_a_camera_reads_it() {
    let worst = server([
        Some((
            3,
            oauth(&"error_".repeat(30), "Ada Lovelace <ada@example.com>"),
        )),
        Some((3, Outcome::SlowDown)),
        Some((3, oauth("invalid_grant", "token abc"))),
    ]);
    for (server, findings) in [(worst.clone(), broken()), (worst, healthy())] {
        let screen = showing(
            Page::Device,
            Some(server),
            Some(findings.clone()),
            Vec::new(),
        );
        let report = screen.facts.report(&findings);
        assert!(
            report.contains("[ferrt,fertft]") && report.contains("slow_down"),
            "{report}"
        );
        assert!(
            !report.contains("Ada") && !report.contains("abc"),
            "{report}"
        );
        assert!(report.len() < 480, "{}: {report}", report.len());
        for size in SIZES {
            let look = Look::new(&gallery::config().screen, size, i18n::language());
            let shot = shoot(screen.view(&look, &Chrome::default()), &look);
            let read = gallery::scan(&shot.image);
            assert_eq!(read, std::slice::from_ref(&report), "{size:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_stands_inside_the_safe_area_at_every_size() {
    for (wish, config) in gallery::wishes() {
        for size in SIZES {
            if !wish.is_empty() && size != SIZES[1] {
                continue;
            }
            for (name, screen) in all() {
                let mut app = App::showing(Screen::default(), &config, size);
                app.over(screen);
                let shot = gallery::draw(&app);
                let name = format!("diagnostics_{name}-{wish}-{}", size.height);
                gallery::keep(&name, &shot);
                gallery::assert_inside_the_safe_area(&name, &app, &shot);
            }
        }
    }
}

#[tokio::test]
async fn the_pages_are_walked_and_left() {
    let mut screen = showing(Page::Device, None, None, Vec::new());
    assert_eq!(screen.state(), "checking");
    for (state, id) in [
        ("checking", "connection"),
        ("log", "log"),
        ("remote", "remote"),
    ] {
        let _ = screen.press(Button::Right);
        assert_eq!(
            (screen.state(), screen.focus().as_deref()),
            (state, Some(id))
        );
    }
    let _ = screen.press(Button::Right);
    assert_eq!(screen.focus().as_deref(), Some("remote"));
    assert!(matches!(screen.press(Button::Back), Action::Close));
}

#[tokio::test]
async fn every_look_asks_anew_and_is_dropped_with_the_screen() {
    let mut screen = showing(Page::Connection, None, Some(healthy()), Vec::new());
    assert_eq!(screen.state(), "connection");
    assert!(matches!(screen.press(Button::Select), Action::Run(_)));
    assert_eq!(screen.state(), "checking");
    assert!(screen.work.is_some());
    let _ = screen.update(Message::Found(Box::new(healthy())));
    assert_eq!(screen.state(), "connection");
    assert!(screen.work.is_none());
}

#[tokio::test]
async fn back_can_be_tried_itself_and_leaves_when_pressed_twice() {
    let mut screen = showing(Page::Remote, None, None, Vec::new());
    let back = || KeyReport {
        name: Some("Escape".to_owned()),
        code: Some(1),
        button: Some(Button::Back),
    };
    let other = || KeyReport {
        name: None,
        code: Some(581),
        button: None,
    };
    let _ = screen.press(Button::Select);
    assert_eq!(screen.state(), "listening");
    // A key comes as what it is and, besides, as what it does.
    let _ = screen.update(Message::Arrived(back()));
    let _ = screen.press(Button::Back);
    assert_eq!(screen.state(), "listening");
    assert!(says(&screen, "Escape · KEY_ESC (1) does: back"));
    let _ = screen.update(Message::Arrived(other()));
    let _ = screen.update(Message::Arrived(back()));
    let _ = screen.press(Button::Back);
    assert_eq!(screen.state(), "listening", "something came between");
    let _ = screen.press(Button::Back);
    let _ = screen.update(Message::Arrived(back()));
    assert_eq!(screen.state(), "remote");

    let _ = screen.press(Button::Select);
    let _ = screen.update(Message::Silent);
    assert_eq!(
        screen.state(),
        "remote",
        "a remote without Back gets out too"
    );
}

#[tokio::test]
async fn a_server_that_does_not_answer_holds_nobody_up() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let asked = ask_around(Some(context));
    let findings = tokio::time::timeout(Duration::from_secs(30), asked)
        .await
        .unwrap();
    assert!(!findings.endpoints.is_empty());
    assert!(
        findings
            .endpoints
            .iter()
            .all(|endpoint| endpoint.answer.is_err())
    );
    assert!(findings.memory.is_some());
    let screen = showing(Page::Connection, None, Some(findings), Vec::new());
    let lines = screen.facts.of_the_way(screen.findings.as_ref());
    assert!(lines.iter().all(|line| line.tone == Tone::Bad));
}
