//! What has scrolled: a part of the window whose pixels stand at another place than before.

use std::collections::HashMap;

use iced::advanced::image::Id;
use iced::{Rectangle, Size, Vector};

use super::mark::{HAIR, Mark};
use super::parts::Part;

/// Pixels that have moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scroll {
    /// Where they are now.
    pub to: Part,
    /// How far they have moved, to the right and down, in pixels.
    pub by: (i32, i32),
}

/// Finds what has scrolled from one frame to the next by the pictures in it; `scale` is how many pixels a length of the
/// layout has.
pub fn scroll(
    before: &[Mark<'_>],
    after: &[Mark<'_>],
    window: Size<u32>,
    scale: f32,
) -> Option<Scroll> {
    let by = displacement(before, after, scale)?;
    let moved = Vector::new(by.0 as f32, by.1 as f32) * (1.0 / scale);
    let mut around: Option<Rectangle> = None;
    let mut rest = before;
    for mark in after {
        if let Some(at) = rest.iter().position(|old| old.is(moved, mark)) {
            let kept = (rest[at].seen + moved).intersection(&mark.seen);
            around = match (around, kept) {
                (Some(all), Some(kept)) => Some(all.union(&kept)),
                (all, kept) => all.or(kept),
            };
            rest = &rest[at + 1..];
        }
    }
    let whole = Part::whole(window);
    let to = Part::inside(around?, scale)?.intersection(whole)?;
    // What came into view was nowhere before.
    let to = whole.moved(by).and_then(|seen| seen.intersection(to))?;
    Some(Scroll { to, by })
}

/// How far most of the pictures have moved that both frames have, to the right and down, in whole pixels.
fn displacement(before: &[Mark<'_>], after: &[Mark<'_>], scale: f32) -> Option<(i32, i32)> {
    let mut known: HashMap<Id, Option<Rectangle>> = HashMap::new();
    for (name, place) in before.iter().filter_map(Mark::picture) {
        // One that stands there twice tells nothing.
        let _ = known
            .entry(name)
            .and_modify(|place| *place = None)
            .or_insert(Some(place));
    }
    let mut areas: HashMap<(i32, i32), f32> = HashMap::new();
    for (name, place) in after.iter().filter_map(Mark::picture) {
        let Some(Some(was)) = known.get(&name) else {
            continue;
        };
        if was.size() != place.size() {
            continue;
        }
        let by = (place.position() - was.position()) * scale;
        let (x, y) = (by.x.round(), by.y.round());
        if (by.x - x).abs() <= HAIR && (by.y - y).abs() <= HAIR {
            *areas.entry((x as i32, y as i32)).or_default() += place.area();
        }
    }
    let (by, _) = areas
        .into_iter()
        .filter(|(by, _)| *by != (0, 0))
        .max_by(|(_, one), (_, other)| one.total_cmp(other))?;
    Some(by)
}

/// Moves the pixels of a window that is `width` pixels wide.
pub fn move_pixels(pixels: &mut [u32], width: u32, scroll: Scroll) {
    let Scroll { to, by } = scroll;
    let from_x = (to.x as i32 - by.0) as usize;
    let row = |y: u32| {
        let from = (y as i32 - by.1) as usize * width as usize + from_x;
        (
            from..from + to.width as usize,
            y as usize * width as usize + to.x as usize,
        )
    };
    let rows = to.y..to.y + to.height;
    let mut copy = |y| {
        let (from, to) = row(y);
        pixels.copy_within(from, to);
    };
    // A row is read before another takes its place.
    if by.1 > 0 {
        rows.rev().for_each(&mut copy);
    } else {
        rows.for_each(&mut copy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: u32 = 7;
    const HEIGHT: u32 = 6;

    /// Each pixel has its own number.
    fn window() -> Vec<u32> {
        (0..WIDTH * HEIGHT).collect()
    }

    #[test]
    fn pixels_come_from_where_they_were_whichever_way_they_go() {
        let whole = Part::whole(Size::new(WIDTH, HEIGHT));
        for by in [
            (0, 2),
            (0, -2),
            (3, 0),
            (-3, 0),
            (1, 1),
            (-1, -1),
            (2, -1),
            (-2, 1),
        ] {
            let to = whole.moved(by).and_then(|seen| seen.intersection(whole));
            let to = to.unwrap();
            let mut pixels = window();
            move_pixels(&mut pixels, WIDTH, Scroll { to, by });
            for (at, pixel) in pixels.iter().enumerate() {
                let (x, y) = (at as u32 % WIDTH, at as u32 / WIDTH);
                let here = Part {
                    x,
                    y,
                    width: 1,
                    height: 1,
                };
                let from = match to.intersection(here) {
                    Some(_) => (y as i32 - by.1) * WIDTH as i32 + x as i32 - by.0,
                    None => at as i32,
                };
                assert_eq!(*pixel, from as u32, "{by:?} at {x},{y}");
            }
        }
    }
}
