//! The order in which a refreshed token reaches the disk and is used, as the kernel saw it.
//!
//! Needs strace, and the right to trace a child, so that a plain `cargo test` does not run it:
//!
//! ```text
//! cargo test --test storage_order
//! ```

// A test that cannot go on should stop where it is; clippy allows that in test functions only.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::process::{Command, Stdio};

use testing::demo_process::Demo;

/// The system calls of one refresh and the call after it, in order, of all threads.
fn trace(demo: &Demo) -> String {
    let log = tempfile::NamedTempFile::new().unwrap();
    let call = demo.command(None, "a", &["call", "library/continue"]);
    let mut strace = Command::new("strace");
    let _ = strace
        .args(["-f", "-qq", "-y", "-s", "100", "-o"])
        .arg(log.path())
        .args([
            "-e",
            "trace=openat,write,writev,sendto,sendmsg,fsync,fdatasync,rename,renameat,renameat2",
        ])
        .arg(call.get_program())
        .args(call.get_args())
        .env_clear()
        .envs(
            call.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .current_dir(call.get_current_dir().unwrap())
        .stdin(Stdio::null());
    if let Some(path) = std::env::var_os("PATH") {
        let _ = strace.env("PATH", path);
    }
    let ended = strace
        .output()
        .unwrap_or_else(|error| panic!("strace is needed here: {error}"));
    assert!(ended.status.success(), "{ended:?}");
    fs::read_to_string(log.path()).unwrap()
}

/// The first line from `from` on that holds all `parts`.
fn find(lines: &[&str], from: usize, parts: &[&str]) -> usize {
    lines[from..]
        .iter()
        .position(|line| parts.iter().all(|part| line.contains(part)))
        .map(|found| from + found)
        .unwrap_or_else(|| panic!("no {parts:?} after line {from} of the trace"))
}

#[test]
fn a_new_token_is_durable_before_it_is_used() {
    let demo = Demo::start("60", "0");
    demo.sign_in("a", "ada");
    demo.expire("a");
    let before = demo.stored("a");
    let trace = trace(&demo);
    assert_ne!(demo.stored("a"), before, "it was not refreshed");
    let lines = trace.lines().collect::<Vec<_>>();

    let token_request = find(&lines, 0, &["POST /oauth/token"]);
    // That it is about to be presented is on disk before it is.
    let noted = find(&lines, 0, &["rename", "accounts/a.json"]);
    let note_synced = find(&lines, noted, &["fsync(", "/accounts>"]);
    assert!(note_synced < token_request, "{note_synced} {token_request}");
    let opened = find(
        &lines,
        token_request,
        &["openat(", "accounts/.a.json.", "O_CREAT|O_EXCL", "0600"],
    );
    // The same file in all that follows: its name has a part made by chance.
    let name = lines[opened].split('"').nth(1).unwrap();
    let name = name.rsplit('/').next().unwrap();
    let written = find(&lines, opened, &["write(", name]);
    let last_write = lines
        .iter()
        .rposition(|line| line.contains("write(") && line.contains(&format!("{name}>")))
        .unwrap();
    let synced = find(&lines, last_write, &["fsync(", name]);
    let renamed = find(&lines, synced, &["rename", name, "accounts/a.json"]);
    let folder_synced = find(&lines, renamed, &["fsync(", "/accounts>"]);
    let used = find(&lines, 0, &["GET /api/library/continue"]);
    let order = [
        token_request,
        opened,
        written,
        last_write,
        synced,
        renamed,
        folder_synced,
        used,
    ];
    assert!(order.is_sorted(), "{order:?}");
}
