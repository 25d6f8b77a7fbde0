//! GitHub: errors at status 200, a new interval with `slow_down`, commas in scopes, no refresh token.

use device_flow::Reason;
use device_flow::Revocation;
use serde_json::json as value;

use super::replay::{Provider, is_over, some};
use testing::scripted_server::{Says, json, text};

async fn github() -> Provider {
    let provider = Provider::start("preset = 'github'", &["device", "token", "me"]).await;
    provider.stub.on(
        "/device",
        json(
            200,
            &value!({"device_code": "3584d83530557fdd1f46af8289938c8ef79f9dc5", "user_code": "WDJB-MJHT",
                "verification_uri": "https://github.com/login/device", "expires_in": 900, "interval": 5}),
        ),
    );
    provider
}

fn refusal(code: &str) -> Says {
    json(
        200,
        &value!({"error": code, "error_description": "In GitHub's words.", "error_uri": "https://docs.github.com"}),
    )
}

#[tokio::test]
async fn github_signs_in_and_has_nothing_to_refresh() {
    let github = github().await;
    github.stub.on(
        "/me",
        json(200, &value!({"login": "ada", "id": 583231, "avatar_url": "https://avatars.example/u/1", "name": null, "email": null})),
    );
    let slow = json(
        200,
        &value!({"error": "slow_down", "error_description": "Too many requests", "interval": 15}),
    );
    let grant = github
        .grant(&[
            refusal("authorization_pending"),
            slow,
            // The form that is sent where JSON is not asked for.
            text(200, "application/x-www-form-urlencoded", "error=authorization_pending&error_description=x"),
            json(200, &value!({"access_token": "gho_16C7", "token_type": "bearer", "scope": "read:user,gist"})),
        ])
        .await;
    assert_eq!(grant.code.user_code, "WDJB-MJHT");
    assert_eq!(grant.code.verification_uri_complete, None);
    assert_eq!(
        grant.polls,
        [
            ("pending", 200, 6.0),
            ("slow_down", 200, 18.0),
            ("pending", 200, 18.0)
        ]
    );
    for path in ["/device", "/token"] {
        assert_eq!(
            github.last(path).0.accept.as_deref(),
            Some("application/json")
        );
    }
    let tokens = grant.tokens();
    assert!(tokens.refresh_token.is_none() && tokens.expires_in.is_none());
    assert_eq!(
        tokens.scopes.as_deref(),
        Some(&["read:user".to_owned(), "gist".to_owned()][..])
    );
    let identity = github.identity(tokens).await;
    assert_eq!(
        (identity.subject.as_str(), identity.name.as_deref()),
        ("583231", Some("ada"))
    );
    assert_eq!(
        identity.picture.unwrap().as_str(),
        "https://avatars.example/u/1"
    );
    assert_eq!(
        github.last("/me").0.authorization.as_deref(),
        Some("Bearer gho_16C7")
    );
    assert_eq!(github.revoke(tokens).await, Revocation::NotOffered);
}

#[tokio::test]
async fn github_ends_in_its_own_dialect() {
    let github = github().await;
    for (code, reason) in [
        ("access_denied", Reason::Denied),
        ("expired_token", Reason::Expired),
        ("token_expired", Reason::Expired),
        ("incorrect_device_code", Reason::Rejected),
        ("incorrect_client_credentials", Reason::Rejected),
        ("device_flow_disabled", Reason::Rejected),
        ("unsupported_grant_type", Reason::Rejected),
    ] {
        assert_eq!(github.ending(refusal(code)).await, (reason, some(code)));
    }
}

#[tokio::test]
async fn github_apps_that_do_refresh_end_by_a_word_of_their_own() {
    let github = github().await;
    let grant = github
        .grant(&[json(
            200,
            &value!({"access_token": "ghu_1", "refresh_token": "ghr_1", "expires_in": 28800}),
        )])
        .await;
    assert!(is_over(
        github
            .refresh(grant.tokens(), refusal("bad_refresh_token"))
            .await
    ));
    assert!(!is_over(
        github
            .refresh(grant.tokens(), text(502, "text/html", "<html>Unicorn!"))
            .await
    ));
}
