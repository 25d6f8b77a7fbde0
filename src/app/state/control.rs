//! Answers whoever looks after the box: what is on the screen, in words and as a picture, and whether all is well.

use std::time::{Duration, Instant, SystemTime};

use iced::window::{self, Screenshot};
use iced::{Rectangle, Task};
use serde_json::{Value, json};

use super::reload::Reread;
use super::{App, Message, Now, Screen};
use crate::app::control::{Ask, Refusal};
use crate::app::ui_log::Shown;
use crate::app::{bounds, screen_picture};
use crate::checks::health::{self, Problem};
use crate::config::{Contents, Waiting};
use crate::host::control_socket::Request;
use crate::host::event;
use crate::host::renderer;
use crate::session::{Session, SignOut};

/// No picture is taken sooner after another: a large one takes the loop that draws a moment.
const BETWEEN: Duration = Duration::from_secs(1);
/// A picture that has not come by then does not come.
const LOST: Duration = Duration::from_secs(15);

/// What comes of it.
pub enum ControlMessage {
    /// Somebody asks.
    Asked(Request),
    /// The picture that was asked for, and the parts of it that are covered.
    Pictured(Screenshot, Vec<Rectangle>),
    /// The configuration was read again, for whoever asked.
    Reloaded(Box<Result<Reread, Refusal>>, Option<Request>),
    /// Guests were signed out, for whoever asked.
    GuestsSignedOut(Request, Vec<(Session, SignOut)>),
}

/// What is known for the answers.
#[derive(Debug)]
pub(super) struct Control {
    /// Screen and state, as they were told last.
    shown: (&'static str, &'static str),
    /// Since when they are on.
    since: SystemTime,
    /// Who waits for a picture.
    waits: Option<Request>,
    /// When a picture was asked for last.
    pictured: Option<Instant>,
    /// What a reload could not put in force.
    pub(super) after_restart: Vec<Waiting>,
    /// What the files of the configuration that is in force held.
    pub(super) contents: Contents,
}

impl Default for Control {
    fn default() -> Self {
        Self {
            shown: ("", ""),
            since: SystemTime::now(),
            waits: None,
            pictured: None,
            after_restart: Vec::new(),
            contents: Contents::default(),
        }
    }
}

impl Control {
    /// This is on the screen now.
    pub(super) fn follow(&mut self, shown: &Shown) {
        let now = (shown.screen, shown.state);
        if std::mem::replace(&mut self.shown, now) != now {
            self.since = SystemTime::now();
        }
    }

    /// Whether another picture may be taken now.
    fn refuses_picture(&self, now: Instant) -> bool {
        let since = self.pictured.map(|at| now.saturating_duration_since(at));
        let limit = if self.waits.is_some() { LOST } else { BETWEEN };
        since.is_some_and(|since| since < limit)
    }
}

impl App {
    pub(super) fn on_control(&mut self, message: ControlMessage, now: Now) -> Task<Message> {
        match message {
            ControlMessage::Asked(request) => self.asked(request, now),
            ControlMessage::Pictured(shot, covered) => self.pictured(shot, covered),
            ControlMessage::Reloaded(read, asked) => self.reloaded(*read, asked, now),
            ControlMessage::GuestsSignedOut(asked, gone) => self.guests_signed_out(asked, &gone),
        }
    }

    fn asked(&mut self, mut request: Request, now: Now) -> Task<Message> {
        let ask = serde_json::from_str(request.take());
        match ask {
            Ok(Ask::Screen) => {
                request.answer(&self.report());
                Task::none()
            }
            Ok(Ask::Picture { with_code }) => self.picture(request, with_code, now),
            Ok(Ask::Reload) => self.reload(Some(request)),
            Ok(Ask::Health) => self.health(request),
            Ok(Ask::SignGuestsOut) => self.sign_guests_out(request),
            Err(error) => {
                let refusal = Refusal::usage(format!("this kiosk does not know that: {error}"));
                request.answer(&refusal.into());
                Task::none()
            }
        }
    }

    /// What is on the screen. Of a person there is the profile's name alone.
    fn report(&self) -> Value {
        let shown = self.shown();
        let session = self.session();
        let guest = session.is_some_and(Session::is_guest);
        let profile = session
            .filter(|_| !guest)
            .map(|session| session.account().profile);
        let troubles = event::troubles();
        let is_hidden = |event: &event::Event| matches!(event, event::Event::ScreenHidden { .. });
        let names = troubles.iter().map(event::Event::name).collect::<Vec<_>>();
        json!({
            "screen": shown.screen,
            "state": shown.state,
            "error": self.screen.active().error().filter(|_| self.shows_screen()),
            "since": rfc3339(self.control.since),
            "dimmed": shown.dimmed,
            "hidden": troubles.iter().any(is_hidden),
            "signed_in": session.is_some(),
            "profile": profile,
            "guest": guest,
            "guests": self.accounts.guests.here().count(),
            "size": [shown.size.width.round() as u32, shown.size.height.round() as u32],
            "renderer": renderer::settled(),
            "troubles": names,
            "events": event::record().iter().map(event::Told::json).collect::<Vec<_>>(),
            "after_restart": self.keys_after_restart(),
            "config": self.launch.config_file.as_ref().map(|file| file.display().to_string()),
            "pid": std::process::id(),
            "version": env!("CARGO_PKG_VERSION"),
            "uptime_s": self.lifecycle.started().elapsed().as_secs(),
        })
    }

    /// Whether a server or an API is asked by somebody who is signed in or about to be.
    pub(super) fn asks_servers(&self) -> bool {
        let screen = &self.screen;
        let asks_nothing = matches!(
            screen,
            Screen::Welcome(_) | Screen::Who(_) | Screen::Pin(_) | Screen::SetUp(_)
        );
        !asks_nothing || self.accounts.visit_behind().is_some()
    }

    fn keys_after_restart(&self) -> Vec<&str> {
        let keys = self.control.after_restart.iter();
        keys.map(|waiting| waiting.key.as_str()).collect()
    }

    /// Whether the screen itself is to be seen, and nothing above it.
    fn shows_screen(&self) -> bool {
        self.idle.cover().is_none()
            && self.diagnostics.is_none()
            && self.preferences.panel().is_none()
    }

    /// Has the window draw itself once more, for whoever asked.
    fn picture(&mut self, request: Request, with_code: bool, now: Now) -> Task<Message> {
        if !self.window.is_measured() {
            let refusal = Refusal::now("no_window", "the window has no size yet; try again");
            request.answer(&refusal.into());
            return Task::none();
        }
        if self.control.refuses_picture(now.instant) {
            let refusal = Refusal::now(
                "busy",
                "a picture was taken just now; try again in a second",
            );
            request.answer(&refusal.into());
            return Task::none();
        }
        self.control.pictured = Some(now.instant);
        self.control.waits = Some(request);
        let covered = move || match with_code {
            true => Task::done(Vec::new()),
            false => bounds::measure(|places| {
                let secret = places
                    .iter()
                    .filter(|(name, _)| screen_picture::is_secret(name));
                secret.map(|(_, place)| *place).collect::<Vec<_>>()
            }),
        };
        // The screen may move between the two: what is secret before the picture or after it is covered.
        covered().then(move |before| {
            window::latest()
                .and_then(window::screenshot)
                .then(move |shot| {
                    let before = before.clone();
                    covered().map(move |after| {
                        let covered = before.iter().copied().chain(after).collect();
                        Message::Control(ControlMessage::Pictured(shot.clone(), covered))
                    })
                })
        })
    }

    /// The picture is there: it is written away from the loop that draws.
    fn pictured(&mut self, shot: Screenshot, covered: Vec<Rectangle>) -> Task<Message> {
        let Some(request) = self.control.waits.take() else {
            return Task::none();
        };
        let mut report = self.report();
        let width = self.look.window().width;
        let writing = tokio::task::spawn_blocking(move || {
            match screen_picture::png(&shot, &covered, width) {
                Ok(png) => {
                    report["size"] = json!([shot.size.width, shot.size.height]);
                    report["covered"] = json!(!covered.is_empty());
                    report["png"] = json!(png);
                    request.answer(&report);
                }
                Err(why) => request.answer(&Refusal::now("no_window", why).into()),
            }
        });
        Task::future(writing).discard()
    }

    /// Whether all is well: what is known here, and what the disk and the file of the configuration say.
    fn health(&self, request: Request) -> Task<Message> {
        let mut report = self.report();
        let read = self.launch.read_config.clone();
        let folder = self.launch.config_dir.clone();
        let error = self.screen.active().error();
        let looking = tokio::task::spawn_blocking(move || {
            let mut problems = health::of_events(&event::troubles(), event::session_end().as_ref());
            problems.extend(health::of_disk(&folder));
            problems.extend(error.and_then(Problem::of_screen));
            if let Some(Err(refusal)) = read.map(|read| read()) {
                problems.push(Problem::of_config(refusal.message));
            }
            health::sort(&mut problems);
            report["healthy"] = json!(problems.is_empty());
            report["problems"] = json!(problems);
            request.answer(&report);
        });
        Task::future(looking).discard()
    }
}

/// A moment as RFC 3339 has it, in UTC and to the second.
fn rfc3339(moment: SystemTime) -> Option<String> {
    let moment = jiff::Timestamp::try_from(moment).ok()?;
    Some(format!("{moment:.0}"))
}
