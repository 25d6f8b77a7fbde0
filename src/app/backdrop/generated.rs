//! The backdrop that is drawn from accent and title: the ground, with a light of the accent where the face of the screen
//! stands, and a weaker one of a colour of the title's own in the opposite corner. Nothing of it moves, and it has no edge.

use iced::{Color, Point};

use super::dither::dithered;
use super::is_readable;
use crate::app::theme::{Palette, luminance, mix};

/// How far a light reaches, in the longer side of the window.
const REACH: f32 = 0.66;
/// The same of the title's.
const TITLE_REACH: f32 = 0.5;
/// How strong the title's is beside that of the accent.
const TITLE_STRENGTH: f32 = 0.5;
/// Relative luminance of the light on dark, and on light, where words can be read on it.
const ON_DARK: f32 = 0.034;
const ON_LIGHT: f32 = 0.68;
/// Pixels between two places that are worked out.
const RUN: usize = 16;
/// Steps in which it gives way to words.
const STEPS: u8 = 16;

/// The levels at each place of a backdrop.
pub struct Field {
    ground: [f32; 3],
    lights: [Light; 2],
}

struct Light {
    center: (f32, f32),
    /// One over the square of how far it reaches.
    falloff: f32,
    strength: f32,
    color: [f32; 3],
}

impl Field {
    /// The lights of a title, the first one at `light`, in a picture of this size.
    pub fn new(palette: &Palette, title: &str, light: Point, (width, height): (u32, u32)) -> Self {
        let (width, height) = (width as f32, height as f32);
        let longer = width.max(height);
        let falloff = |reach: f32| 1.0 / (reach * longer).powi(2);
        let lights = [
            Light {
                center: (light.x * width, light.y * height),
                falloff: falloff(REACH),
                strength: 1.0,
                color: levels(toned(palette, palette.accent)),
            },
            Light {
                center: ((1.0 - light.x.round()) * width, height),
                falloff: falloff(TITLE_REACH),
                strength: TITLE_STRENGTH,
                color: levels(toned(palette, Palette::hue(title))),
            },
        ];
        Self {
            ground: levels(palette.ground),
            lights,
        }
    }

    /// Draws a row of pixels from a place on. Between places so close to each other the lights are straight.
    pub fn fill(&self, x: u32, y: u32, row: &mut [u8]) {
        let mut here = self.at(x, y);
        let mut column = x;
        for run in row.as_chunks_mut().0.chunks_mut(RUN) {
            let length = run.len();
            let there = self.at(column + length as u32, y);
            let step = [0, 1, 2].map(|channel| (there[channel] - here[channel]) / length as f32);
            for pixel in run {
                *pixel = dithered(here, column, y);
                for (level, step) in here.iter_mut().zip(step) {
                    *level += step;
                }
                column += 1;
            }
            here = there;
        }
    }

    /// Red, green and blue at a place, 0 to 255.
    pub fn at(&self, x: u32, y: u32) -> [f32; 3] {
        let mut here = self.ground;
        for light in &self.lights {
            let (across, down) = (x as f32 - light.center.0, y as f32 - light.center.1);
            let near = (1.0 - (across * across + down * down) * light.falloff).max(0.0);
            let share = near * near * light.strength;
            for (here, there) in here.iter_mut().zip(light.color) {
                *here += (there - *here) * share;
            }
        }
        here
    }
}

/// `color` as dark or as light as a light of the theme is, and as words upon it need.
fn toned(palette: &Palette, color: Color) -> Color {
    let ground = luminance(palette.ground);
    let wanted = if palette.is_dark() { ON_DARK } else { ON_LIGHT };
    let steps = (0..STEPS).map(|step| {
        let back = f32::from(step) / f32::from(STEPS);
        with_luminance(palette, color, wanted + (ground - wanted) * back)
    });
    let mut readable = steps.filter(|color| is_readable(palette, *color));
    readable.next().unwrap_or(palette.ground)
}

/// `color` between black, or the ground of a light theme, and itself, with this relative luminance or less contrast to the
/// ground.
fn with_luminance(palette: &Palette, color: Color, wanted: f32) -> Color {
    let from = if palette.is_dark() {
        Color::BLACK
    } else {
        palette.ground
    };
    let (mut less, mut more) = (0.0, 1.0);
    for _ in 0..12 {
        let share = (less + more) / 2.0;
        let beyond = if palette.is_dark() {
            luminance(mix(from, color, share)) > wanted
        } else {
            luminance(mix(from, color, share)) < wanted
        };
        if beyond {
            more = share;
        } else {
            less = share;
        }
    }
    let found = mix(from, color, less);
    let least = 16.0 / 255.0;
    Color::from_rgb(found.r.max(least), found.g.max(least), found.b.max(least))
}

fn levels(color: Color) -> [f32; 3] {
    [color.r, color.g, color.b].map(|channel| channel * 255.0)
}
