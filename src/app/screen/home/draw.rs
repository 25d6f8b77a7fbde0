//! Draws the rows of the home screen: only those near the focus, however many there are.

use iced::Rectangle;

use super::error_text;
use super::rows::{Contents, RowState, Rows, name};
use crate::app::focus::row_focus::FocusTarget;
use crate::app::i18n::{self, fl};
use crate::app::pictures::{PictureKey, Pictures};
use crate::app::theme::{BOLD, Look, SANS, token};
use crate::app::widget::card::{self, CardSlot};
use crate::app::widget::draw_list::{DrawList, LineAlign, Primitive, TextLine};
use crate::app::widget::row_layout::{RowLayout, RowPlace};
use crate::app::widget::text_card;
use crate::config::Shape;

/// The rows in view.
pub fn draw(rows: &Rows, pictures: &Pictures, look: &Look) -> DrawList {
    let measure = rows.laid().lifted(look);
    let mut painter = RowsPainter {
        look,
        measure,
        pictures,
        pieces: Vec::new(),
        names: Vec::new(),
        ring: None,
    };
    let (first, whole) = (rows.focus().top(), rows.focus().whole());
    let mut top = 0.0;
    // One more than fits whole: its beginning shows that there is more.
    for row in first..=first + whole {
        let shape = rows.get(row).map(RowState::shape).unwrap_or_default();
        painter.row(rows, row, RowPlace { shape, top });
        top += measure.pitch(shape);
    }
    let RowsPainter {
        mut pieces,
        names,
        ring,
        ..
    } = painter;
    pieces.push(card::ring(look, ring));
    DrawList::new(pieces).names(names).read(look)
}

struct RowsPainter<'a> {
    look: &'a Look,
    measure: RowLayout,
    pictures: &'a Pictures,
    pieces: Vec<Primitive>,
    names: Vec<(String, Rectangle)>,
    ring: Option<Rectangle>,
}

impl RowsPainter<'_> {
    fn row(&mut self, rows: &Rows, row: usize, at: RowPlace) {
        let (row_state, place) = (rows.get(row), rows.focus().position(row));
        let first = place.map_or(0, |place| place.first);
        let focused = match rows.focus().focus() {
            FocusTarget::Item {
                row: focused,
                index,
            } if focused == row => Some(index),
            FocusTarget::Item { .. } | FocusTarget::Account => None,
        };
        self.heading(at, row_state);
        let cards = isize::try_from(self.measure.fit(at.shape).cards).unwrap_or(isize::MAX);
        let noted = row_state.and_then(note);
        for column in -1..=cards {
            let index = first.checked_add_signed(column);
            let has_focus = focused.is_some() && index == focused;
            let picture = self.measure.picture(at, column);
            match (
                &noted,
                row_state.map(|row_state| &row_state.contents),
                index,
            ) {
                (Some((what, hint, said)), _, Some(0)) => {
                    let place = self.measure.note(at);
                    let slot = CardSlot::Note(what, hint, said);
                    self.item(at.shape, place, slot, has_focus, name(row, None));
                }
                (None, Some(Contents::Waiting), Some(index)) => {
                    // A row that waits has one name, whatever it looks like.
                    let named = match focused {
                        Some(_) if has_focus => name(row, None),
                        None if index == first => name(row, None),
                        Some(_) | None => String::new(),
                    };
                    self.item(at.shape, picture, CardSlot::Skeleton, has_focus, named);
                }
                (None, Some(Contents::Cards(cards)), Some(index)) if index < cards.len() => {
                    let card = &cards[index];
                    let handle = card.image.as_ref().and_then(|url| {
                        let radius = self.look.radius();
                        let size = self.measure.picture_size(at.shape);
                        self.pictures.get(&PictureKey::of(url, size, radius))
                    });
                    let named = name(row, Some(card));
                    let slot = CardSlot::Card(card, handle);
                    self.item(at.shape, picture, slot, has_focus, named);
                }
                _ => self.item(at.shape, picture, CardSlot::Empty, false, String::new()),
            }
        }
    }

    /// The title of a row, and where its cards are old, since when.
    fn heading(&mut self, at: RowPlace, row_state: Option<&RowState>) {
        let mut place = self.measure.heading(at);
        let shown = row_state.filter(|_| self.measure.holds(place));
        let title = shown.map(|row_state| {
            row_state
                .row
                .title
                .in_language(i18n::language().tag)
                .to_owned()
        });
        let old = shown.and_then(error_text::stale_note).unwrap_or_default();
        let beside = self.measure.beside_heading(at);
        if !old.is_empty() {
            place.width -= beside.width;
        }
        self.pieces.push(Primitive::Text(TextLine {
            place,
            text: title.unwrap_or_default(),
            size: self.look.text(token::HEADING),
            font: self.look.font(BOLD),
            color: self.look.palette.text,
            align: LineAlign::Start,
        }));
        self.pieces.push(Primitive::Text(TextLine {
            place: beside,
            text: old,
            size: self.look.text(token::LABEL),
            font: self.look.font(SANS),
            color: self.look.palette.muted,
            align: LineAlign::End,
        }));
    }

    fn item(
        &mut self,
        shape: Shape,
        place: Rectangle,
        slot: CardSlot<'_>,
        focused: bool,
        name: String,
    ) {
        let (pieces, look, measure) = (&mut self.pieces, self.look, &self.measure);
        match shape {
            Shape::Text => text_card::draw(pieces, look, measure, place, slot, focused),
            _ => card::draw(pieces, look, measure, (shape, place), slot, focused),
        }
        if focused {
            self.ring = Some(self.measure.grown(place));
        }
        if !name.is_empty() && self.measure.holds(place) {
            self.names.push((name, place));
        }
    }
}

/// The words in place of cards, where a row has none, and below them those of the API.
pub(super) fn note(row_state: &RowState) -> Option<(String, String, String)> {
    match &row_state.contents {
        Contents::Waiting => None,
        Contents::Cards(cards) => cards
            .is_empty()
            .then(|| (fl!("home-empty"), String::new(), String::new())),
        Contents::Failed(error) => {
            let (what, hint) = error_text::note(error);
            Some((what, hint, error_text::said(error)))
        }
    }
}
