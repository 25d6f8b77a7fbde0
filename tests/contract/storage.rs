//! Disks that do not keep what they are given.

use std::fs;

use testing::house::House;
use testing::phone::{self, Decision};
use testing::process::Running;

#[test]
fn where_nothing_can_be_kept_nobody_is_asked_to_sign_in() {
    let house = House::new(&["--interval", "1"]);
    let config = house.device.config_dir().join("vestibule.toml");
    // Root passes any mode; nobody makes a directory under /proc.
    let mut command = house.command(&["--config", &config.to_string_lossy(), "sign-in", "--json"]);
    let _ = command.env("XDG_CONFIG_HOME", "/proc");
    let ended = Running::start(command).wait();
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(!ended.stdout.contains(r#""event":"code""#), "{ended:?}");
    assert!(ended.stdout.contains(r#""reason":"storage""#), "{ended:?}");
    assert!(
        ended.stderr.contains("/proc/vestibule/accounts: ")
            && ended.stderr.contains("XDG_CONFIG_HOME"),
        "{ended:?}"
    );
}

#[test]
fn a_session_that_can_no_longer_be_kept_is_given_back_and_no_success() {
    let house = House::new(&["--interval", "1"]);
    let config = house.device.config_dir().join("vestibule.toml");
    let command = house.command(&["--config", &config.to_string_lossy(), "sign-in", "--json"]);
    let mut sign_in = Running::start(command);
    let code = sign_in.json();
    // While the phone is being found, something takes the place.
    let accounts = house.device.config_dir().join("accounts");
    fs::remove_dir_all(&accounts).unwrap();
    fs::write(&accounts, "hello").unwrap();
    let address = code["verification_uri_complete"].as_str().unwrap();
    let _ = phone::answer(address, Decision::Allow);
    let ended = sign_in.wait();
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains(r#""event":"signed_in""#), "{ended:?}");
    assert!(ended.stdout.contains(r#""kept":false"#), "{ended:?}");
    assert!(
        ended.stderr.contains("accounts/default.json")
            && ended.stderr.contains("tokens have been revoked"),
        "{ended:?}"
    );
    assert_eq!(fs::read_to_string(&accounts).unwrap(), "hello");
}

#[test]
fn an_account_file_that_does_not_parse_is_kept_aside() {
    let house = House::new(&["--interval", "1"]);
    let accounts = house.device.config_dir().join("accounts");
    fs::create_dir_all(&accounts).unwrap();
    let torn = r#"{"schema": 1, "issuer": "http"#;
    fs::write(accounts.join("default.json"), torn).unwrap();
    let status = house.run(&["status"]);
    assert_eq!(status.code, Some(3), "{status:?}");
    let kept = fs::read_to_string(accounts.join("default.json.corrupt-1")).unwrap();
    assert_eq!(kept, torn);
    let _ = house.sign_in();
    let _ = house.status();
}

#[test]
fn b32_without_a_keyring_the_account_is_a_private_file_that_status_names() {
    use std::os::unix::fs::PermissionsExt;

    // This box has no session bus and no keyring: `Device` gives it hardly any environment.
    let house = House::new(&["--interval", "1"]);
    let signed_in = house.sign_in();
    assert!(signed_in.ended.stderr.is_empty(), "{:?}", signed_in.ended);
    let status = house.status();
    let file = std::path::Path::new(status["file"].as_str().unwrap());
    assert!(file.starts_with(house.device.config_dir().join("accounts")));
    let mode = fs::metadata(file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(fs::read_to_string(file).unwrap().contains("refresh_token"));
}
