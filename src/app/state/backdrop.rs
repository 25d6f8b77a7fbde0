//! What stands behind the screen that is on.

use iced::Task;

use super::idle::Cover;
use super::{App, Message};
use crate::app::backdrop::{Backdrop, Wish};
#[cfg(test)]
use crate::app::logo::Logo;

impl App {
    /// Has the backdrop follow the screen that is on. The first picture of the program does not wait for one.
    pub(super) fn follow_with_backdrop(&mut self) -> Task<Message> {
        let is_wanted = self.window.is_measured()
            && !self.lifecycle.awaits_picture()
            && (self.asks_who_is_there() || self.screen.active().has_backdrop());
        let wish = is_wanted.then(|| Wish::of(&self.screen_settings(), &self.look));
        self.backdrop.follow(wish.flatten()).map(Message::Backdrop)
    }

    fn asks_who_is_there(&self) -> bool {
        matches!(self.idle.cover(), Some(Cover::StillThere(_)))
    }

    /// The backdrop of what is to be seen, once it is drawn. Panels and diagnostics above a screen have none.
    pub(super) fn shown_backdrop(&self) -> Option<&Backdrop> {
        let is_bare = self.idle.cover().is_none()
            && self.diagnostics.is_none()
            && self.preferences.panel().is_none();
        let is_seen = self.asks_who_is_there() || (is_bare && self.screen.active().has_backdrop());
        let window = self.look.window();
        self.backdrop.shown(window).filter(|_| is_seen)
    }
}

#[cfg(test)]
impl App {
    /// The same with this logo.
    pub(in crate::app) fn with_logo(mut self, logo: Option<Logo>) -> Self {
        self.chrome.logo = logo;
        self
    }

    /// The same with its backdrop drawn.
    pub(in crate::app) fn with_backdrop(mut self) -> Self {
        let wish = Wish::of(&self.screen_settings(), &self.look);
        self.backdrop.at_once(wish);
        self
    }
}
