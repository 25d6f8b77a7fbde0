//! What people type by habit: other names, help, colours, completion, objects for scripts.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use testing::device::{Device, GOOD, run_to_end};
use testing::stub_server::{Site, serve};

/// Puts an account on a profile, without asking anybody.
fn put_account(device: &Device, profile: &str, name: &str) {
    let account = json!({
        "schema": 1, "issuer": "https://acme.eu.auth0.com/", "client_id": "abc", "subject": name,
        "scopes": ["openid"], "access_token": "access-marker", "refresh_token": "refresh-marker",
        "token_type": "Bearer", "signed_in_at": 1_700_000_000,
    });
    let folder = device.config_dir().join("accounts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{profile}.json")), account.to_string()).unwrap();
}

#[test]
fn commands_have_the_names_that_others_use() {
    let device = Device::new();
    device.configure(GOOD);
    let nobody = device.run(&["whoami"]);
    assert_eq!(nobody.code, Some(3), "{nobody:?}");
    put_account(&device, "default", "Ada");
    let whoami = device.run(&["whoami"]);
    assert_eq!(whoami.code, Some(0), "{whoami:?}");
    assert!(whoami.stdout.contains("Ada"), "{whoami:?}");
    let out = device.run(&["logout", "--all", "--json"]);
    assert_eq!(out.code, Some(0), "{out:?}");
    let told: Value = serde_json::from_str(&out.stdout).unwrap();
    assert_eq!(told["profiles"][0]["profile"], "default");
    assert_eq!(told["profiles"][0]["revoked"], false);
    let again = device.run(&["logout", "--json"]);
    let told: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(told["error"]["code"], "not_signed_in");
    let again = device.run(&["logout", "--all", "--json"]);
    assert_eq!(again.stdout, "{\"profiles\":[]}\n");
    assert_eq!(device.run(&["whoami"]).code, Some(3));
    let login = device.run(&["login", "--help"]);
    assert!(login.stdout.contains("vestibule sign-in"), "{login:?}");
}

#[test]
fn every_profile_is_told_at_once() {
    let device = Device::new();
    device.configure(GOOD);
    let nobody = device.run(&["status", "--all", "--json"]);
    assert_eq!(nobody.code, Some(3), "{nobody:?}");
    let told: Value = serde_json::from_str(&nobody.stdout).unwrap();
    assert_eq!(told, json!({"signed_in": false, "profiles": []}));
    put_account(&device, "default", "Ada");
    put_account(&device, "kitchen", "Kofi");
    let all = device.run(&["status", "--all"]);
    assert_eq!(all.code, Some(0), "{all:?}");
    assert!(
        all.stdout.contains("Ada") && all.stdout.contains("Kofi"),
        "{all:?}"
    );
    let all = device.run(&["status", "--all", "--json"]);
    let told: Value = serde_json::from_str(&all.stdout).unwrap();
    assert_eq!(told["signed_in"], true);
    let names: Vec<_> = told["profiles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["subject"])
        .collect();
    assert_eq!(names, ["Ada", "Kofi"]);
    assert!(!all.stdout.contains("marker"), "{all:?}");
    let both = device.run(&["status", "--all", "--profile", "kitchen"]);
    assert_eq!(both.code, Some(2), "{both:?}");
}

#[test]
fn whatever_fails_is_told_to_scripts_with_code_exit_and_message() {
    let device = Device::new();
    for (arguments, code, exit) in [
        (&["status", "--json"][..], "usage", 2),
        (&["status", "--jsn", "--json"], "usage", 2),
        (&["status", "--all", "--profile", "x", "--json"], "usage", 2),
        (&["config", "try", "--json"], "usage", 2),
        (&["doctor", "--nonsense", "--json"], "usage", 2),
    ] {
        let ended = device.run(arguments);
        assert_eq!(ended.code, Some(exit), "{arguments:?}: {ended:?}");
        let told: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(told["error"]["code"], code, "{arguments:?}: {told}");
        assert_eq!(told["error"]["exit"], exit, "{arguments:?}: {told}");
        let words = told["error"]["message"].as_str().unwrap();
        assert!(!words.is_empty() && !ended.stderr.is_empty(), "{ended:?}");
    }
    device.configure(GOOD);
    let tried = device.run(&["config", "try", "1", "--json"]);
    assert_eq!(tried.code, Some(3), "{tried:?}");
    let told: Value = serde_json::from_str(&tried.stdout).unwrap();
    assert_eq!(told["error"]["code"], "not_signed_in");
    // Of a sign-in everything is an event.
    let sign_in = device.run(&["sign-in", "--json", "--nonsense"]);
    assert_eq!(sign_in.code, Some(2), "{sign_in:?}");
    let told: Value = serde_json::from_str(&sign_in.stdout).unwrap();
    assert_eq!(told["event"], "failed", "{told}");
}

#[test]
fn the_configuration_is_told_to_scripts() {
    let device = Device::new();
    let object = |arguments: &[&str]| -> Value {
        let ended = device.run(arguments);
        serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended:?}"))
    };
    let missing = object(&["config", "check", "--json"]);
    assert_eq!(missing["error"]["code"], "usage");
    device.configure(&GOOD.replace("domain", "domian"));
    let wrong = object(&["config", "check", "--json"]);
    let words = wrong["error"]["message"].as_str().unwrap();
    assert!(words.contains(":3:1: provider.domian"), "{words}");
    device.configure(GOOD);
    let good = object(&["config", "check", "--json"]);
    assert_eq!((&good["ok"], &good["warnings"]), (&json!(true), &json!([])));
    let shown = object(&["config", "show", "--json"]);
    assert_eq!(shown["config"]["provider"]["client_id"], "abc");
    assert_eq!(
        shown["config"]["api"]["rows"][0]["title"],
        "Continue watching"
    );
    let path = object(&["config", "path", "--json"]);
    assert_eq!(path["files"][0]["state"], "used");
}

#[test]
fn a_shell_gets_what_it_completes_by() {
    let device = Device::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = device.run(&["completion", shell]);
        assert_eq!(script.code, Some(0), "{shell}: {script:?}");
        for word in ["sign-in", "whoami", "paginate"] {
            assert!(script.stdout.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(device.run(&["completion", "tcsh"]).code, Some(2));
}

#[test]
fn help_is_in_groups_and_without_what_is_for_tests() {
    let device = Device::new();
    for help in ["--help", "-h", "help"] {
        let help = device.run(&[help]);
        assert_eq!(help.code, Some(0), "{help:?}");
        for words in [
            "On the screen:",
            "Who is signed in:",
            "Options of every command:",
            "[also: whoami]",
        ] {
            assert!(help.stdout.contains(words), "{words}: {}", help.stdout);
        }
        assert!(!help.stdout.contains("ui-log"), "{help:?}");
        assert!(!help.stdout.contains('\u{1b}'), "{help:?}");
        let widest = help.stdout.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{widest:?}: {}", help.stdout);
    }
    let kiosk = device.run(&["kiosk", "--help"]);
    assert!(!kiosk.stdout.contains("ui-log"), "{kiosk:?}");
}

#[test]
fn colours_come_where_they_are_wanted_and_words_stay() {
    let device = Device::new();
    device.configure(GOOD);
    put_account(&device, "default", "Ada");
    let with = |arguments: &[&str], name: &str, value: &str| {
        let mut command = device.command(arguments);
        let _ = command.env(name, value).env("TERM", "xterm");
        run_to_end(command).stdout
    };
    let plain = with(&["status"], "X", "");
    assert!(
        plain.contains("signed in  ") && !plain.contains('\u{1b}'),
        "{plain:?}"
    );
    for coloured in [
        with(&["status", "--color", "always"], "X", ""),
        with(&["status"], "CLICOLOR_FORCE", "1"),
        with(&["--color=always", "status"], "NO_COLOR", "1"),
    ] {
        assert!(
            coloured.contains("\u{1b}[32msigned in\u{1b}[0m  "),
            "{coloured:?}"
        );
    }
    let forced_and_refused = with(&["--color=never", "status"], "CLICOLOR_FORCE", "1");
    assert_eq!(forced_and_refused, plain);
    let help = with(&["--color=always", "--help"], "X", "");
    assert!(help.contains('\u{1b}'), "{help:?}");
}

/// The server answers the request for a code late: what came before is told by then.
#[test]
fn the_doctor_speaks_as_it_goes() {
    const LATE: Duration = Duration::from_secs(3);
    let site = Site::default().late("/device", "", LATE, &json!({}));
    let base = serve(site);
    let device = Device::new();
    device.configure(&format!(
        "[provider]\npreset = \"oauth2\"\nclient_id = \"tv\"\ndevice_authorization_endpoint = \"{base}/device\"\n\
         token_endpoint = \"{base}/token\"\n"
    ));
    let began = Instant::now();
    let mut doctor = device
        .command(&["doctor"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(doctor.stdout.take().unwrap()).lines();
    let reached = lines
        .by_ref()
        .map_while(Result::ok)
        .find(|line| line.contains("tcp "));
    assert!(reached.is_some());
    assert!(began.elapsed() < LATE, "{:?}", began.elapsed());
    let rest: Vec<_> = lines.map_while(Result::ok).collect();
    assert!(
        rest.iter().any(|line| line.contains("device grant")),
        "{rest:?}"
    );
    let _ = doctor.wait().unwrap();
}
