//! What there is to hear of "Who is watching?".

use super::{Tile, TileKind, Who, WhoControl};
use crate::app::i18n::fl;
use crate::app::screen::welcome::Notice;
use crate::app::screen_reader::{FocusReading, Reading, Role};

impl Who {
    /// What there is to hear of the screen.
    pub fn reading(&self) -> Reading {
        let reading = match self.asking {
            Some(_) => Reading::new("who", fl!("who-broken-title")).text([fl!("who-broken-hint")]),
            None => Reading::new("who", fl!("who-title"))
                .states(self.notice.as_ref().map(Notice::words)),
        };
        reading.focus(self.focus.focused().and_then(|control| {
            let focus = match control {
                WhoControl::Tile(index) => self.tiles.get(index)?.reading(),
                WhoControl::Add => FocusReading::button(fl!("who-add")),
                WhoControl::SignIn => FocusReading::button(fl!("who-sign-in-again")),
                WhoControl::Remove => FocusReading::button(fl!("who-remove")),
                WhoControl::Back => FocusReading::button(fl!("who-back")),
            };
            Some(focus.at(self.focus.number()))
        }))
    }
}

impl Tile {
    fn reading(&self) -> FocusReading {
        let state = match &self.kind {
            TileKind::Ready { pin: true, .. } => fl!("who-pin"),
            TileKind::Ready { pin: false, .. } => String::new(),
            TileKind::Guest { .. } => fl!("who-guest"),
            TileKind::Broken => fl!("who-broken"),
        };
        FocusReading::new(self.called())
            .role(Role::Account)
            .state(state)
    }
}
