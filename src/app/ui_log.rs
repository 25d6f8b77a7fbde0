//! `--ui-log`: one line of JSON whenever what is on the screen changes, for tests that look from outside.
//!
//! It tells names, states and places; never a token, a device code or a user code. What a card is called in the API tells
//! what somebody watches, and is told only where that was asked for: else each card has a made-up name, which is the
//! same for as long as the program runs. The file is its owner's alone.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::fs::File;
use std::hash::BuildHasher;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use iced::{Rectangle, Size, Task};
use serde::Serialize;

use super::bounds;
use crate::host::regular_file;

/// The log, shared with the operations that measure the screen.
#[derive(Debug, Clone)]
pub(super) struct UiLog(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    file: File,
    /// What makes names up; `None` where the API's are told.
    made_up: Option<RandomState>,
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
    /// Appends to `file`; times count from now. `ids` has it tell what cards are called in the API.
    ///
    /// # Errors
    /// What the system says where the file cannot be opened.
    pub(super) fn open(file: &Path, ids: bool) -> io::Result<Self> {
        let file = regular_file::open_to_append(file)?;
        Ok(Self(Arc::new(Mutex::new(Inner {
            file,
            made_up: (!ids).then(RandomState::new),
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
        let Some(mut shown) = inner.shown.clone() else {
            return;
        };
        shown.focus = shown.focus.map(|name| inner.told(&name));
        let [_, _, width, height] = pixels(Rectangle::with_size(shown.size), shown.factor);
        let line = Line {
            rects: rects
                .iter()
                .map(|(name, bounds)| (inner.told(name), pixels(*bounds, shown.factor)))
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
    /// The name of a part as it is told.
    fn told(&self, name: &str) -> String {
        let card = name
            .strip_prefix("card.")
            .and_then(|rest| rest.split_once('.'));
        match (&self.made_up, card) {
            (Some(names), Some((row, id))) => {
                let made_up = names.hash_one(id) as u32;
                format!("card.{row}.{made_up:08x}")
            }
            _ => name.to_owned(),
        }
    }

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
        let log = UiLog::open(&file, false).unwrap();
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
    fn what_a_card_is_called_in_the_api_is_told_only_where_it_was_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ui.log");
        for (ids, told) in [(false, 0), (true, 2)] {
            let log = UiLog::open(&file, ids).unwrap();
            log.inner().shown = Some(line("card.0.PRIVATE.7").shown);
            let rects = ["card.0.PRIVATE.7", "card.1.PRIVATE.7", "row.2"];
            let rects = rects.map(|name| (name.to_owned(), Rectangle::default()));
            log.measured(&BTreeMap::from(rects));
            let text = std::fs::read_to_string(&file).unwrap();
            let last = text.lines().last().unwrap();
            assert_eq!(
                last.matches("PRIVATE").count(),
                told + usize::from(ids),
                "{last}"
            );
            let last: serde_json::Value = serde_json::from_str(last).unwrap();
            let focus = last["focus"].as_str().unwrap();
            assert!(focus.starts_with("card.0."), "{focus}");
            assert!(last["rects"][focus].is_array(), "one name for one card");
            assert!(last["rects"]["row.2"].is_array());
        }
    }

    #[test]
    fn a_restarted_program_appends() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ui.log");
        for _ in 0..2 {
            UiLog::open(&file, false)
                .unwrap()
                .inner()
                .write(line("new_code"));
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 2);
    }
}
