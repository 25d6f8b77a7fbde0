//! What is remembered of a GPU from one start of the program to the next.
//!
//! A driver that kills the process leaves nothing but the note that it was being tried. So the note is
//! written before, and changed once pictures have been drawn for a while. It counts for the same GPU,
//! driver and program, and for a week: then it is tried again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::host::regular_file::{self, Links};
use crate::host::{atomic_file, boot_clock};

/// More bytes than the note ever has.
const LARGEST: u64 = 64 * 1024;

/// How long a failure is remembered.
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Starts of the box in a row in which the GPU came to no picture.
const HOPELESS: u8 = 2;
/// Ends in one run of the box that nobody asked for, long after the first picture.
const TOO_OFTEN: u8 = 3;

/// How far it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    /// It is being tried.
    Trying,
    /// It has drawn for a while.
    Drawing,
    /// It has failed.
    Failed,
}

/// The note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    key: String,
    boot: Option<String>,
    process: u32,
    pub(super) stage: Stage,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    strikes: u8,
    /// Seconds, by the clock of this box.
    at: u64,
}

/// What follows from an earlier note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Judgement {
    /// The GPU may be tried.
    Try {
        /// How often it was given up before.
        strikes: u8,
    },
    /// It has failed; how.
    Leave(String),
}

impl Default for Judgement {
    fn default() -> Self {
        Self::Try { strikes: 0 }
    }
}

impl Record {
    /// The note of a trial of this process that begins now.
    pub(super) fn now(key: String) -> Self {
        Self {
            key,
            boot: boot_clock::boot_id(),
            process: std::process::id(),
            stage: Stage::Trying,
            reason: None,
            strikes: 0,
            at: now(),
        }
    }

    pub(super) fn with_strikes(self, strikes: u8) -> Self {
        Self { strikes, ..self }
    }

    /// What an `earlier` note means for a start now.
    pub(super) fn judge(&self, earlier: Option<&Self>) -> Judgement {
        let in_use = |process| process != self.process && is_alive(process);
        earlier.map_or_else(Judgement::default, |earlier| self.after(earlier, in_use))
    }

    fn after(&self, earlier: &Self, in_use: impl Fn(u32) -> bool) -> Judgement {
        // A clock that was set back makes no note older.
        let age = Duration::from_secs(self.at.saturating_sub(earlier.at));
        if earlier.key != self.key || age >= WEEK {
            return Judgement::default();
        }
        let same_boot = earlier.boot == self.boot;
        let strikes = earlier.strikes.saturating_add(1);
        let end = match earlier.stage {
            Stage::Failed => {
                let reason = earlier.reason.as_deref().unwrap_or("it failed");
                return Judgement::Leave(format!("{reason} ({})", again()));
            }
            // Another window of the same person.
            _ if same_boot && in_use(earlier.process) => return Judgement::default(),
            Stage::Trying if same_boot || strikes >= HOPELESS => "before it had drawn for a while",
            Stage::Drawing if same_boot && strikes >= TOO_OFTEN => "again and again",
            // A power cut says nothing about a GPU that was drawing.
            Stage::Drawing if !same_boot => return Judgement::default(),
            Stage::Trying | Stage::Drawing => return Judgement::Try { strikes },
        };
        Judgement::Leave(format!(
            "with the GPU the program ended {end} ({})",
            again()
        ))
    }
}

/// What the operator can do about a GPU that is left.
fn again() -> &'static str {
    "remembered for a week or until a driver is installed; `--renderer gpu` tries it all the same"
}

fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs())
}

fn is_alive(process: u32) -> bool {
    Path::new("/proc").join(process.to_string()).exists()
}

/// Where the note lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RecordFile {
    folder: PathBuf,
    path: PathBuf,
}

impl RecordFile {
    /// The file in the user cache directory.
    pub(super) fn new(cache_dir: &Path) -> Self {
        Self {
            folder: cache_dir.to_owned(),
            path: cache_dir.join("renderer.json"),
        }
    }

    /// The note that lies there. One that cannot be read is none.
    pub(super) fn read(&self) -> Option<Record> {
        let text = regular_file::read_text(&self.path, LARGEST, Links::Refused).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Replaces it. Without it the program can go on.
    pub(super) fn write(&self, record: &Record) {
        let written = serde_json::to_vec(record)
            .map_err(Into::into)
            .and_then(|text| atomic_file::replace(&self.folder, &self.path, ".renderer.", &text));
        if let Err(error) = written {
            tracing::debug!(%error, "what is known of the GPU cannot be kept");
        }
    }

    /// Whether a note could be written now.
    pub(super) fn can_be_written(&self) -> bool {
        let probe = || -> std::io::Result<()> {
            atomic_file::create_private_directory(&self.folder)?;
            let _ = tempfile::tempfile_in(&self.folder)?;
            Ok(())
        };
        probe().is_ok()
    }

    /// Removes it.
    pub(super) fn remove(&self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!(%error, "nothing was kept of the GPU");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(boot: &str, stage: Stage, strikes: u8, at: u64) -> Record {
        Record {
            key: "this".to_owned(),
            boot: Some(boot.to_owned()),
            process: 1,
            stage,
            reason: Some("swap_buffers failed".to_owned()).filter(|_| stage == Stage::Failed),
            strikes,
            at,
        }
    }

    const THEN: u64 = 1_000_000;

    #[test]
    fn a_failure_is_remembered_for_this_gpu_and_for_a_week() {
        use Stage::{Drawing, Failed, Trying};
        let week = WEEK.as_secs();
        // Stage, strikes, the same run of the box, seconds since; strikes of the next try, none where it is left.
        for (stage, strikes, same_boot, later, expected) in [
            (Failed, 0, true, 0, None),
            (Failed, 0, false, week - 1, None),
            (Failed, 0, false, week, Some(0)),
            // Killed while it was tried: by a driver, or by a power cut; that one comes seldom twice.
            (Trying, 0, true, 1, None),
            (Trying, 0, false, 1, Some(1)),
            (Trying, 1, false, 1, None),
            (Trying, 1, false, week, Some(0)),
            // Killed while it was drawing.
            (Drawing, 0, false, 1, Some(0)),
            (Drawing, 0, true, 1, Some(1)),
            (Drawing, 1, true, 1, Some(2)),
            (Drawing, 2, true, 1, None),
            (Drawing, 2, true, week, Some(0)),
        ] {
            let earlier = record("a", stage, strikes, THEN);
            let now = record(if same_boot { "a" } else { "b" }, Trying, 0, THEN + later);
            let judged = now.after(&earlier, |_| false);
            let strikes = match &judged {
                Judgement::Try { strikes } => Some(*strikes),
                Judgement::Leave(why) => {
                    assert!(why.contains("--renderer gpu"), "{why}");
                    None
                }
            };
            assert_eq!(strikes, expected, "{earlier:?} {same_boot} {later}");
        }
    }

    #[test]
    fn another_gpu_or_driver_is_tried() {
        let failed = record("a", Stage::Failed, 0, THEN);
        let mut now = record("a", Stage::Trying, 0, THEN);
        assert!(matches!(
            now.after(&failed, |_| false),
            Judgement::Leave(why) if why.contains("swap_buffers failed")
        ));
        now.key = "that".to_owned();
        assert_eq!(now.after(&failed, |_| false), Judgement::default());
    }

    #[test]
    fn a_clock_that_was_set_back_forgets_nothing() {
        let failed = record("a", Stage::Failed, 0, THEN);
        let now = record("b", Stage::Trying, 0, 0);
        assert!(matches!(now.after(&failed, |_| false), Judgement::Leave(_)));
    }

    #[test]
    fn a_second_window_takes_the_first_for_no_failure() {
        let first = record("a", Stage::Trying, 0, THEN);
        let now = record("a", Stage::Trying, 0, THEN);
        assert_eq!(
            now.after(&first, |process| process == 1),
            Judgement::default()
        );
        assert!(matches!(now.after(&first, |_| false), Judgement::Leave(_)));
    }

    #[test]
    fn a_note_is_read_as_it_was_written_and_a_broken_one_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = RecordFile::new(&folder.path().join("cache"));
        assert_eq!(file.read(), None);
        let failed = record("a", Stage::Failed, 1, THEN);
        file.write(&failed);
        assert_eq!(file.read(), Some(failed));
        fs::write(&file.path, "{").unwrap();
        assert_eq!(file.read(), None);
        file.remove();
        assert!(!file.path.exists());
        file.remove();
    }
}
