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

fn begin(families: &mut Families, now: u64, scopes: &str) -> Minted {
    let holder = Holder {
        person: &people::PEOPLE[0],
        scopes: names(scopes),
        auth_time: 1,
    };
    families.begin(now, &key(), TIMES, holder)
}

fn refresh(families: &mut Families, now: u64, token: &SecretString) -> Result<Minted, Refused> {
    families.refresh(now, &key(), TIMES, token, None)
}

fn text(token: &SecretString) -> &str {
    token.expose_secret()
}

#[test]
fn rotation_gives_a_new_token_and_keeps_the_session() {
    let mut families = Families::default();
    let first = begin(&mut families, 0, "openid offline_access");
    let mut token = first.refresh.unwrap();
    for step in 1..50 {
        let minted = refresh(&mut families, step * 10_000, &token).unwrap();
        let next = minted.refresh.unwrap();
        assert_ne!(text(&next), text(&token));
        assert_eq!(minted.expires_in, TIMES.access);
        assert!(
            families
                .holder(step * 10_000, &key(), &minted.access)
                .is_some()
        );
        token = next;
    }
    assert_eq!(families.families.len(), 1);
    assert!(
        families
            .families
            .values()
            .all(|family| family.access.len() <= MAX_ACCESS)
    );
}

#[test]
fn the_previous_token_gets_the_same_answer_within_the_leeway() {
    let mut families = Families::default();
    let first = begin(&mut families, 0, "offline_access").refresh.unwrap();
    let once = refresh(&mut families, 1000, &first).unwrap();
    // As after a restart: only what is on disk is left.
    let disk = serde_json::to_string(&families).unwrap();
    let mut families: Families = serde_json::from_str(&disk).unwrap();
    let again = refresh(&mut families, 3999, &first).unwrap();
    assert_eq!(
        text(once.refresh.as_ref().unwrap()),
        text(again.refresh.as_ref().unwrap())
    );
    assert_eq!(text(&once.access), text(&again.access));
    assert_eq!(again.expires_in, TIMES.access - Duration::from_millis(2999));
    for secret in [&first, &once.access, once.refresh.as_ref().unwrap()] {
        assert!(!disk.contains(text(secret)), "only hashes are kept");
    }

    let refused = refresh(&mut families, 4000, &first).unwrap_err();
    assert_eq!(refused, Refused::Grant { reused: true });
    assert!(refresh(&mut families, 4000, &once.refresh.unwrap()).is_err());
    assert!(families.holder(4000, &key(), &once.access).is_none());
}

#[test]
fn an_older_token_ends_the_session_even_within_the_leeway() {
    let mut families = Families::default();
    let first = begin(&mut families, 0, "offline_access").refresh.unwrap();
    let second = refresh(&mut families, 10, &first).unwrap().refresh.unwrap();
    let third = refresh(&mut families, 20, &second)
        .unwrap()
        .refresh
        .unwrap();
    assert_eq!(
        refresh(&mut families, 30, &first).unwrap_err(),
        Refused::Grant { reused: true }
    );
    assert!(refresh(&mut families, 40, &third).is_err());
}

#[test]
fn without_leeway_any_second_use_ends_the_session() {
    let mut families = Families::default();
    let strict = Lifetimes {
        leeway: Duration::ZERO,
        ..TIMES
    };
    let first = begin(&mut families, 0, "offline_access").refresh.unwrap();
    assert!(families.refresh(5, &key(), strict, &first, None).is_ok());
    assert_eq!(
        families
            .refresh(5, &key(), strict, &first, None)
            .unwrap_err(),
        Refused::Grant { reused: true }
    );
}

#[test]
fn a_repeated_request_whose_access_token_has_expired_gets_a_live_one() {
    let mut families = Families::default();
    let times = Lifetimes {
        access: Duration::from_secs(1),
        ..TIMES
    };
    let first = begin(&mut families, 0, "offline_access").refresh.unwrap();
    let once = families.refresh(0, &key(), times, &first, None).unwrap();
    let again = families.refresh(2000, &key(), times, &first, None).unwrap();
    assert_ne!(text(&once.access), text(&again.access));
    assert!(families.holder(2500, &key(), &again.access).is_some());
    assert!(families.holder(2500, &key(), &once.access).is_none());
}

#[test]
fn scopes_may_narrow_and_not_widen() {
    let mut families = Families::default();
    let first = begin(&mut families, 0, "openid email offline_access");
    let token = first.refresh.unwrap();
    let wider = families.refresh(1, &key(), TIMES, &token, Some(&names("openid profile")));
    assert_eq!(wider.unwrap_err(), Refused::Scope);
    let narrow = families
        .refresh(2, &key(), TIMES, &token, Some(&names("email")))
        .unwrap();
    assert_eq!(narrow.holder.scopes, ["email"]);
    let held = families.holder(3, &key(), &narrow.access).unwrap();
    assert_eq!(held.scopes, ["email"]);
    let full = refresh(&mut families, 4, &narrow.refresh.unwrap()).unwrap();
    assert_eq!(full.holder.scopes.len(), 3, "narrowing is for once");
}

#[test]
fn no_refresh_token_without_offline_access() {
    let mut families = Families::default();
    let minted = begin(&mut families, 0, "openid");
    assert!(minted.refresh.is_none());
    assert!(families.holder(3_599_999, &key(), &minted.access).is_some());
    assert!(families.holder(3_600_000, &key(), &minted.access).is_none());
    let _ = begin(&mut families, 3_600_000, "openid");
    assert_eq!(families.families.len(), 1, "the expired session is gone");
}

#[test]
fn revoking_a_refresh_token_ends_the_session() {
    let mut families = Families::default();
    let minted = begin(&mut families, 0, "offline_access");
    let token = minted.refresh.unwrap();
    families.revoke(1, &key(), &token);
    assert!(families.holder(2, &key(), &minted.access).is_none());
    assert_eq!(
        refresh(&mut families, 2, &token).unwrap_err(),
        Refused::Grant { reused: false }
    );
}

#[test]
fn revoking_an_access_token_leaves_the_session() {
    let mut families = Families::default();
    let minted = begin(&mut families, 0, "offline_access");
    families.revoke(1, &key(), &minted.access);
    families.revoke(1, &key(), &"nonsense".to_owned().into());
    assert!(families.holder(2, &key(), &minted.access).is_none());
    assert!(refresh(&mut families, 2, &minted.refresh.unwrap()).is_ok());
}

#[test]
fn an_access_token_is_no_refresh_token() {
    let mut families = Families::default();
    let minted = begin(&mut families, 0, "offline_access");
    assert!(refresh(&mut families, 1, &minted.access).is_err());
    assert!(
        families
            .holder(1, &key(), &minted.refresh.unwrap())
            .is_none()
    );
    assert_eq!(families.families.len(), 1, "and the mistake costs nothing");
}

#[test]
fn silent_sessions_end_and_their_number_is_bounded() {
    let mut families = Families::default();
    let idle = u64::try_from(IDLE.as_millis()).unwrap();
    let old = begin(&mut families, 0, "offline_access").refresh.unwrap();
    assert!(refresh(&mut families, idle, &old).is_err());

    for now in 0..(MAX_FAMILIES as u64 + 20) {
        let _ = begin(&mut families, now, "offline_access");
    }
    assert_eq!(families.families.len(), MAX_FAMILIES);
}
