//! What the viewer changes about the screen: to be seen at once, and kept.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use iced::Task;

use super::{App, Message, Screen};
use crate::app::i18n;
use crate::app::screen::panel::{self, Panel, PanelKind};
use crate::app::system_events;
use crate::app::theme::Look;
use crate::config::{self, Preference, Preferences};
use crate::host::locale;

/// What the owner wants of the screen and what the viewer changed of it.
#[derive(Debug, Default)]
pub(super) struct PreferenceStore {
    owner: config::Screen,
    viewer: Preferences,
    kept: Writer,
    /// Whether the last change could not be kept.
    pub(super) unsaved: bool,
}

impl PreferenceStore {
    /// The owner's wishes with what the viewer changed earlier.
    pub(super) fn read(owner: config::Screen, config_dir: &Path) -> Self {
        Self {
            owner,
            viewer: Preferences::read(config_dir),
            kept: Writer {
                folder: config_dir.to_owned(),
                ..Writer::default()
            },
            unsaved: false,
        }
    }

    /// The owner's wishes alone.
    #[cfg(test)]
    pub(super) fn of(owner: &config::Screen) -> Self {
        Self {
            owner: owner.clone(),
            ..Self::default()
        }
    }

    /// How the screen is to look.
    pub(super) fn screen(&self) -> config::Screen {
        self.viewer.applied_to(&self.owner)
    }

    /// Waits for what is being written, and writes what is not yet. Blocks.
    pub(super) fn settle(&self) -> impl FnOnce() + Send + use<> {
        let kept = self.kept.clone();
        move || {
            if let Err(error) = kept.write() {
                tracing::warn!(%error, "the preferences could not be saved");
            }
        }
    }
}

/// Writes the newest preferences, one write after the other, without making anybody wait.
#[derive(Debug, Clone, Default)]
struct Writer {
    folder: PathBuf,
    newest: Arc<Mutex<Option<Preferences>>>,
    writing: Arc<Mutex<()>>,
}

impl Writer {
    /// What is to be written next. A change before that takes its place.
    fn put(&self, preferences: Preferences) {
        *lock(&self.newest) = Some(preferences);
    }

    /// Writes what was put last, unless it has been written already.
    fn write(&self) -> io::Result<()> {
        let _one_at_a_time = lock(&self.writing);
        let newest = lock(&self.newest).take();
        newest.map_or(Ok(()), |newest| newest.write(&self.folder))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl App {
    /// Opens a panel above the screen that is on.
    pub(in crate::app) fn open(&mut self, which: PanelKind) {
        self.panel = Some(Panel::new(which, &self.preferences.screen()));
    }

    pub(super) fn on_panel(&mut self, action: panel::Action) -> Task<Message> {
        match action {
            panel::Action::None => Task::none(),
            panel::Action::Close => {
                self.panel = None;
                Task::none()
            }
            panel::Action::Change(preference) => self.change(preference),
        }
    }

    /// Shows a change and has it kept.
    fn change(&mut self, preference: Preference) -> Task<Message> {
        let viewer = self.preferences.viewer.clone().with(preference);
        self.preferences.viewer = viewer.clone();
        self.preferences.unsaved = false;
        self.preferences.kept.put(viewer);
        let kept = self.preferences.kept.clone();
        let written = Task::future(tokio::task::spawn_blocking(move || kept.write()));
        // Only what the viewer must know becomes a message.
        let failed = written.then(|written| match written {
            Ok(Ok(())) => Task::none(),
            Ok(Err(error)) => Task::done(Message::Unsaved(error.to_string())),
            Err(error) => Task::done(Message::Unsaved(error.to_string())),
        });
        Task::batch([self.restyle(), failed])
    }

    /// Speaks the language and wears the look that are wished for now.
    pub(super) fn restyle(&mut self) -> Task<Message> {
        let screen = self.preferences.screen();
        i18n::choose(&screen.language);
        // It is written as the language does.
        if self.chrome.clock.is_some() {
            self.chrome.clock = Some(system_events::time_of_day());
        }
        if let Some(context) = &mut self.context {
            let language = locale::tag(&screen.language);
            context.client = context.client.clone().speaking(language.as_deref());
        }
        self.look = Look::new(&screen, self.look.window(), i18n::language());
        self.relaid()
    }

    /// Everything has another size or place.
    pub(super) fn relaid(&mut self) -> Task<Message> {
        self.pointer.scaled(self.look.unit());
        match &mut self.screen {
            Screen::Who(screen) => screen.resized(&self.look),
            Screen::Home(home) | Screen::Success { home, .. } => {
                let visit = self.accounts.visit();
                let task = home.resized(&self.look, Instant::now());
                return task.map(move |message| Message::Home(visit, message));
            }
            _ => {}
        }
        Task::none()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::Theme;

    fn wishes(folder: &Path) -> PreferenceStore {
        PreferenceStore::read(config::Screen::default(), folder)
    }

    #[test]
    fn the_newest_change_is_written_and_written_once() {
        let home = tempfile::tempdir().unwrap();
        let wishes = wishes(home.path());
        for theme in [Theme::Light, Theme::HighContrast] {
            wishes
                .kept
                .put(Preferences::default().with(Preference::Theme(theme)));
        }
        wishes.kept.write().unwrap();
        let read = Preferences::read(home.path());
        assert_eq!(read.theme, Some(Theme::HighContrast));
        fs::remove_file(home.path().join("preferences.toml")).unwrap();
        wishes.settle()();
        assert_eq!(Preferences::read(home.path()), Preferences::default());
    }

    #[test]
    fn what_is_not_written_at_the_end_is_written_then() {
        let home = tempfile::tempdir().unwrap();
        let wishes = wishes(home.path());
        let light = Preferences::default().with(Preference::Theme(Theme::Light));
        wishes.kept.put(light.clone());
        wishes.settle()();
        assert_eq!(Preferences::read(home.path()), light);
        assert_eq!(
            PreferenceStore::read(config::Screen::default(), home.path())
                .screen()
                .theme,
            Theme::Light
        );
    }
}
