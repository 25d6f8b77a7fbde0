//! Tokens of the screens behind the sign-in: shelves, cards, artwork, the account.

use iced::Color;

use super::{Palette, Px, mix};

/// Cards that stand side by side whole.
pub const CARDS: usize = 5;
/// Width of a card's picture to its height.
pub const CARD_SHAPE: f32 = 16.0 / 9.0;
/// Between cards; holds the ring and the growth of one that has the focus.
pub const CARD_GAP: Px = Px(40.0);
/// How much a card grows that has the focus.
pub const CARD_GROWTH: f32 = 1.06;
/// Between a picture and what stands above or below it; holds its ring and its growth.
pub const CARD_MARGIN: Px = Px(20.0);
/// Share of a heading's line that is left for what stands at its end.
pub const BESIDE_HEADING: f32 = 0.45;
/// Room left and right of the words of a badge.
pub const BADGE_PADDING: Px = Px(10.0);
/// Between rows.
pub const ROW_GAP: Px = Px(28.0);
/// Cards that a row without cards takes the width of.
pub const NOTE_CARDS: usize = 2;
/// Height of the line that shows progress.
pub const PROGRESS: Px = Px(8.0);
/// Width of the line that shows progress, beside a caption.
pub const PROGRESS_WIDTH: Px = Px(84.0);
/// Diameter of the account's picture beside its name.
pub const AVATAR: Px = Px(52.0);
/// Room left of the picture in the account button.
pub const AVATAR_PADDING: Px = Px(10.0);
/// Widest name beside the account's picture.
pub const NAME_WIDTH: Px = Px(420.0);
/// Width of the artwork on the detail screen.
pub const ARTWORK: Px = Px(820.0);
/// Share of the artwork's width that the name of a fact below it takes.
pub const FACT_SHARE: f32 = 0.35;
/// Diameter of the account's picture on its screen.
pub const ACCOUNT_PORTRAIT: Px = Px(160.0);

/// Height of initials in a circle, to its diameter.
pub const INITIALS_SHARE: f32 = 0.4;

/// Hues of tiles that stand for a missing picture, in red, green and blue.
const HUES: [(u8, u8, u8); 6] = [
    (0x3a, 0x6e, 0xa5),
    (0x8a, 0x4f, 0x7d),
    (0x2f, 0x7d, 0x6b),
    (0x9a, 0x5b, 0x34),
    (0x5b, 0x5f, 0xa8),
    (0x7a, 0x6a, 0x2c),
];
/// Share of the text colour in what is left of a line of progress.
const TRACK_SHARE: f32 = 0.16;
/// Share of the hue in a tile.
const HUE_SHARE: f32 = 0.32;

/// The colour of a tile that stands for a missing picture; the same `name` has the same one.
pub fn tint(palette: &Palette, name: &str) -> Color {
    // FNV-1a: any spread will do, as long as it is the same after every start.
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let (red, green, blue) = HUES[hash as usize % HUES.len()];
    mix(
        palette.raised,
        Color::from_rgb8(red, green, blue),
        HUE_SHARE,
    )
}

/// The colour of what is left of a line of progress.
pub fn track(palette: &Palette) -> Color {
    mix(palette.raised, palette.text, TRACK_SHARE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::theme::contrast;
    use crate::config::Theme;

    #[test]
    fn initials_can_be_read_on_every_tile() {
        for theme in [Theme::Dark, Theme::Light, Theme::HighContrast] {
            let palette = Palette::new(theme, Color::from_rgb8(0xff, 0xb4, 0x54));
            let tints: Vec<_> = (0..60)
                .map(|name| tint(&palette, &name.to_string()))
                .collect();
            for tint in &tints {
                assert!(contrast(palette.text, *tint) >= 4.5, "{theme:?} {tint:?}");
            }
            assert!(HUES.len() <= tints.len());
        }
    }
}
