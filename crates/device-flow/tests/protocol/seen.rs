//! Six servers, each with the answers that it was seen to give.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use device_flow::{Client, Error, NetworkError, NetworkFailure, Revocation, TokenSet};
use device_flow::{PollResult, Progress, Reason};
use serde_json::{Value, json as value};

use testing::scripted_server::{Stub, json, text};
use testing::signer::Signer;

use crate::{failure, run};

const OPENID: &str = "/.well-known/openid-configuration";

fn client(toml: &str) -> Client {
    let text = format!("client_id = 'tv'\nscopes = ['openid', 'offline_access']\n{toml}");
    crate::config::client(&text)
}

fn oidc(stub: &Stub, path: &str) -> Client {
    client(&format!("preset = 'oidc'\nissuer = '{}{path}'", stub.base))
}

/// A document with everything in it, of an issuer with a path.
fn document(stub: &Stub, path: &str) -> Value {
    let issuer = format!("{}{path}", stub.base);
    value!({
        "issuer": issuer,
        "device_authorization_endpoint": format!("{issuer}/device"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/me"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "jwks_uri": format!("{issuer}/jwks"),
    })
}

fn code() -> Value {
    value!({"device_code": "device-marker", "user_code": "KRQN-BPPH", "expires_in": 60, "interval": 1,
            "verification_uri": "https://id.example/device"})
}

fn granted() -> Value {
    value!({"access_token": "access-marker", "refresh_token": "refresh-marker", "token_type": "bearer",
            "expires_in": 3600, "expires_at": 1_900_000_000, "refresh_expires_in": 0, "scope": ""})
}

fn claims(issuer: &str) -> Value {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    value!({"iss": issuer, "aud": ["tv"], "sub": "ada", "iat": now, "exp": now + 600})
}

async fn tokens(client: &Client) -> TokenSet {
    run(client).await.1.unwrap()
}

#[tokio::test]
async fn oidc_provider_gives_tokens_that_its_userinfo_refuses() {
    let stub = Stub::start().await;
    let signer = Signer::rs256();
    let mut reply = granted();
    reply["id_token"] = signer.sign("k", &claims(&stub.base)).into();
    let _ = stub
        .on(OPENID, json(200, &document(&stub, "")))
        .on("/jwks", json(200, &value!({"keys": [signer.jwk("k")]})))
        .on("/device", json(200, &code()))
        .on(
            "/token",
            json(400, &value!({"error": "authorization_pending"})),
        )
        .on("/token", json(200, &reply))
        .on("/me", json(401, &value!({"error": "invalid_token"})))
        .on("/revoke", text(200, "text/html", ""));
    let client = oidc(&stub, "");
    let tokens = tokens(&client).await;
    assert_eq!(tokens.token_type, "Bearer");
    assert_eq!(tokens.scopes, None, "an empty scope is what was asked for");
    let identity = client.identity(&tokens).await.unwrap();
    assert_eq!(identity.subject, "ada");
    let revoked = client
        .revoke(
            tokens.refresh_token.as_ref(),
            Some(&tokens.access_token),
            Duration::from_secs(5),
        )
        .await;
    assert_eq!(revoked, Revocation::Revoked);
}

#[tokio::test]
async fn glewlwyd_has_no_words_for_what_fails() {
    let stub = Stub::start().await;
    let mut slow = code();
    slow["user_code"] = "0O1VQ9AB".into();
    let _ = stub
        .on(
            "/api/.well-known/openid-configuration",
            json(200, &document(&stub, "/api")),
        )
        .on("/api/device", json(200, &slow))
        .on("/api/token", json(400, &value!({"error": "access_denied"})))
        .on("/api/token", text(400, "", ""))
        .on("/api/me", text(401, "", ""));
    let client = oidc(&stub, "/api");
    // A code that it does not know any more is called a refusal.
    assert_eq!(failure(&client).await.reason, Reason::Denied);
    let refreshed = client.refresh(&"refresh-marker".into(), None).await;
    let error = refreshed.unwrap_err().error;
    assert!(
        matches!(&error, Error::Unexpected { status: 400, .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("an empty body"), "{error}");
}

#[tokio::test]
async fn the_toolkit_knows_no_device_and_no_endpoint() {
    let stub = Stub::start().await;
    let signer = Signer::rs256();
    let issuer = format!("{}/o", stub.base);
    let mut metadata = document(&stub, "/o");
    let _ = metadata
        .as_object_mut()
        .unwrap()
        .remove("device_authorization_endpoint");
    metadata["token_endpoint"] = format!("{issuer}/token/").into();
    let mut refreshed = granted();
    refreshed["id_token"] = signer.sign("k", &claims(&issuer)).into();
    let pending = value!({"error": "authorization_pending"}).to_string();
    let _ = stub
        .on("/o/.well-known/openid-configuration", json(200, &metadata))
        .on("/o/jwks", json(200, &value!({"keys": [signer.jwk("k")]})))
        .on("/o/me", json(200, &value!({"sub": "ada", "name": "Ada"})))
        .on("/o/device-authorization/", json(200, &code()))
        .on(
            "/o/device-authorization",
            text(301, "", "").with("location", "/o/device-authorization/"),
        )
        .on("/o/token/", text(400, "text/html; charset=utf-8", &pending))
        .on("/o/token/", json(200, &granted()))
        .on("/o/token/", json(200, &refreshed))
        .on(
            "/o/token/",
            json(404, &value!({"error": "device_not_found"})),
        );
    let with_endpoint = |endpoint: &str| {
        client(&format!(
            "preset = 'oidc'\nissuer = '{issuer}'\ndevice_authorization_endpoint = '{issuer}/{endpoint}'"
        ))
    };
    let redirected = failure(&with_endpoint("device-authorization")).await;
    assert_eq!(redirected.reason, Reason::Rejected);
    assert!(
        redirected.detail.contains(&format!(
            "redirect to {}/o/device-authorization/,",
            stub.base
        )),
        "{redirected:?}"
    );

    let client = with_endpoint("device-authorization/");
    let first = tokens(&client).await;
    assert!(first.id_token.is_none());
    assert_eq!(
        client.identity(&first).await.unwrap().name.as_deref(),
        Some("Ada")
    );
    let second = client
        .refresh(first.refresh_token.as_ref().unwrap(), None)
        .await
        .unwrap();
    let identity = client.identity_after_refresh(&second, "ada").await.unwrap();
    assert_eq!(identity.unwrap().subject, "ada");
    let gone = failure(&client).await;
    assert_eq!(gone.code(), Some("device_not_found"), "{gone:?}");
}

#[tokio::test]
async fn allauth_says_slow_down_to_a_code_that_is_approved() {
    let stub = Stub::start().await;
    let mut quick = code();
    quick["interval"] = 1.into();
    let _ = stub
        .on(OPENID, json(200, &document(&stub, "")))
        .on("/device", json(200, &quick))
        .on("/token", json(400, &value!({"error": "slow_down"})))
        .on("/token", json(200, &granted()));
    let (steps, end) = run(&oidc(&stub, "")).await;
    let waits: Vec<_> = steps
        .iter()
        .filter_map(|step| match step {
            Progress::Polled {
                result: PollResult::SlowDown,
                next_in,
                ..
            } => Some(next_in.as_secs_f64().round()),
            _ => None,
        })
        .collect();
    // A second becomes six, and a fifth is added to it.
    assert_eq!(waits, [7.0]);
    assert!(end.is_ok());
}

#[tokio::test]
async fn authlib_calls_an_unknown_code_an_invalid_request() {
    let stub = Stub::start().await;
    let _ = stub
        .on(OPENID, json(200, &document(&stub, "")))
        .on("/device", json(200, &code()))
        .on("/token", json(400, &value!({"error": "invalid_request", "error_description": "Invalid 'device_code' in payload"})))
        .on("/token", json(200, &value!({"access_token": "access-2", "token_type": "Bearer", "expires_in": "3600"})));
    let client = oidc(&stub, "");
    let unknown = failure(&client).await;
    assert_eq!(
        (unknown.reason, unknown.code()),
        (Reason::Rejected, Some("invalid_request"))
    );
    let refreshed = client
        .refresh(&"refresh-marker".into(), None)
        .await
        .unwrap();
    assert!(refreshed.refresh_token.is_none() && refreshed.id_token.is_none());
    assert_eq!(refreshed.expires_in, Some(Duration::from_secs(3600)));
    assert_eq!(
        client.identity_after_refresh(&refreshed, "ada").await,
        Ok(None)
    );
}

#[tokio::test]
async fn better_auth_speaks_of_other_things_too() {
    let stub = Stub::start().await;
    let signer = Signer::eddsa();
    let path = "/api/auth";
    let mut reply = granted();
    reply["id_token"] = signer
        .sign("k", &claims(&format!("{}{path}", stub.base)))
        .into();
    let at = |place: &str| format!("{path}{place}");
    let _ = stub
        .on(&at(OPENID), json(200, &document(&stub, path)))
        .on(
            &at("/jwks"),
            json(200, &value!({"keys": [signer.jwk("k")]})),
        )
        .on(&at("/me"), text(500, "", ""))
        .on(&at("/device"), json(200, &code()))
        .on(
            &at("/token"),
            json(400, &value!({"error": "expired_token"})),
        )
        .on(
            &at("/token"),
            json(
                415,
                &value!({"message": "Unsupported Media Type", "code": "UNSUPPORTED_MEDIA_TYPE"}),
            ),
        )
        .on(&at("/token"), json(200, &reply))
        .on(&at("/token"), text(500, "", ""))
        .on(&at("/revoke"), json(200, &Value::Null))
        .on(
            &at("/revoke"),
            json(400, &value!({"error": "invalid_token"})),
        );
    let client = oidc(&stub, path);
    assert_eq!(failure(&client).await.reason, Reason::Expired);
    let odd = failure(&client).await;
    assert_eq!(odd.reason, Reason::Rejected);
    assert!(odd.detail.contains("415"), "{odd:?}");
    let tokens = tokens(&client).await;
    assert_eq!(client.identity(&tokens).await.unwrap().subject, "ada");
    // Two refreshes at once make it fall over: that is the server's day, not the session's end.
    let fallen = client
        .refresh(tokens.refresh_token.as_ref().unwrap(), None)
        .await
        .unwrap_err()
        .error;
    assert!(
        matches!(
            fallen,
            Error::Network(NetworkError {
                failure: NetworkFailure::Unavailable,
                ..
            })
        ),
        "{fallen:?}"
    );
    assert!(fallen.leaves_doubt());
    let revoked = client
        .revoke(
            tokens.refresh_token.as_ref(),
            Some(&tokens.access_token),
            Duration::from_secs(5),
        )
        .await;
    assert_eq!(
        revoked,
        Revocation::Revoked,
        "what it does not know is good for nothing"
    );
}

#[tokio::test]
async fn a_wrong_client_is_one_at_any_status() {
    for (status, error) in [
        (400, "invalid_client"),
        (401, "invalid_client"),
        (400, "invalid_request"),
        (403, "unauthorized_client"),
    ] {
        let stub = Stub::start().await;
        let _ = stub
            .on(OPENID, json(200, &document(&stub, "")))
            .on("/device", json(status, &value!({"error": error})));
        let failure = failure(&oidc(&stub, "")).await;
        assert_eq!(
            (failure.reason, failure.code()),
            (Reason::Rejected, Some(error))
        );
    }
    // Some look at the client, or at the scopes, when somebody has confirmed already.
    for (status, error) in [(401, "invalid_client"), (400, "invalid_scope")] {
        let stub = Stub::start().await;
        let _ = stub
            .on(OPENID, json(200, &document(&stub, "")))
            .on("/device", json(200, &code()))
            .on("/token", json(status, &value!({"error": error})));
        let failure = failure(&oidc(&stub, "")).await;
        assert_eq!(
            (failure.reason, failure.code()),
            (Reason::Rejected, Some(error))
        );
    }
}
