//! The OAuth client against a server that answers as servers were seen to answer.

mod discovery;
mod identity;
mod pkce;
mod revocation;

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
