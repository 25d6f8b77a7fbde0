//! Pictures of cards: fetched near the focus first, decoded off the UI thread at the size shown,
//! kept within a budget of memory.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use iced::task;
use iced::widget::image::Handle;
use iced::{Size, Task};
use image::imageops::FilterType;
use image::{DynamicImage, GenericImageView, ImageDecoder, ImageReader, Limits, RgbaImage};
use tokio::sync::Semaphore;
use url::Url;

use crate::api;

/// Pictures under way at once.
const AT_ONCE: usize = 4;
/// Decoders at work at once; each may hold [`MOST_MEMORY`].
const DECODERS: usize = 2;
/// Widest and highest picture that is decoded, in pixels.
const MOST_PIXELS: u32 = 8192;
/// Memory one decoder may ask for, in bytes.
const MOST_MEMORY: u64 = 64 * 1024 * 1024;
/// Memory for pictures that are kept, in bytes.
const BUDGET: usize = 64 * 1024 * 1024;
/// Pictures that are kept for each one near the focus, so that a way back is still there.
const KEPT_PER_WANTED: usize = 3;

/// A picture at the size and in the shape it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Where it is.
    pub url: Url,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Radius of its corners in pixels.
    pub radius: u32,
}

impl Key {
    /// The picture at `url`, `size` pixels large.
    pub fn of(url: &Url, size: Size, radius: f32) -> Self {
        Self {
            url: url.clone(),
            width: size.width.round().max(1.0) as u32,
            height: size.height.round().max(1.0) as u32,
            radius: radius.round().max(0.0) as u32,
        }
    }
}

/// What came of a picture.
#[derive(Debug, Clone)]
pub struct Message {
    key: Key,
    result: Result<Pixels, Failure>,
}

/// Why there is no picture. The screen shows initials whatever the reason.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Failure {
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
    width: u32,
    height: u32,
    bytes: Vec<u8>,
}

/// The pictures of the screens behind the sign-in.
#[derive(Debug)]
pub struct Pictures {
    kept: HashMap<Key, Kept>,
    tick: u64,
    decoders: Arc<Semaphore>,
}

#[derive(Debug)]
enum Kept {
    /// Dropping it stops the work.
    Loading {
        _work: Option<task::Handle>,
    },
    Ready {
        handle: Handle,
        wanted_at: u64,
    },
    Bad,
}

impl Default for Pictures {
    fn default() -> Self {
        Self {
            kept: HashMap::new(),
            tick: 0,
            decoders: Arc::new(Semaphore::new(DECODERS)),
        }
    }
}

impl Pictures {
    /// The picture, once it is there.
    pub fn get(&self, key: &Key) -> Option<&Handle> {
        match self.kept.get(key) {
            Some(Kept::Ready { handle, .. }) => Some(handle),
            Some(Kept::Loading { .. } | Kept::Bad) | None => None,
        }
    }

    /// Loads those of `wanted` that are missing, the first ones first, a few at a time.
    ///
    /// Work on others is stopped. Call it again when focus moves and after each [`Message`].
    pub fn want(&mut self, wanted: &[Key], client: &api::Client) -> Task<Message> {
        let tasks: Vec<_> = self
            .plan(wanted)
            .into_iter()
            .map(|key| {
                let work = load(client.clone(), self.decoders.clone(), key.clone());
                let (task, handle) = Task::future(work).abortable();
                let work = Kept::Loading {
                    _work: Some(handle.abort_on_drop()),
                };
                let _ = self.kept.insert(key, work);
                task
            })
            .collect();
        Task::batch(tasks)
    }

    /// Puts a picture where it would be once loaded.
    pub fn put(&mut self, key: Key, pixels: Pixels) {
        let handle = Handle::from_rgba(pixels.width, pixels.height, pixels.bytes);
        let wanted_at = self.tick;
        let _ = self.kept.insert(key, Kept::Ready { handle, wanted_at });
    }

    /// Takes what came of a picture. Returns whether there is one more to show.
    pub fn update(&mut self, message: Message) -> bool {
        let Message { key, result } = message;
        // One that nobody wanted any more may still have been on its way.
        if !matches!(self.kept.get(&key), Some(Kept::Loading { .. })) {
            return false;
        }
        match result {
            Ok(pixels) => {
                self.put(key, pixels);
                true
            }
            Err(failure) => {
                // Without its query, which may hold a key of the owner's.
                let host = key.url.host_str().unwrap_or_default();
                let path = key.url.path();
                tracing::debug!(host, path, %failure, "No picture.");
                let _ = self.kept.insert(key, Kept::Bad);
                false
            }
        }
    }

    /// Forgets failures, so that a new try loads them again.
    pub fn forgive(&mut self) {
        self.kept.retain(|_, kept| !matches!(kept, Kept::Bad));
    }

    /// Marks what is wanted, drops what is not, and says what to load now.
    fn plan(&mut self, wanted: &[Key]) -> Vec<Key> {
        self.tick += 1;
        let tick = self.tick;
        for key in wanted {
            if let Some(Kept::Ready { wanted_at, .. }) = self.kept.get_mut(key) {
                *wanted_at = tick;
            }
        }
        self.kept
            .retain(|key, kept| !matches!(kept, Kept::Loading { .. }) || wanted.contains(key));
        self.drop_oldest(wanted);
        let under_way = self
            .kept
            .values()
            .filter(|kept| matches!(kept, Kept::Loading { .. }))
            .count();
        wanted
            .iter()
            .filter(|key| !self.kept.contains_key(key))
            .take(AT_ONCE.saturating_sub(under_way))
            .cloned()
            .collect()
    }

    /// Drops pictures that were wanted longest ago, never one that is wanted now.
    fn drop_oldest(&mut self, wanted: &[Key]) {
        let near: usize = wanted.iter().map(bytes).sum();
        let budget = (near * KEPT_PER_WANTED).min(BUDGET);
        let mut old: Vec<(u64, Key)> = Vec::new();
        let mut held = 0;
        for (key, kept) in &self.kept {
            if let Kept::Ready { wanted_at, .. } = kept {
                held += bytes(key);
                if *wanted_at != self.tick {
                    old.push((*wanted_at, key.clone()));
                }
            }
        }
        old.sort_by_key(|(wanted_at, _)| *wanted_at);
        for (_, key) in old {
            if held <= budget {
                break;
            }
            held -= bytes(&key);
            let _ = self.kept.remove(&key);
        }
    }
}

fn bytes(key: &Key) -> usize {
    key.width as usize * key.height as usize * 4
}

async fn load(client: api::Client, decoders: Arc<Semaphore>, key: Key) -> Message {
    let result = async {
        let file = client.image(&key.url).await?;
        // The semaphore is never closed.
        let _permit = decoders.acquire().await;
        let (width, height, radius) = (key.width, key.height, key.radius);
        tokio::task::spawn_blocking(move || decode(&file, width, height, radius))
            .await
            .unwrap_or_else(|error| Err(Failure::Decode(error.to_string())))
    }
    .await;
    Message { key, result }
}

/// Decodes a PNG, JPEG or WebP, whatever it is called, to fill `width` by `height` pixels.
///
/// What is too much on two sides is cut off, and the corners are made round here, once, because a
/// software renderer would have to clip every frame.
///
/// # Errors
/// [`Failure::Decode`], also for a picture over the limits.
pub fn decode(file: &[u8], width: u32, height: u32, radius: u32) -> Result<Pixels, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::Decode(error.to_string());
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .map_err(|error| failed(&error))?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| failed(&error))?;
    // A photo that lies on its side for want of metadata is still a photo.
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| failed(&error))?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    let mut shown = fill(&picture, width.max(1), height.max(1));
    round(&mut shown, radius as f32);
    Ok(Pixels {
        width: shown.width(),
        height: shown.height(),
        bytes: shown.into_raw(),
    })
}

/// Scales `picture` to cover `width` by `height`, its centre in the centre.
fn fill(picture: &DynamicImage, width: u32, height: u32) -> RgbaImage {
    let (from_width, from_height) = picture.dimensions();
    let (from_width, from_height) = (from_width.max(1), from_height.max(1));
    let (wide, high) = (u64::from(width), u64::from(height));
    let (cut_width, cut_height) = if u64::from(from_width) * high > u64::from(from_height) * wide {
        ((u64::from(from_height) * wide / high) as u32, from_height)
    } else {
        (from_width, (u64::from(from_width) * high / wide) as u32)
    };
    let (cut_width, cut_height) = (cut_width.max(1), cut_height.max(1));
    let cut = picture.crop_imm(
        (from_width - cut_width) / 2,
        (from_height - cut_height) / 2,
        cut_width,
        cut_height,
    );
    if (cut_width, cut_height) == (width, height) {
        return cut.into_rgba8();
    }
    // The box filter is many times faster and as good where much is thrown away.
    if cut_width >= 2 * width && cut_height >= 2 * height {
        return cut.thumbnail_exact(width, height).into_rgba8();
    }
    cut.resize_exact(width, height, FilterType::Triangle)
        .into_rgba8()
}

/// Makes the corners transparent outside of `radius`.
fn round(picture: &mut RgbaImage, radius: f32) {
    let (width, height) = (picture.width(), picture.height());
    let radius = radius.min(width as f32 / 2.0).min(height as f32 / 2.0);
    let reach = radius.ceil() as u32;
    for y in 0..reach.min(height) {
        for x in 0..reach.min(width) {
            let (dx, dy) = (radius - x as f32 - 0.5, radius - y as f32 - 0.5);
            let inside = (radius - dx.hypot(dy) + 0.5).clamp(0.0, 1.0);
            if inside >= 1.0 || dx <= 0.0 || dy <= 0.0 {
                continue;
            }
            for (x, y) in [
                (x, y),
                (width - 1 - x, y),
                (x, height - 1 - y),
                (width - 1 - x, height - 1 - y),
            ] {
                let opacity = &mut picture.get_pixel_mut(x, y).0[3];
                *opacity = (f32::from(*opacity) * inside) as u8;
            }
        }
    }
}

/// Up to two letters that stand for `title` where there is no picture.
pub fn initials(title: &str) -> String {
    let mut words = title
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    // "The Expanse" is remembered by its last word as much as by its first.
    first
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests;
