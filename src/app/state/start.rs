//! From the command line to the first screen: the configuration, the viewer's wishes, the session on disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::Task;

use super::wishes::Wishes;
use super::{App, Message, Prepared, Screen};
use crate::app::i18n::{self, fl};
use crate::app::remote::Remote;
use crate::app::screen::{Context, set_up};
use crate::app::theme::{Look, token};
use crate::app::widget::Chrome;
use crate::app::words::{self, Words};
use crate::app::{logo, outside};
use crate::config::Config;
use crate::host::{durable, locale, uptime};
use crate::oauth;
use crate::session::{self, Accounts, Restored};

impl App {
    /// Begins with the configuration, or with the set-up screen where there is none.
    pub(super) fn start(&mut self) -> Task<Message> {
        let owner = self.launch.config.as_ref().map(|config| &config.screen);
        let owner = owner.cloned().unwrap_or_default();
        self.wishes = Wishes::read(owner, &self.launch.config_dir);
        self.panel = None;
        let screen = self.wishes.screen();
        i18n::choose(&screen.language);
        self.look = Look::new(&screen, self.look.window());
        self.begin_to_rest(uptime::now());
        self.chrome = Chrome {
            title: screen.title.clone(),
            logo: None,
            clock: screen.clock.then(outside::time_of_day),
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
            if let Err(error) = durable::create_private_folder(&self.launch.config_dir) {
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
        let (profile, config_dir, cache_dir) = (
            self.launch.profile.clone(),
            self.launch.config_dir.clone(),
            self.launch.cache_dir.clone(),
        );
        // Begins now, not when the window is open: both take their time.
        let work =
            tokio::task::spawn_blocking(move || prepare(config, profile, &config_dir, cache_dir));
        let prepared = Task::perform(work, |prepared| {
            Message::Prepared(Box::new(prepared.unwrap_or_else(|error| {
                Err(Words {
                    title: fl!("words-internal-title"),
                    hint: fl!("words-internal"),
                    detail: Some(error.to_string()),
                })
            })))
        });
        let slow = Task::perform(tokio::time::sleep(token::PATIENCE), |()| Message::Slow);
        let (task, handle) = Task::batch([prepared, slow]).abortable();
        self.screen = Screen::Restoring {
            slow: false,
            _work: handle.abort_on_drop(),
        };
        Task::batch([task, logo])
    }
}

/// Opens the accounts and reads the one of `profile`.
fn prepare(config: Config, profile: String, config_dir: &Path, cache_dir: PathBuf) -> Prepared {
    let preset = config.provider.preset;
    let language = locale::tag(&config.screen.language);
    let client = oauth::Client::new(&config.provider)
        .map_err(|error| words::of_error(&error, preset))?
        .speaking(language.as_deref());
    let accounts = Accounts::new(config_dir);
    let restored = match accounts.restore(&client, &profile) {
        Err(session::Error::Ended(_)) => Restored::Nobody,
        restored => restored.map_err(|error| words::of_session(&error, preset))?,
    };
    let context = Context {
        config: Arc::new(config),
        client,
        accounts,
        profile,
        cache_dir,
    };
    Ok((context, restored))
}
