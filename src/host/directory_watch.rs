//! Tells when files in a folder are made, replaced or removed, by whichever process.
//!
//! The kernel tells where it can (inotify). It tells of the folder that it was asked about and not of another that
//! comes to its path, as by a rename of what it lies in or by a link that points elsewhere: that is rare, and looked for
//! every few seconds. Where the kernel cannot tell at all, because the folder is not there yet or the user's watches are
//! used up, the folder itself is looked at once a second.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::Duration;

use futures::stream::{self, Stream};
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
use rustix::io::Errno;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// How often is looked at what the kernel does not tell.
const LOOK: Duration = Duration::from_secs(1);

/// How often is looked whether the kernel tells of the folder that is at the path: each look wakes an idle box.
const LOOK_AT_PLACE: Duration = Duration::from_secs(5);

/// What belongs to one change comes together: a file is written, renamed, and its old one removed.
const TOGETHER: Duration = Duration::from_millis(50);

/// What is worth waking for. A file that is being written is not yet a change.
const CHANGES: WatchFlags = WatchFlags::CLOSE_WRITE
    .union(WatchFlags::CREATE)
    .union(WatchFlags::DELETE)
    .union(WatchFlags::MOVED_FROM)
    .union(WatchFlags::MOVED_TO)
    .union(WatchFlags::DELETE_SELF)
    .union(WatchFlags::MOVE_SELF)
    .union(WatchFlags::ONLYDIR);

/// At once, for what happened before, and then each time something happened to files in `folder` whose names end in
/// `ending`. Has to be polled inside a tokio runtime.
pub fn changes(folder: PathBuf, ending: &'static str) -> impl Stream<Item = ()> + Send {
    let watch = Watch {
        folder,
        ending,
        kernel: None,
        watched: None,
        seen: Vec::new(),
        begun: false,
    };
    stream::unfold(watch, |mut watch| async move {
        watch.change().await;
        Some(((), watch))
    })
}

struct Watch {
    folder: PathBuf,
    ending: &'static str,
    kernel: Option<AsyncFd<OwnedFd>>,
    /// The folder that the kernel tells of.
    watched: Option<(u64, u64)>,
    /// What was there when it was looked at last.
    seen: Vec<Entry>,
    begun: bool,
}

/// A file: its name, and what tells it from the next of that name.
type Entry = (OsString, u64, u64, i64, i64);

impl Watch {
    async fn change(&mut self) {
        loop {
            if self.kernel.is_none() {
                self.kernel = self.ask_the_kernel();
                self.watched = self.place();
                // What happened before the kernel began to tell is seen here.
                let changed = self.look();
                if changed || !self.begun {
                    self.begun = true;
                    return;
                }
            }
            let Some(kernel) = &self.kernel else {
                tokio::time::sleep(LOOK).await;
                continue;
            };
            let told = match tokio::time::timeout(LOOK_AT_PLACE, kernel.readable()).await {
                Ok(Ok(mut ready)) => {
                    tokio::time::sleep(TOGETHER).await;
                    ready.clear_ready();
                    read(kernel.get_ref(), self.ending)
                }
                Ok(Err(error)) => Err(error),
                Err(_) if self.place() == self.watched => Ok(false),
                Err(_) => Err(io::ErrorKind::NotFound.into()),
            };
            match told {
                Ok(false) => {}
                Ok(true) => {
                    let _ = self.look();
                    return;
                }
                Err(error) => {
                    // The folder itself is gone, or another one is in its place.
                    tracing::debug!(%error, folder = %self.folder.display(), "not watched any more");
                    self.kernel = None;
                    if self.look() {
                        return;
                    }
                    tokio::time::sleep(LOOK).await;
                }
            }
        }
    }

    fn ask_the_kernel(&self) -> Option<AsyncFd<OwnedFd>> {
        let watch = || -> io::Result<AsyncFd<OwnedFd>> {
            let kernel = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
            let _ = inotify::add_watch(&kernel, &self.folder, CHANGES)?;
            // SAFETY: the descriptor is owned by what is made here, and nothing else closes or replaces it.
            #[allow(unsafe_code)]
            let kernel = unsafe { AsyncFd::register_with_interest(kernel, Interest::READABLE) }?;
            Ok(kernel)
        };
        watch().ok()
    }

    /// What tells the folder at the path from another one.
    fn place(&self) -> Option<(u64, u64)> {
        let about = fs::metadata(&self.folder).ok()?;
        Some((about.dev(), about.ino()))
    }

    /// Whether something else is there than at the last look.
    fn look(&mut self) -> bool {
        let found = self.entries();
        let seen = std::mem::replace(&mut self.seen, found);
        seen != self.seen
    }

    fn entries(&self) -> Vec<Entry> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut found: Vec<Entry> = entries
            .filter(|entry| entry.file_name().to_string_lossy().ends_with(self.ending))
            .filter_map(|entry| {
                let about = entry.metadata().ok()?;
                let (at, part) = (about.mtime(), about.mtime_nsec());
                Some((entry.file_name(), about.ino(), about.size(), at, part))
            })
            .collect();
        found.sort();
        found
    }
}

/// Reads all that the kernel has to tell; whether some of it is about files with this ending.
fn read(kernel: &OwnedFd, ending: &str) -> io::Result<bool> {
    let mut buffer = [MaybeUninit::uninit(); 4096];
    let mut reader = Reader::new(kernel, &mut buffer);
    let mut told = false;
    loop {
        match reader.next() {
            Err(Errno::AGAIN) => return Ok(told),
            Err(error) => return Err(error.into()),
            Ok(event) => {
                let over = ReadFlags::IGNORED | ReadFlags::UNMOUNT | ReadFlags::MOVE_SELF;
                if event.events().intersects(over) {
                    return Err(io::ErrorKind::NotFound.into());
                }
                // Without a name it is about the folder, or some were lost.
                told |= event
                    .file_name()
                    .is_none_or(|name| name.to_bytes().ends_with(ending.as_bytes()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use futures::{FutureExt, StreamExt};

    use super::*;

    /// Longer than a look at the folder takes to come, on a busy machine.
    const PATIENCE: Duration = Duration::from_secs(20);

    async fn told(watch: &mut (impl Stream<Item = ()> + Unpin)) {
        let told = tokio::time::timeout(PATIENCE, watch.next()).await;
        assert_eq!(told.ok().flatten(), Some(()), "nothing was told");
    }

    fn replace(folder: &Path, name: &str) {
        let new = folder.join(".new");
        fs::write(&new, "x").unwrap();
        fs::rename(new, folder.join(name)).unwrap();
    }

    #[tokio::test]
    async fn what_is_made_replaced_or_removed_is_told_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path();
        let mut watch = Box::pin(changes(folder.to_owned(), ".json"));
        told(&mut watch).await;
        assert_eq!(watch.next().now_or_never(), None);
        replace(folder, "a.json");
        told(&mut watch).await;
        fs::write(folder.join("a.json"), "y").unwrap();
        told(&mut watch).await;
        fs::write(folder.join("a.lock"), "").unwrap();
        fs::remove_file(folder.join("a.json")).unwrap();
        told(&mut watch).await;
        fs::write(folder.join("b.lock"), "").unwrap();
        let more = tokio::time::timeout(4 * TOGETHER, watch.next()).await;
        assert!(more.is_err(), "a lock is no account");
    }

    #[tokio::test]
    async fn a_folder_that_comes_goes_and_comes_again_is_watched_all_the_same() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("accounts");
        let mut watch = Box::pin(changes(folder.clone(), ".json"));
        told(&mut watch).await;
        assert_eq!(watch.next().now_or_never(), None);
        for _ in 0..2 {
            fs::create_dir(&folder).unwrap();
            replace(&folder, "a.json");
            told(&mut watch).await;
            fs::rename(&folder, home.path().join("elsewhere")).unwrap();
            told(&mut watch).await;
            fs::remove_dir_all(home.path().join("elsewhere")).unwrap();
        }
    }

    #[tokio::test]
    async fn another_folder_at_the_same_path_is_seen() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        let folder = at("config").join("accounts");
        fs::create_dir_all(&folder).unwrap();
        replace(&folder, "a.json");
        let mut watch = Box::pin(changes(folder.clone(), ".json"));
        told(&mut watch).await;
        fs::rename(at("config"), at("moved")).unwrap();
        told(&mut watch).await;
        std::os::unix::fs::symlink(at("moved"), at("config")).unwrap();
        told(&mut watch).await;
        fs::create_dir_all(at("empty").join("accounts")).unwrap();
        std::os::unix::fs::symlink(at("empty"), at("new")).unwrap();
        fs::rename(at("new"), at("config")).unwrap();
        told(&mut watch).await;
    }
}
