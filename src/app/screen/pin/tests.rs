//! What buttons and answers make of the pad.

pub(in crate::app) mod samples;

use std::time::Duration;

use iced::Size;

use super::*;
use crate::app::focus::Controls;
use crate::app::gallery;
use crate::app::i18n;
use crate::app::screen::Context;
use samples::{pad, typed, wrong};

struct Scene {
    _folder: tempfile::TempDir,
    context: Context,
    look: Look,
    now: Instant,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let context = gallery::context(folder.path());
        Self {
            look: Look::new(
                &context.config.screen,
                Size::new(1920.0, 1080.0),
                i18n::language(),
            ),
            context,
            _folder: folder,
            now: Instant::now(),
        }
    }

    fn pad(&self, purpose: Purpose, state: PinState) -> PinPad {
        pad(&self.context, purpose, state)
    }

    fn press(&self, pad: &mut PinPad, buttons: &[Button]) -> Action {
        let mut last = Action::None;
        for button in buttons {
            last = pad.press(*button, &self.look, self.now);
        }
        last
    }

    fn known(&self, pad: &mut PinPad, verdict: Verdict, state: PinState) -> Action {
        let verdict = Some(verdict);
        pad.update(Message::Known { verdict, state }, self.now)
    }
}

const TYPED: [Button; 4] = [
    Button::Digit(2),
    Button::Digit(5),
    Button::Digit(8),
    Button::Digit(0),
];

#[tokio::test]
async fn four_digits_are_tried_and_the_right_ones_let_in() {
    let scene = Scene::new();
    let mut pad = scene.pad(Purpose::Unlock, PinState::Ready);
    assert!(matches!(scene.press(&mut pad, &TYPED), Action::Run(_)));
    assert_eq!(pad.state(), "checking");
    assert!(
        matches!(scene.press(&mut pad, &TYPED), Action::None),
        "not twice"
    );
    let action = scene.known(&mut pad, Verdict::Right, PinState::Ready);
    assert!(matches!(action, Action::Unlocked));
}

#[tokio::test]
async fn arrows_and_ok_type_as_digit_keys_do() {
    let scene = Scene::new();
    let mut pad = scene.pad(Purpose::Set, PinState::NotSet);
    // 5 has the focus: 5, 2, 0 by way of 5 and 8, and 8.
    let way = [
        Button::Select,
        Button::Up,
        Button::Select,
        Button::Down,
        Button::Down,
        Button::Down,
        Button::Select,
        Button::Up,
        Button::Select,
    ];
    let _ = scene.press(&mut pad, &way);
    assert_eq!(pad.state(), "repeat");
    let again = [5, 2, 0, 8].map(Button::Digit);
    assert!(
        matches!(scene.press(&mut pad, &again), Action::Run(_)),
        "the same digits"
    );
}

#[tokio::test]
async fn the_log_sees_one_pad_and_no_digits() {
    let scene = Scene::new();
    let mut pad = scene.pad(Purpose::Unlock, PinState::Ready);
    let before = (pad.state(), pad.focus(), format!("{pad:?}"));
    for button in [Button::Digit(7), Button::Up, Button::Select, Button::Down] {
        let _ = scene.press(&mut pad, &[button]);
        assert_eq!((pad.state(), pad.focus()), (before.0, before.1.clone()));
        assert!(!format!("{:?}", pad.digits).contains('7'));
    }
    assert_eq!(pad.focus().as_deref(), Some("pad"));
}

#[tokio::test]
async fn a_wrong_pin_says_how_many_tries_are_left() {
    let scene = Scene::new();
    let mut pad = wrong(
        scene.pad(Purpose::Unlock, PinState::Ready),
        2,
        PinState::Ready,
    );
    assert_eq!(pad.state(), "wrong");
    let _ = scene.press(&mut pad, &[Button::Digit(1)]);
    assert_eq!(pad.state(), "asking", "whoever types again has read it");
}

#[tokio::test]
async fn a_wait_takes_no_digits_and_ends_by_itself() {
    let scene = Scene::new();
    let until = scene.now + Duration::from_secs(30);
    let mut pad = scene.pad(Purpose::Unlock, PinState::Ready);
    let action = scene.known(&mut pad, Verdict::Wrong { left: 0 }, PinState::Wait(until));
    assert!(matches!(action, Action::None));
    assert_eq!(pad.state(), "locked");
    assert_eq!(pad.focus().as_deref(), Some("back"));
    assert!(matches!(scene.press(&mut pad, &TYPED), Action::None));
    assert_eq!(pad.digits.typed(), 0);
    let _ = scene.press(&mut pad, &[Button::Right]);
    assert_eq!(pad.focus().as_deref(), Some("back"), "the pad is closed");
    let _ = pad.update(Message::Tick(until - Duration::from_secs(1)), scene.now);
    assert_eq!(pad.state(), "locked");
    let _ = pad.update(Message::Tick(until), scene.now);
    assert_eq!(pad.state(), "asking");
    assert_eq!(pad.focus().as_deref(), Some("pad"));
}

#[tokio::test]
async fn a_new_pin_is_asked_for_twice_after_the_present_one() {
    let scene = Scene::new();
    let mut pad = scene.pad(Purpose::Set, PinState::Ready);
    assert_eq!(pad.state(), "asking");
    let _ = scene.press(&mut pad, &TYPED);
    let action = scene.known(&mut pad, Verdict::Right, PinState::Ready);
    assert!(matches!(action, Action::None));
    assert_eq!(pad.state(), "new");
    let _ = scene.press(&mut pad, &TYPED);
    assert_eq!(pad.state(), "repeat");
    let other = [1, 1, 1, 1].map(Button::Digit);
    assert!(matches!(scene.press(&mut pad, &other), Action::None));
    assert_eq!(pad.state(), "mismatch");
    let _ = scene.press(&mut pad, &TYPED);
    assert!(matches!(scene.press(&mut pad, &TYPED), Action::Run(_)));
    let saved = pad.update(Message::Written(Ok(())), scene.now);
    assert!(matches!(saved, Action::Changed(true)));
}

#[tokio::test]
async fn the_present_pin_takes_itself_away() {
    let scene = Scene::new();
    let mut pad = scene.pad(Purpose::Remove, PinState::Ready);
    let _ = scene.press(&mut pad, &TYPED);
    let action = scene.known(&mut pad, Verdict::Right, PinState::Ready);
    assert!(matches!(action, Action::Run(_)));
    let failed = pad.update(Message::Written(Err("read-only".to_owned())), scene.now);
    assert!(matches!(failed, Action::None));
    assert_eq!(pad.state(), "not_saved");
    let removed = pad.update(Message::Written(Ok(())), scene.now);
    assert!(matches!(removed, Action::Changed(false)));
}

#[tokio::test]
async fn who_forgot_it_is_told_the_way_and_may_go_back() {
    let scene = Scene::new();
    let mut pad = scene.pad(Purpose::Unlock, PinState::Ready);
    let to_side = [Button::Left, Button::Left];
    let _ = scene.press(&mut pad, &to_side);
    assert_eq!(pad.focus().as_deref(), Some("forgot"));
    let _ = scene.press(&mut pad, &[Button::Select]);
    assert_eq!(
        (pad.state(), pad.focus().as_deref()),
        ("forgotten", Some("sign_in"))
    );
    assert!(matches!(
        scene.press(&mut pad, &[Button::Select]),
        Action::SignIn
    ));
    assert!(matches!(
        scene.press(&mut pad, &[Button::Back]),
        Action::Run(_)
    ));
    assert_eq!(pad.state(), "checking");
    let unreadable = scene.pad(Purpose::Unlock, PinState::Unreadable);
    assert_eq!(unreadable.state(), "unreadable");
}

#[tokio::test]
async fn back_leaves_and_erase_takes_one_digit_back() {
    let scene = Scene::new();
    let mut pad = typed(scene.pad(Purpose::Unlock, PinState::Ready), &[1, 2]);
    let to_erase = [Button::Down, Button::Down, Button::Left];
    let _ = scene.press(&mut pad, &to_erase);
    assert_eq!(pad.focus.pad.focused(), Some(PadKey::Erase));
    let _ = scene.press(&mut pad, &[Button::Select]);
    assert_eq!(pad.digits.typed(), 1);
    assert!(matches!(
        scene.press(&mut pad, &[Button::Back]),
        Action::Leave
    ));
}

#[tokio::test]
async fn the_pad_and_what_is_beside_it_reach_each_other() {
    let scene = Scene::new();
    let mut pad = scene.pad(Purpose::Unlock, PinState::Ready);
    let trail = |pad: &mut PinPad, button| {
        let _ = scene.press(pad, &[button]);
        pad.focus().unwrap()
    };
    let way = [
        (Button::Left, "pad"),
        (Button::Left, "forgot"),
        (Button::Left, "forgot"),
        (Button::Down, "back"),
        (Button::Down, "back"),
        (Button::Right, "pad"),
        (Button::Right, "pad"),
        (Button::Up, "pad"),
    ];
    for (step, (button, focus)) in way.into_iter().enumerate() {
        assert_eq!(trail(&mut pad, button), focus, "step {step}");
    }
}

#[tokio::test]
async fn a_finger_types_too() {
    let scene = Scene::new();
    let mut pad = scene.pad(Purpose::Unlock, PinState::Ready);
    for key in ["key.2", "key.5", "key.5", "key.erase", "key.8", "key.0"] {
        assert!(pad.aim(key));
        assert_eq!(pad.focus().as_deref(), Some("pad"));
        let action = scene.press(&mut pad, &[Button::Select]);
        assert_eq!(matches!(action, Action::Run(_)), key == "key.0");
    }
    assert!(!pad.aim("key.1"), "it is being looked at");
    assert!(!pad.aim("pad") && pad.aim("back"));
    assert!(matches!(
        scene.press(&mut pad, &[Button::Select]),
        Action::Leave
    ));
}

#[tokio::test]
async fn nothing_is_heard_before_it_is_known_what_is_asked_for() {
    let scene = Scene::new();
    let mut screen = scene.pad(Purpose::Set, PinState::NotSet);
    assert!(screen.reading().is_some());
    screen.step = PinStep::Working { typed: 0 };
    assert_eq!(screen.reading(), None);
    screen.step = PinStep::Working { typed: Pin::LENGTH };
    assert!(screen.reading().is_some(), "digits are being checked");
}
