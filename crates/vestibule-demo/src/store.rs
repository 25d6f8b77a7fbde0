//! What outlives the process: the signing keys and the sessions, under the data directory.
//!
//! Every write is atomic and durable before a reply that depends on it is sent.

use std::fs::{self, File, Permissions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};

use super::Error;
use super::keys::{Algorithm, Keys, SigningKey};
use super::secret::TokenKey;
use super::sessions::Sessions;

/// The key for ES256, PKCS #8. The tokens that only this server reads follow from it.
const KEY: &str = "signing-key.p8";
/// The key for RS256, PKCS #8.
const RSA_KEY: &str = "signing-key-rs256.p8";
/// The sessions.
const GRANTS: &str = "grants.json";
/// Held while a server works with the directory.
const LOCK: &str = "lock";
/// More bytes than what all who were ever signed in take.
const LARGEST: u64 = 256 * 1024 * 1024;
/// A server that was just stopped in this process may hold the lock for a moment longer.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);

/// A data directory in use.
#[derive(Debug)]
pub(super) struct Store {
    dir: PathBuf,
    /// Unlocks when dropped.
    _lock: File,
}

/// What earlier runs left.
#[derive(Debug)]
pub(super) struct Kept {
    /// Where to write.
    pub(super) store: Store,
    /// The signing keys.
    pub(super) keys: Keys,
    /// The sessions.
    pub(super) sessions: Sessions,
}

/// The content of [`GRANTS`].
#[derive(Serialize, Deserialize)]
struct SessionsFile<T> {
    version: u32,
    #[serde(rename = "families")]
    sessions: T,
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::Data {
        path: path.to_owned(),
        source: Arc::new(source),
    }
}

/// Opens the directory and reads what is there, or makes what is not. Blocks.
///
/// # Errors
/// [`Error::Data`], [`Error::Busy`] or [`Error::Key`].
pub(super) fn open(dir: PathBuf, fresh: bool) -> Result<Kept, Error> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&dir)
        .map_err(failed(&dir))?;
    fs::set_permissions(&dir, Permissions::from_mode(0o700)).map_err(failed(&dir))?;
    let store = Store {
        _lock: lock(&dir)?,
        dir,
    };
    if fresh {
        store.forget(KEY)?;
        store.forget(RSA_KEY)?;
        store.forget(GRANTS)?;
    }
    let keys = store.keys()?;
    let sessions = store.sessions()?;
    Ok(Kept {
        store,
        keys,
        sessions,
    })
}

/// Opens a file of ours. What else lies in its place, a pipe or a link among it, is neither waited for nor followed.
fn open_file(options: &mut fs::OpenOptions, path: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY;
    let opened = options.custom_flags(flags.bits().cast_signed()).open(path);
    let no_file = || io::Error::other("something else is in its place, and no file; move it away");
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => Err(no_file()),
        _ => opened,
    }
}

fn lock(dir: &Path) -> Result<File, Error> {
    let path = dir.join(LOCK);
    let mut options = File::options();
    let _ = options.create(true).truncate(false).write(true).mode(0o600);
    let file = open_file(&mut options, &path).map_err(failed(&path))?;
    let patience = Instant::now() + LOCK_PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(fs::TryLockError::WouldBlock) if Instant::now() < patience => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(fs::TryLockError::WouldBlock) => {
                return Err(Error::Busy {
                    path: dir.to_owned(),
                });
            }
            Err(fs::TryLockError::Error(source)) => return Err(failed(&path)(source)),
        }
    }
}

impl Store {
    /// Writes the sessions. Durable when it returns. Blocks.
    ///
    /// # Errors
    /// When the disk is full or gone; the previous file then still stands.
    pub(super) fn save(&self, sessions: &Sessions) -> io::Result<()> {
        let file = SessionsFile {
            version: 1,
            sessions,
        };
        self.write(GRANTS, &serde_json::to_vec(&file)?)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        // Made with mode 0600.
        let mut file = tempfile::NamedTempFile::new_in(&self.dir)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        let _ = file.persist(self.dir.join(name))?;
        File::open(&self.dir)?.sync_all()
    }

    fn keys(&self) -> Result<Keys, Error> {
        let (es256, private) = self.key(KEY, Algorithm::Es256)?;
        let (rs256, _) = self.key(RSA_KEY, Algorithm::Rs256)?;
        Ok(Keys::new(rs256, es256, TokenKey::derive(&private)))
    }

    /// The key of that file, made where there is none, and its bytes.
    fn key(&self, name: &str, algorithm: Algorithm) -> Result<(SigningKey, Vec<u8>), Error> {
        if let Some(bytes) = self.read(name)? {
            match SigningKey::from_pkcs8(algorithm, &bytes) {
                Some(key) => return Ok((key, bytes)),
                None => self.keep_aside(name)?,
            }
        }
        let (key, bytes) = SigningKey::generate(algorithm).ok_or(Error::Key)?;
        let path = self.dir.join(name);
        self.write(name, &bytes).map_err(failed(&path))?;
        Ok((key, bytes))
    }

    fn sessions(&self) -> Result<Sessions, Error> {
        let Some(bytes) = self.read(GRANTS)? else {
            return Ok(Sessions::default());
        };
        match serde_json::from_slice::<SessionsFile<Sessions>>(&bytes) {
            Ok(SessionsFile {
                version: 1,
                sessions,
            }) => Ok(sessions),
            _ => {
                self.keep_aside(GRANTS)?;
                Ok(Sessions::default())
            }
        }
    }

    /// The content of a file, with its mode repaired; `None` where there is none.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let path = self.dir.join(name);
        let read = || -> io::Result<Vec<u8>> {
            let file = open_file(File::options().read(true), &path)?;
            file.set_permissions(Permissions::from_mode(0o600))?;
            let mut bytes = Vec::new();
            let length = file.take(LARGEST + 1).read_to_end(&mut bytes)?;
            if length as u64 > LARGEST {
                return Err(io::Error::other("larger than any file of this program"));
            }
            Ok(bytes)
        };
        match read() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(&path)(error)),
        }
    }

    fn forget(&self, name: &str) -> Result<(), Error> {
        let path = self.dir.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&path)(error)),
            _ => Ok(()),
        }
    }

    /// Renames a file that cannot be understood to the first free `NAME.corrupt-N`.
    fn keep_aside(&self, name: &str) -> Result<(), Error> {
        let path = self.dir.join(name);
        let aside = (1u32..)
            .map(|number| self.dir.join(format!("{name}.corrupt-{number}")))
            .find(|aside| !aside.exists())
            .unwrap_or_else(|| self.dir.join(format!("{name}.corrupt")));
        tracing::warn!(file = %aside.display(), "kept aside: cannot be read");
        fs::rename(&path, &aside).map_err(failed(&path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client;
    use crate::people::PEOPLE;
    use crate::sessions::{Holder, Lifetimes};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn some_sessions() -> Sessions {
        let mut sessions = Sessions::default();
        let times = Lifetimes {
            access: Duration::from_secs(60),
            leeway: Duration::ZERO,
        };
        let holder = Holder {
            client: &client::MAIN,
            person: &PEOPLE[0],
            scopes: vec!["offline_access".to_owned()],
            auth_time: 0,
        };
        let _ = sessions.begin(0, &TokenKey::derive(b"k"), times, holder);
        sessions
    }

    #[test]
    fn key_and_sessions_come_back_and_fresh_forgets() {
        let tmp = tempfile::tempdir().unwrap();
        let dir = tmp.path().join("deep/er");
        let kept = open(dir.clone(), false).unwrap();
        let jwks = kept.keys.jwks();
        let sessions = some_sessions();
        kept.store.save(&sessions).unwrap();
        drop(kept);
        assert_eq!(mode(&dir), 0o700);
        for name in [KEY, RSA_KEY, GRANTS, LOCK] {
            assert_eq!(mode(&dir.join(name)), 0o600, "{name}");
        }

        fs::set_permissions(dir.join(KEY), Permissions::from_mode(0o644)).unwrap();
        let kept = open(dir.clone(), false).unwrap();
        assert_eq!(kept.keys.jwks(), jwks);
        assert_eq!(kept.sessions, sessions);
        assert_eq!(mode(&dir.join(KEY)), 0o600, "repaired");
        drop(kept);

        let kept = open(dir, true).unwrap();
        for (place, old) in jwks["keys"].as_array().unwrap().iter().enumerate() {
            assert_ne!(&kept.keys.jwks()["keys"][place], old);
        }
        assert_eq!(kept.sessions, Sessions::default());
    }

    #[test]
    fn corrupt_files_are_kept_aside() {
        let tmp = tempfile::tempdir().unwrap();
        for round in 1..3 {
            fs::write(tmp.path().join(GRANTS), "{\"version\":1,\"fam").unwrap();
            for key in [KEY, RSA_KEY] {
                fs::write(tmp.path().join(key), "no key").unwrap();
            }
            let kept = open(tmp.path().to_owned(), false).unwrap();
            assert_eq!(kept.sessions, Sessions::default());
            for name in [GRANTS, KEY, RSA_KEY] {
                let aside = tmp.path().join(format!("{name}.corrupt-{round}"));
                assert!(aside.exists(), "{}", aside.display());
            }
        }
    }

    #[test]
    fn whatever_lies_in_place_of_a_file_is_told_and_not_waited_for() {
        let make: [fn(&Path); 4] = [
            |path| fs::create_dir(path).unwrap(),
            |path| std::os::unix::fs::symlink("/nonexistent", path).unwrap(),
            |path| std::os::unix::fs::symlink("/dev/zero", path).unwrap(),
            |path| {
                use rustix::fs::{CWD, Mode, mkfifoat};
                mkfifoat(CWD, path, Mode::RUSR | Mode::WUSR).unwrap();
            },
        ];
        for make in make {
            for name in [KEY, GRANTS, LOCK] {
                let tmp = tempfile::tempdir().unwrap();
                make(&tmp.path().join(name));
                let error = open(tmp.path().to_owned(), false).unwrap_err().to_string();
                assert!(
                    error.contains(name) && error.contains("in its place"),
                    "{error}"
                );
            }
        }
    }

    #[test]
    fn a_second_server_is_refused() {
        let tmp = tempfile::tempdir().unwrap();
        let _kept = open(tmp.path().to_owned(), false).unwrap();
        let second = open(tmp.path().to_owned(), false);
        assert!(matches!(second, Err(Error::Busy { .. })));
    }
}
