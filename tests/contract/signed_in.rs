//! A box on which somebody is signed in, with an API of the test's own.

use std::net::TcpListener;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use serde_json::json;

use testing::device::Device;

/// The box, and the address of the API, which is served at `BASE/api/`. `rows` follow `[api]` in the configuration, with
/// `BASE` for the server's own address.
pub(crate) fn with_api(router: Router, rows: &str) -> (Device, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let _ = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
    });
    let device = Device::new();
    let rows = rows.replace("BASE", &base);
    device.configure(&format!(
        "[provider]\npreset = \"oauth2\"\nclient_id = \"tv\"\ndevice_authorization_endpoint = \"{base}/device\"\n\
         token_endpoint = \"{base}/token\"\n[api]\nbase_url = \"{base}/api/\"\n{rows}"
    ));
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let account = json!({
        "schema": 1, "issuer": format!("{base}/token"), "client_id": "tv", "subject": "1", "scopes": ["openid"],
        "access_token": "access-marker", "refresh_token": "refresh-marker", "token_type": "Bearer",
        "access_token_issued_at": now, "access_token_expires_at": now + 86_400, "signed_in_at": now,
        "refreshed_at": now,
    });
    let folder = device.config_dir().join("accounts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("default.json"), account.to_string()).unwrap();
    (device, base)
}
