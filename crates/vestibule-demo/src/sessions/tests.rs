//! Rotation, leeway, reuse, expiry and bounds, with a clock passed in.

use super::*;

const TIMES: Lifetimes = Lifetimes {
    access: Duration::from_secs(3600),
    leeway: Duration::from_secs(3),
};

fn key() -> TokenKey {
    TokenKey::derive(b"a test's own key")
}

fn names(list: &str) -> Vec<String> {
    scope::parse(list)
}

fn begin(sessions: &mut Sessions, now: u64, scopes: &str) -> Minted {
    let holder = Holder {
        client: &client::MAIN,
        person: &people::PEOPLE[0],
        scopes: names(scopes),
        auth_time: 1,
    };
    sessions.begin(now, &key(), TIMES, holder)
}

fn refresh(sessions: &mut Sessions, now: u64, token: &SecretString) -> Result<Minted, Refused> {
    sessions.refresh(now, &key(), TIMES, &client::MAIN, token, None)
}

fn text(token: &SecretString) -> &str {
    token.expose_secret()
}

#[test]
fn rotation_gives_a_new_token_and_keeps_the_session() {
    let mut sessions = Sessions::default();
    let first = begin(&mut sessions, 0, "openid offline_access");
    let mut token = first.refresh.unwrap();
    for step in 1..50 {
        let minted = refresh(&mut sessions, step * 10_000, &token).unwrap();
        let next = minted.refresh.unwrap();
        assert_ne!(text(&next), text(&token));
        assert_eq!(minted.expires_in, TIMES.access);
        assert!(
            sessions
                .holder(step * 10_000, &key(), &minted.access)
                .is_some()
        );
        token = next;
    }
    assert_eq!(sessions.sessions.len(), 1);
    assert!(
        sessions
            .sessions
            .values()
            .all(|session| session.access.len() <= MAX_ACCESS)
    );
}

#[test]
fn the_previous_token_gets_the_same_answer_within_the_leeway() {
    let mut sessions = Sessions::default();
    let first = begin(&mut sessions, 0, "offline_access").refresh.unwrap();
    let once = refresh(&mut sessions, 1000, &first).unwrap();
    // As after a restart: only what is on disk is left.
    let disk = serde_json::to_string(&sessions).unwrap();
    let mut sessions: Sessions = serde_json::from_str(&disk).unwrap();
    let again = refresh(&mut sessions, 3999, &first).unwrap();
    assert_eq!(
        text(once.refresh.as_ref().unwrap()),
        text(again.refresh.as_ref().unwrap())
    );
    assert_eq!(text(&once.access), text(&again.access));
    assert_eq!(again.expires_in, TIMES.access - Duration::from_millis(2999));
    for secret in [&first, &once.access, once.refresh.as_ref().unwrap()] {
        assert!(!disk.contains(text(secret)), "only hashes are kept");
    }

    let refused = refresh(&mut sessions, 4000, &first).unwrap_err();
    assert_eq!(refused, Refused::Grant { reused: true });
    assert!(refresh(&mut sessions, 4000, &once.refresh.unwrap()).is_err());
    assert!(sessions.holder(4000, &key(), &once.access).is_none());
}

#[test]
fn an_older_token_ends_the_session_even_within_the_leeway() {
    let mut sessions = Sessions::default();
    let first = begin(&mut sessions, 0, "offline_access").refresh.unwrap();
    let second = refresh(&mut sessions, 10, &first).unwrap().refresh.unwrap();
    let third = refresh(&mut sessions, 20, &second)
        .unwrap()
        .refresh
        .unwrap();
    assert_eq!(
        refresh(&mut sessions, 30, &first).unwrap_err(),
        Refused::Grant { reused: true }
    );
    assert!(refresh(&mut sessions, 40, &third).is_err());
}

#[test]
fn without_leeway_any_second_use_ends_the_session() {
    let mut sessions = Sessions::default();
    let strict = Lifetimes {
        leeway: Duration::ZERO,
        ..TIMES
    };
    let first = begin(&mut sessions, 0, "offline_access").refresh.unwrap();
    assert!(
        sessions
            .refresh(5, &key(), strict, &client::MAIN, &first, None)
            .is_ok()
    );
    assert_eq!(
        sessions
            .refresh(5, &key(), strict, &client::MAIN, &first, None)
            .unwrap_err(),
        Refused::Grant { reused: true }
    );
}

#[test]
fn a_repeated_request_whose_access_token_has_expired_gets_a_live_one() {
    let mut sessions = Sessions::default();
    let times = Lifetimes {
        access: Duration::from_secs(1),
        ..TIMES
    };
    let first = begin(&mut sessions, 0, "offline_access").refresh.unwrap();
    let once = sessions
        .refresh(0, &key(), times, &client::MAIN, &first, None)
        .unwrap();
    let again = sessions
        .refresh(2000, &key(), times, &client::MAIN, &first, None)
        .unwrap();
    assert_ne!(text(&once.access), text(&again.access));
    assert!(sessions.holder(2500, &key(), &again.access).is_some());
    assert!(sessions.holder(2500, &key(), &once.access).is_none());
}

#[test]
fn scopes_may_narrow_and_not_widen() {
    let mut sessions = Sessions::default();
    let first = begin(&mut sessions, 0, "openid email offline_access");
    let token = first.refresh.unwrap();
    let wider = sessions.refresh(
        1,
        &key(),
        TIMES,
        &client::MAIN,
        &token,
        Some(&names("openid profile")),
    );
    assert_eq!(wider.unwrap_err(), Refused::Scope);
    let narrow = sessions
        .refresh(
            2,
            &key(),
            TIMES,
            &client::MAIN,
            &token,
            Some(&names("email")),
        )
        .unwrap();
    assert_eq!(narrow.holder.scopes, ["email"]);
    let held = sessions.holder(3, &key(), &narrow.access).unwrap();
    assert_eq!(held.scopes, ["email"]);
    let full = refresh(&mut sessions, 4, &narrow.refresh.unwrap()).unwrap();
    assert_eq!(full.holder.scopes.len(), 3, "narrowing is for once");
}

#[test]
fn no_refresh_token_without_offline_access() {
    let mut sessions = Sessions::default();
    let minted = begin(&mut sessions, 0, "openid");
    assert!(minted.refresh.is_none());
    assert!(sessions.holder(3_599_999, &key(), &minted.access).is_some());
    assert!(sessions.holder(3_600_000, &key(), &minted.access).is_none());
    let _ = begin(&mut sessions, 3_600_000, "openid");
    assert_eq!(sessions.sessions.len(), 1, "the expired session is gone");
}

#[test]
fn revoking_a_refresh_token_ends_the_session() {
    let mut sessions = Sessions::default();
    let minted = begin(&mut sessions, 0, "offline_access");
    let token = minted.refresh.unwrap();
    let _ = sessions.revoke(1, &key(), &client::MAIN, &token);
    assert!(sessions.holder(2, &key(), &minted.access).is_none());
    assert_eq!(
        refresh(&mut sessions, 2, &token).unwrap_err(),
        Refused::Grant { reused: false }
    );
}

#[test]
fn revoking_an_access_token_leaves_the_session() {
    let mut sessions = Sessions::default();
    let minted = begin(&mut sessions, 0, "offline_access");
    let _ = sessions.revoke(1, &key(), &client::MAIN, &minted.access);
    let _ = sessions.revoke(1, &key(), &client::MAIN, &"nonsense".to_owned().into());
    assert!(sessions.holder(2, &key(), &minted.access).is_none());
    assert!(refresh(&mut sessions, 2, &minted.refresh.unwrap()).is_ok());
}

#[test]
fn an_access_token_is_no_refresh_token() {
    let mut sessions = Sessions::default();
    let minted = begin(&mut sessions, 0, "offline_access");
    assert!(refresh(&mut sessions, 1, &minted.access).is_err());
    assert!(
        sessions
            .holder(1, &key(), &minted.refresh.unwrap())
            .is_none()
    );
    assert_eq!(sessions.sessions.len(), 1, "and the mistake costs nothing");
}

#[test]
fn silent_sessions_end_and_their_number_is_bounded() {
    let mut sessions = Sessions::default();
    let idle = u64::try_from(IDLE.as_millis()).unwrap();
    let old = begin(&mut sessions, 0, "offline_access").refresh.unwrap();
    assert!(refresh(&mut sessions, idle, &old).is_err());

    for now in 0..(MAX_SESSIONS as u64 + 20) {
        let _ = begin(&mut sessions, now, "offline_access");
    }
    assert_eq!(sessions.sessions.len(), MAX_SESSIONS);
}
