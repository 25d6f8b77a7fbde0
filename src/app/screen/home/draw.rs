//! Draws the rows of the home screen: only those near the focus, however many there are.

use iced::{Rectangle, Size};

use super::error_text;
use super::rows::{Contents, RowState, Rows, name};
use crate::app::focus::row_focus::FocusTarget;
use crate::app::i18n::fl;
use crate::app::pictures::{PictureKey, Pictures};
use crate::app::theme::{BOLD, Look, SANS, token};
use crate::app::widget::card::{self, CardSlot};
use crate::app::widget::draw_list::{DrawList, LineAlign, Primitive, TextLine};
use crate::app::widget::row_layout::RowLayout;

/// The rows in view, in an area of this size.
pub fn draw(rows: &Rows, pictures: &Pictures, look: &Look, area: Size) -> DrawList {
    let measure = RowLayout::new(look, area);
    let mut painter = RowsPainter {
        look,
        measure,
        pictures,
        pieces: Vec::new(),
        names: Vec::new(),
        ring: None,
    };
    let (top, fits) = (rows.focus().top(), rows.focus().fits());
    // One more than fits whole: its beginning shows that there is more.
    for slot in 0..=fits.rows {
        painter.row(rows, slot, top + slot);
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
    fn row(&mut self, rows: &Rows, slot: usize, row: usize) {
        let (row_state, place) = (rows.get(row), rows.focus().position(row));
        let first = place.map_or(0, |place| place.first);
        let focused = match rows.focus().focus() {
            FocusTarget::Item {
                row: focused,
                index,
            } if focused == row => Some(index),
            FocusTarget::Item { .. } | FocusTarget::Account => None,
        };
        self.heading(slot, row_state);
        let cards = isize::try_from(rows.focus().fits().cards).unwrap_or(isize::MAX);
        let noted = row_state.and_then(note);
        for column in -1..=cards {
            let index = first.checked_add_signed(column);
            let has_focus = focused.is_some() && index == focused;
            let picture = self.measure.picture(slot, column);
            match (
                &noted,
                row_state.map(|row_state| &row_state.contents),
                index,
            ) {
                (Some((what, hint, said)), _, Some(0)) => {
                    let place = self.measure.note(slot);
                    self.item(
                        place,
                        CardSlot::Note(what, hint, said),
                        has_focus,
                        name(row, None),
                    );
                }
                (None, Some(Contents::Waiting), Some(index)) => {
                    // A row that waits has one name, whatever it looks like.
                    let named = match focused {
                        Some(_) if has_focus => name(row, None),
                        None if index == first => name(row, None),
                        Some(_) | None => String::new(),
                    };
                    self.item(picture, CardSlot::Skeleton, has_focus, named);
                }
                (None, Some(Contents::Cards(cards)), Some(index)) if index < cards.len() => {
                    let card = &cards[index];
                    let handle = card.image.as_ref().and_then(|url| {
                        let radius = self.look.px(token::RADIUS);
                        self.pictures
                            .get(&PictureKey::of(url, self.measure.card(), radius))
                    });
                    let named = name(row, Some(card));
                    self.item(picture, CardSlot::Card(card, handle), has_focus, named);
                }
                _ => self.item(picture, CardSlot::Empty, false, String::new()),
            }
        }
    }

    /// The title of a row, and where its cards are old, since when.
    fn heading(&mut self, slot: usize, row_state: Option<&RowState>) {
        let mut place = self.measure.heading(slot);
        let shown = row_state.filter(|_| self.measure.holds(place));
        let title = shown.map(|row_state| row_state.row.title.clone());
        let old = shown.and_then(error_text::stale_note).unwrap_or_default();
        let beside = self.measure.beside_heading(slot);
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

    fn item(&mut self, place: Rectangle, slot: CardSlot<'_>, focused: bool, name: String) {
        card::draw(
            &mut self.pieces,
            self.look,
            &self.measure,
            place,
            slot,
            focused,
        );
        if focused {
            self.ring = Some(self.measure.grown(place));
        }
        if !name.is_empty() && self.measure.holds(place) {
            self.names.push((name, place));
        }
    }
}

/// The words in place of cards, where a row has none, and below them those of the API.
fn note(row_state: &RowState) -> Option<(String, String, String)> {
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
