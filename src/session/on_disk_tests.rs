//! B26 from outside: what is on disk when new tokens may be used.

use crate::config::Provider;
use crate::session::{Accounts, Destination, sign_in};
use device_flow::RetryLimit;
use serde_json::{Value, json as value};

use testing::scripted_server::{Stub, json};

#[tokio::test]
async fn b26_a_rotated_token_is_on_disk_before_it_is_used() {
    let stub = Stub::start().await;
    let tokens = |n: u32| value!({"access_token": format!("access-{n}"), "refresh_token": format!("refresh-{n}"), "expires_in": 3600});
    let _ = stub
        .on(
            "/device",
            json(
                200,
                &value!({"device_code": "device-code", "user_code": "A", "interval": 1, "verification_uri": "https://x.example/"}),
            ),
        )
        .on("/token", json(200, &tokens(1)))
        .on("/token", json(200, &tokens(2)));
    let provider: Provider = toml::from_str(&format!(
        "preset = 'oauth2'\nclient_id = 'tv'\ndevice_authorization_endpoint = '{0}/device'\ntoken_endpoint = '{0}/token'",
        stub.base
    ))
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let client = provider.client().unwrap();
    let accounts = Accounts::new(folder.path(), &folder.path().join("cache"));
    let destination = Destination::Profile("default".to_owned());
    let session = sign_in(
        &client,
        &accounts,
        destination,
        RetryLimit::Tries(1),
        std::time::Duration::ZERO,
    )
    .finish()
    .await
    .unwrap();
    let on_disk = || -> Value {
        let text = std::fs::read_to_string(accounts.file("default")).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    assert_eq!(on_disk()["refresh_token"], "refresh-1");
    let first = session.access_token().await.unwrap();
    let _second = session.replace(&first).await.unwrap();
    // The token is in hand only now, and its successor is written already.
    let file = on_disk();
    assert_eq!(file["refresh_token"], "refresh-2");
    assert_eq!(file["access_token"], "access-2");
    assert_eq!(file["previous_refresh_token"], "refresh-1");
}
