//! From the command line to the first screen: the configuration, the viewer's preferences, the session on disk.

use std::path::PathBuf;

use iced::Task;

use super::first_screen::{Booted, FirstScreen, read};
use super::preferences::PreferenceStore;
use super::screen::restoring;
use super::{App, Message, Now, Screen};
use crate::app::logo::Logo;
use crate::app::remote::Remote;
use crate::app::screen::pin::Purpose;
use crate::app::screen::set_up::SetUp;
use crate::app::screen::welcome::Notice;
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use crate::app::{error_text, i18n, system_events};
use crate::config::{LogoPlate, Start};
use crate::host::{atomic_file, panics};
use crate::session::AccountState;

impl App {
    /// Begins with the configuration, or with the set-up screen where there is none.
    pub(super) fn boot(&mut self, now: Now) -> Task<Message> {
        self.preferences = PreferenceStore::read(&self.launch.config_dir);
        let screen = self.screen_settings();
        i18n::choose(&screen.language);
        self.look = Look::new(&screen, self.look.window(), i18n::language());
        self.begin_idle(now.uptime);
        self.chrome = Chrome {
            title: screen.title.clone(),
            logo: None,
            clock: screen.clock.then(system_events::time_of_day),
            ..Chrome::default()
        };
        let plate = screen.logo_plate;
        let logo = screen.logo;
        let logo = logo.map_or_else(Task::none, |file| read_logo(file, plate));
        let Some(config) = self.launch.config.clone() else {
            // The command on the screen writes into it.
            if let Err(error) = atomic_file::create_private_directory(&self.launch.config_dir) {
                tracing::warn!(%error, folder = %self.launch.config_dir.display(), "no config directory");
            }
            self.screen = Screen::SetUp(SetUp::new(
                self.launch.looked_for.clone(),
                self.launch.offer_demo.clone(),
            ));
            return Task::none();
        };
        self.input.use_remote(Remote::new(&config.remote));
        let launch = self.launch.clone();
        // Begins now, not when the window is open: both take their time.
        let work = tokio::task::spawn_blocking(move || read(config, &screen.language, launch));
        let reading = self.wait_for(async move {
            match work.await {
                Ok(Ok(booted)) => restoring::Message::Booted(Box::new(booted)),
                Ok(Err(words)) => restoring::Message::Failed(words),
                Err(error) => restoring::Message::Failed(error_text::of_internal(&error)),
            }
        });
        Task::batch([reading, logo])
    }

    /// What was found on disk decides the first screen.
    pub(super) fn booted(&mut self, booted: Booted, now: Now) -> Task<Message> {
        let Booted {
            context,
            contents,
            first,
        } = booted;
        self.control.contents = contents;
        let at_launch = context.config.sign_in.start == Start::AtLaunch;
        self.context = Some(context);
        match first {
            FirstScreen::Who(choices) => self.gathered(choices, now),
            FirstScreen::Pin(account) => self.ask_pin(*account, Purpose::Unlock, now),
            FirstScreen::Restored(AccountState::SignedIn(session)) => self.go_home(session, now),
            FirstScreen::Restored(AccountState::SignedOut | AccountState::Foreign { .. })
                if at_launch =>
            {
                self.sign_in_by_itself(now)
            }
            FirstScreen::Restored(AccountState::SignedOut | AccountState::Foreign { .. }) => {
                self.welcome(None)
            }
            FirstScreen::Restored(AccountState::Broken { file, why }) => {
                tracing::warn!(kept = %file.display(), %why, "session set aside");
                self.welcome(Some(Notice::SetAside))
            }
        }
    }
}

pub(super) fn read_logo(file: PathBuf, plate: LogoPlate) -> Task<Message> {
    let reading = panics::contained((), move || Logo::read(&file, plate));
    Task::perform(reading, |read| {
        let read = read.and_then(|read| read);
        let read = read.inspect_err(|error| tracing::warn!(%error, "no logo"));
        Message::Logo(read.ok().map(Box::new))
    })
}
