//! Where rows and cards stand. Pure: sizes in, rectangles out.

use iced::{Point, Rectangle, Size};

use super::control::ring_room;
use crate::app::focus::row_focus::Fits;
use crate::app::theme::{Look, token};

/// The measures of all rows, in pixels from the corner of the area they stand in.
///
/// That area ends at the safe area; pictures go on to the edge of the window, words do not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RowLayout {
    area: Size,
    inset: f32,
    card: Size,
    gap: f32,
    margin: f32,
    heading: f32,
    line: f32,
    pitch: f32,
    growth: f32,
}

impl RowLayout {
    /// The measures of rows in an area of this size.
    pub fn new(look: &Look, area: Size) -> Self {
        let inset = ring_room(look);
        let gap = look.px(token::CARD_GAP);
        let cards = token::CARDS as f32;
        let width = ((area.width - 2.0 * inset - (cards - 1.0) * gap) / cards)
            .floor()
            .max(1.0);
        let card = Size::new(width, (width / token::CARD_SHAPE).round().max(1.0));
        let heading = (look.text(token::HEADING) * token::LINE).ceil();
        let line = (look.text(token::LABEL) * token::LINE).ceil();
        let margin = look.px(token::CARD_MARGIN);
        Self {
            area,
            inset,
            card,
            gap,
            margin,
            heading,
            line,
            growth: 1.0 + (token::CARD_GROWTH - 1.0) * look.lift(),
            pitch: heading + 2.0 * margin + card.height + 2.0 * line + look.px(token::ROW_GAP),
        }
    }

    /// Size of a card's picture.
    pub fn card(&self) -> Size {
        self.card
    }

    /// How much fits whole.
    pub fn fits(&self) -> Fits {
        // What follows the last line of the last row need not fit.
        let last = self.heading + 2.0 * self.margin + self.card.height + 2.0 * self.line;
        let more = ((self.area.height - last) / self.pitch).floor().max(0.0);
        Fits {
            cards: token::CARDS,
            rows: 1 + more as usize,
        }
    }

    /// The heading of the row that is the `slot`th in view.
    pub fn heading(&self, slot: usize) -> Rectangle {
        Rectangle::new(
            Point::new(self.inset, self.pitch * slot as f32),
            Size::new(self.area.width - 2.0 * self.inset, self.heading),
        )
    }

    /// What stands beside a heading, at the end of its line.
    pub fn beside_heading(&self, slot: usize) -> Rectangle {
        let heading = self.heading(slot);
        let width = (heading.width * token::BESIDE_HEADING).round();
        Rectangle {
            x: heading.x + heading.width - width,
            width,
            ..heading
        }
    }

    /// A badge upon a picture: the strip it may take.
    pub fn badge(&self, picture: Rectangle) -> Rectangle {
        let inset = (self.margin / 2.0).round();
        Rectangle::new(
            Point::new(picture.x + 2.0 * inset, picture.y + inset),
            Size::new(
                (picture.width - 4.0 * inset).max(0.0),
                self.line.min(picture.height),
            ),
        )
    }

    /// The picture that is the `column`th in view of a row; -1 is the one that ends at the left edge.
    pub fn picture(&self, slot: usize, column: isize) -> Rectangle {
        let left = self.inset + column as f32 * (self.card.width + self.gap);
        let top = self.pitch * slot as f32 + self.heading + self.margin;
        Rectangle::new(Point::new(left, top), self.card)
    }

    /// The place of what stands for cards where a row has none.
    pub fn note(&self, slot: usize) -> Rectangle {
        let mut place = self.picture(slot, 0);
        let cards = token::NOTE_CARDS as f32;
        place.width = cards * self.card.width + (cards - 1.0) * self.gap;
        place
    }

    /// A line under a picture, 0 or 1.
    pub fn caption(&self, picture: Rectangle, line: usize) -> Rectangle {
        let top = picture.y + picture.height + self.margin + line as f32 * self.line;
        Rectangle::new(
            Point::new(picture.x, top),
            Size::new(picture.width, self.line),
        )
    }

    /// `place` as it is while it has the focus: grown, but with its ring still inside the area.
    pub fn grown(&self, place: Rectangle) -> Rectangle {
        let width = (place.width * self.growth).round();
        let height = (place.height * self.growth).round();
        // A wide place grows as far as a card does, so that it stays within the same room.
        let width = width.min(place.width + self.card.width * (self.growth - 1.0));
        let left = (place.x - (width - place.width) / 2.0)
            .min(self.area.width - self.inset - width)
            .max(self.inset);
        let top = place.y - (height - place.height) / 2.0;
        Rectangle::new(
            Point::new(left.round(), top.round()),
            Size::new(width.round(), height),
        )
    }

    /// Whether a place is inside the area, where words may stand.
    pub fn holds(&self, place: Rectangle) -> bool {
        place.x >= 0.0
            && place.y >= 0.0
            && place.x + place.width <= self.area.width + 0.5
            && place.y + place.height <= self.area.height + 0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::i18n;
    use crate::app::widget::frame::body_below_control;
    use crate::config::Screen;

    fn measure(width: f32, height: f32, text_scale: f32) -> (Look, RowLayout) {
        let screen = Screen {
            text_scale,
            ..Screen::default()
        };
        let look = Look::new(&screen, Size::new(width, height), i18n::language());
        let area = body_below_control(&look);
        (look, RowLayout::new(&look, area))
    }

    #[test]
    fn five_cards_and_two_rows_fit_at_every_size() {
        for (width, height) in [
            (1280.0, 720.0),
            (1920.0, 1080.0),
            (3840.0, 2160.0),
            (1366.0, 768.0),
        ] {
            for text_scale in [1.0, 1.3] {
                let (_, measure) = measure(width, height, text_scale);
                assert_eq!(
                    measure.fits(),
                    Fits { cards: 5, rows: 2 },
                    "{width} {text_scale}"
                );
                let last = measure.picture(0, 4);
                assert!(measure.holds(last));
                assert!(!measure.holds(measure.picture(0, 5)));
                assert!(measure.holds(measure.caption(measure.picture(1, 4), 1)));
            }
        }
    }

    #[test]
    fn a_grown_card_keeps_its_ring_inside_and_clear_of_others() {
        for (width, height) in [(1280.0, 720.0), (1920.0, 1080.0), (3840.0, 2160.0)] {
            let (look, measure) = measure(width, height, 1.0);
            let ring = ring_room(&look);
            for column in 0..5 {
                let grown = measure.grown(measure.picture(0, column));
                assert!(measure.holds(grown.expand(ring)), "{column}");
                if column < 4 {
                    let next = measure.picture(0, column + 1);
                    assert!(grown.x + grown.width + ring <= next.x);
                }
                let heading = measure.heading(0);
                assert!(grown.y - ring >= heading.y + heading.height);
                let caption = measure.caption(measure.picture(0, column), 0);
                assert!(grown.y + grown.height + ring <= caption.y);
            }
            let note = measure.note(0);
            assert!(measure.grown(note).y >= measure.heading(0).y);
        }
    }
}
