//! The first pictures of a row, really loaded: what came, or why a card will do without.

use std::time::{Duration, Instant};

use serde::Serialize;
use url::Url;

use crate::api::{self, Card};
use crate::app::pictures;

/// So many are loaded.
const MOST: usize = 3;

/// Decoding one takes no longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A card, in pixels: what it takes to decode a picture depends on its place.
const CARD: (u32, u32) = (640, 360);

/// What came of one picture.
#[derive(Debug, Serialize)]
pub(super) struct PictureTried {
    address: String,
    /// The status of an answer that is no picture.
    status: Option<u16>,
    bytes: Option<usize>,
    width: Option<u32>,
    height: Option<u32>,
    /// Why it cannot be shown.
    why: Option<String>,
}

/// Loads the first pictures of `cards` as the screen does.
pub(super) async fn load(client: &api::Client, cards: &[Card]) -> Vec<PictureTried> {
    let mut addresses: Vec<&Url> = Vec::new();
    for url in cards.iter().filter_map(|card| card.image.as_ref()) {
        if addresses.len() < MOST && !addresses.contains(&url) {
            addresses.push(url);
        }
    }
    let loads = addresses.into_iter().map(|url| one(client, url));
    futures::future::join_all(loads).await
}

async fn one(client: &api::Client, url: &Url) -> PictureTried {
    let mut tried = PictureTried {
        address: api::shown_address(url),
        status: None,
        bytes: None,
        width: None,
        height: None,
        why: None,
    };
    match client.image(url, None).await {
        Err(error) => {
            tried.status = match error {
                api::Error::Status { status, .. } => Some(status),
                _ => None,
            };
            tried.why = Some(why(client, url, &error));
        }
        Ok(image) => {
            tried.bytes = Some(image.file.len());
            match pictures::read(&image.file, CARD, Instant::now() + PATIENCE) {
                Ok(_) => (tried.width, tried.height) = pictures::stored_size(&image.file).unzip(),
                Err(failure) => tried.why = Some(no_picture(&image.file, &failure.to_string())),
            }
        }
    }
    tried
}

/// Why a picture did not come.
fn why(client: &api::Client, url: &Url, error: &api::Error) -> String {
    let told = error.told();
    match error {
        api::Error::Status {
            status: 401 | 403, ..
        } if !client.may_take_the_token(url) => {
            format!("{told}: it may want the token, which goes nowhere but under api.base_url")
        }
        api::Error::Captive(what) => format!("no picture, but {what}"),
        _ => told,
    }
}

/// Why what came is no picture.
fn no_picture(file: &[u8], why: &str) -> String {
    let start = String::from_utf8_lossy(file.get(..64).unwrap_or(file));
    let start = start.trim_start().to_ascii_lowercase();
    let kind = match image::guess_format(file) {
        Ok(image::ImageFormat::Avif) => "an AVIF",
        Ok(_) => return why.to_owned(),
        Err(_) if file.get(4..11) == Some(b"ftyphei") => "a HEIC",
        Err(_) if file.get(4..8) == Some(b"ftyp") => "an AVIF, HEIC or film",
        Err(_) if file.is_empty() => "nothing",
        Err(_) if start.starts_with("<svg") || start.starts_with("<?xml") => "an SVG or other XML",
        Err(_) if start.starts_with('<') => "a web page",
        Err(_) if start.starts_with(['{', '[']) => "JSON",
        Err(_) => "something else",
    };
    format!("{kind} came, and PNG, JPEG, WebP and GIF are shown")
}

impl PictureTried {
    /// Whether it can be shown.
    pub(super) fn is_good(&self) -> bool {
        self.why.is_none()
    }

    /// What came of it, in words.
    pub(super) fn words(&self) -> String {
        match (&self.why, self.width, self.height) {
            (Some(why), ..) => format!("{}: {why}", self.address),
            (None, Some(width), Some(height)) => format!(
                "{}: {width} x {height}, {} kB",
                self.address,
                self.bytes.unwrap_or_default().div_ceil(1000)
            ),
            (None, ..) => self.address.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_in_place_of_a_picture_is_named() {
        for (file, kind) in [
            (&b"<html>"[..], "a web page"),
            (b"  <svg xmlns=", "an SVG"),
            (b"\0\0\0\x1cftypavif", "an AVIF"),
            (b"\0\0\0\x18ftypheic", "a HEIC"),
            (b"\0\0\0\x18ftypmif1", "an AVIF, HEIC or film"),
            (b"{\"error\": 1}", "JSON"),
            (b"", "nothing"),
            (b"\x00\x01\x02", "something else"),
        ] {
            let words = no_picture(file, "broken");
            assert!(words.starts_with(kind), "{words}");
        }
        for file in [&b"\x89PNG\r\n\x1a\n"[..], b"GIF89a"] {
            assert_eq!(no_picture(file, "broken"), "broken");
        }
    }
}
