//! The greeting, while home loads behind it.

use std::time::Duration;

use iced::Task;

use super::{ActiveScreen, Screen, ScreenAction, ShownState};
use crate::app::focus::Controls;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen::success::{Action, Success};
use crate::app::screen::welcome::Notice;
use crate::app::screen_reader::Reading;
use crate::app::state::accounts::{Behind, Visit};
use crate::app::state::{App, Message, Now};
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use crate::config::Remember;
use crate::session::{RemovedFile, Session, SignOut};
use device_flow::Revocation;

/// The greeting, and the visit whose home loads behind it.
pub(in crate::app) struct Greeted {
    pub(in crate::app) greeting: Success,
    pub(in crate::app) visit: Visit,
}

impl ActiveScreen for Greeted {
    fn shown(&self) -> ShownState {
        ("success", self.greeting.state(), self.greeting.focus())
    }

    fn reading(&self) -> Option<Reading> {
        Some(self.greeting.reading())
    }

    fn has_backdrop(&self) -> bool {
        true
    }

    fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        let pictures = self.visit.home.pictures();
        self.greeting
            .view(look, chrome, pictures)
            .map(Message::from)
    }

    fn press(&mut self, button: Button, _: &Look, _: Now) -> ScreenAction {
        ScreenAction::Success(self.greeting.press(button))
    }

    fn controls(&mut self) -> Option<&mut dyn Controls> {
        Some(self.greeting.controls())
    }

    fn visit(&self) -> Option<&Visit> {
        Some(&self.visit)
    }

    fn visit_mut(&mut self) -> Option<&mut Visit> {
        Some(&mut self.visit)
    }

    fn resized(&mut self, look: &Look, now: Now) -> Task<Message> {
        self.visit.resized(look, now)
    }

    fn language_changed(&mut self, now: Now) {
        self.visit.home.language_changed(now.instant);
    }
}

impl App {
    /// Greets the person; home loads meanwhile.
    pub(super) fn greet(&mut self, session: Session, now: Now) -> Task<Message> {
        let gone = self.guest_arrives(&session);
        self.accounts.replace_behind(&session);
        let Some((visit, loading)) = self.open_home(session.clone(), now) else {
            return self.boot(now);
        };
        let sign_in = self.context.as_ref().map(|context| context.config.sign_in);
        let sign_in = sign_in.unwrap_or_default();
        let greets = Duration::from_secs(sign_in.greeting_seconds.into());
        let asks = session.is_guest() && sign_in.remember == Remember::Ask;
        if greets.is_zero() && !asks {
            self.screen = Screen::Home(visit);
            self.accounts.behind = Behind::Who;
            return Task::batch([gone, loading]);
        }
        let (greeting, shown) = match asks {
            true => Success::asking(session, greets),
            false => Success::new(session, greets),
        };
        self.screen = Screen::Success(Greeted { greeting, visit });
        Task::batch([gone, loading, shown.map(Message::from)])
    }

    /// The person whose greeting is on is a guest no more: their home uses what is kept of them.
    fn stays(&mut self, now: Now) -> Task<Message> {
        let (Screen::Success(Greeted { visit, .. }), Some(context)) =
            (&mut self.screen, &self.context)
        else {
            return Task::none();
        };
        let (session, number) = (visit.session().clone(), visit.number);
        let loading = visit.home.kept(context, &self.look, now.instant);
        let loading = visit.tell(loading);
        self.accounts.replace_behind(&session);
        self.note_profile(&session);
        Task::batch([loading, self.find_conditions(&session, number)])
    }

    pub(in crate::app::state) fn on_success(&mut self, action: Action, now: Now) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Run(task) => task.map(Message::from),
            Action::Continue => {
                self.screen.leave_greeting();
                self.accounts.behind = Behind::Who;
                Task::none()
            }
            Action::Kept(Some(greets)) => Task::batch([self.stays(now), greets.map(Message::from)]),
            Action::Kept(None) => {
                let stays = self.stays(now);
                Task::batch([stays, self.on_success(Action::Continue, now)])
            }
            Action::Restart(outcome) => match (notice(&outcome), &self.accounts.behind) {
                (Notice::SignedOut, Behind::Welcome) => self.sign_in(now),
                // Back where the person came from, who stays as they were.
                (Notice::SignedOut, Behind::Who | Behind::Home(_)) => self.back(None),
                (trouble, Behind::Welcome) => self.welcome(Some(trouble)),
                (trouble, Behind::Who | Behind::Home(_)) => self.root(Some(trouble)),
            },
        }
    }
}

/// What the person is told about a sign-out.
pub(in crate::app::state) fn notice(outcome: &SignOut) -> Notice {
    let beside = &outcome.beside;
    let stays = beside.iter().find_map(|file| file.not_removed.as_ref());
    match (outcome.not_removed.as_ref().or(stays), &outcome.revocation) {
        (Some(why), _) => Notice::NotRemoved(why.clone()),
        (None, Revocation::Failed(_)) => Notice::NotRevoked,
        (None, _) if beside.iter().any(RemovedFile::leaves_tokens) => Notice::NotRevoked,
        (None, Revocation::Revoked | Revocation::NotOffered) => Notice::SignedOut,
    }
}
