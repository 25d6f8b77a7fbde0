//! The commands that work with an account, before a server that answers the same to the same.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use testing::device::{Device, run_to_end};
use testing::process::Ended;
use testing::stub_server::{Asked, Site, serve};

fn granted(number: u32) -> Value {
    json!({"access_token": format!("access-marker-{number}"), "refresh_token": format!("refresh-marker-{number}"),
           "token_type": "Bearer", "expires_in": 3600})
}

/// A server that confirms at once, and an API.
fn willing() -> Site {
    Site::default()
        .json(
            "/device",
            200,
            &json!({"device_code": "device-marker", "user_code": "QTZL-MCBW", "interval": 1, "expires_in": 60,
                    "verification_uri": "https://id.example/activate"}),
        )
        .json("/token", 200, &granted(1))
        .json("/revoke", 200, &json!({}))
        .json("/api/row", 200, &json!({"items": []}))
}

/// A box that is configured for the server, and what that will have been asked.
fn house(site: Site, extra: &str) -> (Device, Asked) {
    let asked = site.asked();
    let base = serve(site);
    let home = Device::new();
    let extra = extra.replace("BASE", &base);
    home.configure(&format!(
        "[provider]\npreset = \"oauth2\"\nclient_id = \"tv\"\ndevice_authorization_endpoint = \"{base}/device\"\n\
         token_endpoint = \"{base}/token\"\nrevocation_endpoint = \"{base}/revoke\"\n{extra}\n\
         [api]\nbase_url = \"{base}/api/\"\n"
    ));
    (home, asked)
}

fn sign_in(home: &Device) -> Ended {
    let ended = home.run(&["sign-in", "--json"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    ended
}

/// Makes the access token run out.
fn expire(home: &Device) {
    let file = home.config_dir().join("accounts/default.json");
    let mut account: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    account["access_token_issued_at"] = json!(1);
    account["access_token_expires_at"] = json!(2);
    std::fs::write(&file, account.to_string()).unwrap();
}

#[test]
fn a_file_that_is_named_and_missing_is_the_configurations_fault() {
    for (line, key) in [
        ("client_secret_file = \"gone\"", "client secret"),
        ("ca_file = \"gone.pem\"", "ca_file"),
        ("ca_file = \"vestibule.toml\"", "ca_file"),
    ] {
        let (home, asked) = house(willing(), line);
        for command in [&["sign-in", "--json"][..], &["call", "row"], &["status"]] {
            let ended = home.run(command);
            assert_eq!(ended.code, Some(2), "{line}: {ended:?}");
            assert!(ended.stderr.contains(key), "{line}: {ended:?}");
        }
        assert!(asked.bodies("/device", "").is_empty());
    }
}

#[test]
fn nobody_stays_signed_in_because_a_file_is_missing() {
    let (home, asked) = house(willing(), "");
    let _ = sign_in(&home);
    let file = home.config_dir().join("vestibule.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.replace(
        "[api]",
        "client_secret_file = \"gone\"\nca_file = \"gone\"\n[api]",
    );
    std::fs::write(&file, text).unwrap();
    let ended = home.run(&["sign-out"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stderr.contains("gone"), "{ended:?}");
    assert_eq!(asked.bodies("/revoke", "token=").len(), 2);
    assert_eq!(home.run(&["sign-out", "--all"]).code, Some(0));
    assert!(!home.config_dir().join("accounts/default.json").exists());
}

#[test]
fn modes_are_repaired_before_a_sign_in() {
    let (home, _asked) = house(willing(), "");
    let change = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let file = home.config_dir().join("vestibule.toml");
    change(&home.config_dir(), 0o755);
    change(&file, 0o644);
    let _ = sign_in(&home);
    assert_eq!((mode(&home.config_dir()), mode(&file)), (0o700, 0o600));
}

#[test]
fn a_sign_in_that_cannot_be_remembered_asks_for_no_code() {
    let (home, asked) = house(willing(), "");
    let config = home.config_dir().join("vestibule.toml");
    let mut command = home.command(&["--config", &config.to_string_lossy(), "sign-in", "--json"]);
    // Root passes any mode; nobody makes a directory under /proc.
    let _ = command.env("XDG_CONFIG_HOME", "/proc");
    let ended = run_to_end(command);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("no code was asked for"), "{ended:?}");
    assert_eq!(asked.all(), Vec::<String>::new());
}

#[test]
fn the_session_that_was_replaced_is_revoked_before_the_process_ends() {
    let after = Duration::from_millis(300);
    let site = willing().late("/revoke", "marker", after, &json!({}));
    let site = site.json("/me", 200, &json!({"sub": "ada"}));
    let (home, asked) = house(site, "userinfo_endpoint = \"BASE/me\"");
    let _ = sign_in(&home);
    let file = home.config_dir().join("accounts/default.json");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("\"ada\"", "\"kofi\"")).unwrap();
    let _ = sign_in(&home);
    let revoked = asked.bodies("/revoke", "marker-1");
    assert_eq!(revoked.len(), 2, "{revoked:?}");
    // Somebody whom the server does not name may be the same person, who would be signed out again.
    std::fs::write(&file, text.replace("\"ada\"", "\"\"")).unwrap();
    let _ = sign_in(&home);
    assert_eq!(asked.bodies("/revoke", "").len(), 2);
}

#[test]
fn the_same_person_twice_at_a_server_nobody_knows_revokes_nothing() {
    let (home, asked) = house(willing(), "");
    let _ = sign_in(&home);
    let _ = sign_in(&home);
    assert_eq!(asked.bodies("/revoke", "").len(), 0);
    assert_eq!(home.run(&["call", "row"]).code, Some(0));
}

#[test]
fn no_proxy_sees_what_stays_on_this_machine() {
    let (home, asked) = house(willing(), "");
    let _ = sign_in(&home);
    let proxy = Site::default();
    let seen = proxy.asked();
    let proxy = serve(proxy);
    for name in ["http_proxy", "HTTP_PROXY", "ALL_PROXY"] {
        let mut call = home.command(&["call", "row"]);
        let _ = call.env(name, &proxy);
        let ended = run_to_end(call);
        assert_eq!(ended.code, Some(0), "{name}: {ended:?}");
    }
    assert_eq!(asked.bodies("/api/row", "").len(), 3);
    assert!(seen.all().is_empty(), "{:?}", seen.all());
}

#[test]
fn a_page_in_place_of_a_refresh_is_the_networks() {
    let (home, _asked) = house(willing(), "");
    let _ = sign_in(&home);
    expire(&home);
    let file = home.config_dir().join("vestibule.toml");
    let hotel = serve(Site::default().page("/token", 200));
    let text = std::fs::read_to_string(&file).unwrap();
    let line = text
        .lines()
        .find(|line| line.starts_with("token_endpoint"))
        .unwrap();
    std::fs::write(
        &file,
        text.replace(line, &format!("token_endpoint = \"{hotel}/token\"")),
    )
    .unwrap();
    // The issuer of plain OAuth 2.0 is its token endpoint.
    let account = home.config_dir().join("accounts/default.json");
    let mut stored: Value = serde_json::from_slice(&std::fs::read(&account).unwrap()).unwrap();
    stored["issuer"] = json!(format!("{hotel}/token"));
    std::fs::write(&account, stored.to_string()).unwrap();
    let ended = home.run(&["call", "row"]);
    assert_eq!(ended.code, Some(6), "{ended:?}");
}

#[test]
fn a_second_ctrl_c_waits_for_no_answer_to_a_poll() {
    use rustix::process::{Pid, Signal, kill_process};
    const LIMIT: Duration = Duration::from_secs(10);
    let late = willing().late("/token", "device-marker", 6 * LIMIT, &granted(1));
    let (home, asked) = house(late, "");
    let mut sign_in = home
        .command(&["sign-in", "--json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while asked.bodies("/token", "device-marker").is_empty() {
        assert!(began.elapsed() < LIMIT, "no poll");
        thread::sleep(Duration::from_millis(10));
    }
    let pid = Pid::from_child(&sign_in);
    let press = || kill_process(pid, Signal::INT).unwrap();
    press();
    let stdout = BufReader::new(sign_in.stdout.take().unwrap());
    let told = stdout
        .lines()
        .map_while(Result::ok)
        .find(|line| line.contains("cancelled"));
    assert!(told.is_some());
    let told = Instant::now();
    let ended = loop {
        // It may not have begun to wait when it is pressed the first time.
        press();
        if let Some(ended) = sign_in.try_wait().unwrap() {
            break ended;
        }
        thread::sleep(Duration::from_millis(100));
    };
    assert_eq!(ended.code(), Some(130));
    assert!(
        told.elapsed() < Duration::from_secs(3),
        "{:?}",
        told.elapsed()
    );
}

#[test]
fn a_malformed_answer_is_no_refusal_of_this_client() {
    let whole =
        json!({"device_code": "d", "user_code": "AB", "verification_uri": "https://id.example/"});
    for (member, lacks) in [
        ("device_code", "no device_code"),
        ("user_code", "no user_code"),
        ("verification_uri", "no verification_uri"),
    ] {
        let mut body = whole.clone();
        let _ = body.as_object_mut().unwrap().remove(member);
        let (home, _asked) = house(Site::default().json("/device", 200, &body), "");
        let ended = home.run(&["sign-in", "--no-qr"]);
        assert_eq!(ended.code, Some(7), "{ended:?}");
        assert!(ended.stderr.contains(lacks), "{ended:?}");
        assert!(!ended.stderr.contains("accept this client"), "{ended:?}");
    }
}
