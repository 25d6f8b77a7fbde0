//! What the account screen asks, and how it puts things.

use std::time::{Duration, SystemTime};

use serde_json::json;

use super::facts::{facts, named, written};
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
        static_refresh_token: false,
        not_remembered: None,
        guest: false,
    }
}

fn profile(claims: &str, scopes: &str) -> Profile {
    toml::from_str(&format!("claims = {{ {claims} }}\nscopes = {{ {scopes} }}")).unwrap()
}

/// The screen with the focus on `id`.
fn on(id: &str, conditions: EntryConditions) -> AccountScreen {
    let mut screen = AccountScreen::new(ada(), &Profile::default(), conditions);
    while screen.focus().as_deref() != Some(id) {
        let before = screen.focus();
        let _ = screen.press(Button::Down);
        assert_ne!(screen.focus(), before, "{id} is not there");
    }
    screen
}

#[test]
fn signing_out_is_asked_once_and_never_twice() {
    let mut screen = on("sign_out", EntryConditions::default());
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
    assert_eq!(
        screen.press(Button::Select),
        Action::Chosen(AccountEntry::SignOut)
    );
    for button in [Button::Select, Button::Back, Button::Left] {
        assert_eq!(screen.press(button), Action::None);
    }
    assert_eq!(screen.state(), "signing_out");
}

#[test]
fn what_needs_no_question_is_done_at_once_and_the_focus_stays() {
    let mut screen = on("accessibility", EntryConditions::default());
    assert_eq!(
        screen.press(Button::Select),
        Action::Chosen(AccountEntry::Accessibility)
    );
    assert_eq!(screen.focus().as_deref(), Some("accessibility"));
    assert_eq!(screen.state(), "shown");
}

#[test]
fn everybody_is_signed_out_only_after_a_question_and_the_rest_at_once() {
    let conditions = EntryConditions {
        guest: false,
        others: true,
        pin: true,
    };
    for (id, entry) in [
        ("switch", AccountEntry::Switch),
        ("add", AccountEntry::Add),
        ("change_pin", AccountEntry::ChangePin),
        ("remove_pin", AccountEntry::RemovePin),
    ] {
        let action = on(id, conditions).press(Button::Select);
        assert_eq!(action, Action::Chosen(entry), "{id}");
    }
    let mut screen = on("sign_out_everybody", conditions);
    assert_eq!(screen.press(Button::Select), Action::None);
    assert_eq!(screen.focus().as_deref(), Some("stay"));
    let _ = screen.press(Button::Left);
    let all = Action::Chosen(AccountEntry::SignOutEverybody);
    assert_eq!(screen.press(Button::Select), all);
    assert_eq!(screen.state(), "signing_out_everybody");
}

#[test]
fn the_focus_stays_when_the_entries_change() {
    let mut screen = on("sign_out", EntryConditions::default());
    screen.set_conditions(EntryConditions {
        guest: false,
        others: true,
        pin: true,
    });
    assert_eq!(screen.focus().as_deref(), Some("sign_out"));
    let mut screen = on("set_pin", EntryConditions::default());
    screen.set_conditions(EntryConditions {
        guest: false,
        others: false,
        pin: true,
    });
    assert!(screen.focus().is_some());
}

#[test]
fn it_opens_on_what_people_come_for_and_never_on_a_button_that_acts_at_once_on_others() {
    for (others, guest, first) in [
        (false, false, "sign_out"),
        (true, false, "switch"),
        (false, true, "sign_out"),
    ] {
        let conditions = EntryConditions {
            others,
            guest,
            pin: false,
        };
        let account = session::Account { guest, ..ada() };
        let screen = AccountScreen::new(account, &Profile::default(), conditions);
        assert_eq!(screen.focus().as_deref(), Some(first));
        let order: Vec<_> = entries(conditions).map(|line| line.id).collect();
        let last = order.last().copied();
        let expected = if others && !guest {
            "sign_out_everybody"
        } else {
            "diagnostics"
        };
        assert_eq!(last, Some(expected));
    }
}

#[test]
fn back_closes() {
    let mut screen = AccountScreen::new(ada(), &Profile::default(), EntryConditions::default());
    assert_eq!(screen.press(Button::Back), Action::Close);
}

#[test]
fn claims_and_scopes_are_put_in_words() {
    let claims =
        "plan = { en = 'Plan', de = 'Tarif' }, seats = 'Seats', none = 'None', deep = 'Deep'";
    let screen =
        |scopes| AccountScreen::new(ada(), &profile(claims, scopes), EntryConditions::default());
    let claim = |called: &str, value: &str| (called.to_owned(), value.to_owned());
    let plain = screen("");
    assert_eq!(
        named(&plain.claims),
        [claim("Plan", "Gold"), claim("Seats", "3")]
    );
    let known = facts(&plain.account, &plain.scopes);
    assert_eq!(known[0].1, "know who you are, read:library");
    assert_eq!(known.len(), 3);
    for (scopes, words) in [
        (
            "'read:library' = 'read your library'",
            "know who you are, read your library",
        ),
        (
            "openid = { de = 'wissen', en = 'know you' }",
            "know you, read:library",
        ),
        ("openid = 'see you', 'read:library' = 'see you'", "see you"),
    ] {
        let screen = screen(scopes);
        assert_eq!(facts(&screen.account, &screen.scopes)[0].1, words);
    }
    assert_eq!(written(&json!(["a", 2])).as_deref(), Some("a, 2"));
}

#[test]
fn a_session_without_refresh_token_says_when_it_ends() {
    let session = |account: session::Account| facts(&account, &ScopeNames::new()).pop().unwrap().1;
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
