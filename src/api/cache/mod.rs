//! Keeping: responses of the API on disk, so that a start without a network shows what there was, and so that what has
//! not changed is not sent again.
//!
//! A private cache by the rules of RFC 9111, which `http-cache-semantics` knows: what is fresh, what to ask
//! so that the API may say "not modified", and what must not be stored at all. One liberty is taken: a copy
//! that is no longer fresh is shown, with its time, while the API is asked, also one that says
//! `must-revalidate`. It is what the viewer saw last, as in the history of a browser (RFC 9111 section 6),
//! and the answer takes its place at once. `no-store` is never kept.
//!
//! A file holds an answer and the headers that decide about it; never what authorised the request, nor
//! cookies. Each account has a folder of its own, named by a digest, as each file is; in it is one for pictures.
//! Whatever goes wrong on the disk, the copy is simply not there.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_lc_rs::digest;
use http_cache_semantics::CachePolicy;
use serde::{Deserialize, Serialize};
use url::Url;

pub use self::cached_response::CachedResponse;
pub(crate) use self::cached_response::Freshness;
pub(crate) use self::spool::{Spool, Spools};
use crate::host::atomic_file;
use crate::host::regular_file::{self, Links};
use crate::session::CacheDir;

mod cached_response;
mod spool;

/// Most that is kept of the answers to one account, in bytes.
const CAP: u64 = 64 * 1024 * 1024;
/// Most that is kept of its pictures.
const PICTURES_CAP: u64 = 128 * 1024 * 1024;
/// Share of the most, written, after which is looked whether it has become too much.
const LOOK_AFTER: u64 = 16;
/// An answer that says the same as its copy is written again after this at the earliest: a row that is asked for every
/// minute would wear a memory card out. What else it says is remembered; after a power cut its cards bear a time that much
/// older.
const WRITTEN_AGAIN: Duration = Duration::from_secs(60 * 60);
/// Copies whose last writing is remembered.
const REMEMBERED: usize = 1024;
/// The first line of a file is no longer than this.
const HEAD_LIMIT: usize = 64 * 1024;
/// A longer file is none of ours: no answer is longer than 16 MiB.
const FILE_LIMIT: u64 = HEAD_LIMIT as u64 + 16 * 1024 * 1024;
/// Another number for every change of what a file looks like.
const VERSION: u32 = 2;

/// The cached responses to one account, or its pictures. Cheap to clone; its calls block.
#[derive(Debug, Clone)]
pub struct ResponseCache {
    folder: CacheDir,
    /// What the answers are written in, where that was asked for.
    language: Option<Arc<str>>,
    cap: u64,
    /// Bytes written since it was last looked whether it is too much.
    written: Arc<AtomicU64>,
    /// What was written last, by the names of the files.
    last: Arc<Mutex<HashMap<PathBuf, Written>>>,
}

/// A copy that was written, and what the API has said of it since.
#[derive(Debug)]
struct Written {
    /// Digest of what it says.
    digest: String,
    /// When the API said so, by the file.
    written_at: SystemTime,
    policy: CachePolicy,
    fetched_at: SystemTime,
    address: Url,
    next: Option<Url>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    version: u32,
    policy: CachePolicy,
    fetched_at: SystemTime,
    address: Url,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<Url>,
    digest: String,
}

impl ResponseCache {
    /// The answers of an account. The folder is made with the first one.
    pub fn responses(account: CacheDir) -> Self {
        Self::within(account, CAP)
    }

    /// The pictures of an account, beside its answers.
    pub fn pictures(account: CacheDir) -> Self {
        Self::within(account.inside("pictures"), PICTURES_CAP)
    }

    fn within(folder: CacheDir, cap: u64) -> Self {
        Self {
            folder,
            language: None,
            cap,
            // The first write looks: an earlier run may have left too much.
            written: Arc::new(AtomicU64::new(cap)),
            last: Arc::default(),
        }
    }

    /// The folder of the answers.
    pub(crate) fn folder(&self) -> &CacheDir {
        &self.folder
    }

    /// Those in one language.
    pub(crate) fn in_language(self, language: Option<Arc<str>>) -> Self {
        Self { language, ..self }
    }

    /// The copy of the answer with this name, which is its address where it is asked for by nothing else. One that does not read is removed; one of an account that has signed out
    /// meanwhile is not there.
    pub fn read(&self, name: impl AsRef<str>) -> Option<CachedResponse> {
        if self.folder.is_over() {
            return None;
        }
        let path = self.path(name.as_ref());
        let file = match regular_file::open(&path, Links::Refused) {
            Ok(file) => file,
            Err(error) => {
                if regular_file::is_in_the_way(&error) {
                    let _ = atomic_file::remove(&path);
                }
                return None;
            }
        };
        let Some((mut copy, digest)) = parse(file) else {
            let _ = fs::remove_file(&path);
            return None;
        };
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(newer) = last.get(&path).filter(|last| last.digest == digest) {
            copy.policy = newer.policy.clone();
            copy.fetched_at = newer.fetched_at;
            copy.address = newer.address.clone();
            copy.next = newer.next.clone();
        }
        Some(copy)
    }

    /// Keeps a copy, in place of one that is there, unless that says the same and serves as well.
    pub fn write(&self, name: impl AsRef<str>, copy: &CachedResponse) {
        if !self.is_worth_writing(self.path(name.as_ref()), copy) {
            return;
        }
        if let Err(error) = self.folder.write(|| self.put(name.as_ref(), copy)) {
            tracing::debug!(%error, "An answer could not be kept.");
            let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = last.remove(&self.path(name.as_ref()));
        }
        let size = copy.body.len() as u64;
        if self.written.fetch_add(size, Ordering::Relaxed) + size >= self.cap / LOOK_AFTER {
            self.written.store(0, Ordering::Relaxed);
            self.trim();
        }
    }

    /// Removes the copy of an answer that may no longer be kept, or turned out to be worth nothing.
    pub fn invalidate(&self, name: impl AsRef<str>) {
        let _ = fs::remove_file(self.path(name.as_ref()));
    }

    /// Whether to write `copy` at `path`; remembers it in any case.
    fn is_worth_writing(&self, path: PathBuf, copy: &CachedResponse) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let digest = digest_of(&copy.body);
        let same = last.get(&path).filter(|last| last.digest == digest);
        let written_at = same.map(|last| last.written_at).filter(|written_at| {
            let since = copy.fetched_at.duration_since(*written_at);
            since.is_ok_and(|since| since < WRITTEN_AGAIN) && path.exists()
        });
        if last.len() >= REMEMBERED {
            last.clear();
        }
        let remembered = Written {
            digest,
            written_at: written_at.unwrap_or(copy.fetched_at),
            policy: copy.policy.clone(),
            fetched_at: copy.fetched_at,
            address: copy.address.clone(),
            next: copy.next.clone(),
        };
        let _ = last.insert(path, remembered);
        written_at.is_none()
    }

    fn put(&self, name: &str, copy: &CachedResponse) -> io::Result<()> {
        let head = Head {
            version: VERSION,
            policy: copy.policy.clone(),
            fetched_at: copy.fetched_at,
            address: copy.address.clone(),
            next: copy.next.clone(),
            digest: digest_of(&copy.body),
        };
        // Made with mode 0600. A power cut may leave half of it, which the digest tells: no need to wait
        // for the disk.
        let mut file = tempfile::NamedTempFile::new_in(self.folder.path())?;
        serde_json::to_writer(&mut file, &head)?;
        file.write_all(b"\n")?;
        file.write_all(&copy.body)?;
        file.persist(self.path(name))
            .map(drop)
            .map_err(|error| error.error)
    }

    /// Removes what was written longest ago until little enough is left.
    fn trim(&self) {
        let Ok(entries) = fs::read_dir(self.folder.path()) else {
            return;
        };
        let mut files: Vec<_> = entries
            .flatten()
            .filter_map(|entry| {
                let about = entry.metadata().ok().filter(fs::Metadata::is_file)?;
                Some((about.modified().ok()?, about.len(), entry.path()))
            })
            .collect();
        files.sort();
        let mut held: u64 = files.iter().map(|(_, size, _)| size).sum();
        for (_, size, path) in files {
            if held <= self.cap {
                break;
            }
            if fs::remove_file(path).is_ok() {
                held -= size;
            }
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        let file = match &self.language {
            None => digest_of(name.as_bytes()),
            Some(language) => digest_of(format!("{language}\n{name}").as_bytes()),
        };
        self.folder.path().join(file)
    }
}

/// A file: the copy, and the digest of what it says.
fn parse(mut file: File) -> Option<(CachedResponse, String)> {
    let _ = file
        .metadata()
        .ok()
        .filter(|about| about.len() <= FILE_LIMIT)?;
    let mut bytes = Vec::new();
    let _ = file.read_to_end(&mut bytes).ok()?;
    let end = bytes
        .iter()
        .take(HEAD_LIMIT)
        .position(|byte| *byte == b'\n')?;
    let head: Head = serde_json::from_slice(bytes.get(..end)?).ok()?;
    let body = bytes.get(end + 1..)?;
    (head.version == VERSION && head.digest == digest_of(body)).then(|| {
        let copy = CachedResponse {
            policy: head.policy,
            fetched_at: head.fetched_at,
            address: head.address,
            next: head.next,
            body: body.into(),
        };
        (copy, head.digest)
    })
}

fn digest_of(bytes: &[u8]) -> String {
    let digest = digest::digest(&digest::SHA256, bytes);
    let mut name = String::with_capacity(64);
    for byte in digest.as_ref() {
        name.push_str(&format!("{byte:02x}"));
    }
    name
}

#[cfg(test)]
mod tests;
