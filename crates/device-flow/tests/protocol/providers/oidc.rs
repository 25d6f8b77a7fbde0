//! Any OpenID provider, here one as strict as oidc-provider: no interval, never a `slow_down`, a code that
//! is said to be expired for a while only.

use device_flow::Reason;
use device_flow::Revocation;
use serde_json::json as value;

use super::replay::{Provider, error, is_over, some, text_of};
use testing::scripted_server::{Stub, json, text};

async fn oidc() -> (Provider, String) {
    let stub = Stub::start().await;
    let base = stub.base.clone();
    stub.on(
        "/.well-known/openid-configuration",
        json(
            200,
            &value!({"issuer": base, "device_authorization_endpoint": format!("{base}/device"), "token_endpoint": format!("{base}/token"),
                "userinfo_endpoint": format!("{base}/me"), "revocation_endpoint": format!("{base}/revoke"), "jwks_uri": format!("{base}/jwks")}),
        ),
    )
    .on(
        "/device",
        json(
            200,
            &value!({"device_code": "FsPnVOt4", "user_code": "KRQN-BPPH", "expires_in": 600, "verification_uri": format!("{base}/device/page"),
                "verification_uri_complete": format!("{base}/device/page?user_code=KRQN-BPPH")}),
        ),
    );
    let lines = format!("preset = 'oidc'\nissuer = '{base}'");
    (Provider::with(stub, &lines, &[]), base)
}

#[tokio::test]
async fn oidc_signs_in_refreshes_and_signs_out() {
    let (oidc, issuer) = oidc().await;
    oidc.stub
        .on("/me", json(200, &value!({"sub": "ada", "name": "Ada"})));
    let id_token = oidc.id_token(&issuer, &value!({}));
    let grant = oidc
        .grant(&[
            error(400, "authorization_pending"),
            error(400, "slow_down"),
            json(200, &value!({"access_token": "at", "refresh_token": "rt", "id_token": id_token, "expires_in": 3600, "token_type": "bearer"})),
        ])
        .await;
    assert_eq!(
        grant.polls,
        [("pending", 400, 6.0), ("slow_down", 400, 12.0)],
        "5 s where no interval is named"
    );
    let tokens = grant.tokens();
    assert_eq!(oidc.identity(tokens).await.name.as_deref(), Some("Ada"));
    let fresh = oidc
        .refresh(
            tokens,
            json(
                200,
                &value!({"access_token": "at2", "refresh_token": "rt2"}),
            ),
        )
        .await
        .unwrap();
    assert_eq!(text_of(fresh.refresh_token.as_ref()), Some("rt2"));
    assert!(is_over(
        oidc.refresh(tokens, error(400, "invalid_grant")).await
    ));
    oidc.stub.on("/revoke", text(200, "text/html", ""));
    assert_eq!(oidc.revoke(tokens).await, Revocation::Revoked);
}

#[tokio::test]
async fn oidc_ends_in_its_own_dialect() {
    let (oidc, _) = oidc().await;
    for (status, code, reason) in [
        (400, "access_denied", Reason::Denied),
        (400, "expired_token", Reason::Expired),
        (401, "invalid_client", Reason::Rejected),
        (404, "device_not_found", Reason::Rejected),
    ] {
        assert_eq!(oidc.ending(error(status, code)).await, (reason, some(code)));
    }
}
