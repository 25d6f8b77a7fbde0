//! Answers of the API on disk, so that a start without a network shows what there was, and so that what has
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

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use aws_lc_rs::digest;
use http::header::{self, HeaderMap, HeaderName};
use http::{HeaderValue, Request, Response, StatusCode};
use http_cache_semantics::{AfterResponse, BeforeRequest, CacheOptions, CachePolicy};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::api::request::http::Answer;
use crate::session::CacheDir;

/// Most that is kept of the answers to one account, in bytes.
const CAP: u64 = 64 * 1024 * 1024;
/// Most that is kept of its pictures.
const PICTURES_CAP: u64 = 128 * 1024 * 1024;
/// Share of the most, written, after which is looked whether it has become too much.
const LOOK_AFTER: u64 = 16;
/// How long a picture is good whose server says nothing about it, in words of its own.
const PICTURE_GOOD: &str = "max-age=86400";
/// The first line of a file is no longer than this.
const HEAD_LIMIT: usize = 64 * 1024;
/// A longer file is none of ours: no answer is longer than 16 MiB.
const FILE_LIMIT: u64 = HEAD_LIMIT as u64 + 16 * 1024 * 1024;
/// Another number for every change of what a file looks like.
const VERSION: u32 = 2;

/// Headers that say whether and how long an answer is good. No other is kept.
const DECISIVE: [HeaderName; 9] = [
    header::AGE,
    header::CACHE_CONTROL,
    header::CONTENT_TYPE,
    header::DATE,
    header::ETAG,
    header::EXPIRES,
    header::LAST_MODIFIED,
    header::PRAGMA,
    header::VARY,
];

/// The kept answers of one account, or its pictures. Cheap to clone; its calls block.
#[derive(Debug, Clone)]
pub struct ResponseCache {
    folder: CacheDir,
    /// What the answers are written in, where that was asked for.
    language: Option<Arc<str>>,
    cap: u64,
    /// Bytes written since it was last looked whether it is too much.
    written: Arc<AtomicU64>,
}

/// One kept answer.
#[derive(Debug, Clone)]
pub struct CachedResponse {
    policy: CachePolicy,
    /// When the API was asked and last said so.
    pub fetched_at: SystemTime,
    /// Where it said so in the end, after redirects.
    pub address: Url,
    /// What it said.
    pub body: Arc<[u8]>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    version: u32,
    policy: CachePolicy,
    fetched_at: SystemTime,
    address: Url,
    digest: String,
}

/// What a copy is good for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Freshness {
    /// As good as an answer.
    Fresh,
    /// To be shown until the API has answered, which is asked with these headers.
    Stale(HeaderMap),
}

impl CachedResponse {
    /// An answer that may be kept; none where it may not. `now` is when it was asked for: what was changed while
    /// it was on its way may be missing in it.
    pub(crate) fn of(url: &Url, answer: &Answer, now: SystemTime) -> Option<Self> {
        Self::made(url, answer, &response(answer.status, &answer.headers)?, now)
    }

    /// The same for a picture, which is taken for good where nothing is said about that.
    pub(crate) fn picture(url: &Url, answer: &Answer, now: SystemTime) -> Option<Self> {
        let mut response = response(answer.status, &answer.headers)?;
        let said = [header::CACHE_CONTROL, header::EXPIRES, header::PRAGMA];
        if !said
            .iter()
            .any(|name| response.headers().contains_key(name))
        {
            let good = HeaderValue::from_static(PICTURE_GOOD);
            let _ = response.headers_mut().insert(header::CACHE_CONTROL, good);
        }
        Self::made(url, answer, &response, now)
    }

    fn made(url: &Url, answer: &Answer, response: &Response<()>, now: SystemTime) -> Option<Self> {
        let policy = CachePolicy::new_options(&request(url)?, response, now, options());
        (answer.status == 200 && policy.is_storable()).then(|| Self {
            policy,
            fetched_at: now,
            address: answer.address.clone(),
            body: answer.body.as_slice().into(),
        })
    }

    /// Whether it need not be asked for again.
    pub fn is_fresh(&self, url: &Url, now: SystemTime) -> bool {
        self.freshness(url, now, None) == Freshness::Fresh
    }

    /// What the copy is good for now, when the last thing that may have changed it was done at `changed_at`.
    pub(crate) fn freshness(
        &self,
        url: &Url,
        now: SystemTime,
        changed_at: Option<SystemTime>,
    ) -> Freshness {
        let Some(mut request) = request(url) else {
            return Freshness::Stale(HeaderMap::new());
        };
        let changed = changed_at.is_some_and(|at| self.fetched_at <= at);
        // A clock that was set back would make it fresh for as long as it was set back.
        if changed || self.fetched_at > now {
            let no_cache = HeaderValue::from_static("no-cache");
            let _ = request
                .headers_mut()
                .insert(header::CACHE_CONTROL, no_cache);
        }
        match self.policy.before_request(&request, now) {
            BeforeRequest::Fresh(_) => Freshness::Fresh,
            BeforeRequest::Stale { request, matches } => {
                let mut validators = HeaderMap::new();
                for name in [header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE] {
                    if let Some(value) = request.headers.get(&name).filter(|_| matches) {
                        let _ = validators.insert(name, value.clone());
                    }
                }
                Freshness::Stale(validators)
            }
        }
    }

    /// What to ask with, so that the API may say that nothing has changed.
    pub(crate) fn validators(&self, url: &Url, now: SystemTime) -> HeaderMap {
        match self.freshness(url, now, Some(now)) {
            Freshness::Stale(validators) => validators,
            Freshness::Fresh => HeaderMap::new(),
        }
    }

    /// The copy after the API said that nothing has changed; none where that was said of another one.
    pub(crate) fn revalidated(
        &self,
        url: &Url,
        headers: &HeaderMap,
        now: SystemTime,
    ) -> Option<Self> {
        let response = response(StatusCode::NOT_MODIFIED.as_u16(), headers)?;
        match self.policy.after_response(&request(url)?, &response, now) {
            AfterResponse::NotModified(policy, _) => Some(Self {
                policy,
                fetched_at: now,
                address: self.address.clone(),
                body: self.body.clone(),
            }),
            AfterResponse::Modified(..) => None,
        }
    }
}

fn options() -> CacheOptions {
    CacheOptions {
        shared: false,
        // What an API does not promise is not guessed from how old the answer is.
        cache_heuristic: 0.0,
        ..CacheOptions::default()
    }
}

/// The request as the cache knows it: without what authorised it.
fn request(url: &Url) -> Option<Request<()>> {
    let json = HeaderValue::from_static("application/json");
    Request::get(url.as_str())
        .header(header::ACCEPT, json)
        .body(())
        .ok()
}

fn response(status: u16, headers: &HeaderMap) -> Option<Response<()>> {
    let mut response = Response::new(());
    *response.status_mut() = StatusCode::from_u16(status).ok()?;
    for name in DECISIVE {
        for value in headers.get_all(&name) {
            let _ = response.headers_mut().append(name.clone(), value.clone());
        }
    }
    Some(response)
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
        }
    }

    /// Those in one language.
    pub(crate) fn in_language(self, language: Option<Arc<str>>) -> Self {
        Self { language, ..self }
    }

    /// The copy of the answer from `url`. One that does not read is removed; one of somebody who has signed out
    /// meanwhile is not there.
    pub fn read(&self, url: &Url) -> Option<CachedResponse> {
        if self.folder.is_over() {
            return None;
        }
        let path = self.path(url);
        let file = File::open(&path).ok()?;
        let copy = parse(file);
        if copy.is_none() {
            let _ = fs::remove_file(&path);
        }
        copy
    }

    /// Keeps a copy, in place of one that is there.
    pub fn write(&self, url: &Url, copy: &CachedResponse) {
        if let Err(error) = self.folder.write(|| self.put(url, copy)) {
            tracing::debug!(%error, "An answer could not be kept.");
        }
        let size = copy.body.len() as u64;
        if self.written.fetch_add(size, Ordering::Relaxed) + size >= self.cap / LOOK_AFTER {
            self.written.store(0, Ordering::Relaxed);
            self.trim();
        }
    }

    /// Removes the copy of an answer that may no longer be kept, or turned out to be worth nothing.
    pub fn invalidate(&self, url: &Url) {
        let _ = fs::remove_file(self.path(url));
    }

    fn put(&self, url: &Url, copy: &CachedResponse) -> io::Result<()> {
        let head = Head {
            version: VERSION,
            policy: copy.policy.clone(),
            fetched_at: copy.fetched_at,
            address: copy.address.clone(),
            digest: digest_of(&copy.body),
        };
        // Made with mode 0600. A power cut may leave half of it, which the digest tells: no need to wait
        // for the disk.
        let mut file = tempfile::NamedTempFile::new_in(self.folder.path())?;
        serde_json::to_writer(&mut file, &head)?;
        file.write_all(b"\n")?;
        file.write_all(&copy.body)?;
        file.persist(self.path(url))
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

    fn path(&self, url: &Url) -> PathBuf {
        let name = match &self.language {
            None => digest_of(url.as_str().as_bytes()),
            Some(language) => digest_of(format!("{language}\n{url}").as_bytes()),
        };
        self.folder.path().join(name)
    }
}

fn parse(mut file: File) -> Option<CachedResponse> {
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
    (head.version == VERSION && head.digest == digest_of(body)).then(|| CachedResponse {
        policy: head.policy,
        fetched_at: head.fetched_at,
        address: head.address,
        body: body.into(),
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
