//! Where rows and cards stand. Pure: sizes in, rectangles out.

mod below_hero;

use iced::{Point, Rectangle, Size};

use super::control::ring_room;
use crate::app::focus::row_focus::RowFit;
use crate::app::theme::{Look, token};
use crate::config::Shape;
use below_hero::HeroHeights;

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
    /// As many cards fewer stand in each row, or more, for the rows to fill a screen that stands on end, and for the next
    /// one to be seen.
    fewer: isize,
    /// The least gap between rows.
    least_row_gap: f32,
    /// As much of a row tells that it is there: its heading, and the upper edge of its pictures.
    tells: f32,
    /// What may stand above the rows; nothing where nothing is to.
    hero: Option<HeroHeights>,
    /// Height of what stands above the rows.
    above: f32,
}

/// What is tried for the next row to be seen, the nearest to the usual first.
const FEWER: [isize; 7] = [0, 1, -1, 2, -2, 3, -3];
/// Rows that are looked at for that. Further ones come in the same forms.
const LOOKED_AT: usize = 40;

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
        let heading = (look.text(token::HEADING) * token::LINE).ceil();
        let margin = look.px(token::CARD_MARGIN);
        Self {
            area,
            inset: ring_room(look),
            gap: look.px(token::CARD_GAP),
            margin,
            heading,
            line: (look.text(token::LABEL) * token::LINE).ceil(),
            row_gap: look.px(token::ROW_GAP),
            thumbnail: look.px(token::THUMBNAIL),
            progress: look.px(token::PROGRESS),
            growth: token::CARD_GROWTH,
            breadth: look.breadth(),
            on_end: look.is_on_end(),
            fewer: 0,
            least_row_gap: look.px(token::ROW_GAP_LEAST),
            tells: heading + margin + look.px(token::TELLS),
            hero: None,
            above: 0.0,
        }
        .lifted(look)
    }

    /// The same where these are all rows that there are.
    pub fn filled_by(self, shapes: impl Iterator<Item = Shape>) -> Self {
        let shapes: Vec<_> = shapes.collect();
        match self.hero {
            Some(heights) => self.below_hero(heights, &shapes),
            None => self.filled(&shapes),
        }
    }

    fn filled(self, shapes: &[Shape]) -> Self {
        let filled = if self.on_end {
            self.enlarged_for(shapes)
        } else {
            self
        };
        filled.telling_of_more(shapes)
    }

    /// Whether something is to stand above the rows.
    pub fn has_hero(&self) -> bool {
        self.hero.is_some()
    }

    /// Height of what stands above the rows, of which [`Self::area`] is the rest.
    pub fn above(&self) -> f32 {
        self.above
    }

    /// Size of the area that the rows stand in.
    pub fn area(&self) -> Size {
        self.area
    }

    /// The same while what has the focus has grown as far as in `look`.
    pub fn lifted(self, look: &Look) -> Self {
        let growth = 1.0 + (token::CARD_GROWTH - 1.0) * look.lift();
        Self { growth, ..self }
    }

    /// On a screen that stands on end few rows have larger cards, as long as all of them are seen whole: what is left
    /// below them would stay black.
    fn enlarged_for(self, shapes: &[Shape]) -> Self {
        let fits = |layout: &Self| {
            let mut left = layout.room() as f32;
            shapes.iter().all(|shape| {
                left -= layout.pitch(*shape).ceil();
                left >= 0.0
            })
        };
        let most = isize::try_from(token::NARROW_CARDS).unwrap_or(1);
        let filled = (1..most)
            .map(|fewer| Self { fewer, ..self })
            .take_while(fits)
            .last()
            .unwrap_or(self);
        // What is left then goes between the rows.
        let taken = shapes.iter().map(|shape| filled.pitch(*shape).ceil());
        let spare = (filled.room() as f32 - taken.sum::<f32>()) / shapes.len().max(1) as f32;
        let row_gap = filled.row_gap + spare.clamp(0.0, filled.heading).floor();
        Self { row_gap, ..filled }
    }

    /// With cards a little larger or smaller, or rows a little closer, for the row after the last whole one to be seen with
    /// its heading, wherever the rows are scrolled to.
    fn telling_of_more(self, shapes: &[Shape]) -> Self {
        let least = self.least_row_gap.min(self.row_gap);
        let gaps = [self.row_gap, f32::midpoint(self.row_gap, least), least];
        let ways = FEWER.into_iter().flat_map(|fewer| {
            gaps.map(|row_gap| Self {
                fewer: self.fewer + fewer,
                row_gap,
                ..self
            })
        });
        let is_near = |layout: &Self| {
            let mut shapes = shapes.iter();
            shapes.all(|shape| 2 * layout.cards(*shape) >= self.cards(*shape))
        };
        let mut ways = ways.filter(|layout| is_near(layout) && layout.tells_of_more(shapes));
        ways.next().unwrap_or(self)
    }

    fn tells_of_more(&self, shapes: &[Shape]) -> bool {
        let shapes = &shapes[..shapes.len().min(LOOKED_AT)];
        let pitches: Vec<_> = shapes.iter().map(|shape| self.pitch(*shape)).collect();
        (0..pitches.len()).all(|top| {
            let (mut taken, mut edge) = (0.0, 0.0);
            for (row, pitch) in pitches[top..].iter().enumerate() {
                taken += pitch.ceil();
                if row > 0 && taken > self.room() as f32 {
                    return edge + self.tells <= self.area.height;
                }
                edge += pitch;
            }
            true
        })
    }

    /// Cards that stand side by side whole: those of 16:9, and more or fewer where a screen is wider or narrower, for
    /// a card to be as large as there. A row that is higher than its area has smaller ones.
    fn cards(&self, shape: Shape) -> usize {
        let usual = (shape.cards() as f32 * self.breadth).round().max(1.0) as usize;
        // A line of letters is as long in each: what gives way is how high a card of words is.
        let fewer = match shape {
            Shape::Text if !self.on_end => 0,
            _ => self.fewer,
        };
        let usual = usual.saturating_add_signed(-fewer).max(shape.fewest());
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
                let wide = (Shape::Wide.cards() as f32 * self.breadth).round().max(1.0) as usize;
                let fewer = if self.on_end { 0 } else { self.fewer };
                let wide = wide.saturating_add_signed(-fewer).max(1);
                self.card_of(Shape::Wide, wide).height + 2.0 * self.line
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
mod tests;
