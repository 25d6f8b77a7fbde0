//! `vestibule doctor` before servers that are well and servers that are not. What it says is kept in
//! `transcripts/`.

mod dead;
mod session;
mod transcript;

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use testing::device::Device;
use testing::process::Ended;
use testing::stub_server::{Certificate, Site, black_hole, nobody, serve, serve_tls};
use transcript::compare;

/// What no output may ever hold.
const SECRETS: [&str; 4] = [
    "device-marker",
    "USER-MARK",
    "access-marker",
    "refresh-marker",
];

/// An OpenID provider and an API, all well.
fn healthy() -> Site {
    Site::default()
        .json(
            "/.well-known/openid-configuration",
            200,
            &json!({"issuer": "BASE", "device_authorization_endpoint": "BASE/device", "token_endpoint": "BASE/token"}),
        )
        .json("/device", 200, &code())
        .json("/token", 400, &json!({"error": "authorization_pending"}))
        .json("/api/row", 200, &json!([{"id": 1, "name": "One"}, {"id": 2, "name": "Two"}]))
}

fn code() -> Value {
    json!({"device_code": "device-marker", "user_code": "USER-MARK", "verification_uri": "BASE/go", "expires_in": 900})
}

fn oidc(issuer: &str) -> String {
    format!("[provider]\npreset = \"oidc\"\nissuer = \"{issuer}\"\nclient_id = \"tv\"\n")
}

fn with_api(config: &str, base: &str) -> String {
    format!(
        "{config}[api]\nbase_url = \"{base}/api/\"\n[[api.rows]]\ntitle = \"Mine\"\npath = \"row\"\n\
         card = {{ id = \"/id\", title = \"/name\" }}\n"
    )
}

/// Auth0's answers at an address of our own.
fn auth0(base: &str) -> String {
    format!(
        "[provider]\npreset = \"auth0\"\ndomain = \"acme.eu.auth0.com\"\nclient_id = \"tv\"\n\
         audience = \"https://api.example.com\"\n\
         device_authorization_endpoint = \"{base}/oauth/device/code\"\ntoken_endpoint = \"{base}/oauth/token\"\n"
    )
}

fn doctor(home: &Device, config: &str) -> Ended {
    home.configure(config);
    tidy(home);
    examine(home)
}

/// Modes as the program leaves them.
fn tidy(home: &Device) {
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(&home.config_dir(), 0o700);
    mode(&home.config_dir().join("vestibule.toml"), 0o600);
}

fn examine(home: &Device) -> Ended {
    let started = Instant::now();
    let ended = home.run(&["doctor"]);
    assert!(started.elapsed() < Duration::from_secs(10), "{ended:?}");
    for secret in SECRETS {
        assert!(
            !ended.stdout.contains(secret) && !ended.stderr.contains(secret),
            "{ended:?}"
        );
    }
    ended
}

/// Examines a new box with this configuration and compares what is said.
fn say(name: &str, config: &str, exit: i32) {
    let home = Device::new();
    let ended = doctor(&home, config);
    compare(name, &home, &ended);
    assert_eq!(ended.code, Some(exit), "{ended:?}");
}

/// A server was seen to replace its refresh token.
fn rotated(account: &mut Value) {
    account["previous_refresh_token"] = json!("previous-marker");
}

/// Signs somebody in without asking anybody.
fn sign_in(home: &Device, issuer: &str, change: impl FnOnce(&mut Value)) {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let mut account = json!({
        "schema": 1, "issuer": issuer, "client_id": "tv", "subject": "1", "scopes": ["openid"],
        "access_token": "access-marker", "refresh_token": "refresh-marker", "token_type": "Bearer",
        "access_token_issued_at": now, "access_token_expires_at": now + 86_400,
        "signed_in_at": now - 2 * 86_400, "refreshed_at": now,
    });
    account["refreshed_at"] = json!(now - 3600);
    change(&mut account);
    let folder = home.config_dir().join("accounts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    let file = folder.join("default.json");
    std::fs::write(&file, account.to_string()).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn healthy_and_signed_in() {
    let base = serve(healthy());
    let home = Device::new();
    sign_in(&home, &base, rotated);
    let ended = doctor(&home, &with_api(&oidc(&base), &base));
    compare("healthy", &home, &ended);
    assert_eq!(ended.code, Some(0));
    assert!(!ended.stdout.contains("warning"), "{ended:?}");
}

#[test]
fn a_session_that_anybody_could_copy() {
    let base = serve(healthy());
    let home = Device::new();
    sign_in(&home, &base, |_| ());
    let ended = doctor(&home, &with_api(&oidc(&base), &base));
    compare("session-could-be-copied", &home, &ended);
    assert_eq!(ended.code, Some(0));
}

#[test]
fn the_demo_is_healthy() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let demo = runtime.block_on(vestibule_demo::start(vestibule_demo::Options {
        data_dir: folder.path().to_owned(),
        port: 0,
        ..vestibule_demo::Options::default()
    }));
    let demo = demo.unwrap();
    say("demo-nobody-signed-in", &demo.config_toml(), 0);
    runtime.block_on(demo.stop());
}

#[test]
fn json_says_the_same_to_scripts() {
    let base = serve(healthy());
    let home = Device::new();
    home.configure(&with_api(&oidc(&base), &base));
    let ended = home.run(&["doctor", "--json"]);
    let report: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(report["ok"], true);
    let names: Vec<_> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| &check["name"])
        .collect();
    assert_eq!(
        json!(names),
        json!([
            "config",
            "clock",
            "dns",
            "tcp",
            "tls",
            "discovery",
            "device_grant",
            "token_endpoint",
            "api",
            "first_row",
            "config_dir",
            "permissions",
            "session",
            "lock"
        ])
    );
    home.configure(&oidc(&format!("http://{}", nobody())));
    let ended = home.run(&["doctor", "--json"]);
    let report: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!((ended.code, &report["ok"]), (Some(6), &json!(false)));
    assert_eq!(report["checks"][3]["status"], "failed");
    assert!(
        report["checks"][3]["fix"]
            .as_str()
            .unwrap()
            .contains("nothing listens")
    );
    assert_eq!(report["checks"][4]["status"], "skipped");
}

#[test]
fn a_wrong_configuration() {
    say(
        "wrong-configuration",
        "[provider]\npreset = \"auth0\"\ndomian = \"acme.eu.auth0.com\"\n",
        2,
    );
    let home = Device::new();
    std::fs::set_permissions(home.config_dir(), std::fs::Permissions::from_mode(0o700)).unwrap();
    let ended = examine(&home);
    assert_eq!(ended.code, Some(2), "{ended:?}");
}

#[test]
fn nothing_listens() {
    say("nothing-listens", &oidc(&format!("http://{}", nobody())), 6);
}

#[test]
fn a_name_that_does_not_resolve() {
    say("name-not-found", &oidc("https://nothing.invalid"), 6);
}

#[test]
fn a_server_that_never_answers() {
    let (_listener, address) = black_hole();
    let plain = format!("http://{address}");
    say("never-answers", &with_api(&oidc(&plain), &plain), 6);
    say("never-answers-tls", &oidc(&format!("https://{address}")), 6);
}

#[test]
fn a_page_in_place_of_json() {
    let site = Site::default().page("/.well-known/openid-configuration", 200);
    say("page-for-json", &oidc(&serve(site)), 7);
    let site = Site::default().page("/oauth/device/code", 200);
    say("auth0-page-for-json", &auth0(&serve(site)), 7);
}

#[test]
fn a_server_without_a_device_endpoint() {
    let site = Site::default().json(
        "/.well-known/openid-configuration",
        200,
        &json!({"issuer": "BASE", "token_endpoint": "BASE/token"}),
    );
    say("no-device-endpoint", &oidc(&serve(site)), 7);
}

#[test]
fn an_endpoint_that_is_not_used_is_told() {
    for (member, exit, status) in [
        ("jwks_uri", 7, "failed"),
        ("userinfo_endpoint", 0, "warning"),
        ("revocation_endpoint", 0, "warning"),
    ] {
        let mut metadata = json!({"issuer": "BASE", "device_authorization_endpoint": "BASE/device", "token_endpoint": "BASE/token"});
        metadata[member] = json!("http://keys.example/x");
        let site = healthy().json("/.well-known/openid-configuration", 200, &metadata);
        let home = Device::new();
        home.configure(&oidc(&serve(site)));
        tidy(&home);
        let ended = home.run(&["doctor", "--json"]);
        let report: Value = serde_json::from_str(&ended.stdout).unwrap();
        let checks = report["checks"].as_array().unwrap();
        let found = checks.iter().find(|check| check["name"] == "discovery");
        let found = found.unwrap();
        assert_eq!(found["status"], status, "{member}: {report}");
        let detail = found["detail"].as_str().unwrap();
        assert!(
            detail.contains(member) && detail.contains("plain http"),
            "{detail}"
        );
        assert!(found["fix"].is_string(), "{found}");
        let polled = checks
            .iter()
            .find(|check| check["name"] == "token_endpoint");
        assert_eq!(polled.unwrap()["status"], "ok", "{member}: {report}");
        assert_eq!(ended.code, Some(exit), "{member}");
    }
}

#[test]
fn an_unknown_client() {
    let site = healthy().json("/device", 401, &json!({"error": "invalid_client"}));
    say("unknown-client", &oidc(&serve(site)), 7);
}

#[test]
fn auth0s_switches() {
    let refuse = |name, status, error, words| {
        let refusal = json!({"error": error, "error_description": words});
        let site = Site::default().json("/oauth/device/code", status, &refusal);
        say(name, &auth0(&serve(site)), 7);
    };
    refuse(
        "auth0-grant-off",
        403,
        "unauthorized_client",
        "Grant type 'urn:ietf:params:oauth:grant-type:device_code' not allowed for the client.",
    );
    refuse(
        "auth0-unknown-audience",
        403,
        "access_denied",
        "Service not found: https://api.example.com",
    );
    refuse(
        "auth0-unknown-client",
        403,
        "unauthorized_client",
        "Unknown client: tv",
    );
    let site = Site::default()
        .json("/oauth/device/code", 200, &code())
        .json(
            "/oauth/token",
            401,
            &json!({"error": "access_denied", "error_description": "Unauthorized"}),
        );
    say("auth0-authentication-not-none", &auth0(&serve(site)), 7);
}

#[test]
fn auth0_without_offline_access() {
    let base = serve(
        Site::default()
            .json("/oauth/device/code", 200, &code())
            .json(
                "/oauth/token",
                403,
                &json!({"error": "authorization_pending"}),
            ),
    );
    let home = Device::new();
    sign_in(&home, "https://acme.eu.auth0.com/", |account| {
        account["refresh_token"] = Value::Null;
    });
    let ended = doctor(&home, &auth0(&base));
    compare("auth0-offline-access-off", &home, &ended);
    assert_eq!(ended.code, Some(0));
}

#[test]
fn certificates() {
    let home = Device::new();
    let certificate = Certificate::valid(2020, 2100);
    let base = serve_tls(&certificate, healthy());
    let ended = doctor(&home, &oidc(&base));
    compare("self-signed", &home, &ended);
    assert_eq!(ended.code, Some(6));

    let ca_file = home.path("ca.pem");
    std::fs::write(&ca_file, &certificate.pem).unwrap();
    let trusting = |base: &str| format!("{}ca_file = \"{}\"\n", oidc(base), ca_file.display());
    let ended = doctor(&home, &with_api(&trusting(&base), &base));
    compare("own-authority", &home, &ended);
    assert_eq!(ended.code, Some(0));

    let early = Certificate::valid(2090, 2100);
    std::fs::write(&ca_file, &early.pem).unwrap();
    let base = serve_tls(&early, healthy());
    let ended = doctor(&home, &trusting(&base));
    compare("certificate-not-valid-yet", &home, &ended);
    assert_eq!(ended.code, Some(6));
}

#[test]
fn a_session_that_others_may_read() {
    let base = serve(healthy());
    let home = Device::new();
    sign_in(&home, &base, rotated);
    let file = home.config_dir().join("accounts/default.json");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let ended = doctor(&home, &oidc(&base));
    compare("session-open-to-others", &home, &ended);
    assert_eq!(ended.code, Some(0));
}

#[test]
fn a_session_that_does_not_parse_stays_where_it_is() {
    let base = serve(healthy());
    let home = Device::new();
    sign_in(&home, &base, |account| {
        *account = json!({"schema": 1, "access_token": "access-marker"});
    });
    let ended = doctor(&home, &oidc(&base));
    compare("session-broken", &home, &ended);
    assert!(home.config_dir().join("accounts/default.json").exists());
}

#[test]
fn an_api_that_is_somewhere_else() {
    let base = serve(healthy());
    let config = with_api(&oidc(&base), &base).replace("/api/", "/v2/");
    say("api-not-found", &config, 2);
}
