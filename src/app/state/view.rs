//! What is to be seen, and what wakes the program.

use iced::widget::{Space, container, stack};
use iced::{Background, Color, Fill, Subscription, Theme, theme};

use super::idle::Cover;
use super::{App, Message};
use crate::app::renderer::Element;
use crate::app::screen::{ambient, still_there};
use crate::app::system_events;
use crate::app::theme::token;
use crate::app::ui_log::Shown;
use crate::app::widget::backdrop::backdrop;
use crate::app::widget::caption::caption;
use crate::app::widget::in_window::{Made, in_window};

impl App {
    /// What wakes the program. Nothing runs that does not change what is to be seen.
    pub fn subscription(&self) -> Subscription<Message> {
        let active = self.screen.active();
        let moves = active.moves() && self.idle.cover().is_none();
        let minutes = if self.chrome.clock.is_some() || active.shows_network() || moves {
            system_events::minutes().map(Message::System)
        } else {
            Subscription::none()
        };
        let first_picture = if self.lifecycle.awaits_picture() {
            system_events::pictures().map(Message::System)
        } else {
            Subscription::none()
        };
        Subscription::batch([
            self.idle_due(),
            self.input.subscription(),
            self.account_changes(),
            first_picture,
            system_events::events().map(Message::System),
            minutes,
        ])
    }

    /// Draws what is on, and hides the pointer that nobody uses.
    pub fn view(&self) -> Element<'_, Message> {
        let pointer = self.input.pointer_look();
        let measured = self.window.is_measured();
        let made = Made {
            size: measured.then(|| self.look.window()),
            factors: self.window.factors(),
            watch: self.window.blank_frames(),
            late: self.window.late_frames(),
        };
        let hear = |event: &iced::Event, now| self.hear(event, now);
        if !measured {
            let nothing = Space::new().width(Fill).height(Fill);
            return in_window(made, pointer, nothing, Message::System, hear);
        }
        let (look, chrome) = (&self.look, &self.chrome);
        let screen = match self.idle.cover() {
            Some(Cover::StillThere(seconds)) => still_there::view(look, chrome, seconds),
            Some(Cover::Ambient) => ambient::view(look, chrome, self.idle.shifts()),
            None => self.uncovered_view(),
        };
        let screen = match self.shown_backdrop() {
            Some(shown) => stack![backdrop(shown), screen].into(),
            None => screen,
        };
        let screen = match self.idle.cover() {
            Some(Cover::Ambient) => screen,
            Some(Cover::StillThere(_)) | None => self.captioned(screen),
        };
        let screen = match self.idle.cover() {
            None if self.idle.is_dimmed() => stack![screen, dimmed()].into(),
            _ => screen,
        };
        let ground = self.window.repaints_ground();
        let ground = ground.then_some(look.palette.ground.into());
        let screen = container(screen)
            .width(Fill)
            .height(Fill)
            .style(move |_| container::Style {
                background: ground,
                ..container::Style::default()
            });
        in_window(made, pointer, screen, Message::System, hear)
    }

    /// Draws what is being said below what is on, where there is room for it.
    fn captioned<'a>(&'a self, screen: Element<'a, Message>) -> Element<'a, Message> {
        match self.look.has_captions() {
            true => {
                let words = self.narrator.caption();
                let beside_code = self.screen.active().is_live();
                stack![screen, caption(&self.look, words, beside_code)].into()
            }
            false => screen,
        }
    }

    /// Draws the diagnostics or the panel that is open, or the screen itself.
    fn uncovered_view(&self) -> Element<'_, Message> {
        let (look, chrome) = (&self.look, &self.chrome);
        match &self.diagnostics {
            Some(screen) => screen.view(look, chrome).map(Message::Diagnostics),
            None => self
                .panel_view()
                .unwrap_or_else(|| self.screen.active().view(look, chrome)),
        }
    }

    /// Title of the window.
    pub fn title(&self) -> String {
        self.chrome.title.clone()
    }

    /// Colours of what we do not style ourselves.
    pub fn theme(&self) -> Theme {
        self.look.theme()
    }

    /// The ground of the window.
    pub fn style(&self, _: &Theme) -> theme::Style {
        theme::Style {
            background_color: self.look.palette.ground,
            text_color: self.look.palette.text,
        }
    }

    /// Undoes the window's own factor: sizes come from the real window.
    pub fn scale_factor(&self) -> f32 {
        self.window.factors().program()
    }

    /// What is on, as `--ui-log` tells it.
    pub(in crate::app) fn shown(&self) -> Shown {
        let (screen, state, focus) = match (self.idle.cover(), &self.diagnostics) {
            (Some(Cover::StillThere(None)), _) => ("still_there", "leaving", None),
            (Some(Cover::StillThere(Some(_))), _) => ("still_there", "asking", None),
            (Some(Cover::Ambient), _) => ("ambient", "idle", None),
            (None, Some(screen)) => ("diagnostics", screen.state(), screen.focus()),
            (None, None) => match self.preferences.panel() {
                Some(panel) => (panel.screen(), panel.state(), panel.focus()),
                None => self.screen.active().shown(),
            },
        };
        let (rows, blank) = if screen == "home" && self.window.is_logged() {
            self.screen.active().rows(&self.look)
        } else {
            (Vec::new(), 0)
        };
        Shown {
            rows,
            blank,
            dimmed: self.idle.is_dimmed(),
            screen,
            state,
            focus,
            size: self.look.window(),
            factor: 1.0,
        }
    }
}

/// Takes light from what is below; dark parts stay as they are.
fn dimmed<'a>() -> Element<'a, Message> {
    container(Space::new())
        .width(Fill)
        .height(Fill)
        .style(|_| container::Style {
            background: Some(Background::Color(Color::BLACK.scale_alpha(token::DIM))),
            ..container::Style::default()
        })
        .into()
}
