//! Where rows and cards stand. Pure: sizes in, rectangles out.

use iced::{Point, Rectangle, Size};

use super::control::ring_room;
use crate::app::focus::row_focus::RowFit;
use crate::app::theme::{Look, token};
use crate::config::Shape;

impl Shape {
    /// Cards that stand side by side whole.
    fn cards(self) -> usize {
        match self {
            Self::Wide => token::CARDS,
            Self::Poster | Self::Square => token::NARROW_CARDS,
            Self::Text => token::TEXT_CARDS,
        }
    }

    /// Width of a picture to its height.
    pub fn ratio(self) -> f32 {
        match self {
            Self::Wide => token::CARD_SHAPE,
            Self::Poster => token::POSTER_SHAPE,
            Self::Square | Self::Text => 1.0,
        }
    }
}

/// The measures of all rows, in pixels from the corner of the area they stand in.
///
/// That area ends at the safe area; pictures go on to the edge of the window, words do not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RowLayout {
    area: Size,
    inset: f32,
    gap: f32,
    margin: f32,
    heading: f32,
    line: f32,
    row_gap: f32,
    thumbnail: f32,
    progress: f32,
    growth: f32,
}

/// A row in view: the form of its cards, and where it begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RowPlace {
    pub shape: Shape,
    /// Its upper edge.
    pub top: f32,
}

impl RowLayout {
    /// The measures of rows in an area of this size.
    pub fn new(look: &Look, area: Size) -> Self {
        Self {
            area,
            inset: ring_room(look),
            gap: look.px(token::CARD_GAP),
            margin: look.px(token::CARD_MARGIN),
            heading: (look.text(token::HEADING) * token::LINE).ceil(),
            line: (look.text(token::LABEL) * token::LINE).ceil(),
            row_gap: look.px(token::ROW_GAP),
            thumbnail: look.px(token::THUMBNAIL),
            progress: look.px(token::PROGRESS),
            growth: 1.0 + (token::CARD_GROWTH - 1.0) * look.lift(),
        }
    }

    /// Size of a card without the words below it.
    pub fn card(&self, shape: Shape) -> Size {
        let cards = shape.cards() as f32;
        let width = ((self.area.width - 2.0 * self.inset - (cards - 1.0) * self.gap) / cards)
            .floor()
            .max(1.0);
        let height = match shape {
            // A row of words is as high as one of wide pictures with words below them.
            Shape::Text => self.card(Shape::Wide).height + 2.0 * self.line,
            Shape::Wide | Shape::Poster | Shape::Square => width / shape.ratio(),
        };
        Size::new(width, height.round().max(1.0))
    }

    /// Size of a card's picture.
    pub fn picture_size(&self, shape: Shape) -> Size {
        match shape {
            Shape::Text => Size::new(self.thumbnail, self.thumbnail),
            Shape::Wide | Shape::Poster | Shape::Square => self.card(shape),
        }
    }

    /// How far below a row the next one begins.
    pub fn pitch(&self, shape: Shape) -> f32 {
        let captions = match shape {
            Shape::Text => 0.0,
            Shape::Wide | Shape::Poster | Shape::Square => 2.0 * self.line,
        };
        self.heading + 2.0 * self.margin + self.card(shape).height + captions + self.row_gap
    }

    /// What a row takes.
    pub fn fit(&self, shape: Shape) -> RowFit {
        RowFit {
            cards: shape.cards(),
            height: self.pitch(shape).ceil() as u32,
        }
    }

    /// What rows may take one above the other.
    pub fn room(&self) -> u32 {
        // What follows the last line of the last row need not fit.
        (self.area.height + self.row_gap).floor() as u32
    }

    /// The heading of a row.
    pub fn heading(&self, row: RowPlace) -> Rectangle {
        Rectangle::new(
            Point::new(self.inset, row.top),
            Size::new(self.area.width - 2.0 * self.inset, self.heading),
        )
    }

    /// What stands beside a heading, at the end of its line.
    pub fn beside_heading(&self, row: RowPlace) -> Rectangle {
        let heading = self.heading(row);
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

    /// A line of progress at the foot of a picture, below the words of a badge.
    pub fn foot(&self, picture: Rectangle) -> Rectangle {
        let inset = (self.margin / 2.0).round();
        let height = self.progress;
        Rectangle::new(
            Point::new(
                picture.x + 2.0 * inset,
                picture.y + picture.height - 2.0 * inset - height,
            ),
            Size::new((picture.width - 4.0 * inset).max(height), height),
        )
    }

    /// The card that is the `column`th in view of a row; -1 is the one that ends at the left edge.
    pub fn picture(&self, row: RowPlace, column: isize) -> Rectangle {
        let card = self.card(row.shape);
        let left = self.inset + column as f32 * (card.width + self.gap);
        let top = row.top + self.heading + self.margin;
        Rectangle::new(Point::new(left, top), card)
    }

    /// The place of what stands for cards where a row has none.
    pub fn note(&self, row: RowPlace) -> Rectangle {
        let wide = RowPlace {
            shape: Shape::Wide,
            ..row
        };
        let mut place = self.picture(wide, 0);
        let cards = token::NOTE_CARDS as f32;
        place.width = cards * place.width + (cards - 1.0) * self.gap;
        if row.shape == Shape::Text {
            place.height = self.card(row.shape).height;
        }
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
        // Its ring stays clear of what stands above and below it.
        let height = height.min(place.height + 2.0 * (self.margin - self.inset).max(0.0));
        // A wide place grows as far as a card does, so that it stays within the same room.
        let widest = self.card(Shape::Wide).width;
        let width = width.min(place.width + widest * (self.growth - 1.0));
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

    const SHAPES: [Shape; 4] = [Shape::Wide, Shape::Poster, Shape::Square, Shape::Text];
    const SIZES: [(f32, f32); 7] = [
        (1280.0, 720.0),
        (1920.0, 1080.0),
        (3840.0, 2160.0),
        (1366.0, 768.0),
        (800.0, 480.0),
        (1280.0, 1024.0),
        (1080.0, 1920.0),
    ];

    fn measure(width: f32, height: f32, text_scale: f32) -> (Look, RowLayout) {
        let screen = Screen {
            text_scale,
            ..Screen::default()
        };
        let look = Look::new(&screen, Size::new(width, height), i18n::language());
        let area = body_below_control(&look);
        (look, RowLayout::new(&look, area))
    }

    fn at(shape: Shape, top: f32) -> RowPlace {
        RowPlace { shape, top }
    }

    #[test]
    fn so_many_cards_and_rows_fit_at_every_size() {
        for (width, height) in SIZES {
            for text_scale in [1.0, 1.3] {
                let (_, measure) = measure(width, height, text_scale);
                for (shape, cards, rows) in [
                    (Shape::Wide, 5, 2),
                    (Shape::Poster, 7, 1),
                    (Shape::Square, 7, 1),
                    (Shape::Text, 3, 2),
                ] {
                    let name = format!("{shape:?} {width} {text_scale}");
                    let fit = measure.fit(shape);
                    assert_eq!(fit.cards, cards, "{name}");
                    assert!(measure.room() / fit.height >= rows, "{name}");
                    let last = measure.picture(at(shape, 0.0), cards as isize - 1);
                    assert!(measure.holds(last), "{name}");
                    let next = measure.picture(at(shape, 0.0), cards as isize);
                    assert!(!measure.holds(next), "{name}");
                    // The line below the words of the last row that fits is inside as well.
                    let top = (rows - 1) as f32 * measure.pitch(shape);
                    let last = measure.picture(at(shape, top), 0);
                    assert!(measure.holds(last), "{name}");
                    if shape != Shape::Text {
                        assert!(measure.holds(measure.caption(last, 1)), "{name}");
                    }
                }
            }
        }
    }

    #[test]
    fn pictures_have_the_form_they_were_made_in() {
        let (_, measure) = measure(1920.0, 1080.0, 1.0);
        for (shape, ratio) in [
            (Shape::Wide, 16.0 / 9.0),
            (Shape::Poster, 2.0 / 3.0),
            (Shape::Square, 1.0),
            (Shape::Text, 1.0),
        ] {
            let size = measure.picture_size(shape);
            let off = (size.width / size.height / ratio - 1.0).abs();
            assert!(off < 0.01, "{shape:?}: {size:?}");
        }
    }

    #[test]
    fn a_grown_card_keeps_its_ring_inside_and_clear_of_others() {
        for (width, height) in SIZES {
            let (look, measure) = measure(width, height, 1.0);
            let ring = ring_room(&look);
            for shape in SHAPES {
                let row = at(shape, 0.0);
                let cards = measure.fit(shape).cards as isize;
                for column in 0..cards {
                    let name = format!("{shape:?} {column} {width}");
                    let grown = measure.grown(measure.picture(row, column));
                    assert!(measure.holds(grown.expand(ring)), "{name}");
                    if column + 1 < cards {
                        let next = measure.picture(row, column + 1);
                        assert!(grown.x + grown.width + ring <= next.x, "{name}");
                    }
                    let heading = measure.heading(row);
                    assert!(grown.y - ring >= heading.y + heading.height, "{name}");
                    let below = match shape {
                        Shape::Text => measure.pitch(shape),
                        _ => measure.caption(measure.picture(row, column), 0).y,
                    };
                    assert!(grown.y + grown.height + ring <= below, "{name}");
                }
            }
            let note = measure.note(at(Shape::Poster, 0.0));
            assert!(measure.grown(note).y >= measure.heading(at(Shape::Poster, 0.0)).y);
        }
    }
}
