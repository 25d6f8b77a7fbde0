//! `vestibule demo` without a window: what it prints, what it writes, how it ends.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use serde_json::Value;

use testing::device::{Device, run_to_end};

/// A demo that has said that it is ready.
struct Demo {
    child: Child,
    ready: Value,
}

impl Demo {
    fn start(home: &Device, arguments: &[&str]) -> Self {
        let command = ["demo", "--serve-only", "--port", "0"];
        let mut child = home
            .command(&[&command[..], arguments].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let _ = stdout.read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).unwrap();
        Self { child, ready }
    }

    fn port(&self) -> &str {
        let issuer = self.ready["issuer"].as_str().unwrap();
        issuer.rsplit(':').next().unwrap().trim_end_matches('/')
    }

    fn end(mut self, signal: rustix::process::Signal) -> Option<i32> {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, signal).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // A failed test leaves no server behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_says_where_it_is_and_ends_when_asked() {
    let home = Device::new();
    for (signal, code) in [
        (rustix::process::Signal::TERM, 0),
        (rustix::process::Signal::INT, 130),
    ] {
        let demo = Demo::start(&home, &[]);
        for member in ["issuer", "api", "client_id"] {
            assert!(demo.ready[member].is_string(), "{}", demo.ready);
        }
        assert_eq!(demo.end(signal), Some(code), "{signal:?}");
    }
}

#[test]
fn any_command_can_be_run_against_the_configuration_it_writes() {
    let home = Device::new();
    let file = home.path("demo.toml").to_string_lossy().into_owned();
    let demo = Demo::start(&home, &["--write-config", &file]);
    let with_config = |arguments: &[&str]| home.run(&[&["--config", &file], arguments].concat());
    let check = with_config(&["config", "check"]);
    assert_eq!(check.code, Some(0), "{check:?}");
    let show = with_config(&["config", "show"]);
    let issuer = demo.ready["issuer"].as_str().unwrap();
    assert!(show.stdout.contains(issuer), "{show:?}");
    assert_eq!(with_config(&["status"]).code, Some(3));
}

#[test]
fn an_address_for_phones_can_be_named() {
    let home = Device::new();
    let demo = Demo::start(&home, &["--lan=127.0.0.2"]);
    let phones = demo.ready["phone_url"].as_str().unwrap();
    assert_eq!(phones, format!("http://127.0.0.2:{}/activate", demo.port()));
    drop(demo);
    for nobodys in ["0.0.0.0", "::", "224.0.0.1", "nonsense"] {
        let lan = format!("--lan={nobodys}");
        let ended = home.run(&["demo", "--serve-only", "--port", "0", &lan]);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.stderr.contains(nobodys), "{ended:?}");
    }
}

#[test]
fn a_port_that_is_taken_is_an_error_with_a_way_out() {
    let (home, other) = (Device::new(), Device::new());
    let demo = Demo::start(&home, &[]);
    let second = other.run(&["demo", "--serve-only", "--port", demo.port()]);
    assert_eq!(second.code, Some(1), "{second:?}");
    assert!(second.stderr.contains("--port"), "{second:?}");
}

#[test]
fn a_sign_in_that_nobody_reads_ends_with_3_and_one_that_is_interrupted_with_130() {
    let home = Device::new();
    let file = home.path("demo.toml").to_string_lossy().into_owned();
    let _demo = Demo::start(&home, &["--write-config", &file, "--interval", "1"]);
    use rustix::process::Signal;
    for (signal, code) in [(Some(Signal::INT), 130), (Some(Signal::TERM), 3), (None, 3)] {
        let mut sign_in = home
            .command(&["--config", &file, "sign-in", "--json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(sign_in.stdout.take().unwrap());
        let _ = stdout.read_line(&mut line).unwrap();
        assert!(
            line.starts_with(r#"{"event":"code","user_code":""#),
            "{line}"
        );
        if let Some(signal) = signal {
            let pid = rustix::process::Pid::from_child(&sign_in);
            rustix::process::kill_process(pid, signal).unwrap();
            let last = stdout.lines().map_while(Result::ok).last().unwrap();
            assert!(
                last.starts_with(r#"{"event":"failed","reason":"cancelled","error":null"#),
                "{last}"
            );
        } else {
            drop(stdout);
        }
        assert_eq!(sign_in.wait().unwrap().code(), Some(code), "{signal:?}");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_an_error() {
    let home = Device::new();
    let command = home.command(&[
        "demo",
        "--serve-only",
        "--port",
        "0",
        "--write-config",
        "/nowhere/demo.toml",
    ]);
    let ended = run_to_end(command);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("/nowhere/demo.toml"), "{ended:?}");
}
