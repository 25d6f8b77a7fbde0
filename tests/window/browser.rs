//! The phone: headless Chromium at phone size, driven by `tests/node/phone.mjs`.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use testing::process::Running;

/// A file of `tests/node`.
pub(crate) fn node(script: &str) -> Command {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node");
    let mut command = Command::new("node");
    let _ = command.arg(folder.join(script)).current_dir(folder);
    command
}

/// Opens `url` and answers; returns the pages seen, first to last.
pub(crate) fn answer(url: &str, decision: &str, options: &[&str]) -> Vec<Value> {
    let mut command = node("phone.mjs");
    let _ = command.args([url, decision]).args(options);
    let ended = Running::start(command).wait();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let report: Value = serde_json::from_str(&ended.stdout).unwrap();
    report["pages"].as_array().unwrap().clone()
}
