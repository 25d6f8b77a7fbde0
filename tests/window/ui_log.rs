//! What the program says about its screen (`--ui-log`), followed while it runs.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use testing::process::PATIENCE;
use testing::process::wait_for;

/// A log that is being written.
pub(crate) struct UiLog {
    file: PathBuf,
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
        wait_for(what, PATIENCE, || {
            let lines = self.lines();
            let fresh = lines.iter().enumerate().skip(self.read);
            let (index, line) = fresh
                .filter_map(|(index, line)| Some((index, serde_json::from_str(line).ok()?)))
                .find(|(_, line)| wanted(line))?;
            self.read = index + 1;
            Some(line)
        })
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
        let text = fs::read_to_string(&self.file).unwrap_or_default();
        // The last piece may be half a line.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole.lines().map(str::to_owned).collect()
    }
}
