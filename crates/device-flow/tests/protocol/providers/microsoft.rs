//! Microsoft Entra: a message for people in their language, `authorization_declined`, an issuer that names
//! the directory, no revocation.

use device_flow::Reason;
use device_flow::{Error, Revocation};
use serde_json::json as value;

use super::replay::{Provider, error, is_over, some, text_of};
use testing::scripted_server::json;

const TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

fn issuer() -> String {
    format!("https://login.microsoftonline.com/{TENANT}/v2.0")
}

async fn microsoft(more: &str) -> Provider {
    let lines = format!("preset = 'microsoft'\n{more}");
    let provider = Provider::start(&lines, &["device", "token", "me", "jwks"]).await;
    provider.stub.on(
        "/device",
        json(
            200,
            &value!({"user_code": "FJC3ZCGNH", "device_code": "FAQABAAEAAAD", "verification_uri": "https://microsoft.com/devicelogin",
                "expires_in": 900, "interval": 5,
                "message": "To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code FJC3ZCGNH to authenticate."}),
        ),
    );
    provider
}

#[tokio::test]
async fn microsoft_signs_in_refreshes_and_signs_out() {
    let microsoft = microsoft("").await;
    // A token for an API of one's own is refused by Graph.
    microsoft.stub.on("/me", json(401, &value!({"error": {"code": "InvalidAuthenticationToken", "message": "Access token validation failure."}})));
    let id_token = microsoft.id_token(&issuer(), &value!({"tid": TENANT, "name": "Ada"}));
    let grant = microsoft
        .grant(&[
            json(
                400,
                &value!({"error": "authorization_pending", "error_codes": [70016], "suberror": "x",
                    "error_description": "AADSTS70016: OAuth 2.0 device flow error. Authorization is pending. Continue polling."}),
            ),
            error(400, "slow_down"),
            json(
                200,
                &value!({"token_type": "Bearer", "scope": "openid profile email", "expires_in": 3599, "ext_expires_in": 3599,
                    "access_token": "eyJ0", "refresh_token": "AwABAAA", "id_token": id_token}),
            ),
        ])
        .await;
    assert!(grant.code.message.as_deref().unwrap().contains("FJC3ZCGNH"));
    assert_eq!(grant.code.verification_uri_complete, None);
    assert_eq!(
        grant.polls,
        [("pending", 400, 6.0), ("slow_down", 400, 12.0)]
    );
    let tokens = grant.tokens();
    let identity = microsoft.identity(tokens).await;
    assert_eq!(
        (identity.subject.as_str(), identity.name.as_deref()),
        ("ada", Some("Ada"))
    );
    let fresh = microsoft
        .refresh(
            tokens,
            json(
                200,
                &value!({"access_token": "eyJ1", "refresh_token": "AwABAAB", "expires_in": "3599"}),
            ),
        )
        .await
        .unwrap();
    assert_eq!(text_of(fresh.refresh_token.as_ref()), Some("AwABAAB"));
    assert!(is_over(
        microsoft.refresh(tokens, error(400, "invalid_grant")).await
    ));
    assert_eq!(microsoft.revoke(tokens).await, Revocation::NotOffered);
}

#[tokio::test]
async fn microsoft_ends_in_its_own_dialect() {
    let microsoft = microsoft("").await;
    for (code, reason) in [
        ("authorization_declined", Reason::Denied),
        ("expired_token", Reason::Expired),
        ("code_expired", Reason::Expired),
        ("bad_verification_code", Reason::Rejected),
        ("invalid_client", Reason::Rejected),
    ] {
        assert_eq!(
            microsoft.ending(error(400, code)).await,
            (reason, some(code))
        );
    }
}

/// Where a request for a code says its language; the form never does.
async fn asked_in(microsoft: &Provider) -> Option<String> {
    let _ = microsoft.ending(error(400, "expired_token")).await;
    let (asked, form) = microsoft.last("/device");
    assert!(form.iter().all(|(name, _)| name != "mkt"), "{form:?}");
    asked.query
}

#[tokio::test]
async fn microsoft_is_asked_in_the_screens_language() {
    let microsoft = microsoft("").await;
    assert_eq!(asked_in(&microsoft).await, None);
    let microsoft = microsoft.speaking(Some("de-DE"));
    assert_eq!(asked_in(&microsoft).await, some("mkt=de-DE"));
}

#[tokio::test]
async fn microsoft_is_asked_in_the_language_the_owner_wants() {
    let microsoft = microsoft("extra_params = { mkt = 'fr-FR' }").await;
    let microsoft = microsoft.speaking(Some("de-DE"));
    assert_eq!(asked_in(&microsoft).await, some("mkt=fr-FR"));
}

#[tokio::test]
async fn microsoft_tokens_of_another_directory_are_refused_where_one_is_named() {
    let other = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    let microsoft = microsoft(&format!("tenant = '{other}'")).await;
    let id_token = microsoft.id_token(&issuer(), &value!({"tid": TENANT}));
    let grant = microsoft
        .grant(&[json(
            200,
            &value!({"access_token": "a", "id_token": id_token}),
        )])
        .await;
    let refused = microsoft.client.identity(grant.tokens()).await;
    assert!(matches!(refused, Err(Error::IdToken(_))), "{refused:?}");
}
