//! `--metrics-textfile`: the counters in a file for node_exporter's textfile collector, written when something changed.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::prometheus::{self, Gauges};
use super::steady::Steady;
use super::{COUNTERS, memory, signed_in_at, troubles};
use crate::host::regular_file::{self, Links};

/// How often the counters are looked at. Whoever reads the file does so every 15 to 60 seconds.
const EVERY: Duration = Duration::from_secs(30);
/// Memory that comes and goes is no change.
const MEMORY_STEP: u64 = 1024 * 1024;
/// Bytes of a file with metrics, and more than there can be.
const LONGEST: u64 = 1024 * 1024;
/// Of a moment that is counted back from a clock that is being set.
const CLOCK_STEP: u64 = 5;

/// Keeps the file up to date until it is dropped, which removes it: numbers of a program that has ended are no numbers
/// of one that runs.
#[derive(Debug)]
pub struct Textfile {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Textfile {
    /// Writes the file for the first time. Where that fails it is said once, and tried again: the folder may be made later.
    ///
    /// # Errors
    /// What the system says where it refuses a thread.
    pub fn start(path: PathBuf, device: Option<String>) -> io::Result<Self> {
        let mut writer = Writer::new(path, device);
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = thread::Builder::new()
            .name("metrics".to_owned())
            .spawn(move || {
                let mut failed = false;
                loop {
                    let written = writer.look();
                    match &written {
                        Err(error) if !failed => {
                            let file = writer.path.display();
                            tracing::warn!(%error, %file, "metrics cannot be written");
                        }
                        Ok(()) if failed => tracing::info!("metrics are written again"),
                        _ => {}
                    }
                    failed = written.is_err();
                    if stopped.recv_timeout(EVERY) != Err(RecvTimeoutError::Timeout) {
                        return writer.remove();
                    }
                }
            })?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Textfile {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It writes nothing more that would outlive this.
            let _ = thread.join();
        }
    }
}

/// What is in the file, and what it was made of.
#[derive(Debug)]
struct Writer {
    path: PathBuf,
    device: Option<String>,
    memory: Steady,
    signed_in_at: Steady,
    started_at: u64,
    /// What was written, and which file that made.
    written: Option<(String, FileId)>,
}

/// Device and inode.
type FileId = (u64, u64);

impl Writer {
    fn new(path: PathBuf, device: Option<String>) -> Self {
        Self {
            path,
            device,
            memory: Steady::default(),
            signed_in_at: Steady::default(),
            started_at: unix(SystemTime::now()),
            written: None,
        }
    }

    /// Writes the file where something is to be told that is not in it.
    fn look(&mut self) -> io::Result<()> {
        let gauges = Gauges {
            troubles: troubles(),
            memory: self.memory.told(memory(), MEMORY_STEP),
            signed_in_at: self.signed_in_at.told(signed_in_at().map(unix), CLOCK_STEP),
            started_at: Some(self.started_at),
        };
        self.put(prometheus::text(&COUNTERS, gauges, self.device.as_deref()))
    }

    /// A file that is gone is written again: whoever cleaned the folder, or another kiosk with the same file, has taken it.
    fn put(&mut self, text: String) -> io::Result<()> {
        let there = file_at(&self.path)?;
        let is_there = |(said, file): &(String, FileId)| *said == text && Some(*file) == there;
        if !self.written.as_ref().is_some_and(is_there) {
            if there != self.written.as_ref().map(|(_, file)| *file) {
                is_replaceable(&self.path)?;
            }
            write(&self.path, &text)?;
            self.written = file_at(&self.path)?.map(|file| (text, file));
        }
        Ok(())
    }

    /// Removes the file where it is the one that was written.
    fn remove(&self) {
        let there = file_at(&self.path).ok().flatten();
        if there.is_some() && there == self.written.as_ref().map(|(_, file)| *file) {
            let removed = fs::remove_file(&self.path);
            let _ =
                removed.inspect_err(|error| tracing::debug!(%error, "the file with metrics stays"));
        }
    }
}

/// What lies there, and no file behind a link.
fn file_at(path: &Path) -> io::Result<Option<FileId>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some((found.dev(), found.ino()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether nothing is lost where this is written over: by a slip of the pen it may be the configuration. What a killed
/// program left is not lost, nor an empty file that was made for its owner's sake.
fn is_replaceable(path: &Path) -> io::Result<()> {
    let found = match regular_file::read(path, LONGEST, Links::Refused) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        found => found?,
    };
    match found.is_empty() || found.starts_with(prometheus::BEGINNING.as_bytes()) {
        true => Ok(()),
        false => Err(io::Error::other(
            "another file is in its place, with no metrics of this program; move it away",
        )),
    }
}

fn unix(moment: SystemTime) -> u64 {
    let since = moment.duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}

/// Replaces the file as a whole, so that nobody reads half of it. It is not made durable: what is lost with the power is
/// of no use after it. Everybody may read it, whatever the umask: node_exporter is another user.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // node_exporter reads `*.prom` alone.
    let mut file = tempfile::Builder::new()
        .prefix(".vestibule-metrics-")
        .suffix(".tmp")
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file()
        .set_permissions(Permissions::from_mode(0o644))?;
    let _ = file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn the_file_is_for_everybody_and_written_when_something_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vestibule.prom");
        let mut writer = Writer::new(path.clone(), Some("lobby".to_owned()));
        writer.look().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("vestibule_frames_late_total "), "{text}");
        assert!(text.contains("device=\"lobby\""), "{text}");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o644);

        let mut put = |text: &str| {
            writer.put(text.to_owned()).unwrap();
            fs::metadata(&path).unwrap().ino()
        };
        let first = put("a 1\n");
        assert_eq!(put("a 1\n"), first, "written though nothing changed");
        assert_ne!(put("a 2\n"), first, "written over in its place");
        assert_eq!(fs::read_to_string(&path).unwrap(), "a 2\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_was_taken_away_is_there_again_and_one_of_another_kiosk_is_not_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vestibule.prom");
        let mut writer = Writer::new(path.clone(), None);
        writer.look().unwrap();
        fs::remove_file(&path).unwrap();
        writer.look().unwrap();
        assert!(path.exists());
        let mut other = Writer::new(path.clone(), Some("other".to_owned()));
        other.look().unwrap();
        writer.remove();
        assert!(fs::read_to_string(&path).unwrap().contains("other"));
        other.remove();
        assert!(!path.exists());
    }

    #[test]
    fn what_is_no_file_with_metrics_is_neither_replaced_nor_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vestibule.toml");
        let keep = "[provider]\n";
        fs::write(&path, keep).unwrap();
        let link = folder.path().join("link.prom");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        for place in [&path, &link, &folder.path().to_owned()] {
            let mut writer = Writer::new(place.clone(), None);
            let refused = writer.look().unwrap_err().to_string();
            assert!(refused.contains("move it away"), "{refused}");
            writer.remove();
        }
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), keep);
        // What a killed program left, and what was made for it.
        for left in [
            prometheus::text(&COUNTERS, Gauges::default(), None),
            String::new(),
        ] {
            fs::write(&path, left).unwrap();
            Writer::new(path.clone(), None).look().unwrap();
        }
    }

    #[test]
    fn the_file_goes_with_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vestibule.prom");
        let running = Textfile::start(path.clone(), None).unwrap();
        let deadline = Instant::now() + Duration::from_secs(10);
        while !path.exists() {
            assert!(Instant::now() < deadline, "no file");
            thread::yield_now();
        }
        drop(running);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        // A folder that is not there ends nothing.
        drop(Textfile::start(folder.path().join("absent/vestibule.prom"), None).unwrap());
    }
}
