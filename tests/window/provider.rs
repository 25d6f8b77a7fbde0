//! Against a certified provider (npm oidc-provider): in a terminal, and in the window.

use serde_json::Value;

use crate::browser;
use crate::demo::{App, scan, walk_cards};
use crate::display::read_qr;
use testing::device::Device;
use testing::process::Running;

/// The provider, and a box that is configured for it.
fn start() -> (Running, Device) {
    let mut provider = Running::start(browser::node("oidc-provider.mjs"));
    let ready = provider.json();
    let text = |member: &str| ready[member].as_str().unwrap();
    let device = Device::new();
    device.configure(&format!(
        r#"
[provider]
preset = "oidc"
issuer = "{}"
client_id = "{}"
scopes = ["openid", "profile", "email", "offline_access"]

[api]
base_url = "{}"

[[api.rows]]
title = "Talks"
path = "talks"
items = "/items"
card = {{ id = "/id", title = "/name", subtitle = "/episode", body = "/summary" }}
"#,
        text("issuer"),
        text("client_id"),
        text("api"),
    ));
    (provider, device)
}

#[test]
fn a_terminal_signs_in_calls_refreshes_and_signs_out() {
    let (_provider, device) = start();
    let run = |arguments: &[&str]| Running::start(device.command(arguments)).wait();

    let mut sign_in = Running::start(device.command(&["sign-in", "--json"]));
    let code = sign_in.json();
    let pages = browser::answer(
        code["verification_uri_complete"].as_str().unwrap(),
        "allow",
        &[],
    );
    let user_code = code["user_code"].as_str().unwrap();
    assert!(
        pages
            .iter()
            .any(|page| page["text"].as_str().unwrap().contains(user_code)),
        "{pages:?}"
    );
    let ended = sign_in.wait();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let last: Value = serde_json::from_str(ended.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(last["event"], "signed_in", "{last}");
    assert_eq!(last["subject"], "grace", "{last}");
    assert_eq!(last["name"], "Grace Hopper", "{last}");
    assert_eq!(last["refreshable"], true, "{last}");

    let status = run(&["status", "--json"]);
    assert_eq!(status.code, Some(0), "{status:?}");
    let call = run(&["call", "GET", "/talks"]);
    assert_eq!(call.code, Some(0), "{call:?}");
    assert!(call.stdout.contains("Compilers"), "{call:?}");
    assert!(call.stderr.contains("200"), "{call:?}");
    let sign_out = run(&["sign-out"]);
    assert_eq!(sign_out.code, Some(0), "{sign_out:?}");
    assert_eq!(run(&["status"]).code, Some(3));
}

#[test]
fn a_declined_device_ends_with_4() {
    let (_provider, device) = start();
    let mut sign_in = Running::start(device.command(&["sign-in", "--json"]));
    let code = sign_in.json();
    let address = code["verification_uri_complete"].as_str().unwrap();
    let _ = browser::answer(address, "decline", &[]);
    let ended = sign_in.wait();
    assert_eq!(ended.code, Some(4), "{ended:?}");
}

#[test]
fn the_window_signs_in_and_comes_back_signed_in() {
    let (_provider, device) = start();
    let mut app = App::start(&device, &["kiosk"], "provider-1");
    let _ = app.log.expect_screen("welcome", "idle");
    app.press("Return");
    let url = scan(&mut app, "provider-code");
    let _ = browser::answer(&url, "allow", &[]);
    let _ = walk_cards(&mut app);
    let _ = app
        .display
        .picture("provider-home", |picture| read_qr(picture).is_none());
    drop(app);
    let mut app = App::start(&device, &["kiosk"], "provider-2");
    let _ = walk_cards(&mut app);
    assert!(!app.was_on("sign_in"));
}
