//! The program on a box whose clock stands in 2014, under libfaketime.

// A test that cannot go on should stop where it is; clippy allows that in test functions only.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use testing::device::{Device, run_to_end};
use testing::process::Ended;
use testing::signer::Signer;
use testing::stub_server::{Certificate, Site, start};

const THEN: &str = "@2014-07-03 00:00:00";

/// The program with `arguments` at another time of day. The monotonic clock stays as it is.
fn then(home: &Device, arguments: &[&str]) -> Command {
    let command = home.command(&[]);
    let program = command.get_program().to_owned();
    let mut faked = Command::new("/usr/bin/faketime");
    let _ = faked
        .args(["--exclude-monotonic", "-f", THEN])
        .arg(program)
        .args(arguments)
        .env_clear()
        .current_dir(command.get_current_dir().unwrap());
    for (name, value) in command.get_envs() {
        let _ = faked.env(name, value.unwrap_or_default());
    }
    faked
}

/// A provider that signs somebody in at once, and tells today's date.
fn site(base: &str) -> Site {
    let signer = Signer::es256();
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let id_token = signer.sign(
        "k",
        &json!({"iss": base, "aud": "tv", "sub": "1", "name": "Ada", "iat": now, "exp": now + 3600}),
    );
    Site::default()
        .json(
            "/.well-known/openid-configuration",
            200,
            &json!({
                "issuer": "BASE", "device_authorization_endpoint": "BASE/device",
                "token_endpoint": "BASE/token", "jwks_uri": "BASE/keys"
            }),
        )
        .json("/keys", 200, &json!({"keys": [signer.jwk("k")]}))
        .json(
            "/device",
            200,
            &json!({
                "device_code": "d", "user_code": "ABCD-EFGH", "verification_uri": "BASE/go",
                "expires_in": 900, "interval": 1
            }),
        )
        .json(
            "/token",
            200,
            &json!({
                "access_token": "a", "refresh_token": "r", "token_type": "Bearer", "expires_in": 3600,
                "id_token": id_token
            }),
        )
}

fn configure(home: &Device, base: &str, certificate: Option<&Certificate>) {
    let mut config =
        format!("[provider]\npreset = \"oidc\"\nissuer = \"{base}\"\nclient_id = \"tv\"\n");
    if let Some(certificate) = certificate {
        let file = home.path("ca.pem");
        std::fs::write(&file, &certificate.pem).unwrap();
        config.push_str(&format!("ca_file = \"{}\"\n", file.display()));
    }
    home.configure(&config);
}

fn sign_in(home: &Device) -> Ended {
    run_to_end(then(home, &["sign-in", "--json"]))
}

#[test]
fn b33_the_date_of_a_trusted_server_stands_in_for_the_clock() {
    let home = Device::new();
    let certificate = Certificate::valid(2010, 2100);
    let base = start(Some(certificate.config()), site);
    configure(&home, &base, Some(&certificate));
    let ended = sign_in(&home);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stdout.contains(r#""event":"signed_in""#), "{ended:?}");
}

#[test]
fn b33_no_time_is_taken_from_plain_http() {
    let home = Device::new();
    let base = start(None, site);
    configure(&home, &base, None);
    let ended = sign_in(&home);
    assert_eq!(ended.code, Some(7), "{ended:?}");
    assert!(
        ended.stdout.contains("clock and the server's disagree"),
        "{ended:?}"
    );
}

#[test]
fn b33_the_sign_in_goes_on_by_itself_once_the_clock_is_set() {
    let home = Device::new();
    let certificate = Certificate::valid(2020, 2100);
    let base = start(Some(certificate.config()), site);
    configure(&home, &base, Some(&certificate));
    let clock = home.path("clock");
    std::fs::write(&clock, THEN).unwrap();
    // `env` takes away the time that the wrapper gave, so that the file counts.
    let wrapped = then(&home, &["sign-in", "--no-qr"]);
    let mut command = Command::new(wrapped.get_program());
    let arguments: Vec<_> = wrapped.get_args().collect();
    let _ = command
        .args(&arguments[..3])
        .args(["env", "-u", "FAKETIME", "FAKETIME_NO_CACHE=1"])
        .arg(format!("FAKETIME_TIMESTAMP_FILE={}", clock.display()))
        .args(&arguments[3..])
        .env_clear()
        .envs(
            wrapped
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .env("PATH", "/usr/bin:/bin")
        .stdout(Stdio::piped());
    let mut running = command.spawn().unwrap();
    let mut lines = BufReader::new(running.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    assert!(lines.any(|line| line.starts_with("Setting the clock …")));
    std::fs::write(&clock, "+0").unwrap();
    let rest: Vec<_> = lines.collect();
    assert!(
        rest.iter().any(|line| line == "Signed in as Ada."),
        "{rest:?}"
    );
    assert!(running.wait().unwrap().success());
}

#[test]
fn the_doctor_says_that_the_clock_is_wrong() {
    let home = Device::new();
    let certificate = Certificate::valid(2020, 2100);
    let base = start(Some(certificate.config()), site);
    configure(&home, &base, Some(&certificate));
    let ended = run_to_end(then(&home, &["doctor"]));
    assert_eq!(ended.code, Some(6), "{ended:?}");
    let failed = |name: &str| {
        ended
            .stdout
            .lines()
            .any(|line| line.starts_with(&format!("failed    {name}")))
    };
    assert!(failed("clock") && failed("tls"), "{ended:?}");
    assert!(ended.stdout.contains("2014-07-03T00:00"), "{ended:?}");
    assert!(
        ended.stdout.contains("timedatectl set-ntp true"),
        "{ended:?}"
    );
}

#[test]
fn a_kiosk_tells_once_that_its_clock_is_behind() {
    let home = Device::new();
    configure(&home, "http://127.0.0.1:9", None);
    let options = ["--log-format", "json", "kiosk", "--renderer", "software"];
    let mut kiosk = then(&home, &options);
    let _ = kiosk.env("DISPLAY", ":nowhere");
    let ended = run_to_end(kiosk);
    let lines = ended.stderr.lines();
    let events: Vec<Value> = lines
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(|line: &Value| line["target"] == "vestibule")
        .collect();
    let told: Vec<_> = events
        .iter()
        .map(|event| {
            (
                event["message"].as_str().unwrap(),
                event["level"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told[..2],
        [("started", "INFO"), ("clock_behind", "WARN")],
        "{ended:?}"
    );
    assert!(
        told[2..].iter().all(|(name, _)| *name == "stopping"),
        "{ended:?}"
    );
    // The same box with its clock set says nothing of it.
    let mut kiosk = home.command(&options);
    let _ = kiosk.env("DISPLAY", ":nowhere");
    let ended = run_to_end(kiosk);
    assert!(ended.stderr.contains("started"), "{ended:?}");
    assert!(!ended.stderr.contains("clock_behind"), "{ended:?}");
}
