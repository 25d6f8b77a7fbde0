//! `--ui-log`: one line of JSON whenever what is on the screen changes, for tests that look from outside.
//!
//! It tells names, states and places; never a token, a device code or a user code.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use iced::{Rectangle, Size, Task};
use serde::Serialize;

use super::bounds;

/// The log, shared with the operations that measure the screen.
#[derive(Debug, Clone)]
pub(super) struct UiLog(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    file: File,
    start: Instant,
    /// What is on. Several messages may be taken in before the screen is laid out once.
    shown: Option<Shown>,
    last: Option<Line>,
}

/// What is on the screen, without the places.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Shown {
    /// Which screen.
    pub screen: &'static str,
    /// What it is doing.
    pub state: &'static str,
    /// Id of what has the focus.
    pub focus: Option<String>,
    /// Whether it is darker than usual, because no key has been pressed for long.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub dimmed: bool,
    /// What each row in view of the home screen shows, from the top.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<&'static str>,
    /// How many cards in view wait for a picture.
    pub blank: usize,
    /// Size of the window in pixels.
    #[serde(skip)]
    pub size: Size,
    /// Window pixels to a pixel of the layout.
    #[serde(skip)]
    pub factor: f32,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Line {
    #[serde(flatten)]
    shown: Shown,
    rects: BTreeMap<String, [i32; 4]>,
    size: [i32; 2],
}

#[derive(Serialize)]
struct Timed<'a> {
    t_ms: u128,
    #[serde(flatten)]
    line: &'a Line,
}

impl UiLog {
    /// Appends to `file`; times count from now.
    ///
    /// # Errors
    /// What the system says where the file cannot be opened.
    pub(super) fn open(file: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(file)?;
        Ok(Self(Arc::new(Mutex::new(Inner {
            file,
            start: Instant::now(),
            shown: None,
            last: None,
        }))))
    }

    /// Measures the screen once it has been laid out, and writes a line if it is not as it was.
    pub(super) fn look<Message: Send + 'static>(&self, shown: Shown) -> Task<Message> {
        self.inner().shown = Some(shown);
        let log = self.clone();
        bounds::measure(move |rects| log.measured(rects)).discard()
    }

    /// The screen has been measured: `rects` are in pixels of the layout.
    fn measured(&self, rects: &BTreeMap<String, Rectangle>) {
        let mut inner = self.inner();
        let Some(shown) = inner.shown.clone() else {
            return;
        };
        let [_, _, width, height] = pixels(Rectangle::with_size(shown.size), shown.factor);
        let line = Line {
            rects: rects
                .iter()
                .map(|(name, bounds)| (name.clone(), pixels(*bounds, shown.factor)))
                .collect(),
            size: [width, height],
            shown,
        };
        inner.write(line);
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn write(&mut self, line: Line) {
        if self.last.as_ref() == Some(&line) {
            return;
        }
        let timed = Timed {
            t_ms: self.start.elapsed().as_millis(),
            line: &line,
        };
        let written = serde_json::to_string(&timed)
            .map_err(io::Error::from)
            .and_then(|text| writeln!(self.file, "{text}").and_then(|()| self.file.flush()));
        if let Err(error) = written {
            tracing::warn!(%error, "the ui log cannot be written");
        }
        self.last = Some(line);
    }
}

/// Left, top, width and height in whole window pixels.
fn pixels(bounds: Rectangle, factor: f32) -> [i32; 4] {
    [bounds.x, bounds.y, bounds.width, bounds.height].map(|length| (length * factor).round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(focus: &str) -> Line {
        Line {
            shown: Shown {
                screen: "sign_in",
                state: "waiting",
                focus: Some(focus.to_owned()),
                rows: Vec::new(),
                blank: 0,
                dimmed: false,
                size: Size::new(1920.0, 1080.0),
                factor: 1.0,
            },
            rects: BTreeMap::from([(
                "new_code".to_owned(),
                pixels(
                    Rectangle {
                        x: 96.4,
                        y: 930.0,
                        width: 300.0,
                        height: 71.6,
                    },
                    1.0,
                ),
            )]),
            size: [1920, 1080],
        }
    }

    #[test]
    fn a_line_is_written_for_every_change_and_only_then() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ui.log");
        let log = UiLog::open(&file).unwrap();
        log.inner().write(line("new_code"));
        log.inner().write(line("new_code"));
        log.inner().write(line("cancel"));
        log.inner().write(line("new_code"));
        let text = std::fs::read_to_string(&file).unwrap();
        let lines: Vec<serde_json::Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0]["screen"], "sign_in");
        assert_eq!(lines[0]["state"], "waiting");
        assert_eq!(lines[0]["focus"], "new_code");
        assert_eq!(
            lines[0]["rects"]["new_code"],
            serde_json::json!([96, 930, 300, 72])
        );
        assert_eq!(lines[0]["size"], serde_json::json!([1920, 1080]));
        assert!(lines[0]["t_ms"].is_u64());
    }

    #[test]
    fn a_restarted_program_appends() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ui.log");
        for _ in 0..2 {
            UiLog::open(&file).unwrap().inner().write(line("new_code"));
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 2);
    }
}
