//! How actions run and do not run twice, how a long text is read, and what becomes of a card that changes.

use device_flow::NetworkFailure;
use std::time::{Duration, Instant};

use iced::{Rectangle, Size};

use super::*;
use crate::api::{DisplayValue, Page, Row};
use crate::app::activation::{ActivationProtector, Cause};
use crate::app::i18n;
use crate::app::screen::home::measure;
use crate::app::screen::home::rows::Rows;
use crate::app::screen::home::tests::samples::fill;
use crate::app::theme::token;
use crate::config::{self, Screen};

impl Detail {
    /// The press of the action with the focus, where it is on its way.
    pub(in crate::app) fn running(&self) -> Option<ActionRequest> {
        match self.focused_action() {
            Some((_, ActionState::Running(request))) => Some(request.clone()),
            _ => None,
        }
    }
}

fn look() -> Look {
    Look::new(
        &Screen::default(),
        Size::new(1920.0, 1080.0),
        i18n::language(),
    )
}

fn row(labels: &[&str]) -> Row {
    let action = |label: &&str| config::Action {
        label: (*label).into(),
        method: "POST".to_owned(),
        path: "list/{id}".to_owned(),
        ..config::Action::default()
    };
    let row = config::Row {
        title: "Row".into(),
        path: "row".to_owned(),
        shape: Some(config::Shape::Wide),
        actions: labels.iter().map(action).collect(),
        ..config::Row::default()
    };
    Row::new(0, &row)
}

fn card(id: &str) -> Card {
    Card {
        id: id.to_owned(),
        title: "Dune".into(),
        ..Card::default()
    }
}

fn rows(row: &Row, cards: Vec<Card>) -> Rows {
    let fits = &measure(&look());
    let mut rows = Rows::new(std::slice::from_ref(row), fits, Instant::now());
    fill(&mut rows, 0, Ok(Page::whole(cards)));
    rows
}

fn opened(card: &Card) -> Detail {
    let rows = rows(&row(&["Add", "Like"]), vec![card.clone()]);
    Detail::new(rows.get(0).unwrap(), card, true, &look())
}

fn detail() -> Detail {
    opened(&card("dune"))
}

/// Presses OK, which must ask for something.
fn ok(screen: &mut Detail) -> ActionRequest {
    match screen.press(Button::Select) {
        Action::Run(request) => request,
        other => panic!("{other:?}"),
    }
}

fn done() -> Result<ActionDone, api::Error> {
    Ok(ActionDone {
        message: None,
        refresh: Refresh::All,
    })
}

fn ended(request: ActionRequest, result: Result<ActionDone, api::Error>) -> Message {
    Message { request, result }
}

fn changed() -> Action {
    Action::Changed(Refresh::All)
}

#[test]
fn an_action_never_runs_twice_for_one_press() {
    let mut screen = detail();
    let request = ok(&mut screen);
    assert_eq!(screen.press(Button::Select), Action::None);
    assert_eq!(screen.state(), "running");
    assert_eq!(screen.update(&ended(request.clone(), done())), changed());
    assert_eq!(screen.state(), "done");
    assert_ne!(ok(&mut screen), request, "a further press is another one");
}

#[test]
fn another_action_may_run_beside_it() {
    let mut screen = detail();
    let _ = screen.press(Button::Select);
    let _ = screen.press(Button::Down);
    let _ = screen.press(Button::Down);
    assert_eq!(screen.focus(), "action.1");
    let like = ok(&mut screen);
    let refused = Err(api::Error::Refused("no".to_owned()));
    assert_eq!(screen.update(&ended(like, refused)), Action::None);
    assert_eq!(screen.state(), "failed");
    let _ = screen.press(Button::Up);
    assert_eq!(screen.state(), "running");
}

#[test]
fn a_press_of_which_nobody_knows_the_end_is_made_again_and_no_other() {
    let status = |status| api::Error::Status {
        status,
        retry_after: None,
        message: None,
    };
    let network = api::Error::network(NetworkFailure::Connect, "reset");
    for (error, same) in [
        (network, true),
        (api::Error::Captive("HTTP 302".to_owned()), true),
        (api::Error::TooLarge { limit: 1 }, true),
        (status(408), true),
        (status(502), true),
        (status(409), false),
        (status(429), false),
    ] {
        let mut screen = detail();
        let first = ok(&mut screen);
        let change = if same { changed() } else { Action::None };
        let told = format!("{error}");
        assert_eq!(screen.update(&ended(first.clone(), Err(error))), change);
        assert_eq!(screen.state(), "failed");
        let second = ok(&mut screen);
        assert_eq!(second == first, same, "{told}");
        let _ = screen.update(&ended(second, done()));
        assert_ne!(ok(&mut screen), first, "{told}");
    }
}

#[test]
fn a_late_answer_to_an_earlier_visit_changes_nothing_here() {
    let request = ok(&mut detail());
    let mut screen = detail();
    assert_eq!(screen.update(&ended(request, done())), changed());
    assert_eq!(screen.state(), "ready");
}

#[test]
fn an_action_ends_where_its_button_has_gone() {
    let look = look();
    for (labels, place) in [
        (&["Other", "More", "Add"][..], 2),
        (&["Remove", "Like"], 0),
        (&["Add", "Add"], 1),
    ] {
        let mut screen = detail();
        let request = ok(&mut screen);
        let newer = Card {
            subtitle: Some(DisplayValue::Text("newer".to_owned())),
            ..card("dune")
        };
        let rows = rows(&row(labels), vec![newer]);
        assert!(screen.renew(rows.get(0).unwrap(), &look));
        assert_eq!(
            screen.actions[place].1,
            ActionState::Running(request.clone())
        );
        let _ = screen.update(&ended(request, done()));
        assert_eq!(
            screen.actions[place].1,
            ActionState::Done(Effect::Other, None)
        );
        let runs =
            |(_, outcome): &(CardAction, ActionState)| matches!(outcome, ActionState::Running(_));
        assert!(!screen.actions.iter().any(runs), "{labels:?}");
    }
}

#[test]
fn what_may_have_been_added_is_not_added_once_more_by_another_button() {
    let mut screen = detail();
    let add = ok(&mut screen);
    let _ = screen.update(&ended(
        add.clone(),
        Err(api::Error::Captive("HTTP 302".to_owned())),
    ));
    let rows = rows(&row(&["Remove", "Like"]), vec![card("dune")]);
    assert!(screen.renew(rows.get(0).unwrap(), &look()));
    assert_eq!(screen.state(), "failed");
    assert_ne!(ok(&mut screen), add);
}

#[test]
fn back_and_a_card_without_actions_lead_back() {
    let mut screen = detail();
    assert_eq!(screen.press(Button::Back), Action::Close);
    screen.actions.clear();
    assert_eq!(screen.focus(), "back");
    assert_eq!(screen.press(Button::Select), Action::Close);
}

#[test]
fn a_short_text_is_no_place_for_the_focus() {
    let mut screen = opened(&Card {
        body: Some("Sand.".into()),
        ..card("dune")
    });
    let _ = screen.press(Button::Up);
    assert_eq!(screen.focus(), "action.0");
}

#[test]
fn a_long_text_is_read_to_both_ends_and_left_again() {
    let words = (0..900).map(|number| format!("word{number}"));
    let body = words.collect::<Vec<_>>().join(" ");
    let mut screen = opened(&Card {
        body: Some(DisplayValue::Text(body)),
        ..card("dune")
    });
    let _ = screen.press(Button::Up);
    assert_eq!((screen.focus().as_str(), screen.scrolled), ("text", 0));
    assert_eq!(screen.press(Button::Select), Action::None);
    let mut presses = 0;
    while screen.focus() == "text" {
        let before = screen.scrolled;
        let _ = screen.press(Button::Down);
        // Every line is in view at some time.
        assert!(screen.scrolled - before < screen.layout.fits);
        presses += 1;
        assert!(presses < 200, "no way out");
    }
    assert_eq!(screen.scrolled, screen.layout.last_scroll());
    assert_eq!(screen.focus(), "action.0");
    for _ in 0..200 {
        let _ = screen.press(Button::Up);
    }
    assert_eq!((screen.focus().as_str(), screen.scrolled), ("text", 0));
    assert_eq!(screen.press(Button::Back), Action::Close);
}

#[test]
fn a_card_that_changed_is_shown_as_it_is_now() {
    let look = look();
    let mut screen = detail();
    let request = ok(&mut screen);
    let _ = screen.update(&ended(request, done()));
    let newer = Card {
        subtitle: Some(DisplayValue::Text("On your list".to_owned())),
        ..card("dune")
    };
    // "Add" has become "Remove" in its place.
    let rows = rows(&row(&["Remove", "Like"]), vec![newer]);
    assert!(screen.renew(rows.get(0).unwrap(), &look));
    assert!(screen.card.subtitle.is_some());
    assert_eq!(screen.actions[0].0.label, "Remove");
    assert_eq!(
        (screen.focus().as_str(), screen.state()),
        ("action.0", "done")
    );
}

#[test]
fn a_card_that_was_taken_away_here_closes_the_screen_and_no_other_does() {
    let look = look();
    let without = rows(&row(&["Add", "Like"]), vec![card("solaris")]);
    let mut screen = detail();
    assert!(screen.renew(without.get(0).unwrap(), &look));
    let request = ok(&mut screen);
    assert!(screen.renew(without.get(0).unwrap(), &look));
    let _ = screen.update(&ended(request, done()));
    assert!(!screen.renew(without.get(0).unwrap(), &look));
}

#[test]
fn a_toggle_holds_for_a_second_after_it_was_done_and_after_it_became_its_opposite() {
    let look = look();
    let start = Instant::now();
    let at = |ms| start + Duration::from_millis(ms);
    let mut screen = detail();
    let mut protector = ActivationProtector::default();
    let mut follow = |screen: &Detail, cause, ms| {
        let target = Target::new("detail", screen.focus());
        protector.follow(Some(screen.aimed(target)), &cause, at(ms));
        [500, 999, 1000].map(|more| protector.admits(at(ms + more)))
    };
    // A screen that has just been opened, with an arrow or not.
    let _ = follow(&screen, Cause::OtherButton, 0);
    let request = ok(&mut screen);
    assert_eq!(follow(&screen, Cause::Ok, 100), [false, false, true]);
    let _ = screen.update(&ended(request, done()));
    let held = follow(&screen, Cause::NoInput, 3000);
    assert_eq!(held, [false, false, true], "done");
    let rows = rows(&row(&["Remove", "Like"]), vec![card("dune")]);
    assert!(screen.renew(rows.get(0).unwrap(), &look));
    let held = follow(&screen, Cause::NoInput, 3800);
    assert_eq!(held, [false, false, true], "the opposite");
    // The next button is another one.
    let _ = screen.press(Button::Down);
    let held = follow(&screen, Cause::OtherButton, 3900);
    assert_eq!(held, [true, true, true]);
}

#[test]
fn a_toggle_says_what_it_did() {
    let action =
        |label: &str, method: &str, when: Option<&str>, unless: Option<&str>| config::Action {
            label: label.into(),
            method: method.to_owned(),
            path: "list/{id}".to_owned(),
            when: when.map(str::to_owned),
            unless: unless.map(str::to_owned),
            ..config::Action::default()
        };
    let row = config::Row {
        title: "Row".into(),
        path: "row".to_owned(),
        actions: vec![
            action("Add", "PUT", None, Some("/on_list")),
            action("Remove", "DELETE", Some("/on_list"), None),
            action("Watched", "POST", None, Some("/watched")),
        ],
        ..config::Row::default()
    };
    let row = Row::new(0, &row);
    let effects = |fields: Vec<serde_json::Value>| -> Vec<_> {
        let card = Card {
            fields,
            ..card("dune")
        };
        let actions = row.actions(&card);
        let effects = actions.iter().map(|action| action.request().effect());
        effects.collect()
    };
    let off = serde_json::Value::Bool(false);
    let on = serde_json::Value::Bool(true);
    let add = [Effect::Adds, Effect::Other];
    assert_eq!(effects(vec![off.clone(), off.clone()]), add);
    assert_eq!(effects(vec![on.clone(), on]), [Effect::Removes]);
    let said = |effect| ActionState::Done(effect, None).words().unwrap();
    assert_eq!(said(Effect::Adds), "Added");
    assert_eq!(said(Effect::Removes), "Removed");
    assert_eq!(said(Effect::Other), "Done");
}

#[test]
fn buttons_give_way_to_the_words_of_a_card_in_large_text() {
    let screen = Screen {
        text_scale: token::TEXT_SCALE_MAX,
        ..Screen::default()
    };
    let large = Look::new(&screen, Size::new(1920.0, 1080.0), i18n::language());
    let told = Card {
        title: "The Extraordinarily Long and Winding Tale of a Title".into(),
        subtitle: Some(DisplayValue::Text("S2 · E4".to_owned())),
        badges: vec![DisplayValue::Text("NEW".to_owned())],
        progress: Some(api::Progress::Part(0.4)),
        body: Some(
            "A detective in the asteroid belt. "
                .repeat(8)
                .as_str()
                .into(),
        ),
        ..card("told")
    };
    let at = |look: &Look| DetailLayout::new(look, &told, config::Shape::Wide, 3);
    assert_eq!(at(&look()).buttons, 3);
    let layout = at(&large);
    assert!(layout.buttons < 3, "{}", layout.buttons);
    let bottom = |place: Rectangle| place.y + place.height;
    assert!(bottom(layout.text) <= bottom(layout.words));
}
