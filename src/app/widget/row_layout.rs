//! Where rows and cards stand. Pure: sizes in, rectangles out.

use iced::{Point, Rectangle, Size};

use super::control::ring_room;
use crate::app::focus::row_focus::RowFit;
use crate::app::theme::{Look, token};
use crate::config::Shape;

impl Shape {
    /// Cards that stand side by side whole on a screen of 16:9.
    fn cards(self) -> usize {
        match self {
            Self::Wide => token::CARDS,
            Self::Poster | Self::Square => token::NARROW_CARDS,
            Self::Text => token::TEXT_CARDS,
        }
    }

    /// The fewest that stand side by side anywhere: one alone would be higher than a screen.
    fn fewest(self) -> usize {
        match self {
            Self::Wide | Self::Text => 1,
            Self::Poster | Self::Square => 2,
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
    /// Width to that of 16:9.
    breadth: f32,
    on_end: bool,
    /// As many cards fewer stand in each row, for the rows to fill a screen that stands on end.
    fewer: usize,
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
            breadth: look.breadth(),
            on_end: look.is_on_end(),
            fewer: 0,
        }
    }

    /// The same where these are all rows that there are. On a screen that stands on end few rows have larger cards, as
    /// long as all of them are seen whole: what is left below them would stay black.
    pub fn filled_by(self, shapes: impl Iterator<Item = Shape> + Clone) -> Self {
        if !self.on_end {
            return self;
        }
        let fits = |layout: &Self| {
            let mut left = layout.room() as f32;
            shapes.clone().all(|shape| {
                left -= layout.pitch(shape).ceil();
                left >= 0.0
            })
        };
        let filled = (1..token::NARROW_CARDS)
            .map(|fewer| Self { fewer, ..self })
            .take_while(fits)
            .last()
            .unwrap_or(self);
        // What is left then goes between the rows.
        let taken = shapes.clone().map(|shape| filled.pitch(shape).ceil());
        let spare = (filled.room() as f32 - taken.sum::<f32>()) / shapes.count().max(1) as f32;
        let row_gap = filled.row_gap + spare.clamp(0.0, filled.heading).floor();
        Self { row_gap, ..filled }
    }

    /// Cards that stand side by side whole: those of 16:9, and more or fewer where a screen is wider or narrower, for
    /// a card to be as large as there. A row that is higher than its area has smaller ones.
    fn cards(&self, shape: Shape) -> usize {
        let usual = (shape.cards() as f32 * self.breadth).round().max(1.0) as usize;
        let usual = usual.saturating_sub(self.fewer).max(shape.fewest());
        let is_whole =
            |cards: &usize| self.pitch_of(shape, *cards) <= self.area.height + self.row_gap;
        (usual..2 * usual).find(is_whole).unwrap_or(usual)
    }

    /// Size of a card without the words below it.
    pub fn card(&self, shape: Shape) -> Size {
        self.card_of(shape, self.cards(shape))
    }

    /// Size of one of so many cards.
    fn card_of(&self, shape: Shape, cards: usize) -> Size {
        let cards = cards as f32;
        let width = ((self.area.width - 2.0 * self.inset - (cards - 1.0) * self.gap) / cards)
            .floor()
            .max(1.0);
        let height = match shape {
            // A row of words is as high as one of wide pictures with words below them.
            Shape::Text => {
                let wide = (Shape::Wide.cards() as f32 * self.breadth).round().max(1.0);
                self.card_of(Shape::Wide, wide as usize).height + 2.0 * self.line
            }
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
        self.pitch_of(shape, self.cards(shape))
    }

    fn pitch_of(&self, shape: Shape, cards: usize) -> f32 {
        let captions = match shape {
            Shape::Text => 0.0,
            Shape::Wide | Shape::Poster | Shape::Square => 2.0 * self.line,
        };
        let card = self.card_of(shape, cards);
        self.heading + 2.0 * self.margin + card.height + captions + self.row_gap
    }

    /// What a row takes.
    pub fn fit(&self, shape: Shape) -> RowFit {
        RowFit {
            cards: self.cards(shape),
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
        let cards = token::NOTE_CARDS.min(self.cards(Shape::Wide)) as f32;
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
        // However large it is, its ring stays clear of its neighbours, and inside.
        let width = width
            .min(place.width + (self.gap - 2.0 * self.inset).max(0.0))
            .min(self.area.width - 2.0 * self.inset);
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
    /// Windows, with the cards of each form that stand side by side and the rows that stand whole.
    type Expected = [(usize, u32); 4];
    const TABLE: [((f32, f32), Expected); 13] = [
        ((1280.0, 720.0), [(5, 2), (7, 1), (7, 1), (3, 2)]),
        ((1920.0, 1080.0), [(5, 2), (7, 1), (7, 1), (3, 2)]),
        ((3840.0, 2160.0), [(5, 2), (7, 1), (7, 1), (3, 2)]),
        ((1366.0, 768.0), [(5, 2), (7, 1), (7, 1), (3, 2)]),
        ((1280.0, 1024.0), [(4, 2), (6, 1), (6, 2), (3, 2)]),
        ((1024.0, 768.0), [(4, 2), (6, 1), (6, 1), (2, 2)]),
        ((1024.0, 600.0), [(4, 1), (6, 1), (6, 1), (2, 1)]),
        ((800.0, 480.0), [(3, 1), (5, 1), (5, 1), (2, 1)]),
        ((640.0, 480.0), [(3, 1), (4, 1), (4, 1), (2, 1)]),
        ((2560.0, 1080.0), [(7, 2), (9, 1), (9, 1), (4, 2)]),
        ((3440.0, 1440.0), [(7, 2), (9, 1), (9, 1), (4, 2)]),
        ((3840.0, 1080.0), [(10, 2), (14, 1), (14, 1), (6, 2)]),
        ((1080.0, 1920.0), [(3, 3), (4, 2), (4, 3), (2, 3)]),
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
        for ((width, height), expected) in TABLE {
            for text_scale in [1.0, 1.3] {
                let (_, measure) = measure(width, height, text_scale);
                for (shape, (cards, rows)) in SHAPES.into_iter().zip(expected) {
                    let name = format!("{shape:?} {width}x{height} {text_scale}");
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
    fn a_wider_screen_has_more_cards_and_not_larger_ones() {
        for shape in SHAPES {
            let width = |width, height| {
                let (look, measure) = measure(width, height, 1.0);
                measure.card(shape).width / look.unit()
            };
            let usual = width(1920.0, 1080.0);
            for (wide, high) in [(2560.0, 1080.0), (3440.0, 1440.0), (3840.0, 1080.0)] {
                let now = width(wide, high);
                assert!(
                    (0.9..1.08).contains(&(now / usual)),
                    "{shape:?} {wide}: {now}"
                );
            }
        }
    }

    #[test]
    fn few_rows_fill_a_screen_that_stands_on_end() {
        use Shape::{Poster, Wide};
        let (_, on_end) = measure(1080.0, 1920.0, 1.0);
        for (rows, cards) in [
            (&[Wide][..], 1),
            (&[Wide, Wide], 1),
            (&[Wide, Wide, Wide], 2),
            (&[Wide; 4], 3),
            (&[Poster, Poster], 3),
        ] {
            let filled = on_end.filled_by(rows.iter().copied());
            assert_eq!(filled.fit(rows[0]).cards, cards, "{rows:?}");
            let taken: u32 = rows.iter().map(|shape| filled.fit(*shape).height).sum();
            assert!(taken <= filled.room(), "{rows:?}");
            let left = filled.room() - taken;
            assert!(
                rows.len() < 2 || left < filled.room() / 5,
                "{rows:?}: {left}"
            );
        }
        let (_, usual) = measure(1920.0, 1080.0, 1.0);
        assert_eq!(usual.filled_by([Wide].into_iter()), usual);
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
        for ((width, height), _) in TABLE {
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
