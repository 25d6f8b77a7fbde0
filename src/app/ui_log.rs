//! `--ui-log`: one line of JSON whenever what is on the screen changes, for tests that look from outside.
//!
//! It tells names, states and places; never a token, a device code or a user code.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use iced::advanced::widget::{self, Operation};
use iced::{Rectangle, Size, Task};
use serde::Serialize;

use super::widget::named::Name;

/// The log, shared with the operations that measure the screen.
#[derive(Debug, Clone)]
pub(super) struct UiLog(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    file: File,
    start: Instant,
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
            last: None,
        }))))
    }

    /// Measures the screen once it has been laid out, and writes a line if it is not as it was.
    pub(super) fn look<Message: Send + 'static>(&self, shown: Shown) -> Task<Message> {
        widget::operate(Measure {
            log: self.clone(),
            shown: Some(shown),
            rects: BTreeMap::new(),
        })
        .discard()
    }

    fn write(&self, line: Line) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.last.as_ref() == Some(&line) {
            return;
        }
        let timed = Timed {
            t_ms: inner.start.elapsed().as_millis(),
            line: &line,
        };
        let written = serde_json::to_string(&timed)
            .map_err(io::Error::from)
            .and_then(|text| writeln!(inner.file, "{text}").and_then(|()| inner.file.flush()));
        if let Err(error) = written {
            tracing::warn!(%error, "the ui log cannot be written");
        }
        inner.last = Some(line);
    }
}

/// Walks the laid-out screen and notes where every named part is.
struct Measure {
    log: UiLog,
    shown: Option<Shown>,
    rects: BTreeMap<String, [i32; 4]>,
}

impl Measure {
    fn note(&mut self, name: String, bounds: Rectangle) {
        let factor = self.shown.as_ref().map_or(1.0, |shown| shown.factor);
        let _ = self.rects.insert(name, pixels(bounds, factor));
    }
}

impl Operation<()> for Measure {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn custom(&mut self, _: Option<&widget::Id>, bounds: Rectangle, state: &mut dyn std::any::Any) {
        if let Some(name) = Name::of(state) {
            self.note(name.to_owned(), bounds);
        }
    }

    fn finish(&self) -> widget::operation::Outcome<()> {
        if let Some(shown) = &self.shown {
            let [_, _, width, height] = pixels(Rectangle::with_size(shown.size), shown.factor);
            self.log.write(Line {
                shown: shown.clone(),
                rects: self.rects.clone(),
                size: [width, height],
            });
        }
        widget::operation::Outcome::Some(())
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
        log.write(line("new_code"));
        log.write(line("new_code"));
        log.write(line("cancel"));
        log.write(line("new_code"));
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
            UiLog::open(&file).unwrap().write(line("new_code"));
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 2);
    }
}
