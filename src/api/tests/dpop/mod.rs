//! A sign-in and its life with a server that looks at every proof (RFC 9449).

mod clock;
mod server;

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::api::Call;
use crate::api::tests::config_of;
use crate::config::{Api, Provider};
use crate::session::sign_in::{SignIn, Step};
use crate::session::{self, AccountState, Accounts, Destination, Error, Session};
use device_flow::Progress;
use device_flow::{GrantError, PollResult, Reason, RetryLimit};
use futures::StreamExt as _;
use secrecy::ExposeSecret as _;
use server::{Rules, Seen, Server};

/// A box with a server.
struct Box_ {
    server: Server,
    client: device_flow::Client,
    home: tempfile::TempDir,
}

async fn box_with(dpop: &str, rules: Rules) -> Box_ {
    let server = Server::start(rules).await;
    let provider: Provider = toml::from_str(&format!(
        "preset = 'oidc'\nclient_id = 'tv'\nissuer = '{}'\ndpop = '{dpop}'\nscopes = ['openid']",
        server.base
    ))
    .unwrap();
    Box_ {
        client: provider.client().unwrap(),
        server,
        home: tempfile::tempdir().unwrap(),
    }
}

impl Box_ {
    fn start(&self) -> SignIn {
        let accounts = Accounts::new(self.home.path(), self.home.path());
        let place = Destination::Profile("default".to_owned());
        session::sign_in(
            &self.client,
            &accounts,
            place,
            RetryLimit::Tries(1),
            Duration::ZERO,
        )
    }

    async fn sign_in(&self) -> Session {
        self.start().finish().await.unwrap()
    }

    async fn failure(&self) -> GrantError {
        self.start().finish().await.unwrap_err()
    }

    fn restart(&self, home: &Path) -> Session {
        match Session::restore(&Accounts::new(home, home), &self.client, "default").unwrap() {
            AccountState::SignedIn(session) => session,
            other => panic!("{other:?}"),
        }
    }

    fn api(&self, session: &Session) -> crate::api::Client {
        let api: Api = toml::from_str(&format!("base_url = '{}/api/'", self.server.base)).unwrap();
        crate::api::Client::new(&config_of(api, None), session.clone(), None).unwrap()
    }

    async fn call(&self, session: &Session, path: &str) -> u16 {
        let reply = self.api(session).call(Call::new("GET", path, None)).await;
        reply.unwrap().status
    }

    /// Ends the life of the access token on disk, as time does.
    fn expire(&self) {
        let file = Accounts::new(self.home.path(), self.home.path()).file("default");
        let text = std::fs::read_to_string(&file).unwrap();
        let mut account: serde_json::Value = serde_json::from_str(&text).unwrap();
        account["access_token_issued_at"] = 1.into();
        account["access_token_expires_at"] = 2.into();
        std::fs::write(&file, account.to_string()).unwrap();
    }

    fn key_files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.home.path().join("accounts")).unwrap();
        entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "key"))
            .collect()
    }
}

fn errors(seen: &[Seen]) -> Vec<&str> {
    seen.iter()
        .map(|seen| seen.error.as_deref().unwrap_or("-"))
        .collect()
}

#[tokio::test]
async fn a_nonce_is_answered_within_the_same_poll() {
    let rules = Rules {
        pending: 1,
        ..Rules::default()
    };
    let b = box_with("require", rules).await;
    let mut sign_in = b.start();
    let steps: Vec<_> = (&mut sign_in).collect().await;
    let polled: Vec<_> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Grant(Progress::Polled {
                result, next_in, ..
            }) => Some((result, *next_in)),
            _ => None,
        })
        .collect();
    // The pace is the server's own second with its margin: the nonce cost no poll and no back-off.
    assert!(
        matches!(polled[..], [(PollResult::AuthorizationPending, next_in)] if next_in <= Duration::from_secs(2)),
        "{polled:?}"
    );
    assert_eq!(
        errors(&b.server.seen("/token")),
        ["use_dpop_nonce", "authorization_pending", "-"]
    );
    assert_eq!(errors(&b.server.seen("/me")), ["use_dpop_nonce", "-"]);
    assert!(sign_in.finish().await.is_ok());
}

#[tokio::test]
async fn one_key_from_sign_in_over_a_restart_to_refresh_and_api() {
    let b = box_with("require", Rules::default()).await;
    let _ = b.sign_in().await;
    let session = b.restart(b.home.path());
    assert_eq!(b.call(&session, "list?page=2").await, 200);
    b.server.forget_access_tokens();
    assert_eq!(b.call(&session, "list").await, 200);
    assert!(session.account().refreshed_at.is_some());
    let session = b.restart(b.home.path());
    let old = session.access_token().await.unwrap();
    let new = session.replace(&old).await.unwrap();
    assert_ne!(old.secret.expose_secret(), new.secret.expose_secret());
    let proved: std::collections::BTreeSet<_> = ["/token", "/me", "/api/list"]
        .iter()
        .flat_map(|path| b.server.seen(path))
        .filter(|seen| seen.status == 200)
        .map(|seen| seen.proved.unwrap())
        .collect();
    assert_eq!(proved.len(), 1, "{proved:?}");
    let [key] = &b.key_files()[..] else {
        panic!("{:?}", b.key_files());
    };
    let name = key.file_name().unwrap().to_str().unwrap();
    assert!(name.contains(proved.first().unwrap()), "{name}");
    assert_eq!(
        std::fs::metadata(key).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[tokio::test]
async fn calls_at_the_same_moment_each_answer_their_own_nonce() {
    let b = box_with("auto", Rules::default()).await;
    let session = b.sign_in().await;
    let api = b.api(&session);
    let calls = (0..12).map(|_| api.call(Call::new("POST", "list", Some(b"{}".to_vec()))));
    for reply in futures::future::join_all(calls).await {
        assert_eq!(reply.unwrap().status, 200);
    }
    // A refusal for want of a nonce says nothing against the token.
    assert!(session.account().refreshed_at.is_none());
    let picture = format!("{}/api/picture.png", b.server.base)
        .parse()
        .unwrap();
    assert!(api.image(&picture, None).await.is_ok());
}

#[tokio::test]
async fn a_stolen_account_file_alone_is_worth_nothing() {
    let b = box_with("auto", Rules::default()).await;
    let session = b.sign_in().await;
    let thief = tempfile::tempdir().unwrap();
    let loot = thief.path().join("accounts");
    std::fs::create_dir(&loot).unwrap();
    let file = "accounts/default.json";
    let _ = std::fs::copy(b.home.path().join(file), thief.path().join(file)).unwrap();
    let stolen = b.restart(thief.path());
    let reply = b.api(&stolen).call(Call::new("GET", "list", None)).await;
    assert!(
        matches!(&reply, Err(crate::api::Error::Session(_))),
        "{reply:?}"
    );
    assert!(
        b.server
            .seen("/api/list")
            .iter()
            .all(|seen| seen.status == 401)
    );
    // And the thief's attempts cost the owner nothing.
    assert_eq!(b.call(&session, "mine").await, 200);
}

#[tokio::test]
async fn signing_out_leaves_no_key_and_no_token() {
    let b = box_with("auto", Rules::default()).await;
    let session = b.sign_in().await;
    assert_eq!(b.key_files().len(), 1);
    let signed_out = session.sign_out().await;
    assert_eq!(signed_out.revocation, device_flow::Revocation::Revoked);
    assert!(b.key_files().is_empty());
}

#[tokio::test]
async fn required_and_not_given_is_refused_and_the_tokens_taken_back() {
    let rules = Rules {
        token_type: "Bearer",
        ..Rules::default()
    };
    let b = box_with("require", rules).await;
    let failure = b.failure().await;
    assert_eq!(failure.reason, Reason::Rejected);
    assert!(failure.detail.contains("provider.dpop"), "{failure:?}");
    assert_eq!(b.server.seen("/revoke").len(), 2);
    assert_eq!(b.server.seen("/me"), []);
}

#[tokio::test]
async fn a_sign_in_without_a_key_is_not_refreshed_once_one_is_required() {
    let rules = Rules {
        demanded: false,
        token_type: "Bearer",
        ..Rules::default()
    };
    let mut b = box_with("off", rules).await;
    let _ = b.sign_in().await;
    let strict = format!(
        "preset = 'oidc'\nclient_id = 'tv'\nissuer = '{}'\ndpop = 'require'",
        b.server.base
    );
    b.client = toml::from_str::<crate::config::Provider>(&strict)
        .unwrap()
        .client()
        .unwrap();
    let session = b.restart(b.home.path());
    let asked = b.server.seen("/token").len();
    let refused = session.access_token().await.unwrap_err();
    assert!(
        matches!(&refused, Error::Refresh(device_flow::Error::Misconfigured(words)) if words.contains("sign out")),
        "{refused:?}"
    );
    assert_eq!(
        b.server.seen("/token").len(),
        asked,
        "the token is not spent"
    );
}

#[tokio::test]
async fn a_server_that_stops_binding_is_refused_and_costs_no_session() {
    let b = box_with("require", Rules::default()).await;
    let session = b.sign_in().await;
    let bound = session.access_token().await.unwrap();
    b.server.change(|rules| rules.token_type = "Bearer");
    let refused = session.replace(&bound).await.unwrap_err();
    assert!(
        matches!(&refused, Error::Refresh(device_flow::Error::Misconfigured(words)) if words.contains("provider.dpop")),
        "{refused:?}"
    );
    // A restart changes nothing: the tokens are on disk and not used.
    let session = b.restart(b.home.path());
    let asked = b.server.seen("/token").len();
    assert!(session.access_token().await.is_err());
    assert_eq!(b.server.seen("/token").len(), asked);
    // The server took each refresh token once. The one that came with the refused answer is good.
    b.server.change(|rules| rules.token_type = "DPoP");
    b.expire();
    let session = b.restart(b.home.path());
    let token = session.access_token().await.unwrap();
    assert_eq!(token.token_type, "DPoP");
}

#[tokio::test]
async fn a_token_of_an_unknown_type_is_never_presented_and_costs_no_session() {
    let rules = Rules {
        demanded: false,
        token_type: "Bearer",
        ..Rules::default()
    };
    let b = box_with("auto", rules).await;
    let session = b.sign_in().await;
    let token = session.access_token().await.unwrap();
    b.server.change(|rules| rules.token_type = "mac");
    let is_named = |refused: &Error| matches!(refused, Error::Refresh(device_flow::Error::Misconfigured(words)) if words.contains("\"mac\""));
    // As a refresh brings it, and as it lies on disk.
    let refused = session.replace(&token).await.unwrap_err();
    assert!(is_named(&refused), "{refused:?}");
    let session = b.restart(b.home.path());
    let refused = session.access_token().await.unwrap_err();
    assert!(is_named(&refused), "{refused:?}");
    assert!(b.server.seen("/api/list").is_empty());
    // The refresh token that came along is good.
    b.server.change(|rules| rules.token_type = "Bearer");
    let session = b.restart(b.home.path());
    assert_eq!(session.access_token().await.unwrap().token_type, "Bearer");
    assert_eq!(b.call(&session, "list").await, 200);
}

#[tokio::test]
async fn bearer_stays_bearer_where_dpop_is_off_or_not_demanded() {
    for (dpop, offered) in [("off", true), ("auto", false), ("auto", true)] {
        let rules = Rules {
            offered,
            demanded: false,
            token_type: "Bearer",
            ..Rules::default()
        };
        let b = box_with(dpop, rules).await;
        let session = b.sign_in().await;
        assert_eq!(b.call(&session, "list").await, 200);
        let token = session.access_token().await.unwrap();
        assert_eq!(token.token_type, "Bearer");
        let _ = session.replace(&token).await.unwrap();
        for path in ["/token", "/me", "/api/list"] {
            assert!(b.server.seen(path).iter().all(|seen| seen.proved.is_none()));
        }
        assert!(b.key_files().is_empty());
    }
}

#[tokio::test]
async fn a_bearer_token_whose_refresh_token_is_bound_is_refreshed_with_its_key() {
    // RFC 9449 section 5 lets a server bind the one and not the other.
    let rules = Rules {
        token_type: "Bearer",
        ..Rules::default()
    };
    let b = box_with("auto", rules).await;
    let _ = b.sign_in().await;
    let session = b.restart(b.home.path());
    assert_eq!(b.call(&session, "list").await, 200);
    let token = session.access_token().await.unwrap();
    let _ = session.replace(&token).await.unwrap();
    let last = b.server.seen("/token").pop().unwrap();
    assert!(last.status == 200 && last.proved.is_some());
}

#[tokio::test]
async fn a_server_that_no_nonce_pleases_is_asked_twice_per_poll_and_never_at_once_again() {
    let rules = Rules {
        never_content: true,
        code_life: 3,
        ..Rules::default()
    };
    let b = box_with("require", rules).await;
    let mut sign_in = b.start();
    let steps: Vec<_> = (&mut sign_in).collect().await;
    let polls = steps
        .iter()
        .filter(|step| matches!(step, Step::Grant(Progress::Polling)))
        .count();
    assert!(polls > 0);
    assert_eq!(b.server.seen("/token").len(), 2 * polls);
    assert!(matches!(
        sign_in.finish().await,
        Err(GrantError {
            reason: Reason::Expired,
            ..
        })
    ));
}

#[tokio::test]
async fn a_server_that_demands_a_key_is_told_by_the_name_of_the_setting() {
    let b = box_with("off", Rules::default()).await;
    let failure = b.failure().await;
    assert_eq!(failure.reason, Reason::Rejected);
    assert!(failure.detail.contains("provider.dpop"), "{failure:?}");
}

#[tokio::test]
async fn a_wrong_clock_is_named_and_ends_no_session() {
    let b = box_with("auto", Rules::default()).await;
    let session = b.sign_in().await;
    b.server.change(|rules| rules.ahead = 3600);
    let token = session.access_token().await.unwrap();
    let refused = session.replace(&token).await.unwrap_err();
    assert!(
        matches!(&refused, Error::Refresh(error) if error.is_clock()),
        "{refused:?}"
    );
    assert!(refused.to_string().contains("clock"), "{refused}");
    assert!(b.failure().await.detail.contains("clock"));
    b.server.change(|rules| rules.ahead = 0);
    let deadline = Instant::now() + Duration::from_secs(10);
    while let Err(error) = session.replace(&token).await {
        assert!(Instant::now() < deadline, "{error}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
