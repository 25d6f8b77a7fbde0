//! Parts of a window, in whole pixels.

use iced::{Rectangle, Size};

/// A part of a window: pixels from the left and upper edge; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// A part may be painted with this share of the window that need not be, before it becomes two: for each part the
/// renderer goes through all pieces of the frame, and clears a mask of the size of the window for each layer.
const SPARE: u64 = 32;

impl Part {
    /// All of a window of this size.
    pub fn whole(window: Size<u32>) -> Self {
        Self {
            x: 0,
            y: 0,
            width: window.width.max(1),
            height: window.height.max(1),
        }
    }

    /// The pixels that `place` reaches into, in a window without end to the right and down.
    pub fn around(place: Rectangle, scale: f32) -> Option<Self> {
        let place = place * scale;
        Self::between(
            (place.x.floor(), place.y.floor()),
            (
                (place.x + place.width).ceil(),
                (place.y + place.height).ceil(),
            ),
        )
    }

    /// The pixels that are in `place` whole.
    pub fn inside(place: Rectangle, scale: f32) -> Option<Self> {
        let place = place * scale;
        Self::between(
            (place.x.ceil(), place.y.ceil()),
            (
                (place.x + place.width).floor(),
                (place.y + place.height).floor(),
            ),
        )
    }

    fn between(from: (f32, f32), to: (f32, f32)) -> Option<Self> {
        // Below zero there are no pixels: the number becomes zero.
        Self::spanning((from.0 as u32, from.1 as u32), (to.0 as u32, to.1 as u32))
    }

    /// From its first pixel to the one after its last; nothing where there is none.
    fn spanning((x, y): (u32, u32), (right, bottom): (u32, u32)) -> Option<Self> {
        (right > x && bottom > y).then(|| Self {
            x,
            y,
            width: right - x,
            height: bottom - y,
        })
    }

    /// With so many pixels more on each side, as far as the window goes.
    pub fn grown(self, by: u32, window: Size<u32>) -> Self {
        let (x, y) = (self.x.saturating_sub(by), self.y.saturating_sub(by));
        let grown = Self {
            x,
            y,
            width: self.right().saturating_add(by) - x,
            height: self.bottom().saturating_add(by) - y,
        };
        grown.intersection(Self::whole(window)).unwrap_or(self)
    }

    /// What of it is left where all is moved, to the right and down.
    pub fn moved(self, by: (i32, i32)) -> Option<Self> {
        let edge = |at: u32, by: i32| at.saturating_add_signed(by);
        Self::spanning(
            (edge(self.x, by.0), edge(self.y, by.1)),
            (edge(self.right(), by.0), edge(self.bottom(), by.1)),
        )
    }

    fn right(self) -> u32 {
        self.x.saturating_add(self.width)
    }

    fn bottom(self) -> u32 {
        self.y.saturating_add(self.height)
    }

    fn area(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// What is in both.
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::spanning(
            (self.x.max(other.x), self.y.max(other.y)),
            (
                self.right().min(other.right()),
                self.bottom().min(other.bottom()),
            ),
        )
    }

    fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }

    /// What is in this one and not in the other: up to four.
    pub fn without(self, other: Self) -> Vec<Self> {
        let Some(hole) = self.intersection(other) else {
            return vec![self];
        };
        let pieces = [
            Self::spanning((self.x, self.y), (self.right(), hole.y)),
            Self::spanning((self.x, hole.bottom()), (self.right(), self.bottom())),
            Self::spanning((self.x, hole.y), (hole.x, hole.bottom())),
            Self::spanning((hole.right(), hole.y), (self.right(), hole.bottom())),
        ];
        pieces.into_iter().flatten().collect()
    }

    /// The place in the lengths of the layout; where it ends with the window, all that is beside the window too.
    pub fn open_place(self, window: Size<u32>, scale: f32) -> Rectangle {
        let whole = Self::whole(window);
        let (width, height) = (whole.width as f32, whole.height as f32);
        let left = if self.x == 0 { width } else { 0.0 };
        let top = if self.y == 0 { height } else { 0.0 };
        let right = if self.right() == whole.width {
            width
        } else {
            0.0
        };
        let bottom = if self.bottom() == whole.height {
            height
        } else {
            0.0
        };
        let place = Rectangle {
            x: self.x as f32 - left,
            y: self.y as f32 - top,
            width: self.width as f32 + left + right,
            height: self.height as f32 + top + bottom,
        };
        place * (1.0 / scale)
    }

    /// The place in the lengths of the layout.
    pub fn place(self, scale: f32) -> Rectangle {
        let place = Rectangle {
            x: self.x as f32,
            y: self.y as f32,
            width: self.width as f32,
            height: self.height as f32,
        };
        place * (1.0 / scale)
    }
}

/// How many pixels these have; what lies in two counts twice.
pub fn area(parts: &[Part]) -> u64 {
    parts.iter().map(|part| part.area()).sum()
}

/// Puts together what is cheaper to paint as one.
pub fn grouped(parts: impl IntoIterator<Item = Part>, window: Size<u32>) -> Vec<Part> {
    let whole = Part::whole(window);
    let spare = whole.area() / SPARE;
    let mut groups: Vec<Part> = Vec::new();
    for part in parts {
        let Some(mut part) = part.intersection(whole) else {
            continue;
        };
        // What it becomes may take in others that it could not before.
        while let Some(near) = groups.iter().position(|group| {
            let both = group.area() + part.area();
            group.union(part).area() <= both + spare
        }) {
            part = part.union(groups.swap_remove(near));
        }
        groups.push(part);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Size<u32> = Size::new(640, 480);

    fn part(x: u32, y: u32, width: u32, height: u32) -> Part {
        Part {
            x,
            y,
            width,
            height,
        }
    }

    #[test]
    fn a_place_reaches_into_pixels_and_has_some_whole() {
        let place = Rectangle {
            x: 1.5,
            y: -3.0,
            width: 3.0,
            height: 5.25,
        };
        assert_eq!(Part::around(place, 1.0), Some(part(1, 0, 4, 3)));
        assert_eq!(Part::inside(place, 1.0), Some(part(2, 0, 2, 2)));
        assert_eq!(Part::around(place, 2.0), Some(part(3, 0, 6, 5)));
        let nowhere = Rectangle { x: -9.0, ..place };
        assert_eq!(Part::around(nowhere, 1.0), None);
        let slim = Rectangle {
            width: 0.4,
            ..place
        };
        assert_eq!(Part::inside(slim, 1.0), None);
    }

    #[test]
    fn a_part_at_the_edge_of_the_window_has_all_beside_it() {
        let place = |x, y, width, height| Rectangle {
            x,
            y,
            width,
            height,
        };
        let open = |part: Part| part.open_place(WINDOW, 2.0);
        assert_eq!(open(part(10, 20, 30, 40)), place(5.0, 10.0, 15.0, 20.0));
        assert_eq!(open(part(0, 20, 640, 40)), place(-320.0, 10.0, 960.0, 20.0));
        assert_eq!(
            open(Part::whole(WINDOW)),
            place(-320.0, -240.0, 960.0, 720.0)
        );
    }

    #[test]
    fn what_is_moved_out_of_the_window_is_gone() {
        let one = part(10, 20, 30, 40);
        assert_eq!(one.moved((5, -5)), Some(part(15, 15, 30, 40)));
        assert_eq!(one.moved((-25, -30)), Some(part(0, 0, 15, 30)));
        assert_eq!(one.moved((-40, 0)), None);
    }

    #[test]
    fn a_part_grows_as_far_as_the_window_goes() {
        assert_eq!(part(10, 1, 20, 20).grown(2, WINDOW), part(8, 0, 24, 23));
        assert_eq!(
            part(600, 470, 40, 10).grown(3, WINDOW),
            part(597, 467, 43, 13)
        );
    }

    #[test]
    fn the_pieces_around_a_hole_have_all_of_the_rest() {
        let one = part(10, 10, 100, 50);
        for hole in [
            part(20, 20, 10, 10),
            part(0, 0, 50, 30),
            part(10, 30, 200, 5),
            part(0, 0, 640, 480),
            part(300, 300, 10, 10),
        ] {
            let pieces = one.without(hole);
            let lost = one.intersection(hole).map_or(0, Part::area);
            assert_eq!(area(&pieces) + lost, one.area(), "{hole:?}");
            for (index, piece) in pieces.iter().enumerate() {
                assert_eq!(piece.intersection(hole), None, "{hole:?}");
                assert_eq!(piece.intersection(one), Some(*piece), "{hole:?}");
                let others = pieces.iter().skip(index + 1);
                assert!(
                    others
                        .clone()
                        .all(|other| piece.intersection(*other).is_none())
                );
            }
        }
    }

    #[test]
    fn what_is_near_is_painted_as_one_and_what_is_far_is_not() {
        let near = [part(10, 10, 50, 50), part(70, 10, 50, 50)];
        assert_eq!(grouped(near, WINDOW), [part(10, 10, 110, 50)]);
        let far = [part(0, 0, 50, 50), part(590, 430, 50, 50)];
        assert_eq!(grouped(far, WINDOW), far);
        // One that takes both in makes them one; what is beside the window is left out.
        let between = [far[0], far[1], part(0, 0, 700, 470), part(640, 0, 9, 9)];
        assert_eq!(grouped(between, WINDOW), [part(0, 0, 640, 480)]);
        assert_eq!(grouped([], WINDOW), []);
    }
}
