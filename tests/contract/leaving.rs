//! Whoever leaves is forgotten on this device: whatever lies here of them, whatever ended it, whichever server it is of.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};

use testing::device::{Device, GOOD, run_to_end};
use testing::files::files_below;
use testing::house::House;
use testing::process::Ended;
use testing::proxy::Fault;

fn accounts(house: &House) -> PathBuf {
    house.device.config_dir().join("accounts")
}

/// Puts content of the account that is signed in into the user cache directory, as the window would; tells where.
fn keep_content(house: &House) -> PathBuf {
    let account = fs::read(accounts(house).join("default.json")).unwrap();
    let account: serde_json::Value = serde_json::from_slice(&account).unwrap();
    let [issuer, client, subject] =
        ["issuer", "client_id", "subject"].map(|member| account[member].as_str().unwrap());
    let whose = format!("{issuer}\0{client}\0{subject}");
    let digest = digest(&SHA256, whose.as_bytes());
    let name: String = digest.as_ref()[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let folder = house.device.path("cache/vestibule/api").join(name);
    fs::create_dir_all(folder.join("pictures")).unwrap();
    fs::write(folder.join("pictures/a"), "PRIVATE PICTURE").unwrap();
    fs::write(folder.join("b"), "PRIVATE ROW").unwrap();
    folder
}

fn refresh_token(file: &Path) -> String {
    let account: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    account["refresh_token"].as_str().unwrap().to_owned()
}

/// Names of files below the box's home that hold `text`.
fn who_holds(house: &House, text: &str) -> Vec<PathBuf> {
    let files = files_below(house.device.home()).into_iter();
    files
        .filter(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).contains(text))
        .collect()
}

fn said(ended: &Ended) -> String {
    format!("{}{}", ended.stdout, ended.stderr)
}

#[test]
fn content_goes_with_the_session_that_the_server_ended() {
    let house = House::new(&["--interval", "1"]);
    let _ = house.sign_in();
    let content = keep_content(&house);
    let _ = house.status();
    assert!(content.exists(), "the session lives");
    let refusal = Fault::answer(401, "application/json", r#"{"error":"invalid_token"}"#);
    house.proxy.break_all(&house.paths.library, refusal);
    let over = Fault::oauth(400, "invalid_grant");
    house.proxy.break_all(&house.paths.token, over);
    let call = house.run(&["call", "GET", "/library/continue"]);
    assert_eq!(call.code, Some(3), "{call:?}");
    assert!(!content.exists());
}

#[test]
fn content_goes_with_a_file_that_was_removed_broken_or_replaced() {
    let remove = |file: &Path| fs::remove_file(file).unwrap();
    let tear = |file: &Path| fs::write(file, "{").unwrap();
    let replace = |file: &Path| {
        let account = fs::read_to_string(file).unwrap();
        fs::write(file, account.replace("demo|", "other|")).unwrap();
    };
    let ends: [fn(&Path); 3] = [remove, tear, replace];
    let house = House::new(&["--interval", "1"]);
    for end in ends {
        let _ = house.sign_in();
        let content = keep_content(&house);
        end(&accounts(&house).join("default.json"));
        let _ = house.run(&["status"]);
        assert!(!content.exists());
    }
}

#[test]
fn a_session_of_another_server_is_forgotten_and_its_token_goes_nowhere_else() {
    for all in [false, true] {
        let (first, second) = (
            House::new(&["--interval", "1"]),
            // With endpoints of its own in the configuration, which are no other server's.
            House::new(&["--interval", "1"]),
        );
        let _ = first.sign_in();
        let file = accounts(&first).join("default.json");
        let token = refresh_token(&file);
        fs::create_dir_all(accounts(&second)).unwrap();
        let moved = accounts(&second).join("default.json");
        let _ = fs::copy(&file, &moved).unwrap();
        let content = keep_content(&second);
        let out = match all {
            true => second.run(&["sign-out", "--all"]),
            false => second.run(&["sign-out"]),
        };
        assert_eq!(out.code, Some(0), "{out:?}");
        assert!(said(&out).contains("has revoked its tokens"), "{out:?}");
        assert!(!moved.exists() && !content.exists());
        assert_eq!(who_holds(&second, &token), [""; 0].map(PathBuf::from));
        let sent = second.proxy.exchanges();
        assert!(
            sent.iter().all(|exchange| {
                !String::from_utf8_lossy(&exchange.request.body).contains(&token)
            })
        );
        // It was revoked where it came from.
        let refusal = Fault::answer(401, "application/json", "{}");
        first.proxy.break_all(&first.paths.library, refusal);
        let call = first.run(&["call", "GET", "/library/continue"]);
        assert_eq!(call.code, Some(3), "{call:?}");
        let again = second.run(&["sign-out"]);
        assert_eq!(again.code, Some(3), "{again:?}");
    }
}

#[test]
fn a_session_of_another_client_is_forgotten_and_its_client_is_named() {
    let mut house = House::new(&["--interval", "1"]);
    let _ = house.sign_in();
    let file = accounts(&house).join("default.json");
    let token = refresh_token(&file);
    let content = keep_content(&house);
    let client = house.client_id();
    house.reconfigure(
        &format!("client_id = \"{client}\""),
        "client_id = \"another\"",
    );
    let out = house.run(&["sign-out", "--all"]);
    assert_eq!(out.code, Some(0), "{out:?}");
    assert!(said(&out).contains(&client), "{out:?}");
    assert!(!content.exists());
    assert_eq!(who_holds(&house, &token), [""; 0].map(PathBuf::from));
}

#[test]
fn what_was_kept_aside_goes_with_a_sign_out_which_says_what_it_could_not_revoke() {
    for all in [false, true] {
        let house = House::new(&["--interval", "1"]);
        let _ = house.sign_in();
        let account = fs::read_to_string(accounts(&house).join("default.json")).unwrap();
        let put = |name: &str, text: &str| fs::write(accounts(&house).join(name), text).unwrap();
        put("default.json.corrupt-1", r#"{"refresh_token":"LEFT-1"#);
        let own = refresh_token(&accounts(&house).join("default.json"));
        let elsewhere = serde_json::from_str::<serde_json::Value>(&account)
            .map(|mut account| {
                account["issuer"] = "http://127.0.0.1:9".into();
                account["refresh_token"] = "LEFT-2".into();
                account.to_string()
            })
            .unwrap();
        put("default.json.other-1", &elsewhere);
        put(".default.json.AbCd12.tmp", r#"{"refresh_token":"LEFT-3"}"#);
        let status = house.run(&["status"]);
        let doctor = house.run(&["doctor"]);
        for name in ["default.json.corrupt-1", "default.json.other-1"] {
            assert!(status.stdout.contains(name), "{status:?}");
            assert!(doctor.stdout.contains(name), "{doctor:?}");
        }
        let out = match all {
            true => house.run(&["sign-out", "--all"]),
            false => house.run(&["sign-out"]),
        };
        assert_eq!(out.code, Some(0), "{out:?}");
        for words in [
            "default.json.corrupt-1",
            "default.json.other-1",
            "http://127.0.0.1:9",
        ] {
            assert!(out.stdout.contains(words), "{out:?}");
        }
        assert!(!said(&out).contains("LEFT-"), "{out:?}");
        for text in ["LEFT-", &own] {
            assert_eq!(who_holds(&house, text), [""; 0].map(PathBuf::from));
        }
        let sent = house.proxy.exchanges();
        assert!(sent.iter().all(|exchange| {
            !String::from_utf8_lossy(&exchange.request.body).contains("LEFT-")
        }));
    }
}

/// A folder that another user has taken over, as where it was put back from a backup: whoever gives the box away must not be
/// told that it is clean.
#[test]
fn where_nobody_can_look_nobody_is_said_to_be_signed_out() {
    let device = Device::new();
    device.configure(GOOD);
    let accounts = device.config_dir().join("accounts");
    fs::create_dir(&accounts).unwrap();
    fs::write(accounts.join("default.json"), "{}").unwrap();
    let nobody = 61_234;
    if rustix::process::geteuid().is_root() {
        let all = [
            device.home().to_owned(),
            device.path("config"),
            device.config_dir(),
            device.config_file(),
        ];
        for path in all {
            std::os::unix::fs::chown(path, Some(nobody), Some(nobody)).unwrap();
        }
        fs::set_permissions(&accounts, fs::Permissions::from_mode(0o700)).unwrap();
    } else {
        fs::set_permissions(&accounts, fs::Permissions::from_mode(0o0)).unwrap();
    }
    for arguments in [
        &["status", "--all"][..],
        &["status", "--all", "--json"],
        &["sign-out", "--all"],
        &["sign-out", "--all", "--json"],
    ] {
        let mut command = device.command(arguments);
        if rustix::process::geteuid().is_root() {
            let _ = command.uid(nobody).gid(nobody);
        }
        let ended = run_to_end(command);
        assert_eq!(ended.code, Some(1), "{arguments:?}: {ended:?}");
        assert!(ended.stderr.contains("ermission denied"), "{ended:?}");
        assert!(!ended.stdout.contains("Nobody"), "{ended:?}");
    }
    fs::set_permissions(&accounts, fs::Permissions::from_mode(0o700)).unwrap();
    assert!(accounts.join("default.json").exists());
}
