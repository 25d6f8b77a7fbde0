//! `--metrics-textfile`: the counters in a file for node_exporter's textfile collector, written when something changed.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::prometheus::{self, Gauges};
use super::steady::Steady;
use super::{COUNTERS, memory, signed_in_at, troubles};

/// How often the counters are looked at. Whoever reads the file does so every 15 to 60 seconds.
const EVERY: Duration = Duration::from_secs(30);
/// Memory that comes and goes is no change.
const MEMORY_STEP: u64 = 1024 * 1024;
/// Of a moment that is counted back from a clock that is being set.
const CLOCK_STEP: u64 = 5;

/// Keeps the file up to date until it is dropped, which removes it: numbers of a program that has ended are no numbers
/// of one that runs.
#[derive(Debug)]
pub struct Textfile {
    path: PathBuf,
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Textfile {
    /// Writes the file for the first time. Where that fails it is said once, and tried again: the folder may be made later.
    ///
    /// # Errors
    /// What the system says where it refuses a thread.
    pub fn start(path: PathBuf, device: Option<String>) -> io::Result<Self> {
        let mut writer = Writer::new(path.clone(), device);
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
                        return;
                    }
                }
            })?;
        Ok(Self {
            path,
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
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!(%error, "the file with metrics stays");
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
    written: String,
}

impl Writer {
    fn new(path: PathBuf, device: Option<String>) -> Self {
        Self {
            path,
            device,
            memory: Steady::default(),
            signed_in_at: Steady::default(),
            started_at: unix(SystemTime::now()),
            written: String::new(),
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

    fn put(&mut self, text: String) -> io::Result<()> {
        if text != self.written {
            write(&self.path, &text)?;
            self.written = text;
        }
        Ok(())
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
    use std::os::unix::fs::MetadataExt;
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
