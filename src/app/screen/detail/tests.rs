//! How actions run, and how they do not run twice.

use super::*;
use crate::config;

fn detail(visit: u64) -> Detail {
    let action = |label: &str| config::Action {
        label: label.to_owned(),
        method: "POST".to_owned(),
        path: "list/{id}".to_owned(),
        ..config::Action::default()
    };
    let row = config::Row {
        title: "Row".to_owned(),
        path: "row".to_owned(),
        actions: vec![action("Add"), action("Like")],
        ..config::Row::default()
    };
    let card = Card {
        id: "dune".to_owned(),
        title: "Dune".to_owned(),
        ..Card::default()
    };
    Detail::new(&Row::new(0, &row), &card, visit)
}

fn ended(visit: u64, action: usize, result: Result<(), api::Error>) -> Message {
    Message {
        visit,
        action,
        result,
    }
}

#[test]
fn an_action_never_runs_twice_for_one_press() {
    let mut screen = detail(1);
    let first = screen.press(Button::Select);
    assert!(matches!(
        first,
        Action::Run {
            visit: 1,
            action: 0,
            ..
        }
    ));
    assert_eq!(screen.press(Button::Select), Action::None);
    assert_eq!(screen.state(), "running");
    assert_eq!(screen.update(ended(1, 0, Ok(()))), Action::Changed);
    assert_eq!(screen.state(), "done");
    assert!(matches!(screen.press(Button::Select), Action::Run { .. }));
}

#[test]
fn another_action_may_run_beside_it() {
    let mut screen = detail(1);
    let _ = screen.press(Button::Select);
    let _ = screen.press(Button::Down);
    let _ = screen.press(Button::Down);
    assert_eq!(screen.focus(), "action.1");
    assert!(matches!(
        screen.press(Button::Select),
        Action::Run { action: 1, .. }
    ));
    let failure = Err(api::Error::Captive);
    assert_eq!(screen.update(ended(1, 1, failure)), Action::None);
    assert_eq!(screen.state(), "failed");
}

#[test]
fn a_late_answer_to_an_earlier_visit_changes_nothing_here() {
    let mut screen = detail(2);
    assert_eq!(screen.update(ended(1, 0, Ok(()))), Action::Changed);
    assert_eq!(screen.state(), "ready");
}

#[test]
fn back_and_a_card_without_actions_lead_back() {
    let mut screen = detail(1);
    assert_eq!(screen.press(Button::Back), Action::Close);
    screen.actions.clear();
    assert_eq!(screen.focus(), "back");
    assert_eq!(screen.press(Button::Select), Action::Close);
}
