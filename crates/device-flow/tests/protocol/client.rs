//! The OAuth client against a server that answers as servers were seen to answer.

mod pkce;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use device_flow::{
    Client, Error, NetworkError, NetworkFailure, PollResult, Progress, Reason, RetryLimit,
    Revocation, TokenSet,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json as value};
use testing::scripted_server::{Stub, json, text};
use testing::signer::Signer;

use crate::config::try_client;
use crate::{failure, run};

const OPENID: &str = "/.well-known/openid-configuration";
const RFC8414: &str = "/.well-known/oauth-authorization-server";

fn client(toml: &str) -> Client {
    crate::config::client(toml)
}

/// A client of preset `oidc` whose issuer is `stub` plus `path`.
fn oidc(stub: &Stub, path: &str) -> Client {
    client(&format!("preset = 'oidc'\nissuer = '{}{path}'", stub.base))
}

/// A client of preset `oauth2` with all endpoints at `stub`.
fn oauth2(stub: &Stub) -> String {
    let base = &stub.base;
    format!(
        "preset = 'oauth2'\ndevice_authorization_endpoint = '{base}/device'\ntoken_endpoint = '{base}/token'\n\
         revocation_endpoint = '{base}/revoke'\n"
    )
}

fn document(issuer: &str) -> Value {
    value!({
        "issuer": issuer,
        "device_authorization_endpoint": format!("{issuer}/device"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/me"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "jwks_uri": format!("{issuer}/jwks"),
    })
}

fn without(mut document: Value, name: &str) -> Value {
    let _ = document.as_object_mut().unwrap().remove(name);
    document
}

fn code() -> Value {
    value!({"device_code": "marker-device", "user_code": "QTZL-MCBW", "interval": 1, "expires_in": 60,
            "verification_uri": "https://id.example/activate",
            "verification_uri_complete": "https://id.example/activate?user_code=QTZL-MCBW"})
}

fn granted() -> Value {
    value!({"access_token": "marker-access", "refresh_token": "marker-refresh", "token_type": "bearer",
            "expires_in": 3600, "scope": "openid profile"})
}

fn tokens(id_token: Option<String>) -> TokenSet {
    TokenSet {
        access_token: SecretString::from("marker-access"),
        token_type: "Bearer".to_owned(),
        refresh_token: Some(SecretString::from("marker-refresh")),
        id_token: id_token.map(SecretString::from),
        expires_in: None,
        scopes: None,
        key: None,
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap().as_secs()
}

fn claims(issuer: &str) -> Value {
    value!({"iss": issuer, "aud": "tv", "sub": "ada", "iat": now(), "exp": now() + 600,
            "https://acme.tv/plan": "gold"})
}

#[tokio::test]
async fn a_grant_from_discovery_to_tokens() {
    let stub = Stub::start().await;
    stub.on(OPENID, json(200, &document(&stub.base)))
        .on("/device", json(200, &code()))
        .on(
            "/token",
            json(400, &value!({"error": "authorization_pending"})),
        )
        .on("/token", json(200, &granted()));
    let client = client(&format!(
        "preset = 'oidc'\nissuer = '{}'\naudience = 'https://api.example/'\nextra_params = {{ resource = 'urn:api', client_id = 'evil' }}",
        stub.base
    ));
    let (steps, end) = run(&client).await;
    let names: Vec<&str> = steps
        .iter()
        .map(|step| match step {
            Progress::RequestingCode => "requesting",
            Progress::Code { .. } => "code",
            Progress::Polling => "polling",
            Progress::Polled {
                result: PollResult::AuthorizationPending,
                status: Some(400),
                ..
            } => "pending",
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        names,
        ["requesting", "code", "polling", "pending", "polling"]
    );
    let asked = &stub.asked("/device")[0];
    assert_eq!(asked.method, "POST");
    assert_eq!(asked.accept.as_deref(), Some("application/json"));
    assert_eq!(
        asked.agent.as_deref(),
        Some(concat!("device-flow/", env!("CARGO_PKG_VERSION")))
    );
    assert_eq!(
        asked.map().into_iter().collect::<Vec<_>>(),
        [
            ("audience", "https://api.example/"),
            ("client_id", "tv"),
            ("resource", "urn:api"),
            ("scope", "openid profile email offline_access"),
        ]
    );
    let polls = stub.asked("/token");
    assert_eq!(polls.len(), 2);
    assert_eq!(
        polls[0].map().into_iter().collect::<Vec<_>>(),
        [
            ("client_id", "tv"),
            ("device_code", "marker-device"),
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("resource", "urn:api"),
        ]
    );
    let shown = format!("{steps:?} {end:?} {client:?}");
    assert!(!shown.contains("marker"), "{shown}");
}

#[tokio::test]
async fn scopes_that_are_left_empty_are_not_asked_for() {
    let stub = Stub::start().await;
    stub.on(OPENID, json(200, &document(&stub.base)))
        .on("/device", json(400, &value!({"error": "invalid_scope"})));
    let client = client(&format!(
        "preset = 'oidc'\nscopes = []\nissuer = '{}'",
        stub.base
    ));
    assert_eq!(failure(&client).await.code(), Some("invalid_scope"));
    assert!(!stub.asked("/device")[0].map().contains_key("scope"));
}

#[tokio::test]
async fn auth0_refusals_are_named_and_no_secret_is_ever_sent() {
    let stub = Stub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "marker-secret\n").unwrap();
    let config = format!(
        "preset = 'auth0'\ndomain = 'acme.eu.auth0.com'\nclient_secret_file = '{}'\n\
         device_authorization_endpoint = '{base}/device'\ntoken_endpoint = '{base}/token'",
        secret.display(),
        base = stub.base
    );
    stub.on(
        "/device",
        json(
            403,
            &value!({"error": "unauthorized_client", "error_description": "Grant not allowed"}),
        ),
    );
    let client = client(&config);
    assert_eq!(client.issuer(), "https://acme.eu.auth0.com/");
    let refused = failure(&client).await;
    assert_eq!(refused.reason, Reason::Rejected);
    assert_eq!(refused.code(), Some("unauthorized_client"));
    assert!(refused.detail.contains("Grant not allowed"));
    for (status, error, reason) in [
        (403, "access_denied", Reason::Denied),
        (403, "expired_token", Reason::Expired),
        (403, "invalid_grant", Reason::Rejected),
    ] {
        stub.forget("/device").on("/device", json(200, &code()));
        stub.forget("/token")
            .on("/token", json(status, &value!({"error": error})));
        let failure = failure(&client).await;
        assert_eq!(failure.reason, reason, "{error}");
        assert_eq!(failure.code(), Some(error));
    }
    for path in ["/device", "/token"] {
        for asked in stub.asked(path) {
            assert!(!asked.map().contains_key("client_secret") && asked.authorization.is_none());
        }
    }
}

#[tokio::test]
async fn a_secret_goes_where_the_server_wants_it() {
    let stub = Stub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "s:e cret\n").unwrap();
    let with_secret = |rest: &str| {
        client(&format!(
            "client_secret_file = '{}'\n{rest}",
            secret.display()
        ))
    };
    stub.on("/token", json(200, &granted()));
    let refresh = SecretString::from("r");
    let _ = with_secret(&oauth2(&stub))
        .refresh(&refresh, None)
        .await
        .unwrap();
    let asked = stub.asked("/token").pop().unwrap();
    assert_eq!(asked.map().get("client_secret"), Some(&"s:e cret"));
    assert_eq!(asked.authorization, None);

    let issuer = format!("preset = 'oidc'\nissuer = '{}'", stub.base);
    stub.on(OPENID, json(200, &document(&stub.base)));
    let _ = with_secret(&issuer).refresh(&refresh, None).await.unwrap();
    let asked = stub.asked("/token").pop().unwrap();
    assert!(!asked.map().contains_key("client_secret") && !asked.map().contains_key("client_id"));
    // tv:s%3Ae+cret
    assert_eq!(
        asked.authorization.as_deref(),
        Some("Basic dHY6cyUzQWUrY3JldA==")
    );

    let mut post = document(&stub.base);
    post["token_endpoint_auth_methods_supported"] = value!(["none", "client_secret_post"]);
    stub.forget(OPENID).on(OPENID, json(200, &post));
    let _ = with_secret(&issuer).refresh(&refresh, None).await.unwrap();
    let asked = stub.asked("/token").pop().unwrap();
    assert_eq!(asked.map().get("client_secret"), Some(&"s:e cret"));
}

#[tokio::test]
async fn a_secret_follows_another_in_every_clone_and_neither_is_repeated() {
    let stub = Stub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    std::fs::write(&file, "marker-old").unwrap();
    let held = client(&format!(
        "client_secret_file = '{}'\n{}",
        file.display(),
        oauth2(&stub)
    ));
    let (clone, refresh) = (held.clone(), SecretString::from("r"));
    held.replace_secret(SecretString::from("marker-new"));
    stub.on("/token", json(200, &granted()));
    let _ = clone.refresh(&refresh, None).await.unwrap();
    let asked = stub.asked("/token").pop().unwrap();
    assert_eq!(asked.map().get("client_secret"), Some(&"marker-new"));
    // What was sent before it was replaced may be answered after.
    let echo = value!({"error": "x", "error_description": "marker-old marker-new"});
    stub.forget("/token").on("/token", json(400, &echo));
    let failed = clone.refresh(&refresh, None).await.unwrap_err();
    let shown = format!("{:?} {} {held:?}", failed.error, failed.error);
    assert!(!shown.contains("marker"), "{shown}");
    // The server would take a client that proves itself all at once for another.
    let public = client(&oauth2(&stub));
    public.replace_secret(SecretString::from("marker-new"));
    let _ = public.refresh(&refresh, None).await;
    let asked = stub.asked("/token").pop().unwrap();
    assert!(!asked.map().contains_key("client_secret"));
    assert!(!public.is_confidential() && held.is_confidential());
}

#[tokio::test]
async fn a_client_that_is_refused_is_authenticated_as_the_server_wants_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    std::fs::write(&file, "s:e cret\n").unwrap();
    let refresh = SecretString::from("r");
    let refused =
        |code: &str, words: &str| json(401, &value!({"error": code, "error_description": words}));
    // What each request was authenticated with: HTTP Basic, `client_id` and `client_secret` in the form.
    let ways = |stub: &Stub| -> Vec<[bool; 3]> {
        let asked = stub.asked("/token");
        asked
            .iter()
            .map(|asked| {
                let form = asked.map();
                let has = |name: &str| form.contains_key(name);
                [
                    asked.authorization.is_some(),
                    has("client_id"),
                    has("client_secret"),
                ]
            })
            .collect()
    };
    const BASIC: [bool; 3] = [true, false, false];
    const BASIC_AND_ID: [bool; 3] = [true, true, false];
    const FORM: [bool; 3] = [false, true, true];
    const NONE: [bool; 3] = [false, true, false];
    for (authentication, refusal, first, then) in [
        (
            "auto",
            refused("invalid_client", "Bad client credentials"),
            BASIC,
            FORM,
        ),
        (
            "auto",
            refused("invalid_request", "client_id is missing"),
            BASIC,
            BASIC_AND_ID,
        ),
        (
            "basic",
            refused("invalid_request", "client_id is missing"),
            BASIC,
            BASIC_AND_ID,
        ),
    ] {
        let stub = Stub::start().await;
        stub.on(OPENID, json(200, &document(&stub.base)))
            .on("/token", refusal)
            .on("/token", json(200, &granted()));
        let client = client(&format!(
            "preset = 'oidc'\nissuer = '{}'\nclient_secret_file = '{}'\nclient_authentication = '{authentication}'",
            stub.base,
            file.display()
        ));
        for _ in 0..2 {
            let _ = client.refresh(&refresh, None).await.unwrap();
        }
        assert_eq!(
            ways(&stub),
            [first, then, then],
            "what was taken is remembered"
        );
    }
    // What the owner says is not turned, and what neither way mends is said as it was first.
    for (authentication, asked) in [
        ("none", vec![NONE]),
        ("post", vec![FORM]),
        ("basic", vec![BASIC, BASIC_AND_ID]),
        ("auto", vec![BASIC, FORM, BASIC_AND_ID]),
    ] {
        let stub = Stub::start().await;
        stub.on(OPENID, json(200, &document(&stub.base)))
            .on("/token", refused("invalid_client", "alpha"))
            .on("/token", refused("invalid_client", "beta"))
            .on("/token", refused("invalid_client", "gamma"));
        let client = client(&format!(
            "preset = 'oidc'\nissuer = '{}'\nclient_secret_file = '{}'\nclient_authentication = '{authentication}'",
            stub.base,
            file.display()
        ));
        let failed = client.refresh(&refresh, None).await.unwrap_err();
        let said = failed.error.to_string();
        assert!(said.contains("alpha"), "{failed:?}");
        let names_it = said.contains("client_authentication");
        assert_eq!(names_it, authentication != "none", "{said}");
        assert_eq!(ways(&stub), asked, "{authentication}");
    }
}

#[tokio::test]
async fn tokens_that_nobody_can_present_are_refused_and_given_back() {
    for (token_type, words) in [
        ("mac", "mac"),
        ("N_A", "N_A"),
        ("DPoP", "no key was proved"),
    ] {
        let stub = Stub::start().await;
        let mut granted = granted();
        granted["token_type"] = value!(token_type);
        stub.on("/device", json(200, &code()))
            .on("/token", json(200, &granted))
            .on("/revoke", text(200, "", ""));
        let client = client(&oauth2(&stub));
        let failure = failure(&client).await;
        assert_eq!(failure.reason, Reason::Rejected);
        assert!(failure.detail.contains(words), "{failure:?}");
        let revoked = stub.asked("/revoke");
        let revoked: Vec<_> = revoked
            .iter()
            .map(|asked| asked.map()["token"].to_owned())
            .collect();
        assert_eq!(revoked, ["marker-refresh", "marker-access"]);
        // A refresh keeps what came and uses nothing of it.
        let tokens = client
            .refresh(&SecretString::from("r"), None)
            .await
            .unwrap();
        let is_known = tokens.token_type == "DPoP";
        assert_eq!(client.admit(&tokens.token_type, false).is_ok(), is_known);
    }
}

#[tokio::test]
async fn userinfo_may_be_a_jwt_that_the_servers_key_has_signed() {
    let signer = Signer::es256();
    let jwt = |body: String| text(200, "application/jwt", &body);
    for (what, reply, name) in [
        (
            "signed",
            jwt(signer.sign("k1", &value!({"sub": "ada", "name": "Ada"}))),
            Some("Ada"),
        ),
        (
            "forged",
            jwt(Signer::es256().sign("k1", &value!({"sub": "ada", "name": "Eve"}))),
            None,
        ),
        (
            "of another",
            jwt(signer.sign("k1", &value!({"sub": "eve", "name": "Eve"}))),
            None,
        ),
        (
            "for another",
            jwt(signer.sign("k1", &value!({"sub": "ada", "name": "Ada", "aud": "phone"}))),
            None,
        ),
        ("encrypted", jwt("eyJ.a.b.c.d".to_owned()), None),
        (
            "unsigned",
            jwt("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.".to_owned()),
            None,
        ),
    ] {
        let stub = Stub::start().await;
        stub.on(OPENID, json(200, &document(&stub.base)))
            .on("/jwks", json(200, &value!({"keys": [signer.jwk("k1")]})))
            .on("/me", reply);
        let client = oidc(&stub, "");
        let id_token = signer.sign("k1", &claims(&stub.base));
        let identity = client.identity(&tokens(Some(id_token))).await.unwrap();
        assert_eq!(identity.subject, "ada", "{what}");
        assert_eq!(identity.name.as_deref(), name, "{what}");
    }
    // Where userinfo is all there is, a configuration with the keys is enough.
    let stub = Stub::start().await;
    stub.on("/jwks", json(200, &value!({"keys": [signer.jwk("k1")]})))
        .on(
            "/me",
            jwt(signer.sign(
                "k1",
                &value!({"sub": "ada", "name": "Ada", "iss": "https://x"}),
            )),
        );
    let more = format!(
        "userinfo_endpoint = '{0}/me'\njwks_uri = '{0}/jwks'",
        stub.base
    );
    let client = client(&format!("{}{more}", oauth2(&stub)));
    let identity = client.identity(&tokens(None)).await.unwrap();
    assert_eq!(
        (identity.subject.as_str(), identity.name.as_deref()),
        ("ada", Some("Ada"))
    );
}

#[tokio::test]
async fn documents_are_found_at_every_place_and_looked_up_once() {
    for (path, at) in [
        ("", OPENID.to_owned()),
        ("", RFC8414.to_owned()),
        ("/o", format!("/o{OPENID}")),
        ("/api/oidc", format!("{RFC8414}/api/oidc")),
        ("/api/auth", format!("/api/auth{RFC8414}")),
    ] {
        let stub = Stub::start().await;
        let issuer = format!("{}{path}", stub.base);
        stub.on(&at, json(200, &document(&issuer)));
        stub.on(&format!("{path}/token"), json(200, &granted()));
        let client = oidc(&stub, path);
        for _ in 0..2 {
            let _ = client
                .refresh(&SecretString::from("r"), None)
                .await
                .unwrap();
        }
        assert_eq!(stub.asked(&at).len(), 1, "{at}");
        assert_eq!(client.issuer(), issuer);
    }
}

#[tokio::test]
async fn no_document_names_every_address_that_was_tried() {
    let stub = Stub::start().await;
    stub.on(OPENID, text(200, "text/html", "<html>marker</html>"));
    let failure = failure(&oidc(&stub, "")).await;
    assert_eq!(failure.reason, Reason::Rejected);
    for part in [OPENID, RFC8414, "HTML", "404"] {
        assert!(
            failure.detail.contains(part),
            "{part} in {}",
            failure.detail
        );
    }
    assert!(!failure.detail.contains("marker"));
}

#[tokio::test]
async fn a_document_of_somebody_else_or_without_the_grant_is_refused_in_words() {
    let stub = Stub::start().await;
    stub.on(OPENID, json(200, &document("https://evil.example")));
    let other = failure(&oidc(&stub, "")).await;
    assert!(
        other.detail.contains("evil.example")
            && other.detail.contains("the issuer must be the same")
    );
    stub.forget(OPENID)
        .on(
            OPENID,
            json(
                200,
                &without(document(&stub.base), "device_authorization_endpoint"),
            ),
        )
        .on("/device", json(200, &code()))
        .on("/token", json(400, &value!({"error": "access_denied"})));
    let off = failure(&oidc(&stub, "")).await;
    assert_eq!(off.reason, Reason::Rejected);
    assert!(
        off.detail
            .contains("names no device_authorization_endpoint")
    );
    let own = client(&format!(
        "preset = 'oidc'\nissuer = '{0}'\ndevice_authorization_endpoint = '{0}/device'",
        stub.base
    ));
    assert_eq!(failure(&own).await.reason, Reason::Denied);
}

#[tokio::test]
async fn one_good_document_is_enough_whatever_stands_at_the_other_places() {
    let lacking = |stub: &Stub| without(document(&stub.base), "device_authorization_endpoint");
    for other in [
        text(500, "", ""),
        text(404, "text/html", "<html>"),
        json(200, &document("https://evil.example")),
        text(302, "", "").with("location", "https://elsewhere.example/"),
    ] {
        for lacks_it in [true, false] {
            let stub = Stub::start().await;
            let first = match lacks_it {
                true => lacking(&stub),
                false => document(&stub.base),
            };
            stub.on(OPENID, json(200, &first))
                .on(RFC8414, other.clone())
                .on("/device", json(200, &code()))
                .on("/token", json(400, &value!({"error": "access_denied"})));
            let own = client(&format!(
                "preset = 'oidc'\nissuer = '{0}'\ndevice_authorization_endpoint = '{0}/device'",
                stub.base
            ));
            assert_eq!(failure(&own).await.reason, Reason::Denied, "{other:?}");
            let looked = stub.asked(RFC8414).len();
            assert_eq!(looked, 0, "the configuration has what is missing");
        }
    }
    // And the other way round: the first place is the one that fails.
    for first in [text(500, "", ""), text(404, "text/html", "<html>")] {
        let stub = Stub::start().await;
        stub.on(OPENID, first)
            .on(RFC8414, json(200, &document(&stub.base)))
            .on("/device", json(200, &code()))
            .on("/token", json(400, &value!({"error": "access_denied"})));
        assert_eq!(failure(&oidc(&stub, "")).await.reason, Reason::Denied);
    }
    // Where the first lacks what nobody else names, what is wrong with the second is not what is said.
    let stub = Stub::start().await;
    stub.on(OPENID, json(200, &lacking(&stub)))
        .on(RFC8414, json(200, &document("https://evil.example")));
    let off = failure(&oidc(&stub, "")).await;
    assert!(
        off.detail.contains("device_authorization_endpoint"),
        "{off:?}"
    );
}

#[tokio::test]
async fn a_document_may_have_moved_within_its_server_and_no_further() {
    let stub = Stub::start().await;
    stub.on(OPENID, text(301, "", "").with("location", "/moved"))
        .on("/moved", text(307, "", "").with("location", "there"))
        .on("/there", json(200, &document(&stub.base)))
        .on("/device", json(200, &code()))
        .on("/token", json(400, &value!({"error": "access_denied"})));
    assert_eq!(failure(&oidc(&stub, "")).await.reason, Reason::Denied);
    let other = Stub::start().await;
    for away in [format!("{}/moved", other.base), OPENID.to_owned()] {
        let stub = Stub::start().await;
        stub.on(OPENID, text(301, "", "").with("location", &away));
        assert_eq!(failure(&oidc(&stub, "")).await.reason, Reason::Rejected);
        assert!(stub.asked(OPENID).len() < 6, "round and round");
    }
    assert!(other.paths().is_empty());
}

#[tokio::test]
async fn the_configurations_endpoints_serve_while_discovery_does_not() {
    let signer = Signer::es256();
    let stub = Stub::start().await;
    let mut reply = granted();
    reply["id_token"] = signer.sign("k", &claims(&stub.base)).into();
    stub.on(OPENID, text(503, "", ""))
        .on("/device", json(200, &code()))
        .on("/token", json(200, &reply))
        .on("/jwks", json(200, &value!({"keys": [signer.jwk("k")]})));
    let own = client(&format!(
        "preset = 'oidc'\nissuer = '{0}'\ndevice_authorization_endpoint = '{0}/device'\ntoken_endpoint = '{0}/token'",
        stub.base
    ));
    let Ok(tokens) = run(&own).await.1 else {
        panic!("no tokens");
    };
    let held = tokens.refresh_token.as_ref().unwrap();
    let _ = own.refresh(held, None).await.unwrap();
    // What it takes to check who it is can only be looked up: that has to wait, and is not given up.
    let unknown = own.identity(&tokens).await.unwrap_err();
    assert!(matches!(unknown, Error::Network(_)), "{unknown:?}");
    let limit = Duration::from_secs(5);
    let revoked = own.revoke(Some(held), None, limit).await;
    assert!(
        matches!(revoked, Revocation::Failed(Error::Network(_))),
        "{revoked:?}"
    );
    stub.forget(OPENID)
        .on(OPENID, json(200, &document(&stub.base)));
    assert_eq!(own.identity(&tokens).await.unwrap().subject, "ada");
}

#[tokio::test]
async fn a_document_without_the_grant_is_not_believed_for_long() {
    let stub = Stub::start().await;
    stub.on(
        OPENID,
        json(
            200,
            &without(document(&stub.base), "device_authorization_endpoint"),
        ),
    );
    let client = oidc(&stub, "");
    assert_eq!(failure(&client).await.reason, Reason::Rejected);
    stub.forget(OPENID)
        .on(OPENID, json(200, &document(&stub.base)))
        .on("/device", json(200, &code()))
        .on("/token", json(400, &value!({"error": "access_denied"})));
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(60)).await;
    tokio::time::resume();
    assert_eq!(failure(&client).await.reason, Reason::Denied);
}

#[tokio::test]
async fn a_server_having_a_bad_day_is_the_networks_fault() {
    let stub = Stub::start().await;
    stub.on(OPENID, text(503, "text/html", "<html>"));
    assert_eq!(failure(&oidc(&stub, "")).await.reason, Reason::Network);
    let stub = Stub::start().await;
    stub.on(
        "/device",
        json(429, &value!({"error": "slow_down"})).with("retry-after", "60"),
    );
    let client = client(&oauth2(&stub));
    assert_eq!(failure(&client).await.reason, Reason::Network);
    let mut grant = client.device_grant(RetryLimit::Forever);
    let _ = grant.next().await;
    let Some(Progress::RequestFailed { next_in, .. }) = grant.next().await else {
        panic!("a failed request");
    };
    let asked = Duration::from_secs(60);
    assert!(next_in >= asked && next_in <= asked + asked / 8);
}

#[tokio::test]
async fn a_redirect_is_named_and_never_followed() {
    let (stub, other) = (Stub::start().await, Stub::start().await);
    let away = format!("{}/elsewhere?secret=marker", other.base);
    stub.on("/device", text(301, "", "").with("location", &away))
        .on("/token", text(307, "", "").with("location", "/token/"));
    let refused = failure(&client(&oauth2(&stub))).await;
    assert_eq!(refused.reason, Reason::Rejected);
    assert!(
        refused.detail.contains("301") && refused.detail.contains("127.0.0.1"),
        "{}",
        refused.detail
    );
    assert!(!refused.detail.contains("marker"));
    let refresh = client(&oauth2(&stub))
        .refresh(&SecretString::from("r"), None)
        .await
        .map_err(|failed| failed.error);
    assert!(matches!(
        refresh,
        Err(Error::Unexpected { status: 307, .. })
    ));
    assert!(other.paths().is_empty());
    assert!(stub.asked("/token/").is_empty());
}

#[tokio::test]
async fn plain_http_is_refused_for_whatever_is_not_this_machine() {
    let refused = try_client("preset = 'oauth2'\ntoken_endpoint = 'http://id.example/token'");
    assert!(matches!(refused, Err(Error::Misconfigured(_))));
    let stub = Stub::start().await;
    let mut document = document(&stub.base);
    document["token_endpoint"] = value!("http://id.example/token");
    stub.on(OPENID, json(200, &document));
    let refresh = oidc(&stub, "")
        .refresh(&SecretString::from("r"), None)
        .await
        .map_err(|failed| failed.error);
    assert!(
        matches!(refresh, Err(Error::Misconfigured(_))),
        "{refresh:?}"
    );
}

#[tokio::test]
async fn a_refresh_is_one_request_and_only_its_body_can_say_invalid_grant() {
    let stub = Stub::start().await;
    let client = client(&oauth2(&stub));
    let refresh = SecretString::from("marker-refresh");
    stub.on("/token", json(200, &value!({"access_token": "new"})));
    let tokens = client.refresh(&refresh, None).await.unwrap();
    assert_eq!(tokens.access_token.expose_secret(), "new");
    assert!(tokens.refresh_token.is_none(), "the old one stays");
    assert_eq!(stub.asked("/token").len(), 1);
    assert_eq!(
        stub.asked("/token")[0]
            .map()
            .into_iter()
            .collect::<Vec<_>>(),
        [
            ("client_id", "tv"),
            ("grant_type", "refresh_token"),
            ("refresh_token", "marker-refresh")
        ]
    );
    for (says, ends) in [
        (json(400, &value!({"error": "invalid_grant"})), true),
        (
            json(
                403,
                &value!({"error": "invalid_grant", "error_description": "Unknown or invalid refresh token."}),
            ),
            true,
        ),
        (json(400, &value!({"error": "invalid_client"})), false),
        (json(401, &value!({"error": "invalid_client"})), false),
        (text(400, "", ""), false),
        (text(401, "", ""), false),
        (text(500, "text/html", "<html>invalid_grant</html>"), false),
        (text(500, "", ""), false),
        (
            text(200, "text/html", "<html>sign in to the hotel</html>"),
            false,
        ),
        (json(429, &value!({"error": "too_many_requests"})), false),
    ] {
        stub.forget("/token").on("/token", says.clone());
        let error = client.refresh(&refresh, None).await.unwrap_err().error;
        let code = matches!(&error, Error::OAuth { code, .. } if code == "invalid_grant");
        assert_eq!(code, ends, "{says:?}: {error:?}");
    }
}

#[tokio::test]
async fn an_identity_is_the_id_token_completed_by_userinfo() {
    let stub = Stub::start().await;
    let signer = Signer::es256();
    stub.on(OPENID, json(200, &document(&stub.base)))
        .on("/jwks", json(200, &value!({"keys": [signer.jwk("k1")]})))
        .on(
            "/me",
            json(
                200,
                &value!({"sub": "ada", "name": "Ada Lovelace", "email": "ada@id.example"}),
            ),
        );
    let client = oidc(&stub, "");
    let good = tokens(Some(signer.sign("k1", &claims(&stub.base))));
    let identity = client.identity(&good).await.unwrap();
    assert_eq!(identity.subject, "ada");
    assert_eq!(identity.name.as_deref(), Some("Ada Lovelace"));
    assert_eq!(identity.claims["https://acme.tv/plan"], "gold");
    assert_eq!(
        stub.asked("/me")[0].authorization.as_deref(),
        Some("Bearer marker-access")
    );

    for bad_day in [
        json(401, &value!({"error": "invalid_token"})),
        text(401, "", ""),
        text(500, "text/html", "<html>"),
        text(200, "application/jwt", "e30.e30.x"),
        json(200, &value!({"sub": "eve", "name": "Eve"})),
    ] {
        stub.forget("/me").on("/me", bad_day);
        let identity = client.identity(&good).await.unwrap();
        assert_eq!((identity.subject.as_str(), identity.name), ("ada", None));
    }
    assert_eq!(stub.asked("/jwks").len(), 1, "keys are kept");
    let forged = tokens(Some(Signer::es256().sign("k1", &claims(&stub.base))));
    assert!(matches!(
        client.identity(&forged).await,
        Err(Error::IdToken(_))
    ));
}

#[tokio::test]
async fn without_an_id_token_userinfo_says_who_it_is_or_nobody_does() {
    let stub = Stub::start().await;
    stub.on(OPENID, json(200, &document(&stub.base)))
        .on(
            "/me",
            json(200, &value!({"sub": "ada", "preferred_username": "ada"})),
        )
        .on("/me", json(401, &value!({"error": "invalid_token"})))
        .on("/me", text(503, "", ""));
    let client = oidc(&stub, "");
    let identity = client.identity(&tokens(None)).await.unwrap();
    assert_eq!(
        (identity.subject.as_str(), identity.name.as_deref()),
        ("ada", Some("ada"))
    );
    assert_eq!(client.identity(&tokens(None)).await.unwrap().subject, "");
    let unreachable = client.identity(&tokens(None)).await;
    assert!(matches!(
        unreachable,
        Err(Error::Network(NetworkError {
            failure: NetworkFailure::Unavailable,
            ..
        }))
    ));
    let plain = self::client(&oauth2(&stub))
        .identity(&tokens(Some("not looked at".to_owned())))
        .await;
    assert_eq!(plain.unwrap().subject, "");
    let no_openid = self::client(&format!(
        "preset = 'oidc'\nscopes = ['tv:read']\nissuer = '{}'",
        stub.base
    ));
    let before = stub.asked("/me").len();
    assert_eq!(no_openid.identity(&tokens(None)).await.unwrap().subject, "");
    assert_eq!(stub.asked("/me").len(), before);
}

/// A server whose key is `old`, with a client that has seen it, and the token it was seen in.
async fn signed_in(stub: &Stub, old: &Signer, kid: Option<&str>) -> Client {
    stub.on(OPENID, json(200, &document(&stub.base)))
        .on("/jwks", keys(old, kid));
    // Without the scope openid userinfo is not asked.
    let client = client(&format!(
        "preset = 'oidc'\nscopes = ['tv']\nissuer = '{}'",
        stub.base
    ));
    let token = signed(old, kid, stub);
    assert_eq!(client.identity(&token).await.unwrap().subject, "ada");
    client
}

fn keys(signer: &Signer, kid: Option<&str>) -> testing::scripted_server::Says {
    let jwk = signer.jwk(kid.unwrap_or_default());
    let jwk = if kid.is_some() {
        jwk
    } else {
        without(jwk, "kid")
    };
    json(200, &value!({"keys": [jwk]}))
}

fn signed(signer: &Signer, kid: Option<&str>, stub: &Stub) -> TokenSet {
    let header = value!({"alg": signer.algorithm(), "kid": kid.unwrap_or_default()});
    let header = if kid.is_some() {
        header
    } else {
        without(header, "kid")
    };
    tokens(Some(signer.sign_with(&header, &claims(&stub.base))))
}

#[tokio::test]
async fn a_key_that_has_changed_is_fetched_for_the_next_sign_in_under_whatever_name() {
    for (old_kid, new, new_kid) in [
        (Some("k1"), Signer::es256(), Some("k2")),
        (Some("k1"), Signer::es256(), Some("k1")),
        (Some("k1"), Signer::eddsa(), Some("k1")),
        (Some("k1"), Signer::es256(), None),
        (None, Signer::es256(), Some("k2")),
        (None, Signer::es256(), None),
    ] {
        let stub = Stub::start().await;
        let client = signed_in(&stub, &Signer::es256(), old_kid).await;
        for new in [new, Signer::es256()] {
            let before = stub.asked("/jwks").len();
            stub.forget("/jwks").on("/jwks", keys(&new, new_kid));
            let token = signed(&new, new_kid, &stub);
            let case = format!("{old_kid:?} {} {new_kid:?}", new.algorithm());
            // Two screens at once: the second takes what the first has fetched.
            let (one, two) = tokio::join!(client.identity(&token), client.identity(&token));
            assert_eq!(one.unwrap().subject, "ada", "{case}");
            assert_eq!(two.unwrap().subject, "ada", "{case}");
            assert_eq!(stub.asked("/jwks").len(), before + 1, "{case}");
        }
        assert_eq!(stub.asked(OPENID).len(), 3, "the keys may have moved");
    }
}

#[tokio::test]
async fn while_an_old_and_a_new_key_share_a_name_either_may_sign() {
    let stub = Stub::start().await;
    let (old, new) = (Signer::es256(), Signer::es256());
    let client = signed_in(&stub, &old, Some("k1")).await;
    let both = value!({"keys": [old.jwk("k1"), new.jwk("k1")]});
    stub.forget("/jwks").on("/jwks", json(200, &both));
    for signer in [&new, &old, &new] {
        let token = signed(signer, Some("k1"), &stub);
        assert_eq!(client.identity(&token).await.unwrap().subject, "ada");
    }
    assert_eq!(stub.asked("/jwks").len(), 2);
}

#[tokio::test]
async fn made_up_keys_cost_the_server_one_look_for_a_sign_in_and_one_a_minute_for_refreshes() {
    let stub = Stub::start().await;
    let old = Signer::es256();
    let client = signed_in(&stub, &old, Some("k1")).await;
    let forged = signed(&Signer::es256(), Some("k1"), &stub);
    let refused = |found| matches!(found, Err(Error::IdToken(_)));
    for looks in 2..4 {
        assert!(refused(client.identity(&forged).await.map(Some)));
        assert_eq!(stub.asked("/jwks").len(), looks);
    }
    for _ in 0..2 {
        assert!(refused(client.identity_after_refresh(&forged, "ada").await));
        assert_eq!(stub.asked("/jwks").len(), 3);
    }
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(61)).await;
    tokio::time::resume();
    for _ in 0..2 {
        assert!(refused(client.identity_after_refresh(&forged, "ada").await));
        assert_eq!(stub.asked("/jwks").len(), 4);
    }
    let good = signed(&old, Some("k1"), &stub);
    let still = client.identity_after_refresh(&good, "ada").await;
    assert!(still.unwrap().is_some());
    assert_eq!(stub.asked("/jwks").len(), 4);
}

#[tokio::test]
async fn keys_that_cannot_be_fetched_now_can_be_a_moment_later() {
    let stub = Stub::start().await;
    let (old, new) = (Signer::es256(), Signer::es256());
    let client = signed_in(&stub, &old, Some("k1")).await;
    let token = signed(&new, Some("k1"), &stub);
    stub.forget("/jwks")
        .on("/jwks", text(503, "", ""))
        .on("/jwks", keys(&new, Some("k1")));
    stub.forget(OPENID).on(OPENID, text(503, "", ""));
    let outage = client.identity(&token).await;
    assert!(matches!(outage, Err(Error::Network(_))), "{outage:?}");
    assert_eq!(client.identity(&token).await.unwrap().subject, "ada");
    let fresh = oidc(&stub, "");
    let outage = fresh.identity(&token).await;
    assert!(matches!(outage, Err(Error::Network(_))), "{outage:?}");
}

#[tokio::test]
async fn a_key_that_was_withdrawn_is_not_trusted_for_longer_than_a_day() {
    let stub = Stub::start().await;
    let (old, new) = (Signer::es256(), Signer::es256());
    let client = signed_in(&stub, &old, Some("k1")).await;
    stub.forget("/jwks").on("/jwks", keys(&new, Some("k2")));
    let token = signed(&old, Some("k1"), &stub);
    assert!(client.identity(&token).await.is_ok());
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(86_400)).await;
    tokio::time::resume();
    let refused = client.identity(&token).await;
    assert!(matches!(refused, Err(Error::IdToken(_))), "{refused:?}");
}

#[tokio::test]
async fn a_refresh_may_not_change_the_person() {
    let stub = Stub::start().await;
    let signer = Signer::eddsa();
    stub.on(OPENID, json(200, &document(&stub.base)))
        .on("/jwks", json(200, &value!({"keys": [signer.jwk("k1")]})));
    let client = oidc(&stub, "");
    let ada = tokens(Some(signer.sign("k1", &claims(&stub.base))));
    let same = client.identity_after_refresh(&ada, "ada").await.unwrap();
    assert_eq!(same.unwrap().subject, "ada");
    assert!(
        client
            .identity_after_refresh(&ada, "")
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        client
            .identity_after_refresh(&tokens(None), "ada")
            .await
            .unwrap()
            .is_none()
    );
    assert!(matches!(
        client.identity_after_refresh(&ada, "eve").await,
        Err(Error::IdToken(_))
    ));
    assert!(
        stub.asked("/me").is_empty(),
        "userinfo is rate limited: not once per refresh"
    );
}

async fn revoke(client: &Client) -> Revocation {
    let tokens = tokens(None);
    let refresh = tokens.refresh_token.as_ref();
    client
        .revoke(refresh, Some(&tokens.access_token), Duration::from_secs(5))
        .await
}

#[tokio::test]
async fn both_tokens_are_revoked_the_refresh_token_first() {
    let stub = Stub::start().await;
    let client = client(&oauth2(&stub));
    for says in [
        text(200, "", ""),
        text(200, "text/html", ""),
        json(200, &value!(null)),
        json(200, &value!({})),
        json(
            400,
            &value!({"error": "invalid_request", "error_description": "token not found"}),
        ),
    ] {
        stub.forget("/revoke").on("/revoke", says.clone());
        assert_eq!(revoke(&client).await, Revocation::Revoked, "{says:?}");
    }
    let asked = stub.asked("/revoke");
    let sent: Vec<_> = asked[..2]
        .iter()
        .map(|asked| asked.map().into_iter().collect::<Vec<_>>())
        .collect();
    assert_eq!(
        sent,
        [
            [
                ("client_id", "tv"),
                ("token", "marker-refresh"),
                ("token_type_hint", "refresh_token")
            ],
            [
                ("client_id", "tv"),
                ("token", "marker-access"),
                ("token_type_hint", "access_token")
            ],
        ]
    );
}

#[tokio::test]
async fn a_server_that_wants_a_bearer_gets_one_once() {
    let stub = Stub::start().await;
    let client = client(&oauth2(&stub));
    stub.on("/revoke", text(401, "", ""))
        .on("/revoke", text(200, "", ""))
        .on("/revoke", text(403, "", ""));
    assert!(matches!(
        revoke(&client).await,
        Revocation::Failed(Error::Unexpected { status: 403, .. })
    ));
    let headers: Vec<_> = stub
        .asked("/revoke")
        .into_iter()
        .map(|asked| asked.authorization)
        .collect();
    let bearer = Some("Bearer marker-access".to_owned());
    assert_eq!(headers, [None, bearer.clone(), None, bearer]);
}

#[tokio::test]
async fn what_could_not_be_revoked_is_said() {
    let stub = Stub::start().await;
    stub.on(
        OPENID,
        json(200, &without(document(&stub.base), "revocation_endpoint")),
    );
    assert_eq!(revoke(&oidc(&stub, "")).await, Revocation::NotOffered);
    let client = client(&oauth2(&stub));
    for says in [
        text(400, "", ""),
        json(
            400,
            &value!({"error": "invalid_request", "error_description": "no client"}),
        ),
    ] {
        stub.forget("/revoke").on("/revoke", says.clone());
        let revoked = revoke(&client).await;
        assert!(
            matches!(revoked, Revocation::Failed(_)),
            "{says:?}: {revoked:?}"
        );
    }
    stub.forget("/revoke");
    let before = stub.asked("/revoke").len();
    stub.on("/revoke", text(500, "text/html", "<html>"));
    assert!(matches!(
        revoke(&client).await,
        Revocation::Failed(Error::Network(_))
    ));
    assert_eq!(
        stub.asked("/revoke").len() - before,
        2,
        "the access token is tried all the same"
    );
    stub.forget("/revoke")
        .on("/revoke", json(401, &value!({"error": "invalid_client"})));
    assert!(
        matches!(revoke(&client).await, Revocation::Failed(Error::OAuth { code, .. }) if code == "invalid_client")
    );
    // A listener that accepts and says nothing.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let config = format!(
        "preset = 'oauth2'\nrevocation_endpoint = 'http://{}/'",
        silent.local_addr().unwrap()
    );
    let tokens = tokens(None);
    let slow = self::client(&config)
        .revoke(None, Some(&tokens.access_token), Duration::from_millis(200))
        .await;
    assert!(matches!(
        slow,
        Revocation::Failed(Error::Network(NetworkError {
            failure: NetworkFailure::Timeout,
            ..
        }))
    ));
}

#[tokio::test]
async fn no_error_event_or_debug_repeats_a_secret_even_if_the_server_does() {
    let stub = Stub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "marker-secret").unwrap();
    let client = client(&format!(
        "client_secret_file = '{}'\n{}",
        secret.display(),
        oauth2(&stub)
    ));
    let echo = "marker-device marker-refresh marker-access marker-secret";
    let answers = [
        json(400, &value!({"error": echo, "error_description": echo})),
        json(400, &value!({"error": "x_y", "message": echo})),
        json(500, &value!({"error": echo})),
        json(429, &value!({"error": echo})),
        json(
            200,
            &value!({"access_token": "marker-\naccess", "refresh_token": "marker-refresh"}),
        ),
        text(200, "text/html", echo),
        text(404, "text/plain", echo),
        text(302, "", echo).with("location", "/?marker-device"),
    ];
    let mut shown = format!("{client:?}");
    let known = tokens(Some("marker-id".to_owned()));
    for says in answers {
        stub.forget("/token").on("/token", says.clone());
        stub.forget("/revoke").on("/revoke", says.clone());
        stub.forget("/device").on("/device", says);
        let refresh = known.refresh_token.as_ref().unwrap();
        let told = match client.refresh(refresh, None).await {
            // The refresh token came alone.
            Ok(tokens) => format!("{tokens:?}"),
            Err(failed) => format!("{:?} {}", failed.error, failed.error),
        };
        let own: String = told
            .replace("marker-device", "")
            .replace("marker-access", "");
        shown += &own;
        let revoked = client
            .revoke(None, Some(&known.access_token), Duration::from_secs(5))
            .await;
        let own = format!("{revoked:?}")
            .replace("marker-device", "")
            .replace("marker-refresh", "");
        shown += &own;
    }
    shown += &format!("{known:?}");
    let echo =
        value!({"error": "marker-device", "error_description": "marker-device marker-secret"});
    stub.forget("/device").on("/device", json(200, &code()));
    stub.forget("/token").on("/token", json(400, &echo));
    shown += &format!("{:?}", run(&client).await);
    assert!(!shown.contains("marker"), "{shown}");
}
