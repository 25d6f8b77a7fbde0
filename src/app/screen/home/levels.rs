//! The rows of home, and the lists that cards have opened above them.

use std::time::Instant;

use device_flow::Jitter;

use super::opened::{DEEPEST, Opened};
use super::rows::{Focused, Rows};
use super::{Home, Overlay};
use crate::api::{Card, Refresh};
use crate::app::focus::Direction;
use crate::app::format::format_value;
use crate::app::i18n;
use crate::app::remote::Button;
use crate::app::screen::detail::Detail;
use crate::app::theme::Look;

/// Serial numbers of the rows of one list that was opened.
const SERIALS: u64 = 1 << 32;

impl Home {
    /// The rows on top.
    pub(super) fn top(&self) -> &Rows {
        self.opened.last().map_or(&self.rows, |opened| &opened.rows)
    }

    /// The same, to change them.
    pub(super) fn top_mut(&mut self) -> &mut Rows {
        match self.opened.last_mut() {
            Some(opened) => &mut opened.rows,
            None => &mut self.rows,
        }
    }

    /// All rows, from the bottom.
    pub(super) fn all_rows(&self) -> impl Iterator<Item = &Rows> {
        std::iter::once(&self.rows).chain(self.opened.iter().map(|opened| &opened.rows))
    }

    /// The rows among which is the one with this serial number.
    pub(super) fn rows_with(&mut self, serial: u64) -> Option<&mut Rows> {
        let opened = self.opened.iter_mut().map(|opened| &mut opened.rows);
        std::iter::once(&mut self.rows)
            .chain(opened)
            .find(|rows| rows.has(serial))
    }

    /// Has rows loaded anew when they are on top and near.
    pub(super) fn refresh(&mut self, which: &Refresh, now: Instant) {
        self.rows.refresh(which, now);
        for opened in &mut self.opened {
            opened.rows.refresh(which, now);
        }
    }

    /// What was opened to get here, in words.
    pub(super) fn trail(&self) -> String {
        let tag = i18n::language().tag;
        let first = self
            .opened
            .first()
            .map(|opened| opened.found_in().in_language(tag));
        let below = self.opened.len().saturating_sub(1);
        let parents = self.opened.iter().take(below);
        let parents = parents.map(|opened| format_value(&opened.parent().title));
        let trail = first.map(str::to_owned).into_iter().chain(parents);
        let trail = trail.filter(|title| !title.is_empty());
        trail.collect::<Vec<_>>().join(" › ")
    }

    /// A button was pressed while rows are on top.
    pub(super) fn press_rows(&mut self, button: Button, look: &Look, now: Instant) {
        if let Some(direction) = Direction::of(button) {
            let _ = self.top_mut().go(direction, now);
            return;
        }
        match (button, self.top().focused()) {
            (Button::Select, Focused::Account) if self.opened.is_empty() => self.open_account(),
            (Button::Select | Button::Info, Focused::Account) => self.open_details(look),
            (Button::Select | Button::PlayPause, Focused::Card(row_state, card)) => {
                let (serial, card) = (row_state.serial(), card.clone());
                if !self.open(serial, &card, look, now) {
                    self.open_detail(serial, &card, look);
                }
            }
            (Button::Info, Focused::Card(row_state, card)) => {
                let (serial, card) = (row_state.serial(), card.clone());
                self.open_detail(serial, &card, look);
            }
            (Button::Select, Focused::Failed(row)) => {
                self.pictures.forget_failures();
                self.top_mut().retry(row, now);
            }
            // Nothing is below home: Back is inert there.
            (Button::Back, _) => drop(self.opened.pop()),
            _ => {}
        }
    }

    /// Opens the children of a card, where it has some and there are not too many lists open already.
    pub(super) fn open(&mut self, serial: u64, card: &Card, look: &Look, now: Instant) -> bool {
        let row_state = self.all_rows().find_map(|rows| rows.by_serial(serial));
        let children = row_state
            .filter(|_| self.opened.len() < DEEPEST)
            .and_then(|row_state| Some((row_state, row_state.row.opened_by(card)?)));
        let Some((row_state, children)) = children else {
            return false;
        };
        let serials = (self.openings + 1) * SERIALS;
        let mut opened = Opened::new(row_state, card, children, serials, look, now);
        let jitter = Jitter::new(self.rows.spread());
        opened.rows = opened.rows.jittered(jitter);
        self.openings += 1;
        self.opened.push(opened);
        self.over = Overlay::Nothing;
        true
    }

    fn open_detail(&mut self, serial: u64, card: &Card, look: &Look) {
        let opens = self.opened.len() < DEEPEST;
        let row_state = self.all_rows().find_map(|rows| rows.by_serial(serial));
        if let Some(row_state) = row_state {
            let detail = Detail::new(row_state, card, opens, look);
            self.over = Overlay::Detail(match self.opened.last() {
                Some(opened) => detail.within(format_value(&opened.parent().title)),
                None => detail,
            });
        }
    }

    /// Opens the detail screen of the card whose children are on top.
    fn open_details(&mut self, look: &Look) {
        let Some(opened) = self.opened.last() else {
            return;
        };
        let (serial, card) = (opened.parent_row(), opened.parent().clone());
        let row_state = self.all_rows().find_map(|rows| rows.by_serial(serial));
        if let Some(row_state) = row_state {
            self.over = Overlay::Detail(Detail::new(row_state, &card, false, look));
        }
    }

    /// Cards whose children are open may have changed with their row.
    pub(super) fn renew_opened(&mut self, serial: u64) {
        let row_state = std::iter::once(&self.rows).find_map(|rows| rows.by_serial(serial));
        if let (Some(row_state), Some(opened)) = (row_state, self.opened.first_mut())
            && opened.parent_row() == serial
        {
            opened.renew(row_state);
        }
        for at in 1..self.opened.len() {
            let (below, above) = self.opened.split_at_mut(at);
            let row_state = below
                .last()
                .and_then(|opened| opened.rows.by_serial(serial));
            if let (Some(row_state), Some(opened)) = (row_state, above.first_mut())
                && opened.parent_row() == serial
            {
                opened.renew(row_state);
            }
        }
    }
}
