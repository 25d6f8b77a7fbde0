//! What the program says about its screen (`--ui-log`), followed while it runs.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use serde_json::Value;

use testing::process::PATIENCE;
use testing::process::wait_for;

/// A log that is being written.
pub(crate) struct UiLog {
    file: PathBuf,
    /// Bytes of the lines that were passed over.
    read: usize,
}

impl UiLog {
    /// Follows `file` from its start.
    pub(crate) fn follow(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            read: 0,
        }
    }

    /// The next line that `wanted` takes; lines before it are passed over.
    pub(crate) fn expect(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        wait_for(what, PATIENCE, || self.next(&wanted))
    }

    /// The next line that `wanted` takes, where it is there already.
    pub(crate) fn next(&mut self, wanted: impl Fn(&Value) -> bool) -> Option<Value> {
        let fresh = whole_lines(&self.file, self.read)?;
        let mut end = self.read;
        for text in fresh.split_inclusive('\n') {
            end += text.len();
            if let Some(line) = serde_json::from_str(text).ok().filter(&wanted) {
                self.read = end;
                return Some(line);
            }
        }
        None
    }

    /// Waits until the last line is one that `wanted` takes.
    pub(crate) fn expect_last(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        wait_for(what, PATIENCE, || self.last(&wanted))
    }

    /// The last line, where it is a new one and `wanted` takes it.
    pub(crate) fn last(&mut self, wanted: impl Fn(&Value) -> bool) -> Option<Value> {
        let fresh = whole_lines(&self.file, self.read)?;
        let last = fresh.lines().last()?;
        let line = serde_json::from_str(last).ok().filter(wanted)?;
        self.read += fresh.len() - last.len() - 1;
        Some(line)
    }

    /// The next line with this screen and state.
    pub(crate) fn expect_screen(&mut self, screen: &str, state: &str) -> Value {
        self.expect(&format!("{screen}, {state}"), |line| {
            line["screen"] == screen && line["state"] == state
        })
    }

    /// The next line with another focus than `before`; returns the new one.
    pub(crate) fn expect_focus_to_leave(&mut self, before: &str) -> String {
        let line = self.expect(&format!("the focus to leave {before}"), |line| {
            line["focus"].as_str().is_some_and(|focus| focus != before)
        });
        line["focus"].as_str().unwrap().to_owned()
    }

    /// Every line so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        let text = whole_lines(&self.file, 0).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }
}

/// The lines of a file from this byte on. The last piece may be half a line, and is left out.
fn whole_lines(file: &Path, from: usize) -> Option<String> {
    let mut file = File::open(file).ok()?;
    let _ = file.seek(SeekFrom::Start(from as u64)).ok()?;
    let mut bytes = Vec::new();
    let _ = file.read_to_end(&mut bytes).ok()?;
    let end = bytes.iter().rposition(|byte| *byte == b'\n')? + 1;
    bytes.truncate(end);
    String::from_utf8(bytes).ok()
}
