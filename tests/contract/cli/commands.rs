//! The command line where no server is needed: help, usage, exit codes, closed pipes.

use std::io::Read;
use std::process::Stdio;

use testing::device::{Device, GOOD, run_to_end};

const COMMANDS: &[&[&str]] = &[
    &["kiosk"],
    &["demo"],
    &["sign-in"],
    &["call"],
    &["status"],
    &["sign-out"],
    &["config", "path"],
    &["config", "show"],
    &["config", "check"],
    &["config", "example"],
];

#[test]
fn every_command_has_help_with_an_example() {
    let home = Device::new();
    for command in COMMANDS.iter().chain([&&[][..]]) {
        let help = home.run(&[command, &["--help"][..]].concat());
        assert_eq!(help.code, Some(0), "{command:?}: {help:?}");
        assert!(help.stdout.contains("Example"), "{command:?}: {help:?}");
        assert!(
            help.stdout.contains("--profile <NAME>"),
            "{command:?}: {help:?}"
        );
    }
    let version = home.run(&["--version"]);
    assert_eq!(
        version.stdout,
        format!("vestibule {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn wrong_usage_ends_with_2() {
    let home = Device::new();
    for arguments in [
        &["--nonsense"][..],
        &["nonsense"],
        &["call"],
        &["call", "/x", "--data"],
        &["config"],
        &["sign-out", "--all", "--profile", "x"],
        &["status", "--profile", "../x"],
        &["kiosk", "--windowed", "big"],
        &["kiosk", "--renderer", "quantum"],
        &["demo", "--interval", "-1"],
        &["demo", "--port", "70000"],
        &["--log-level", "loud", "status"],
    ] {
        let ended = home.run(arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        assert!(ended.stdout.is_empty(), "{ended:?}");
    }
}

#[test]
fn with_nobody_signed_in_the_code_is_3() {
    let home = Device::new();
    home.configure(GOOD);
    for arguments in [
        &["status"][..],
        &["call", "/library"],
        &["sign-out"],
        &["--profile", "kitchen", "status"],
        &["status", "--profile", "kitchen"],
    ] {
        let ended = home.run(arguments);
        assert_eq!(ended.code, Some(3), "{arguments:?}: {ended:?}");
        assert!(ended.stderr.contains("nobody is signed in"), "{ended:?}");
        assert!(ended.stderr.contains("sign-in"), "{ended:?}");
    }
    let all = home.run(&["sign-out", "--all"]);
    assert_eq!(all.code, Some(0), "{all:?}");
    assert!(all.stdout.contains("Nobody is signed in"), "{all:?}");
}

#[test]
fn whatever_fails_under_json_is_an_object() {
    let home = Device::new();
    for (arguments, member) in [
        (&["status", "--json"][..], "error"),
        (&["config", "try", "1", "--json"], "error"),
        (&["doctor", "--json"], "checks"),
        (&["sign-in", "--json"], "event"),
    ] {
        let ended = home.run(arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        let object: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
        assert!(!object[member].is_null(), "{arguments:?}: {object}");
    }
}

#[test]
fn status_json_of_nobody_is_one_object() {
    let home = Device::new();
    home.configure(GOOD);
    let status = home.run(&["status", "--json"]);
    assert_eq!(status.code, Some(3), "{status:?}");
    let object: serde_json::Value = serde_json::from_str(&status.stdout).unwrap();
    assert_eq!(object["signed_in"], false);
    assert_eq!(object["profile"], "default");
    let file = home.config_dir().join("accounts/default.json");
    assert_eq!(object["file"], &*file.to_string_lossy());
    assert!(status.stderr.is_empty(), "{status:?}");
}

#[test]
fn a_call_needs_an_api_and_json() {
    let home = Device::new();
    let file = home.config_file();
    home.configure(GOOD);
    let not_json = home.run(&["call", "/x", "--data", "{oops"]);
    assert_eq!(not_json.code, Some(2), "{not_json:?}");
    assert!(not_json.stderr.contains("not JSON"), "{not_json:?}");
    let absent = home.run(&["call", "/x", "--data", "@/nowhere.json"]);
    assert_eq!(absent.code, Some(2), "{absent:?}");
    std::fs::write(file, GOOD.split("[api]").next().unwrap()).unwrap();
    let no_api = home.run(&["call", "/x"]);
    assert_eq!(no_api.code, Some(2), "{no_api:?}");
    assert!(no_api.stderr.contains("[api]"), "{no_api:?}");
}

#[test]
fn without_a_display_there_are_words_and_no_panic() {
    let home = Device::new();
    for configured in [false, true] {
        if configured {
            home.configure(GOOD);
        }
        for arguments in [
            &[][..],
            &["kiosk"],
            &["demo"],
            &["kiosk", "--windowed", "1280x720"],
            &["--windowed", "1280x720"],
        ] {
            let ended = home.run(arguments);
            assert_eq!(ended.code, Some(1), "{arguments:?}: {ended:?}");
            for words in ["no display", "cage -- vestibule", "sway", "xinit"] {
                assert!(ended.stderr.contains(words), "{words} in {ended:?}");
            }
            assert!(!ended.stderr.contains("panicked"), "{ended:?}");
        }
    }
}

#[test]
fn window_options_before_a_command_without_a_window_are_refused() {
    let ended = Device::new().run(&["--windowed", "1280x720", "status"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains("after the command"), "{ended:?}");
}

#[test]
fn a_missing_home_variable_is_no_failure() {
    let home = Device::new();
    home.configure(GOOD);
    let mut command = home.command(&["status"]);
    let _ = command.env_remove("HOME");
    let ended = run_to_end(command);
    assert_eq!(ended.code, Some(3), "{ended:?}");
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let home = Device::new();
    home.configure(GOOD);
    for arguments in [
        &["config", "example"][..],
        &["config", "show"],
        &["config", "path"],
        &["status", "--json"],
        &["--help"],
    ] {
        let mut child = home
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut stderr = String::new();
        let _ = child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        let status = child.wait().unwrap();
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
        assert!(
            status.code().is_some_and(|code| code != 101),
            "{arguments:?}: {status}"
        );
    }
    // A full disk is not a reader that has seen enough.
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command = home.command(&["config", "show"]);
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"));
}

#[test]
fn a_closed_standard_error_is_no_panic() {
    let home = Device::new();
    let mut child = home
        .command(&["--log-level", "trace", "kiosk"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn what_is_wrong_with_a_command_line_is_said_as_text() {
    let hostile = "a\u{1b}]0;title\u{7}";
    let usages: [&[&str]; 4] = [
        &["--profile", hostile, "status"],
        &[hostile],
        &["--log-level", hostile, "status"],
        &["kiosk", "--windowed", hostile],
    ];
    for arguments in usages {
        let home = Device::new();
        let output = home.run(arguments);
        assert_eq!(output.code, Some(2), "{arguments:?}");
        let said = output.stderr;
        assert!(said.contains("--help"), "{said}");
        assert!(!said.contains(['\u{1b}', '\u{7}']), "{said:?}");
    }
}
