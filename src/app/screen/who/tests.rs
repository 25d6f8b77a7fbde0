//! What the tiles lead to, and where the focus is.

pub(in crate::app) mod samples;

use super::*;
use crate::app::gallery;
use samples::{broken, listed, people, who};

fn screen(choices: Choices) -> Who {
    let folder = tempfile::tempdir().unwrap();
    who(&gallery::context(folder.path()), choices)
}

fn of(listed: Vec<Listed>) -> Choices {
    Choices {
        listed,
        ..Choices::default()
    }
}

fn press(screen: &mut Who, buttons: &[Button]) -> Action {
    let mut last = Action::None;
    for button in buttons {
        last = screen.press(*button);
    }
    last
}

#[test]
fn whoever_was_here_last_has_the_focus() {
    for (last, focus) in [
        (Some("account-3"), "account.account-3"),
        (Some("gone"), "account.account-1"),
        (None, "account.account-1"),
    ] {
        let screen = screen(Choices {
            focus: last.map(str::to_owned),
            ..of(people(4))
        });
        assert_eq!(screen.focus().as_deref(), Some(focus));
        assert_eq!(screen.state(), "choosing");
    }
}

#[test]
fn a_tile_opens_its_account_with_its_pin() {
    let mut screen = screen(of(vec![listed(1, "Ada", false), listed(2, "Kofi", true)]));
    for (way, profile, wanted) in [
        (Button::Left, "account-1", false),
        (Button::Right, "account-2", true),
    ] {
        let _ = screen.press(way);
        let Action::Open { account, pin } = screen.press(Button::Select) else {
            panic!("{profile} does not open");
        };
        assert_eq!((account.profile.as_str(), pin), (profile, wanted));
    }
}

#[test]
fn somebody_new_signs_in_beside_the_others() {
    let mut screen = screen(of(people(2)));
    let action = press(&mut screen, &[Button::Right, Button::Right, Button::Select]);
    assert_eq!(screen.focus().as_deref(), Some("add"));
    assert_eq!(
        action,
        Action::SignIn(Destination::Beside("default".to_owned()))
    );
}

#[test]
fn everybody_can_be_reached_and_back_has_nowhere_to_go() {
    let mut screen = screen(of(people(20)));
    let mut seen = Vec::new();
    for _ in 0..5 {
        for _ in 0..token::TILES {
            seen.extend(screen.focus());
            assert_eq!(screen.press(Button::Back), Action::None);
            let _ = screen.press(Button::Right);
        }
        let _ = press(&mut screen, &[Button::Left; token::TILES]);
        let _ = screen.press(Button::Down);
    }
    seen.dedup();
    assert_eq!(seen.len(), 21, "{seen:?}");
    assert_eq!(seen.last().map(String::as_str), Some("add"));
}

#[test]
fn a_session_that_ended_is_told_without_a_name() {
    let screen = screen(Choices {
        notice: Some(Notice::Ended),
        ..of(vec![listed(1, "Ada", false)])
    });
    assert_eq!(screen.state(), "ended");
    assert_eq!(screen.tiles.len(), 1);
    assert_eq!(screen.focus().as_deref(), Some("account.account-1"));
}

#[test]
fn who_came_or_left_meanwhile_is_noticed() {
    let screen = screen(of(people(2)));
    assert!(screen.shows(&people(2), &[]));
    assert!(
        !screen.shows(&people(1), &[]) && !screen.shows(&people(3), &[]) && !screen.shows(&[], &[])
    );
    let guest = crate::app::screen::home::tests::samples::guest();
    assert!(!screen.shows(&people(2), &[guest]));
}

#[test]
fn a_broken_file_is_asked_about_and_nothing_happens_by_itself() {
    let on_broken = || {
        screen(Choices {
            focus: Some("attic".to_owned()),
            ..of(vec![listed(1, "Ada", false), broken("attic")])
        })
    };
    let mut screen = on_broken();
    assert_eq!(screen.press(Button::Select), Action::None);
    assert_eq!(screen.state(), "broken");
    let action = screen.press(Button::Select);
    assert_eq!(
        action,
        Action::SignIn(Destination::Profile("attic".to_owned()))
    );
    let remove = press(
        &mut on_broken(),
        &[Button::Select, Button::Right, Button::Select],
    );
    assert_eq!(remove, Action::SetAside("attic".to_owned()));
    let mut screen = on_broken();
    assert_eq!(
        press(&mut screen, &[Button::Select, Button::Back]),
        Action::None
    );
    assert_eq!(screen.focus().as_deref(), Some("account.attic"));
    let way_back = [Button::Select, Button::Right, Button::Right, Button::Select];
    assert_eq!(press(&mut screen, &way_back), Action::None);
    assert_eq!(screen.state(), "choosing");
}

#[test]
fn a_guest_has_a_tile_beside_those_whom_the_device_knows() {
    let guest = crate::app::screen::home::tests::samples::guest();
    let mut screen = screen(Choices {
        guests: vec![guest.clone(), guest.clone()],
        ..of(people(1))
    });
    let _ = press(&mut screen, &[Button::Right, Button::Right]);
    assert_eq!(screen.focus().as_deref(), Some("guest.2"));
    let action = screen.press(Button::Select);
    assert_eq!(action, Action::OpenGuest(Box::new(guest)));
}

#[test]
fn a_finger_chooses_too() {
    let mut screen = screen(of(people(3)));
    assert!(!screen.aim("account.nobody") && !screen.aim("remove"));
    assert!(screen.aim("account.account-3"));
    assert!(matches!(screen.press(Button::Select), Action::Open { .. }));
    assert!(screen.aim("add"));
    assert!(matches!(screen.press(Button::Select), Action::SignIn(_)));
}
