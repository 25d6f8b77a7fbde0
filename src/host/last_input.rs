//! When a key was last pressed, kept on disk so that a restart of this program does not start the
//! count anew.
//!
//! Kept as time since the box was started, with the id of that start. After a power cut nothing tells
//! how long the box was off, least of all its clock: the count begins anew.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::boot_clock;
use super::regular_file::{self, Links};

/// How far behind the file may be: it is written no more often.
pub const COARSENESS: Duration = Duration::from_secs(60);

/// More bytes than the file ever has.
const LARGEST: u64 = 1024;

/// The file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastInput(PathBuf);

impl LastInput {
    /// The file in the user cache directory.
    pub fn new(cache_dir: &Path) -> Self {
        Self(cache_dir.join("last-key"))
    }

    /// The time of the last key in this run of the box, as [`boot_clock::now`] counts; at `now` at the latest.
    pub fn read(&self, now: Duration) -> Option<Duration> {
        let text = regular_file::read_text(&self.0, LARGEST, Links::Refused).ok()?;
        parse(&text, &boot_clock::boot_id()?, now)
    }

    /// Notes a key at `at`.
    ///
    /// # Errors
    /// What the system says; the program can go on without.
    pub fn write(&self, at: Duration) -> io::Result<()> {
        let Some(boot) = boot_clock::boot_id() else {
            return Ok(());
        };
        let folder = self.0.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        // A power cut begins the count anew in any case: no need to wait for the disk.
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        writeln!(new, "{boot} {}", at.as_secs())?;
        new.persist(&self.0).map(drop).map_err(|error| error.error)
    }
}

/// What a file says. In favour of the viewer: as late as the file's coarseness allows.
fn parse(text: &str, boot: &str, now: Duration) -> Option<Duration> {
    let (id, seconds) = text.trim().split_once(' ')?;
    let at = Duration::from_secs(seconds.parse().ok()?);
    (id == boot && at <= now).then(|| at.saturating_add(COARSENESS).min(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn only_the_same_start_of_the_box_counts() {
        for (text, expected) in [
            ("this 100\n", Some(160)),
            ("this 4990\n", Some(5000)),
            // A file of another start, or from a future that has not come.
            ("other 100\n", None),
            ("this 5001\n", None),
            ("", None),
            ("this", None),
            ("this -5", None),
            ("this 99999999999999999999999", None),
        ] {
            assert_eq!(
                parse(text, "this", seconds(5000)),
                expected.map(seconds),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = LastInput::new(&folder.path().join("cache"));
        let now = boot_clock::now();
        assert_eq!(file.read(now), None);
        file.write(now).unwrap();
        if boot_clock::boot_id().is_some() {
            assert_eq!(
                file.read(now + seconds(3600)).map(|at| at > now),
                Some(true)
            );
        }
        fs::write(folder.path().join("cache/last-key"), [0xff, 0, 0x20]).unwrap();
        assert_eq!(file.read(now), None);
    }
}
