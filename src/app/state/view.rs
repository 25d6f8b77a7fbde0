//! What is to be seen, and what wakes the program.

use iced::widget::{Space, column, container, stack};
use iced::{Background, Color, Element, Fill, Subscription, Theme, mouse, theme};

use super::{App, Message, Screen};
use crate::app::i18n::fl;
use crate::app::idle::IdleLevel;
use crate::app::screen::{ambient, still_there};
use crate::app::system_events;
use crate::app::theme::token;
use crate::app::ui_log::Shown;
use crate::app::widget::control::ring_room;
use crate::app::widget::in_window::{Made, in_window};
use crate::app::widget::{frame, text};
use crate::host::renderer;

impl App {
    /// What wakes the program. Nothing runs that does not change what is to be seen.
    pub fn subscription(&self) -> Subscription<Message> {
        // The welcome tells whether there is a network.
        let welcome = matches!(self.screen, Screen::Welcome(_));
        let clock = if self.chrome.clock.is_some() || welcome {
            system_events::minutes().map(Message::System)
        } else {
            Subscription::none()
        };
        let screen = match &self.screen {
            Screen::SignIn(screen) if !self.is_covered() && self.diagnostics.is_none() => {
                screen.subscription().map(Message::SignIn)
            }
            Screen::Pin(screen) if !self.is_covered() => screen.subscription().map(Message::Pin),
            _ => Subscription::none(),
        };
        let rest = if self.pointing {
            self.pointer.rest()
        } else {
            Subscription::none()
        };
        let frames = if self.motion.is_under_way() {
            iced::time::every(token::GROWTH_FRAME).map(|_| Message::Frame)
        } else {
            Subscription::none()
        };
        let awaited = self.service.listens() || renderer::trial().is_some();
        let first_picture = if awaited && !self.drawn {
            system_events::pictures()
        } else {
            Subscription::none()
        };
        Subscription::batch([
            self.keys(),
            self.gamepads(),
            frames,
            rest.map(Message::Pointer),
            self.key_reports(),
            self.accounts(),
            first_picture.map(Message::System),
            system_events::events().map(Message::System),
            clock,
            screen,
        ])
    }

    /// What game controllers do; the press that wakes the screen does nothing else here, too.
    #[cfg(feature = "gamepad")]
    fn gamepads(&self) -> Subscription<Message> {
        crate::app::gamepad::presses(&self.remote, &self.unattended).map(Message::from)
    }

    #[cfg(not(feature = "gamepad"))]
    #[allow(clippy::unused_self)]
    fn gamepads(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the screen that is on, and hides the pointer that nobody uses.
    pub fn view(&self) -> Element<'_, Message> {
        let pointer = if self.pointing {
            mouse::Interaction::Idle
        } else {
            mouse::Interaction::Hidden
        };
        let made = Made {
            size: self.measured.then(|| self.look.window()),
            factors: self.factors,
            watch: &self.watch,
        };
        if !self.measured {
            let nothing = Space::new().width(Fill).height(Fill);
            return in_window(made, pointer, nothing, Message::System);
        }
        let (look, chrome) = (&self.look, &self.chrome);
        let screen = match (self.farewell(), self.idle.level()) {
            (Some(seconds), _) => still_there::view(look, chrome, seconds),
            (None, IdleLevel::Ambient) => ambient::view(look, chrome, self.idle.shifts()),
            (None, IdleLevel::Dimmed) => stack![self.screen_view(), dimmed()].into(),
            (None, _) => self.screen_view(),
        };
        // Other colours: every buffer of the window still has the old ground.
        let ground = (self.repaints > 0).then_some(look.palette.ground.into());
        let screen = container(screen)
            .width(Fill)
            .height(Fill)
            .style(move |_| container::Style {
                background: ground,
                ..container::Style::default()
            });
        in_window(made, pointer, screen, Message::System)
    }

    /// Draws the diagnostics or the panel that is open, or the screen itself.
    fn screen_view(&self) -> Element<'_, Message> {
        if let Some(screen) = &self.diagnostics {
            let shown = screen.view(&self.look, &self.chrome);
            return shown.map(Message::Diagnostics);
        }
        match &self.panel {
            Some(panel) => panel.view(
                &self.look,
                &self.chrome,
                &self.preferences.screen(),
                self.preferences.unsaved,
            ),
            None => self.screen(),
        }
    }

    fn screen(&self) -> Element<'_, Message> {
        let (look, chrome) = (&self.look, &self.chrome);
        match &self.screen {
            Screen::Restoring { slow, .. } => {
                let words = slow.then(|| text::body(look, fl!("restoring")));
                let middle = column![].push(words).padding([0.0, ring_room(look)]);
                frame(look, chrome, container(middle).center_y(Fill))
            }
            Screen::Welcome(screen) => screen.view(look, chrome),
            Screen::Who(screen) => screen.view(look, chrome),
            Screen::Pin(screen) => screen.view(look, chrome),
            Screen::SignIn(screen) => screen.view(look, chrome).map(Message::SignIn),
            Screen::Success { greeting, home } => greeting
                .view(look, chrome, home.pictures())
                .map(Message::Success),
            Screen::Home(screen) => {
                let visit = self.accounts.visit();
                let screen = screen.view(look, chrome);
                screen.map(move |message| Message::Home(visit, message))
            }
            Screen::SetUp(screen) => screen.view(look, chrome).map(Message::SetUp),
            Screen::Problem(screen) => screen.view(look, chrome),
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
        self.factors.program()
    }

    pub(in crate::app) fn shown(&self) -> Shown {
        let (screen, state, focus) = match (&self.panel, &self.screen) {
            (Some(panel), _) => (panel.screen(), panel.state(), panel.focus()),
            (None, Screen::Restoring { slow, .. }) => {
                ("restoring", if *slow { "slow" } else { "starting" }, None)
            }
            (None, Screen::Welcome(screen)) => ("welcome", screen.state(), screen.focus()),
            (None, Screen::Who(screen)) => ("who", screen.state(), screen.focus()),
            (None, Screen::Pin(screen)) => ("pin", screen.state(), screen.focus()),
            (None, Screen::SignIn(screen)) => ("sign_in", screen.state(), screen.focus()),
            (None, Screen::Success { greeting, .. }) => {
                ("success", greeting.state(), greeting.focus())
            }
            (None, Screen::Home(screen)) => (screen.screen(), screen.state(), screen.focus()),
            (None, Screen::SetUp(screen)) => ("set_up", screen.state(), screen.focus()),
            (None, Screen::Problem(screen)) => ("error", "idle", screen.focus()),
        };
        let (screen, state, focus) = match (self.farewell(), self.idle.level()) {
            (Some(None), _) => ("still_there", "leaving", None),
            (Some(Some(_)), _) => ("still_there", "asking", None),
            (None, IdleLevel::Ambient) => ("ambient", "idle", None),
            (None, _) => match &self.diagnostics {
                Some(screen) => ("diagnostics", screen.state(), screen.focus()),
                None => (screen, state, focus),
            },
        };
        let (rows, blank) = match &self.screen {
            Screen::Home(home) if screen == "home" && self.log.is_some() => {
                (home.rows_shown(), home.blanks(&self.look))
            }
            _ => (Vec::new(), 0),
        };
        Shown {
            rows,
            blank,
            dimmed: self.idle.level() == IdleLevel::Dimmed,
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
