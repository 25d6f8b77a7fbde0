//! A picture, in any format or none.

use std::time::{Duration, Instant};

use crate::app::pictures::{Shape, decode};

/// A card, in pixels: small, so that a large JPEG is made smaller while it is decoded.
const CARD: Shape = Shape {
    width: 40,
    height: 24,
    radius: 3,
};
/// How long decoding may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Decodes a picture.
///
/// # Panics
/// Where what was made of it is not as it must be.
pub fn run(data: &[u8]) {
    match decode(data, CARD, Instant::now() + PATIENCE) {
        Ok(pixels) => {
            assert_eq!((pixels.width, pixels.height), (CARD.width, CARD.height));
            assert_eq!(pixels.bytes.len(), 4 * 40 * 24);
        }
        Err(failure) => assert!(!failure.to_string().is_empty()),
    }
}
