pub(in crate::app) mod samples;

use super::*;
use crate::app::gallery;
use crate::app::i18n::{self, fl};
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use device_flow::{Error, NetworkFailure};
use samples::{code, fresh, refused, showing};

fn failed(reason: Reason) -> Result<Session, GrantError> {
    Err(GrantError {
        reason,
        cause: None,
        detail: String::new(),
    })
}

fn tell(screen: &mut SignIn, step: Step) -> Action {
    let attempt = screen.attempt;
    screen.update(Message::Step { attempt, step }, Instant::now())
}

fn end(screen: &mut SignIn, result: Result<Session, GrantError>) -> Action {
    let attempt = screen.attempt;
    screen.update(Message::Ended { attempt, result }, Instant::now())
}

fn shown(screen: &mut SignIn) {
    let progress = Progress::Code {
        code: code(),
        expires_in: Duration::from_secs(900),
        interval: Duration::from_secs(5),
        deadline: Instant::now() + Duration::from_secs(900),
    };
    assert!(matches!(tell(screen, Step::Grant(progress)), Action::None));
}

#[tokio::test]
async fn beside_the_bigger_qr_code_a_code_stands_on_one_line_in_every_shape_of_window() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    for (width, height) in [
        (1280.0, 1024.0),
        (1024.0, 768.0),
        (1920.0, 1080.0),
        (800.0, 480.0),
    ] {
        for (text_scale, tag) in [(1.0, "en"), (1.3, "uk")] {
            i18n::choose(tag);
            let config = crate::config::Screen {
                text_scale,
                ..gallery::config().screen
            };
            let look = Look::new(&config, iced::Size::new(width, height), i18n::language());
            for user_code in [
                "QTZL-MCBW",
                "WDJB-MJHT-KPRS",
                "WWWW-WWWW-WWWWW",
                "123-456-789",
            ] {
                let shown = UserCode {
                    user_code: user_code.to_owned(),
                    ..code()
                };
                let mut screen = showing(&context, shown, Duration::from_secs(900));
                let usual = gallery::shoot(screen.view(&look, &Chrome::default()), &look);
                screen.bigger = true;
                let shot = gallery::shoot(screen.view(&look, &Chrome::default()), &look);
                let about = format!("{user_code} {width} {text_scale}");
                assert!(
                    shot.texts.iter().any(|(text, _)| text == user_code),
                    "{about}"
                );
                let side = |shot: &gallery::Shot| shot.rects["qr"].width;
                assert!(
                    side(&shot) > side(&usual),
                    "{about}: {} {}",
                    side(&shot),
                    side(&usual)
                );
            }
        }
    }
    i18n::choose("en");
}

#[tokio::test]
async fn codes_come_by_themselves_until_the_renewals_are_over() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let mut screen = fresh(&context, Instant::now());
    for _ in 0..context.config.sign_in.renewals {
        shown(&mut screen);
        assert_eq!(screen.state(), "waiting");
        assert!(matches!(
            end(&mut screen, failed(Reason::Expired)),
            Action::Run(_)
        ));
        assert_eq!(screen.state(), "renewing");
        assert!(screen.work.is_some());
    }
    shown(&mut screen);
    assert!(matches!(
        end(&mut screen, failed(Reason::Expired)),
        Action::None
    ));
    assert_eq!(screen.state(), "resting");
    assert!(screen.work.is_none(), "a resting screen polls nothing");
    assert_eq!(screen.focus().as_deref(), Some("new_code"));

    let pressed = screen.press(Button::Select, Instant::now());
    assert!(matches!(pressed, Action::Run(_)));
    assert_eq!(screen.state(), "requesting");
    assert!(
        screen.renewals.any_left(),
        "a person's wish starts the count anew"
    );
}

/// Asks for a new code, and says yes.
fn renewed(screen: &mut SignIn) -> Action {
    let now = Instant::now();
    let _ = screen.press(Button::Right, now);
    assert_eq!(screen.focus().as_deref(), Some("new_code"));
    let _ = screen.press(Button::Select, now);
    assert_eq!(screen.state(), "confirm");
    let _ = screen.press(Button::Left, now);
    assert_eq!(screen.focus().as_deref(), Some("confirm"));
    screen.press(Button::Select, now)
}

#[tokio::test]
async fn a_code_that_can_be_used_is_given_up_only_after_a_question() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let now = Instant::now();
    let mut screen = showing(&context, code(), Duration::from_secs(900));
    // What has the focus by itself does no harm, however often it is pressed.
    for focus in ["smaller", "bigger", "smaller"] {
        assert!(matches!(screen.press(Button::Select, now), Action::None));
        assert_eq!(screen.focus().as_deref(), Some(focus));
    }
    let _ = screen.press(Button::Back, now);
    for no in [Button::Select, Button::Back] {
        let _ = screen.press(Button::Right, now);
        let _ = screen.press(Button::Select, now);
        assert_eq!(screen.focus().as_deref(), Some("stay"));
        assert!(screen.is_live());
        assert!(matches!(screen.press(no, now), Action::None));
        assert_eq!(
            (screen.state(), screen.focus().as_deref()),
            ("waiting", Some("new_code"))
        );
        let _ = screen.press(Button::Left, now);
    }
    assert!(matches!(renewed(&mut screen), Action::Run(_)));
    assert_eq!(screen.state(), "requesting");
    shown(&mut screen);
    assert_eq!(screen.focus().as_deref(), Some("bigger"));
    // An answer from the phone makes the question idle.
    screen.question(true);
    let _ = tell(&mut screen, Step::Finishing);
    assert_eq!((screen.state(), screen.focus()), ("finishing", None));
}

#[tokio::test]
async fn a_screen_that_rests_offers_a_new_code_wherever_the_focus_was() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    for rights in 0..3 {
        let mut screen = showing(&context, code(), Duration::from_secs(900));
        for _ in 0..rights {
            let _ = screen.press(Button::Right, Instant::now());
        }
        screen.renewals = Renewals::new(0);
        let _ = end(&mut screen, failed(Reason::Expired));
        assert_eq!(screen.focus().as_deref(), Some("new_code"));
    }
}

#[tokio::test]
async fn an_attempt_that_is_over_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = showing(
        &gallery::context(folder.path()),
        code(),
        Duration::from_secs(900),
    );
    let over = screen.attempt;
    assert!(matches!(renewed(&mut screen), Action::Run(_)));
    shown(&mut screen);
    let late = Message::Ended {
        attempt: over,
        result: failed(Reason::Denied),
    };
    assert!(matches!(screen.update(late, Instant::now()), Action::None));
    assert_eq!(screen.state(), "waiting");
}

#[tokio::test]
async fn a_lost_connection_keeps_the_code_and_says_when_it_tries_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = showing(
        &gallery::context(folder.path()),
        code(),
        Duration::from_secs(900),
    );
    let lost = Progress::Polled {
        result: PollResult::NetworkError,
        status: None,
        detail: None,
        next_in: Duration::from_secs(12),
    };
    let _ = tell(&mut screen, Step::Grant(lost));
    assert_eq!(screen.state(), "offline");
    assert!(screen.status().contains("No connection"));
    // Something answered: the connection is not what is missing.
    let unread = Progress::Polled {
        result: PollResult::NetworkError,
        status: Some(200),
        detail: Some("an HTML page".to_owned()),
        next_in: Duration::from_secs(12),
    };
    let _ = tell(&mut screen, Step::Grant(unread));
    assert_eq!(screen.state(), "offline");
    assert_eq!(screen.status(), fl!("sign-in-unread"));
    let back = Progress::Polled {
        result: PollResult::AuthorizationPending,
        status: Some(403),
        detail: None,
        next_in: Duration::from_secs(6),
    };
    let _ = tell(&mut screen, Step::Grant(back));
    assert_eq!(screen.state(), "waiting");
}

#[tokio::test]
async fn b19_a_server_that_cannot_be_reached_can_be_tried_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = fresh(&gallery::context(folder.path()), Instant::now());
    let trouble = Progress::RequestFailed {
        error: Error::network(NetworkFailure::Dns, String::new()),
        next_in: Duration::from_secs(30),
    };
    let _ = tell(&mut screen, Step::Grant(trouble));
    assert_eq!(screen.state(), "request_failed");
    assert_eq!(screen.focus().as_deref(), Some("try_again"));
    assert!(matches!(
        screen.press(Button::Select, Instant::now()),
        Action::Run(_)
    ));
    assert_eq!(screen.state(), "requesting");
}

#[tokio::test]
async fn back_makes_the_code_small_and_then_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = showing(
        &gallery::context(folder.path()),
        code(),
        Duration::from_secs(900),
    );
    let now = Instant::now();
    assert_eq!(screen.focus().as_deref(), Some("bigger"));
    let _ = screen.press(Button::Select, now);
    assert_eq!(screen.focus().as_deref(), Some("smaller"));
    assert!(matches!(screen.press(Button::Back, now), Action::None));
    assert_eq!(screen.focus().as_deref(), Some("bigger"));
    assert!(matches!(screen.press(Button::Back, now), Action::Leave));
}

#[tokio::test]
async fn what_was_confirmed_is_not_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = showing(
        &gallery::context(folder.path()),
        code(),
        Duration::from_secs(900),
    );
    let said = screen.reading();
    // Told once, and once more where it takes long.
    for shows_a_code in [true, false] {
        let _ = tell(&mut screen, Step::Finishing);
        assert_eq!((screen.state(), screen.focus()), ("finishing", None));
        assert_eq!(screen.is_showing(), shows_a_code);
        assert!(screen.is_live() && screen.is_answered());
        assert_eq!(screen.counts_down_to(), None, "nothing wakes the screen");
        for button in [Button::Select, Button::Back, Button::Right, Button::Info] {
            let done = screen.press(button, Instant::now());
            assert!(matches!(done, Action::None), "{button:?}");
        }
        assert_eq!(screen.state(), "finishing");
        assert_eq!(screen.reading() == said, shows_a_code);
    }
}

#[tokio::test]
async fn a_code_that_was_confirmed_is_read_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut context = gallery::context(folder.path());
    context.voice = crate::host::speech::Voice::find(&["/bin/true".to_owned()], None);
    let mut screen = showing(&context, code(), Duration::from_secs(900));
    let _ = screen.press(Button::Info, Instant::now());
    assert!(screen.is_reading());
    let _ = tell(&mut screen, Step::Finishing);
    assert!(!screen.is_reading());
}

#[tokio::test]
async fn a_code_near_its_end_is_veiled_by_the_clock_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = showing(
        &gallery::context(folder.path()),
        code(),
        Duration::from_secs(900),
    );
    let then = Instant::now() + Duration::from_secs(885);
    let _ = screen.update(Message::Tick(then), then);
    assert_eq!(screen.state(), "veiled");
}

#[tokio::test]
async fn details_for_the_owner_hold_no_code() {
    let folder = tempfile::tempdir().unwrap();
    let screen = showing(
        &gallery::context(folder.path()),
        code(),
        Duration::from_secs(900),
    );
    let details = screen.details(&GrantError {
        detail: "x".repeat(5000),
        ..refused("unauthorized_client", "")
    });
    assert!(details.contains("unauthorized_client") && details.contains("a1B2c3D4e5"));
    assert!(!details.contains("QTZL"));
    assert!(details.len() < 400);
}

#[tokio::test]
async fn a_code_that_is_renewed_is_as_alive_as_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = fresh(&gallery::context(folder.path()), Instant::now());
    assert!(!screen.is_live());
    shown(&mut screen);
    assert!(screen.is_live());
    let _ = end(&mut screen, failed(Reason::Expired));
    assert_eq!(screen.state(), "renewing");
    assert!(screen.is_live());
}
