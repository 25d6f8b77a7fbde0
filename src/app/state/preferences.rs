//! The viewer's own settings of the screen: to be seen at once, and kept on disk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use iced::Task;

use super::{App, Message, Now};
use crate::app::i18n;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen::panel::{self, Panel, PanelKind};
use crate::app::screen_reader::Reading;
use crate::app::theme::Look;
use crate::config::{self, Aloud, Preference, Preferences};
use crate::host::locale;
use crate::session::Session;

/// What the viewer changed of the screen, and where that is done.
#[derive(Debug, Default)]
pub(super) struct PreferenceStore {
    /// What the viewer changed.
    viewer: Preferences,
    /// What that was before a guest came, whose changes are never written.
    before_guest: Option<Preferences>,
    /// Keeps it on disk.
    writer: Writer,
    /// Whether the last change could not be kept.
    unsaved: bool,
    /// The panel that is open above the screen.
    panel: Option<Panel>,
}

impl PreferenceStore {
    /// What the viewer changed earlier.
    pub(super) fn read(config_dir: &Path) -> Self {
        Self {
            viewer: Preferences::read(config_dir),
            writer: Writer {
                folder: config_dir.to_owned(),
                ..Writer::default()
            },
            ..Self::default()
        }
    }

    /// How the screen is to look: as the owner wants it, but for what the viewer changed.
    fn applied_to(&self, owner: &config::Screen) -> config::Screen {
        self.viewer.applied_to(owner)
    }

    /// Makes a change, which is written in the background.
    fn change(&mut self, preference: Preference) -> Task<Message> {
        self.viewer = self.viewer.clone().with(preference);
        self.unsaved = false;
        self.writer.put(self.viewer.clone());
        let writer = self.writer.clone();
        let written = Task::future(tokio::task::spawn_blocking(move || writer.write()));
        // Only what the viewer must know becomes a message.
        written.then(|written| match written {
            Ok(Ok(())) => Task::none(),
            Ok(Err(error)) => Task::done(Message::PreferencesUnsaved(error.to_string())),
            Err(error) => Task::done(Message::PreferencesUnsaved(error.to_string())),
        })
    }

    /// Makes a change of a guest's: for as long as they are here.
    fn change_for_guest(&mut self, preference: Preference) {
        let _ = self.before_guest.get_or_insert_with(|| self.viewer.clone());
        self.viewer = self.viewer.clone().with(preference);
        self.unsaved = false;
    }

    /// The guest is gone, and so is what they changed. Whether that was anything.
    pub(super) fn forget_guest(&mut self) -> bool {
        let before = self.before_guest.take();
        before.map(|before| self.viewer = before).is_some()
    }

    /// The last change could not be kept.
    pub(super) fn not_saved(&mut self, error: &str) {
        tracing::warn!(%error, "the preferences could not be saved");
        self.unsaved = true;
    }

    /// Waits for what is being written, and writes what is not yet. Blocks.
    pub(super) fn settle(&self) -> impl FnOnce() + Send + use<> {
        let writer = self.writer.clone();
        move || {
            if let Err(error) = writer.write() {
                tracing::warn!(%error, "the preferences could not be saved");
            }
        }
    }

    /// The panel that is open.
    pub(super) fn panel(&self) -> Option<&Panel> {
        self.panel.as_ref()
    }

    /// The same, to change it.
    pub(super) fn panel_mut(&mut self) -> Option<&mut Panel> {
        self.panel.as_mut()
    }

    /// Back to the screen below.
    pub(super) fn close_panel(&mut self) {
        self.panel = None;
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
    /// How the screen is to look: as the owner wants it, but for what the viewer changed.
    pub(super) fn screen_settings(&self) -> config::Screen {
        match &self.launch.config {
            Some(config) => self.preferences.applied_to(&config.screen),
            None => self.preferences.applied_to(&config::Screen::default()),
        }
    }

    /// Opens a panel above the screen that is on.
    pub(in crate::app) fn open(&mut self, which: PanelKind) {
        self.preferences.panel = Some(Panel::new(which, &self.screen_settings()));
    }

    /// A press on the panel that is open; nothing where none is.
    pub(super) fn press_panel(&mut self, button: Button) -> Option<panel::Action> {
        let settings = self.screen_settings();
        let panel = self.preferences.panel_mut()?;
        Some(panel.press(button, &settings))
    }

    pub(super) fn on_panel(&mut self, action: panel::Action, now: Now) -> Task<Message> {
        match action {
            panel::Action::None => Task::none(),
            panel::Action::Close => {
                self.preferences.close_panel();
                Task::none()
            }
            panel::Action::Change(preference) => self.prefer(preference, now),
        }
    }

    /// Has a change of the viewer's take effect, and keeps it.
    pub(super) fn prefer(&mut self, preference: Preference, now: Now) -> Task<Message> {
        let kept = match self.session().is_some_and(Session::is_guest) {
            true => {
                self.preferences.change_for_guest(preference);
                Task::none()
            }
            false => self.preferences.change(preference),
        };
        Task::batch([self.apply_preferences(now), kept])
    }

    /// What is to be read aloud.
    pub(super) fn read_aloud(&self) -> Aloud {
        let viewer = self.preferences.viewer.read_aloud;
        let owner = self.launch.config.as_ref();
        viewer.unwrap_or_else(|| owner.map_or(Aloud::default(), |it| it.screen.read_aloud))
    }

    /// Speaks the language and wears the look that are wished for now.
    pub(super) fn apply_preferences(&mut self, now: Now) -> Task<Message> {
        let screen = self.screen_settings();
        let before = i18n::language().tag;
        i18n::choose(&screen.language);
        // It is written as the language does.
        self.tell_time();
        if let Some(context) = &mut self.context {
            let language = locale::tag(&screen.language);
            context.client = context.client.clone().speaking(language.as_deref());
        }
        self.look = Look::new(&screen, self.look.window(), i18n::language());
        if i18n::language().tag != before {
            self.screen.active_mut().language_changed(now);
        }
        self.lay_out_again(now)
    }

    /// What there is to hear of the panel that is open.
    pub(super) fn panel_reading(&self) -> Option<Reading> {
        let panel = self.preferences.panel()?;
        Some(panel.reading(&self.screen_settings(), self.preferences.unsaved))
    }

    /// Draws the panel that is open.
    pub(super) fn panel_view(&self) -> Option<Element<'_, Message>> {
        let panel = self.preferences.panel()?;
        let (settings, unsaved) = (self.screen_settings(), self.preferences.unsaved);
        Some(panel.view(&self.look, &self.chrome, &settings, unsaved))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::Theme;

    #[test]
    fn the_newest_change_is_written_and_written_once() {
        let home = tempfile::tempdir().unwrap();
        let store = PreferenceStore::read(home.path());
        for theme in [Theme::Light, Theme::HighContrast] {
            store
                .writer
                .put(Preferences::default().with(Preference::Theme(theme)));
        }
        store.writer.write().unwrap();
        let read = Preferences::read(home.path());
        assert_eq!(read.theme, Some(Theme::HighContrast));
        fs::remove_file(home.path().join("preferences.toml")).unwrap();
        store.settle()();
        assert_eq!(Preferences::read(home.path()), Preferences::default());
    }

    #[test]
    fn what_is_not_written_at_the_end_is_written_then() {
        let home = tempfile::tempdir().unwrap();
        let store = PreferenceStore::read(home.path());
        let light = Preferences::default().with(Preference::Theme(Theme::Light));
        store.writer.put(light.clone());
        store.settle()();
        assert_eq!(Preferences::read(home.path()), light);
        assert_eq!(
            PreferenceStore::read(home.path())
                .applied_to(&config::Screen::default())
                .theme,
            Theme::Light
        );
    }
}
