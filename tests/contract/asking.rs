//! APIs that want more than a bearer token, and that what they want is nowhere but on its way to them.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use testing::device::Device;
use testing::files::files_below;

use crate::signed_in::with_api;

type Seen = Arc<Mutex<Vec<String>>>;

/// Answers only who has the key, and the token where it is wanted.
async fn api(State(seen): State<Seen>, uri: Uri, headers: HeaderMap) -> Response {
    seen.lock().unwrap().push(uri.to_string());
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let query = uri.query().unwrap_or_default();
    let is_allowed = match uri.path() {
        path if path.starts_with("/api/") => {
            text("x-api-key") == Some("k3y-marker-1")
                && query.contains("t=access-marker")
                && text("authorization").is_none()
        }
        _ => {
            text("x-weather") == Some("weather-marker-2")
                && !format!("{uri} {headers:?}").contains("access-marker")
        }
    };
    if !is_allowed {
        let said = format!("refused: {uri} {headers:?}");
        return (
            StatusCode::UNAUTHORIZED,
            axum::Json(json!({"detail": said})),
        )
            .into_response();
    }
    axum::Json(json!({"items": [{"id": "a", "name": "Rain"}], "next": format!("{uri}&page=2")}))
        .into_response()
}

const CONFIG: &str = r#"
headers = { X-Api-Key = { file = "key" } }
token = { query = "t" }

[apis.weather]
base_url = "BASE/weather/"
headers = { X-Weather = { file = "weather-key" } }

[[api.rows]]
title = "Mine"
path = "mine?of={me/sub}"
items = "/items"
next = "/next"
card = { id = "/id", title = "/name" }

[[api.rows]]
title = "Weather"
api = "weather"
path = "today?from={now-1h}"
items = "/items"
card = { id = "/id", title = "/name" }
"#;

fn device() -> (Device, Seen) {
    let seen = Seen::default();
    let router = Router::new().fallback(api).with_state(seen.clone());
    let (device, _) = with_api(router, CONFIG);
    std::fs::write(device.config_dir().join("key"), "k3y-marker-1\n").unwrap();
    std::fs::write(
        device.config_dir().join("weather-key"),
        "weather-marker-2\n",
    )
    .unwrap();
    (device, seen)
}

#[test]
fn keys_and_tokens_reach_their_api_and_nothing_else() {
    let (device, seen) = device();
    let mut said = String::new();
    let mut run = |arguments: &[&str]| {
        let ended = device.run(&[&["--log-level", "trace"], arguments].concat());
        // What an API answers to a call is printed as it is.
        if arguments.first() != Some(&"call") {
            said.push_str(&ended.stdout);
        }
        said.push_str(&ended.stderr);
        (ended.code, ended.stdout)
    };
    for row in ["Mine", "Weather"] {
        let (code, told) = run(&["config", "try", row]);
        assert!(code == Some(0) && told.contains("Rain"), "{row}: {told}");
    }
    let (code, told) = run(&["call", "mine?x=1"]);
    assert!(code == Some(0) && told.contains("Rain"), "{told}");
    assert_eq!(run(&["config", "try", "Mine", "--page", "2"]).0, Some(0));
    assert_eq!(run(&["config", "show"]).0, Some(0));
    assert_eq!(run(&["config", "check"]).0, Some(0));
    let _ = run(&["doctor"]);
    assert!(
        seen.lock()
            .unwrap()
            .iter()
            .any(|uri| uri.starts_with("/api/mine?of=1&t=access-marker"))
    );

    // A key that is wrong, and one that is gone.
    let weather_key = device.config_dir().join("weather-key");
    std::fs::write(&weather_key, "weather-marker-3").unwrap();
    let (code, _) = run(&["config", "try", "Weather"]);
    assert_ne!(code, Some(0));
    std::fs::remove_file(&weather_key).unwrap();
    let (code, _) = run(&["config", "check"]);
    assert_eq!(code, Some(2));
    let (code, _) = run(&["call", "mine"]);
    assert_eq!(code, Some(2), "as the client secret, at each start");
    assert!(
        said.contains("apis.weather.headers.X-Weather") && said.contains("refused:"),
        "{said}"
    );

    for secret in ["k3y-marker", "weather-marker", "access-marker"] {
        assert!(!said.contains(secret), "{secret} was said: {said}");
        for file in files_below(device.home()) {
            let name = file.display().to_string();
            let is_its_own = name.ends_with("key") || name.contains("accounts");
            let holds = std::fs::read(&file)
                .unwrap()
                .windows(secret.len())
                .any(|bytes| bytes == secret.as_bytes());
            assert!(is_its_own || !holds, "{secret} is in {name}");
        }
    }
}
