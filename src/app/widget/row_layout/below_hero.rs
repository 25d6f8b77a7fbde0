//! How much of the screen the rows leave to the card that stands large above them.

use super::{RowLayout, Shape};
use crate::app::theme::{Look, token};

/// The heights that the card above the rows may have, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct HeroHeights {
    /// The usual one.
    usual: f32,
    /// That of words alone: on a screen that stands on end a picture takes the other half.
    words: f32,
    /// The least one for few rows to stand whole.
    least_above_whole: f32,
    /// The least one of all: a title and a line.
    least: f32,
    step: f32,
}

impl RowLayout {
    /// The same with a card large above the rows, where [`Self::filled_by`] finds room for one.
    pub fn with_hero(self, look: &Look) -> Self {
        let share = |share: f32| (self.area.height * share).round();
        let words = look.text(token::HEADING) + look.text(token::LABEL);
        let hero = HeroHeights {
            usual: share(token::HERO_ABOVE),
            words: share(if look.is_on_end() {
                token::HERO_ABOVE_WORDS
            } else {
                token::HERO_ABOVE
            }),
            least_above_whole: share(token::HERO_ABOVE_LEAST),
            least: (words * token::LINE).ceil() + look.px(token::GAP_M),
            step: share(token::HERO_STEP).max(1.0),
        };
        Self {
            hero: Some(hero),
            ..self
        }
    }

    /// With as much above the rows as leaves one of them whole and the next one to be seen, its cards hardly smaller than
    /// without. What a few rows leave goes to what is above them; where there is too little, nothing is above.
    pub(super) fn below_hero(self, heights: HeroHeights, shapes: &[Shape]) -> Self {
        let alone = Self { hero: None, ..self };
        let usual = match shapes.iter().all(|shape| *shape == Shape::Text) {
            true => heights.words,
            false => heights.usual,
        };
        let whole = self.area.height - alone.taken(shapes);
        let above_whole = Some(whole.floor())
            .filter(|height| (heights.least_above_whole..usual).contains(height));
        let steps = (0_u16..).map(|step| usual - f32::from(step) * heights.step);
        let steps = steps.take_while(|height: &f32| *height >= heights.least);
        let below = |above: f32| {
            let mut rows = alone;
            rows.area.height -= above;
            let rows = rows.filled(shapes);
            let is_shown = |shape: &Shape| {
                let (now, usual) = (rows.cards(*shape), alone.cards(*shape));
                rows.pitch(*shape) - rows.row_gap <= rows.area.height && 5 * now <= 6 * usual
            };
            let is_good = shapes.iter().all(is_shown) && rows.tells_of_more(shapes);
            is_good.then(|| rows.leaving(above, shapes))
        };
        let mut found = above_whole.into_iter().chain(steps).filter_map(below);
        found.next().unwrap_or_else(|| alone.filled(shapes))
    }

    /// The height of all rows one above the other.
    fn taken(&self, shapes: &[Shape]) -> f32 {
        let rows = shapes.iter().map(|shape| self.pitch(*shape).ceil());
        (rows.sum::<f32>() - self.row_gap).max(0.0)
    }

    /// The same below something so high, and as much higher as all rows leave.
    fn leaving(self, above: f32, shapes: &[Shape]) -> Self {
        let spare = (self.area.height - self.taken(shapes)).floor().max(0.0);
        let mut rows = self;
        rows.above = above + spare;
        rows.area.height -= spare;
        rows
    }
}
