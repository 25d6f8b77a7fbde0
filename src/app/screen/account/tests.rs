//! What the account screen asks, and how it puts things.

use std::time::{Duration, SystemTime};

use serde_json::json;

use super::facts::{facts, written};
use super::*;

fn ada() -> session::Account {
    session::Account {
        profile: "default".to_owned(),
        issuer: "https://id.example/".to_owned(),
        client_id: "tv".to_owned(),
        subject: "ada".to_owned(),
        name: Some("Ada Lovelace".to_owned()),
        email: Some("ada@example.com".to_owned()),
        picture: None,
        claims: json!({"plan": " Gold ", "seats": 3, "tags": ["a", 2], "deep": {"x": 1}})
            .as_object()
            .cloned()
            .unwrap_or_default(),
        scopes: vec!["openid".to_owned(), "read:library".to_owned()],
        signed_in_at: SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 * 400),
        refreshed_at: None,
        access_expires_at: None,
        refreshable: true,
        not_remembered: None,
    }
}

fn called(claims: &[(&str, &str)]) -> BTreeMap<String, String> {
    claims
        .iter()
        .map(|(claim, called)| ((*claim).to_owned(), (*called).to_owned()))
        .collect()
}

/// The screen with the focus on an entry.
fn on(id: &str) -> Account {
    let mut screen = Account::new(ada(), &BTreeMap::new());
    for _ in ENTRIES {
        if screen.focus().as_deref() != Some(id) {
            assert_eq!(screen.press(Button::Down), Action::None);
        }
    }
    assert_eq!(screen.focus().as_deref(), Some(id));
    screen
}

#[test]
fn signing_out_is_asked_once_and_never_twice() {
    let mut screen = on("sign_out");
    assert_eq!(screen.press(Button::Select), Action::None);
    assert_eq!(screen.state(), "confirm");
    assert_eq!(screen.press(Button::Select), Action::None, "stay signed in");
    assert_eq!(screen.state(), "shown");
    assert_eq!(screen.focus().as_deref(), Some("sign_out"));
    let _ = screen.press(Button::Select);
    assert_eq!(screen.press(Button::Back), Action::None);
    assert_eq!(screen.state(), "shown");
    let _ = screen.press(Button::Select);
    let _ = screen.press(Button::Left);
    assert_eq!(screen.focus().as_deref(), Some("confirm"));
    assert_eq!(screen.press(Button::Select), Action::Chosen(Entry::SignOut));
    for button in [Button::Select, Button::Back, Button::Left] {
        assert_eq!(screen.press(button), Action::None);
    }
    assert_eq!(screen.state(), "signing_out");
}

#[test]
fn what_needs_no_question_is_done_at_once_and_the_focus_stays() {
    let mut screen = on("accessibility");
    assert_eq!(
        screen.press(Button::Select),
        Action::Chosen(Entry::Accessibility)
    );
    assert_eq!(screen.focus().as_deref(), Some("accessibility"));
    assert_eq!(screen.state(), "shown");
}

#[test]
fn back_closes() {
    let mut screen = Account::new(ada(), &BTreeMap::new());
    assert_eq!(screen.press(Button::Back), Action::Close);
}

#[test]
fn claims_and_scopes_are_put_in_words() {
    let names = called(&[
        ("plan", "Plan"),
        ("seats", "Seats"),
        ("none", "None"),
        ("deep", "Deep"),
    ]);
    let screen = Account::new(ada(), &names);
    let facts = facts(&screen.account, &screen.claims);
    assert_eq!(facts[0], ("Plan".to_owned(), "Gold".to_owned()));
    assert_eq!(facts[1], ("Seats".to_owned(), "3".to_owned()));
    assert_eq!(facts[2].1, "know who you are, read:library");
    assert_eq!(facts.len(), 5);
    assert_eq!(written(&json!(["a", 2])).as_deref(), Some("a, 2"));
}

#[test]
fn a_session_without_refresh_token_says_when_it_ends() {
    let session = |account: session::Account| facts(&account, &[]).pop().unwrap().1;
    assert_eq!(session(ada()), "Stays until you sign out");
    let ends = session(session::Account {
        refreshable: false,
        access_expires_at: Some(SystemTime::now()),
        ..ada()
    });
    assert!(
        ends.starts_with("Ends at ") && ends.contains("offline_access"),
        "{ends}"
    );
    let unknown = session(session::Account {
        refreshable: false,
        ..ada()
    });
    assert!(unknown.starts_with("Ends when"));
}
