use std::sync::Mutex;

use futures::future::BoxFuture;
use secrecy::SecretString;

use super::super::account_record::tests::{record as stored, tokens};
use super::*;
use crate::session::reveal;
use device_flow::dpop::Key;
use device_flow::{Failed, NetworkFailure, Revocation};

#[derive(Debug)]
struct Script {
    identities: Mutex<Vec<Result<Identity, device_flow::Error>>>,
    revoked: Mutex<Vec<String>>,
    /// Whether a revocation reaches one session only.
    narrow: bool,
    /// What the ID token alone says.
    vouched: Result<Identity, device_flow::Error>,
}

impl Server for Script {
    fn find_token_endpoint(&self) -> BoxFuture<'_, Result<(), device_flow::Error>> {
        Box::pin(std::future::pending())
    }

    fn refresh<'a>(
        &'a self,
        _: &'a SecretString,
        _: Option<&'a Arc<Key>>,
    ) -> BoxFuture<'a, Result<TokenSet, Failed>> {
        Box::pin(std::future::pending())
    }

    fn vouched<'a>(
        &'a self,
        _: &'a TokenSet,
    ) -> BoxFuture<'a, Result<Identity, device_flow::Error>> {
        Box::pin(async { self.vouched.clone() })
    }

    fn identity<'a>(
        &'a self,
        _: &'a TokenSet,
    ) -> BoxFuture<'a, Result<Identity, device_flow::Error>> {
        let next = self.identities.lock().unwrap().pop();
        Box::pin(async move {
            match next {
                Some(identity) => identity,
                None => std::future::pending().await,
            }
        })
    }

    fn still<'a>(
        &'a self,
        _: &'a TokenSet,
        _: &'a str,
    ) -> BoxFuture<'a, Result<(), device_flow::Error>> {
        Box::pin(async { Ok(()) })
    }

    fn revokes_one_session(&self) -> bool {
        self.narrow
    }

    fn admit(&self, _: &str, _: bool) -> Result<(), device_flow::Error> {
        Ok(())
    }

    fn revoke_for<'a>(
        &'a self,
        _: (&'a str, &'a str),
        (refresh, access): (Option<&'a SecretString>, Option<&'a SecretString>),
        limit: Duration,
    ) -> BoxFuture<'a, Revocation> {
        self.revoke(refresh, access, limit)
    }

    fn revoke<'a>(
        &'a self,
        refresh: Option<&'a SecretString>,
        access: Option<&'a SecretString>,
        _: Duration,
    ) -> BoxFuture<'a, Revocation> {
        let mut revoked = self.revoked.lock().unwrap();
        revoked.extend(
            [refresh, access]
                .into_iter()
                .flatten()
                .map(|token| reveal(token).to_owned()),
        );
        Box::pin(async { Revocation::Revoked })
    }
}

fn ada() -> Identity {
    Identity {
        subject: "ada".to_owned(),
        ..Identity::default()
    }
}

fn offline() -> device_flow::Error {
    device_flow::Error::network(NetworkFailure::Connect, "test".to_owned())
}

struct Scene {
    home: tempfile::TempDir,
    server: Arc<Script>,
}

impl Scene {
    /// Answers to the question who it is, first one first.
    fn new(mut identities: Vec<Result<Identity, device_flow::Error>>) -> Self {
        identities.reverse();
        Self {
            home: tempfile::tempdir().unwrap(),
            server: Arc::new(Script {
                identities: Mutex::new(identities),
                revoked: Mutex::default(),
                narrow: false,
                vouched: Ok(Identity::default()),
            }),
        }
    }

    fn accounts(&self) -> Accounts {
        Accounts::new(self.home.path(), &self.home.path().join("cache"))
    }

    fn file(&self) -> AccountFile {
        self.accounts().account_file("default")
    }

    fn run(&self, grant: Result<TokenSet, GrantError>) -> SignIn {
        self.run_at(Destination::Profile("default".to_owned()), grant)
    }

    fn run_at(&self, place: Destination, grant: Result<TokenSet, GrantError>) -> SignIn {
        SignInFlow {
            server: self.server.clone(),
            accounts: self.accounts(),
            place,
            issuer: "https://as.example/".to_owned(),
            client_id: "tv".to_owned(),
            asked: vec!["openid".to_owned()],
        }
        .start(move |steps| async move {
            steps.tell(Step::Grant(Progress::RequestingCode));
            grant
        })
    }

    async fn revoked(&self) -> Vec<String> {
        for _ in 0..1000 {
            let revoked = self.server.revoked.lock().unwrap().clone();
            if !revoked.is_empty() {
                return revoked;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("nothing was revoked within five seconds");
    }
}

fn approved() -> Result<TokenSet, GrantError> {
    Ok(tokens(9))
}

#[tokio::test]
async fn a_confirmed_person_is_signed_in_and_on_disk() {
    let scene = Scene::new(vec![Ok(ada())]);
    let mut sign_in = scene.run(approved());
    let steps: Vec<Step> = (&mut sign_in).collect().await;
    assert!(matches!(
        steps[..],
        [Step::Grant(Progress::RequestingCode), Step::Finishing]
    ));
    assert!(sign_in.finish().await.is_ok());
    let Some(stored) = scene.file().read().unwrap() else {
        panic!("not on disk");
    };
    assert_eq!(stored.subject, "ada");
    assert!(stored.holds_access_token(&"access-9".into()));
}

#[tokio::test(start_paused = true)]
async fn a_hiccup_while_learning_who_it_is_does_not_cost_the_sign_in() {
    let scene = Scene::new(vec![Err(offline()), Err(offline()), Ok(ada())]);
    let last = scene.run(approved()).finish().await;
    assert!(last.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_confirmed_sign_in_is_kept_without_a_name_where_only_the_name_cannot_be_had() {
    let never = || (0..5).map(|_| Err(offline())).collect::<Vec<_>>();
    let scene = Scene::new(never());
    scene.file().write(&stored(1)).unwrap();
    let last = scene.run(approved()).finish().await;
    let Ok(session) = last else {
        panic!("not signed in");
    };
    assert_eq!(session.account().subject, "");
    // The one who was here may be the same person.
    assert_eq!(*scene.server.revoked.lock().unwrap(), Vec::<String>::new());

    let mut scene = Scene::new(never());
    Arc::get_mut(&mut scene.server).unwrap().vouched = Err(offline());
    let last = scene.run(approved()).finish().await;
    assert!(
        last.is_err(),
        "there is an ID token, and nobody has checked it"
    );
    assert_eq!(scene.revoked().await, ["refresh-9", "access-9"]);
}

#[tokio::test]
async fn an_id_token_that_must_not_be_believed_fails_and_gives_the_tokens_back() {
    let scene = Scene::new(vec![Err(device_flow::Error::IdToken("wrong iss".into()))]);
    let last = scene.run(approved()).finish().await;
    assert!(matches!(
        last,
        Err(GrantError {
            reason: Reason::Rejected,
            ..
        })
    ));
    assert_eq!(scene.revoked().await, ["refresh-9", "access-9"]);
    assert!(scene.file().read().unwrap().is_none());
}

#[tokio::test]
async fn b36_cancelled_while_finishing_the_tokens_are_revoked() {
    let scene = Scene::new(vec![]);
    let mut sign_in = scene.run(approved());
    while let Some(step) = sign_in.next().await {
        if matches!(step, Step::Finishing) {
            break;
        }
    }
    drop(sign_in);
    assert_eq!(scene.revoked().await, ["refresh-9", "access-9"]);
}

#[tokio::test]
async fn another_person_replaces_the_first_who_is_revoked() {
    let scene = Scene::new(vec![Ok(Identity {
        subject: "bob".to_owned(),
        ..Identity::default()
    })]);
    scene.file().write(&stored(1)).unwrap();
    let _ = scene.run(approved()).finish().await;
    assert_eq!(scene.revoked().await, ["refresh-1", "access-1"]);
}

#[tokio::test]
async fn the_older_session_of_the_same_person_is_revoked_where_that_reaches_no_further() {
    for (narrow, expected) in [(true, vec!["refresh-1", "access-1"]), (false, vec![])] {
        let mut scene = Scene::new(vec![Ok(ada())]);
        scene.file().write(&stored(1)).unwrap();
        Arc::get_mut(&mut scene.server).unwrap().narrow = narrow;
        assert!(scene.run(approved()).finish().await.is_ok());
        if narrow {
            assert_eq!(scene.revoked().await, expected);
        } else {
            // What would revoke has been started by now, or never will be.
            tokio::task::yield_now().await;
            assert_eq!(*scene.server.revoked.lock().unwrap(), expected);
        }
        assert_eq!(scene.accounts().profiles(), ["default"]);
    }
}

#[tokio::test]
async fn who_is_here_already_does_not_come_twice_and_needs_no_pin_any_more() {
    let scene = Scene::new(vec![Ok(ada())]);
    let accounts = scene.accounts();
    accounts.account_file("kitchen").write(&stored(1)).unwrap();
    let account = stored(1).account("kitchen", None);
    let pin = crate::session::Pin::new([1, 2, 3, 4]);
    accounts.pins().set(&account, &pin).unwrap();
    let place = Destination::Beside("default".to_owned());
    let last = scene.run_at(place, approved()).finish().await;
    let Ok(session) = last else {
        panic!("not signed in");
    };
    assert_eq!(session.account().profile, "kitchen");
    assert_eq!(accounts.profiles(), ["kitchen"]);
    assert_eq!(
        accounts.pins().state(&account),
        crate::session::PinState::NotSet
    );
}

#[tokio::test]
async fn somebody_new_stands_beside() {
    let scene = Scene::new(vec![Ok(Identity {
        subject: "kofi".to_owned(),
        ..Identity::default()
    })]);
    scene.file().write(&stored(1)).unwrap();
    let place = Destination::Beside("default".to_owned());
    let _ = scene.run_at(place, approved()).finish().await;
    assert_eq!(scene.accounts().profiles(), ["account-2", "default"]);
    assert_eq!(*scene.server.revoked.lock().unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn nowhere_to_write_beside_the_others_is_said_too() {
    let scene = Scene::new(vec![Ok(ada())]);
    std::fs::write(scene.home.path().join("accounts"), "").unwrap();
    let place = Destination::Beside("default".to_owned());
    let last = scene.run_at(place, approved()).finish().await;
    let Ok(session) = last else {
        panic!("not signed in");
    };
    assert!(session.account().not_remembered.is_some());
}

#[tokio::test]
async fn what_lay_there_and_is_not_ours_is_kept_beside() {
    let scene = Scene::new(vec![Ok(ada())]);
    let mut foreign = stored(1);
    foreign.issuer = "https://other.example/".to_owned();
    scene.file().write(&foreign).unwrap();
    let _ = scene.run(approved()).finish().await;
    assert!(scene.file().path().with_extension("json.other-1").exists());
}

#[tokio::test(start_paused = true)]
async fn nowhere_to_write_is_said_before_a_code_is_asked_for_and_in_the_account() {
    let scene = Scene::new(vec![Ok(ada())]);
    std::fs::write(scene.home.path().join("accounts"), "").unwrap();
    let mut sign_in = scene.run(approved());
    let first = sign_in.next().await;
    assert!(matches!(first, Some(Step::Unkept(_))), "{first:?}");
    let Ok(session) = sign_in.finish().await else {
        panic!("not signed in");
    };
    assert!(session.account().not_remembered.is_some());
    assert_eq!(*scene.server.revoked.lock().unwrap(), Vec::<String>::new());
    // It ends with this process, and nobody would ever end it at the server.
    session.shut_down(super::super::SHUTDOWN_LIMIT).await;
    assert_eq!(scene.revoked().await, ["refresh-9", "access-9"]);
}

#[tokio::test]
async fn the_end_of_the_program_leaves_what_was_kept_alone() {
    let scene = Scene::new(vec![Ok(ada())]);
    let last = scene.run(approved()).finish().await;
    let Ok(session) = last else {
        panic!("not signed in");
    };
    session.shut_down(super::super::SHUTDOWN_LIMIT).await;
    assert_eq!(*scene.server.revoked.lock().unwrap(), Vec::<String>::new());
    assert!(matches!(scene.file().read(), Ok(Some(_))));
}

#[tokio::test]
async fn each_sign_in_has_a_key_of_its_own_and_the_replaced_one_goes() {
    let sign_in = || {
        let key = Arc::new(Key::generate().unwrap());
        let granted = TokenSet {
            token_type: "DPoP".to_owned(),
            key: Some(Arc::clone(&key)),
            ..tokens(9)
        };
        (key, Ok(granted))
    };
    let scene = Scene::new(vec![Ok(ada()), Ok(ada())]);
    let file = scene.file();
    let (first, grant) = sign_in();
    let _ = scene.run(grant).finish().await;
    assert!(file.keys().read(first.thumbprint()).unwrap().is_some());
    let (second, grant) = sign_in();
    let _ = scene.run(grant).finish().await;
    assert!(file.keys().read(first.thumbprint()).unwrap().is_none());
    let Some(stored) = file.read().unwrap() else {
        panic!("not on disk");
    };
    let key = stored.key.as_ref().unwrap();
    assert_eq!(key.thumbprint(), second.thumbprint());
    assert_eq!(stored.dpop_jkt.as_deref(), Some(second.thumbprint()));
}
