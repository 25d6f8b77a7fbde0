//! From the command line to the first screen: the configuration, the viewer's wishes, the session on disk.

use iced::Task;

use super::first_screen::prepare;
use super::preferences::PreferenceStore;
use super::{App, Message, Screen};
use crate::app::error_text;
use crate::app::i18n;
use crate::app::remote::Remote;
use crate::app::screen::set_up;
use crate::app::theme::{Look, token};
use crate::app::widget::Chrome;
use crate::app::{logo, system_events};
use crate::host::{atomic_file, boot_clock};

impl App {
    /// Begins with the configuration, or with the set-up screen where there is none.
    pub(super) fn start(&mut self) -> Task<Message> {
        let owner = self.launch.config.as_ref().map(|config| &config.screen);
        let owner = owner.cloned().unwrap_or_default();
        self.preferences = PreferenceStore::read(owner, &self.launch.config_dir);
        self.panel = None;
        let screen = self.preferences.screen();
        i18n::choose(&screen.language);
        self.look = Look::new(&screen, self.look.window(), i18n::language());
        self.begin_to_rest(boot_clock::now());
        self.chrome = Chrome {
            title: screen.title.clone(),
            logo: None,
            clock: screen.clock.then(system_events::time_of_day),
        };
        let logo = screen.logo.clone().map_or_else(Task::none, |file| {
            let reading = tokio::task::spawn_blocking(move || logo::read(&file));
            Task::perform(reading, |read| {
                let read = read
                    .map_err(|error| error.to_string())
                    .and_then(|read| read);
                Message::Logo(
                    read.inspect_err(|error| tracing::warn!(%error, "no logo"))
                        .ok(),
                )
            })
        });
        let Some(mut config) = self.launch.config.clone() else {
            // The command on the screen writes into it.
            if let Err(error) = atomic_file::create_private_directory(&self.launch.config_dir) {
                tracing::warn!(%error, folder = %self.launch.config_dir.display(), "no config directory");
            }
            self.screen = Screen::SetUp(set_up::SetUp::new(
                self.launch.looked_for.clone(),
                self.launch.offer_demo.clone(),
            ));
            return Task::none();
        };
        self.remote = Remote::new(&config.remote);
        config.screen = screen;
        let launch = self.launch.clone();
        // Begins now, not when the window is open: both take their time.
        let work = tokio::task::spawn_blocking(move || prepare(config, launch));
        let prepared = Task::perform(work, |prepared| {
            Message::Prepared(Box::new(
                prepared.unwrap_or_else(|error| Err(error_text::of_internal(&error))),
            ))
        });
        Task::batch([self.wait_for(prepared), logo])
    }

    /// Shows that something is being read until `work` answers; it stops with that screen.
    pub(super) fn wait_for(&mut self, work: Task<Message>) -> Task<Message> {
        let slow = Task::perform(tokio::time::sleep(token::PATIENCE), |()| Message::Slow);
        let (task, handle) = Task::batch([work, slow]).abortable();
        self.screen = Screen::Restoring {
            slow: false,
            _work: handle.abort_on_drop(),
        };
        task
    }
}
