//! How light the parts of a logo are, and whether it is seen on a ground without a plate.

use iced::Color;

use crate::app::theme::{contrast, luminance};

/// Contrast below which a part of a logo is lost on what is behind it (WCAG 1.4.11).
const SEEN: f32 = 3.0;
/// Share of a logo that may be lost: the shade of a letter, but no letter.
const LOST: f32 = 0.2;
/// Share of what is lost without a plate that may still be on one.
const GAIN: f32 = 0.5;
/// Opacity from which a pixel is the logo's own.
const OWN: u8 = 128;
/// Share of its edge that is opaque where a logo has a ground of its own.
const EDGE: f32 = 0.9;
/// Steps between black and white.
const STEPS: usize = 64;

/// The share of a logo at each step from black to white.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tones {
    shares: [f32; STEPS],
    /// Whether it has a ground of its own.
    grounded: bool,
}

impl Tones {
    /// Those of a picture `width` pixels wide, of red, green, blue and opacity.
    pub(super) fn of(pixels: &[u8], width: usize) -> Self {
        let mut counts = [0_u32; STEPS];
        let pixels: Vec<_> = pixels.as_chunks::<4>().0.iter().collect();
        let own = pixels.iter().filter(|pixel| pixel[3] >= OWN);
        for [red, green, blue, _] in own {
            let tone = tone_of(luminance(Color::from_rgb8(*red, *green, *blue)));
            counts[tone] += 1;
        }
        let all = counts.iter().sum::<u32>().max(1) as f32;
        let (width, height) = (width.max(1), pixels.len() / width.max(1));
        let edge = (0..width)
            .flat_map(|x| [(x, 0), (x, height.saturating_sub(1))])
            .chain((0..height).flat_map(|y| [(0, y), (width - 1, y)]));
        let edge: Vec<_> = edge
            .filter_map(|(x, y)| pixels.get(y * width + x))
            .collect();
        let opaque = edge.iter().filter(|pixel| pixel[3] >= OWN).count();
        Self {
            shares: counts.map(|count| count as f32 / all),
            grounded: opaque as f32 >= EDGE * edge.len().max(1) as f32,
        }
    }

    /// The share that is lost on this ground.
    fn lost_on(&self, ground: Color) -> f32 {
        let lost = self.shares.iter().enumerate().filter(|(step, _)| {
            let tone = luminance_at(*step);
            contrast(Color::from_rgb(tone, tone, tone), ground) < SEEN
        });
        lost.map(|(_, share)| share).sum()
    }

    /// The plate that the logo needs to be seen on `ground`: of these, the one that loses least of it.
    pub(super) fn plate_on(&self, ground: Color, plates: [Color; 2]) -> Option<Color> {
        let bare = self.lost_on(ground);
        if self.grounded || bare <= LOST {
            return None;
        }
        let [one, other] = plates.map(|plate| (self.lost_on(plate), plate));
        let (lost, plate) = if one.0 <= other.0 { one } else { other };
        (lost <= GAIN * bare).then_some(plate)
    }
}

/// The step of a relative luminance: even steps of what the eye sees, near enough.
fn tone_of(luminance: f32) -> usize {
    ((luminance.sqrt() * STEPS as f32) as usize).min(STEPS - 1)
}

/// A grey of the middle of a step, as a channel of a colour.
fn luminance_at(step: usize) -> f32 {
    let root = (step as f32 + 0.5) / STEPS as f32;
    // Near enough to the curve of the display.
    (root * root).powf(1.0 / 2.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::theme::{PLATES, parse};

    /// A mark on nothing, with a margin, in parts of these colours.
    fn mark(colours: &[&str]) -> Tones {
        let (width, height) = (40, 20);
        let pixels: Vec<u8> = (0..width * height)
            .flat_map(|at| {
                let (x, y) = (at % width, at / width);
                let within = (2..width - 2).contains(&x) && (2..height - 2).contains(&y);
                let part = (x - x.min(2)) * colours.len() / width;
                let [red, green, blue, _] = parse(colours[part]).unwrap().into_rgba8();
                [red, green, blue, if within { 255 } else { 0 }]
            })
            .collect();
        Tones::of(&pixels, width)
    }

    #[test]
    fn a_logo_gets_a_plate_where_it_would_not_be_seen() {
        let [light, dark] = PLATES;
        let (night, day) = (parse("#101418").unwrap(), parse("#ebebeb").unwrap());
        for (colours, ground, plate) in [
            (&["#000000"][..], night, Some(light)),
            (&["#ffffff"], night, None),
            (&["#000000"], day, None),
            (&["#ffffff"], day, Some(dark)),
            // Words in black beside a mark in red.
            (&["#ff3020", "#000000"], night, Some(light)),
            (&["#0000aa"], night, Some(light)),
            (&["#ffb454"], night, None),
            // Amber is lost on light.
            (&["#ffb454"], day, Some(dark)),
            // A thin shade.
            (
                &[
                    "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#202020",
                ],
                night,
                None,
            ),
            // Of black and white, no plate is better than the other: what is lost least.
            (&["#000000", "#ffffff"], night, None),
        ] {
            let found = mark(colours).plate_on(ground, PLATES);
            assert_eq!(found, plate, "{colours:?} on {ground:?}");
        }
    }

    #[test]
    fn a_logo_with_a_ground_of_its_own_needs_no_plate() {
        let black = [0, 0, 0, 255].repeat(200);
        let night = parse("#101418").unwrap();
        assert_eq!(Tones::of(&black, 20).plate_on(night, PLATES), None);
        assert_eq!(Tones::of(&[], 20).plate_on(night, PLATES), None);
    }
}
