//! Pictures of cards: fetched near the focus first, decoded off the UI thread at the size shown,
//! kept within a budget of memory and on disk for a start without a network.
//!
//! `queue` decides what is loaded next and when it is shown, `decode` makes pixels of files, `work` does it all
//! in the background. What keeps the files is what keeps the API's answers: [`api::ResponseCache`].

mod decode;
mod initials;
mod jpeg_end;
mod loader;
mod queue;
mod scrim;

use std::collections::HashMap;
use std::time::Instant;

use iced::task;
use iced::widget::image::Handle;
use iced::{Size, Task};
use tokio::sync::watch;
use url::Url;

#[cfg(test)]
pub(crate) use decode::tests::plain_jpeg;
#[cfg(any(test, feature = "bench", feature = "fuzzing"))]
pub use decode::{Shape, decode};
pub use decode::{fill, read, round, stored_size};
pub use initials::initials;
pub use loader::PictureSource;
pub use scrim::Scrim;

use crate::api;
use crate::host::log;
use queue::PictureRequest;

/// Memory for pictures that are kept, in bytes, where the owner says nothing.
pub const BUDGET: usize = 64 * 1024 * 1024;
/// The program is to stay below this at any size of the window (R25), in bytes.
const PROGRAM: usize = 150 * 1024 * 1024;
/// What of that it takes besides the pictures and the window's two buffers.
const OTHERWISE: usize = 48 * 1024 * 1024;
/// Failures that are remembered at least; with more, those that are not wanted now are forgotten.
const MOST_BAD: usize = 500;
/// For how many pictures near the focus one more is kept, so that a way back is still there.
const WANTED_PER_KEPT: usize = 2;

/// A picture at the size and in the shape it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PictureKey {
    /// Where it is.
    pub url: Url,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Radius of its corners in pixels.
    pub radius: u32,
    /// How it stands behind words, where it does.
    pub scrim: Option<Scrim>,
}

impl PictureKey {
    /// The picture at `url`, `size` pixels large.
    pub fn of(url: &Url, size: Size, radius: f32) -> Self {
        Self {
            url: url.clone(),
            width: size.width.round().max(1.0) as u32,
            height: size.height.round().max(1.0) as u32,
            radius: radius.round().max(0.0) as u32,
            scrim: None,
        }
    }

    /// The same behind words.
    #[must_use]
    pub fn behind_words(self, scrim: Scrim) -> Self {
        Self {
            scrim: Some(scrim),
            ..self
        }
    }

    /// Makes it of a file.
    ///
    /// # Errors
    /// As [`decode::decode`].
    pub fn made_of(&self, file: &[u8], until: Instant) -> Result<Pixels, PictureFailure> {
        match self.scrim {
            Some(scrim) => scrim.of(file, (self.width, self.height), until),
            None => decode::decode(file, decode::Shape::from(self), until),
        }
    }

    fn bytes(&self) -> usize {
        self.width as usize * self.height as usize * 4
    }
}

/// Pictures that came together.
#[derive(Debug, Clone)]
pub struct Message(Delivery);

/// What came of pictures.
type Delivery = Vec<(PictureKey, Result<Pixels, PictureFailure>)>;

/// Why there is no picture. The screen shows initials whatever the reason.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PictureFailure {
    /// It could not be loaded.
    #[error(transparent)]
    Load(#[from] api::Error),
    /// It is not a picture we read, or a larger one than we take.
    #[error("{0}")]
    Decode(String),
}

/// Decoded pixels, eight bits each of red, green, blue and opacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) bytes: Vec<u8>,
}

#[cfg(test)]
impl Pixels {
    /// Such as cannot be seen.
    pub(in crate::app) fn clear(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            bytes: vec![0; width as usize * height as usize * 4],
        }
    }
}

/// The pictures of the screens behind the sign-in.
#[derive(Debug)]
pub struct Pictures {
    kept: HashMap<PictureKey, CachedPicture>,
    /// Bytes of all that are kept.
    held: usize,
    /// Those that did not come, and whether it may be otherwise another time.
    bad: HashMap<PictureKey, bool>,
    budget: usize,
    /// What the window leaves, in bytes.
    left: usize,
    tick: u64,
    deliveries: u64,
    worker: Option<Worker>,
}

#[derive(Debug)]
struct CachedPicture {
    handle: Handle,
    wanted_at: u64,
}

#[derive(Debug)]
struct Worker {
    requests: watch::Sender<PictureRequest>,
    /// Dropping it stops the work.
    _work: task::Handle,
}

/// None, and none will come but what is put there.
impl Default for Pictures {
    fn default() -> Self {
        Self {
            kept: HashMap::new(),
            held: 0,
            bad: HashMap::new(),
            budget: BUDGET,
            left: usize::MAX,
            tick: 0,
            deliveries: 0,
            worker: None,
        }
    }
}

impl Pictures {
    /// No pictures yet, at most `budget` bytes of them; they come from `source`.
    pub fn new(source: PictureSource, budget: usize) -> (Self, Task<Message>) {
        let mut pictures = Self {
            budget,
            ..Self::default()
        };
        let task = pictures.come_from(source);
        (pictures, task)
    }

    /// They come from another source from now on; those that are there stay.
    pub fn come_from(&mut self, source: PictureSource) -> Task<Message> {
        let (requests, wished) = watch::channel(PictureRequest::default());
        let (task, work) = Task::run(loader::load(source, wished), Message).abortable();
        self.deliveries = 0;
        self.worker = Some(Worker {
            requests,
            _work: work.abort_on_drop(),
        });
        task
    }

    /// The picture, once it is there.
    pub fn get(&self, key: &PictureKey) -> Option<&Handle> {
        self.kept.get(key).map(|kept| &kept.handle)
    }

    /// Whether the picture is still to come.
    pub fn is_to_come(&self, key: &PictureKey) -> bool {
        !self.kept.contains_key(key) && !self.bad.contains_key(key)
    }

    /// One of them alone, as far as it is there, for a screen that comes next.
    pub fn only(&self, key: &PictureKey) -> Self {
        let mut one = Self::default();
        if let Some(handle) = self.get(key) {
            let kept = CachedPicture {
                handle: handle.clone(),
                wanted_at: one.tick,
            };
            let _ = one.kept.insert(key.clone(), kept);
            one.held += key.bytes();
        }
        one
    }

    /// Wishes for those of `wanted` that are missing, the first ones first; others are not wished for
    /// any more.
    ///
    /// Call it again when focus moves and after each [`Message`].
    pub fn want(&mut self, wanted: &[PictureKey]) {
        let wanted = self.that_fit(wanted);
        self.mark(wanted);
        self.drop_oldest(wanted);
        if self.bad.len() > MOST_BAD {
            self.bad.retain(|key, _| wanted.contains(key));
        }
        let Some(worker) = &self.worker else { return };
        let request = PictureRequest {
            keys: self.missing(wanted),
            seen: self.deliveries,
        };
        let _ = worker.requests.send_if_modified(|wished| {
            let changed = wished.keys != request.keys;
            *wished = request;
            changed
        });
    }

    /// Puts a picture where it would be once loaded.
    pub fn put(&mut self, key: PictureKey, pixels: Pixels) {
        let handle = Handle::from_rgba(pixels.width, pixels.height, pixels.bytes);
        let (bytes, wanted_at) = (key.bytes(), self.tick);
        if self
            .kept
            .insert(key, CachedPicture { handle, wanted_at })
            .is_none()
        {
            self.held += bytes;
        }
    }

    /// Takes in what came. Returns whether there are more pictures to show.
    pub fn update(&mut self, Message(delivery): Message) -> bool {
        self.deliveries += 1;
        let mut more = false;
        for (key, result) in delivery {
            match result {
                Ok(pixels) => {
                    self.put(key, pixels);
                    more = true;
                }
                Err(failure) => {
                    let address = log::address(&key.url);
                    tracing::debug!(address, %failure, "No picture.");
                    let may_pass =
                        matches!(&failure, PictureFailure::Load(error) if error.may_pass());
                    let _ = self.bad.insert(key, may_pass);
                }
            }
        }
        more
    }

    /// Forgets failures, so that a new try loads them again.
    pub fn forget_failures(&mut self) {
        self.bad.clear();
    }

    /// Forgets those failures that the network or a busy server may have been the reason of.
    pub fn forget_transient_failures(&mut self) {
        self.bad.retain(|_, may_pass| !*may_pass);
    }

    /// Keeps to what a window of this size leaves: at 4K its buffers alone take 64 MiB.
    pub fn fit(&mut self, window: Size) {
        let buffer = 4 * (window.width * window.height) as usize;
        // The renderer has pixels of its own of what it draws, of up to half the window.
        let left = PROGRAM.saturating_sub(OTHERWISE + 2 * buffer + buffer / 2);
        // What is to be seen at once takes less than that of any window.
        self.left = left.max(buffer * 2 / 3);
    }

    /// Bytes that the window leaves. An owner who asks for more than usual has it at any size.
    fn room(&self) -> usize {
        if self.budget > BUDGET {
            usize::MAX
        } else {
            self.left
        }
    }

    /// The first of the wanted pictures, as many as the window leaves room for.
    fn that_fit<'a>(&self, wanted: &'a [PictureKey]) -> &'a [PictureKey] {
        let (room, mut bytes) = (self.room(), 0);
        let over = wanted.iter().position(|key| {
            bytes += key.bytes();
            bytes > room
        });
        &wanted[..over.unwrap_or(wanted.len())]
    }

    fn missing(&self, wanted: &[PictureKey]) -> Vec<PictureKey> {
        let missing = wanted.iter().filter(|key| self.is_to_come(key));
        missing.cloned().collect()
    }

    fn mark(&mut self, wanted: &[PictureKey]) {
        self.tick += 1;
        for key in wanted {
            if let Some(kept) = self.kept.get_mut(key) {
                kept.wanted_at = self.tick;
            }
        }
    }

    /// Drops pictures that were wanted longest ago, never one that is wanted now.
    fn drop_oldest(&mut self, wanted: &[PictureKey]) {
        // Scrims are large: none is kept but those that are wanted.
        let held = &mut self.held;
        self.kept.retain(|key, _| {
            let stays = key.scrim.is_none() || wanted.contains(key);
            *held -= if stays { 0 } else { key.bytes() };
            stays
        });
        let bytes = |scrims: bool| -> usize {
            let those = wanted.iter().filter(|key| key.scrim.is_some() == scrims);
            those.map(PictureKey::bytes).sum()
        };
        let (cards, scrims) = (bytes(false), bytes(true));
        let budget = self.budget.min(self.room());
        let budget = (scrims + cards + cards / WANTED_PER_KEPT).min(budget);
        if self.held <= budget {
            return;
        }
        let mut old: Vec<(u64, PictureKey)> = self
            .kept
            .iter()
            .filter(|(_, kept)| kept.wanted_at != self.tick)
            .map(|(key, kept)| (kept.wanted_at, key.clone()))
            .collect();
        old.sort_by_key(|(wanted_at, _)| *wanted_at);
        for (_, key) in old {
            if self.held <= budget {
                break;
            }
            self.held -= key.bytes();
            let _ = self.kept.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests;
