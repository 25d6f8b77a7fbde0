//! `preferences.toml`: the settings that the viewer changed on the screen.
//!
//! It lies in the user's config directory and wins over `[screen]` of the owner's file, which the program
//! never writes. What is not in it is as the owner wants it.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Aloud, Screen, Theme};
use crate::host::atomic_file;
use crate::host::regular_file::{self, Links};

/// Name of the file in the config directory.
const NAME: &str = "preferences.toml";
/// Temporary files begin with it.
const TEMPORARY: &str = ".preferences.toml.";
/// Largest file that is read; a real one has a hundred bytes.
const LARGEST: u64 = 64 * 1024;

/// What the viewer changed on the screen, and nothing else.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// As `screen.language`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// As `screen.text_scale`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_scale: Option<f32>,
    /// As `screen.theme`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// As `screen.overscan_percent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overscan_percent: Option<f32>,
    /// As `screen.reduced_motion`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduced_motion: Option<bool>,
    /// As `screen.read_aloud`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_aloud: Option<Aloud>,
    /// As `screen.captions`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captions: Option<bool>,
}

/// One thing a viewer can change.
#[derive(Debug, Clone, PartialEq)]
pub enum Preference {
    /// Another language: a BCP 47 tag, or `auto`.
    Language(String),
    /// Another size of all text.
    TextScale(f32),
    /// Other colours.
    Theme(Theme),
    /// More or less of the picture's edge kept free.
    OverscanPercent(f32),
    /// Movements in one step, or not.
    ReducedMotion(bool),
    /// More or less read aloud.
    ReadAloud(Aloud),
    /// What is read aloud is written, too, or not.
    Captions(bool),
}

impl Preferences {
    /// Reads the preferences in `config_dir`; none where there are none yet.
    ///
    /// Never fails: a file that says something we do not understand is kept beside as
    /// `preferences.toml.corrupt-N`, and what is understood of it counts on.
    pub fn read(config_dir: &Path) -> Self {
        let path = file(config_dir);
        let (read, trouble) = match content(&path) {
            Ok(Ok(text)) => understood(&text),
            Ok(Err(trouble)) => (Self::default(), Some(trouble)),
            Err(error) if error.kind() == ErrorKind::NotFound => return Self::default(),
            // Perhaps readable tomorrow: it stays where it is.
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "the preferences cannot be read");
                return Self::default();
            }
        };
        let Some(trouble) = trouble else { return read };
        match atomic_file::set_aside(&path, "corrupt") {
            Ok(kept) => {
                tracing::warn!(path = %path.display(), %trouble, kept = %kept.display(), "preferences set aside");
                if read != Self::default()
                    && let Err(error) = read.write(config_dir)
                {
                    tracing::warn!(%error, "the preferences that are left could not be written");
                }
            }
            Err(error) => {
                tracing::warn!(path = %path.display(), %trouble, %error, "preferences that cannot be used");
            }
        }
        read
    }

    /// Makes them durable in `config_dir`.
    ///
    /// # Errors
    /// What the system says; the file is then as it was.
    pub fn write(&self, config_dir: &Path) -> io::Result<()> {
        let text = toml::to_string(self).map_err(io::Error::other)?;
        let text = format!(
            "# What was changed on the screen. It wins over [screen] in vestibule.toml.\n{text}"
        );
        atomic_file::replace(config_dir, &file(config_dir), TEMPORARY, text.as_bytes())
    }

    /// The preferences with one of them changed.
    pub fn with(mut self, preference: Preference) -> Self {
        match preference {
            Preference::Language(tag) => self.language = Some(tag),
            Preference::TextScale(scale) => self.text_scale = Some(scale),
            Preference::Theme(theme) => self.theme = Some(theme),
            Preference::OverscanPercent(percent) => self.overscan_percent = Some(percent),
            Preference::ReducedMotion(reduced) => self.reduced_motion = Some(reduced),
            Preference::ReadAloud(aloud) => self.read_aloud = Some(aloud),
            Preference::Captions(captions) => self.captions = Some(captions),
        }
        self
    }

    /// How the screen looks: as the owner wants it, but for what the viewer changed.
    pub fn applied_to(&self, owner: &Screen) -> Screen {
        Screen {
            language: self
                .language
                .clone()
                .unwrap_or_else(|| owner.language.clone()),
            text_scale: self.text_scale.unwrap_or(owner.text_scale),
            theme: self.theme.unwrap_or(owner.theme),
            overscan_percent: self.overscan_percent.unwrap_or(owner.overscan_percent),
            reduced_motion: self.reduced_motion.unwrap_or(owner.reduced_motion),
            read_aloud: self.read_aloud.unwrap_or(owner.read_aloud),
            captions: self.captions.unwrap_or(owner.captions),
            ..owner.clone()
        }
    }

    /// What of them is within bounds, and what is wrong with the rest.
    fn bounded(self) -> (Self, Option<String>) {
        let mut wrong = Vec::new();
        let mut within = |name: &str, value: Option<f32>, least: f32, most: f32| {
            let fits = value.is_none_or(|value| (least..=most).contains(&value));
            if !fits {
                wrong.push(format!("{name} must be {least} to {most}"));
            }
            value.filter(|_| fits)
        };
        let text_scale = within("text_scale", self.text_scale, 1.0, 1.5);
        let overscan_percent = within("overscan_percent", self.overscan_percent, 0.0, 15.0);
        let language = self.language.filter(|tag| {
            let fits = is_tag(tag);
            if !fits {
                wrong.push("language must be a language tag".to_owned());
            }
            fits
        });
        let bounded = Self {
            language,
            text_scale,
            overscan_percent,
            ..self
        };
        (bounded, (!wrong.is_empty()).then(|| wrong.join("; ")))
    }
}

/// The file in a config directory.
fn file(config_dir: &Path) -> PathBuf {
    config_dir.join(NAME)
}

/// What lies there. The outer result is the system's, the inner one tells what is wrong with what is there.
fn content(path: &Path) -> io::Result<Result<String, String>> {
    match regular_file::read_text(path, LARGEST, Links::Followed) {
        Err(error)
            if regular_file::is_in_the_way(&error)
                || matches!(
                    error.kind(),
                    ErrorKind::FileTooLarge | ErrorKind::InvalidData
                ) =>
        {
            Ok(Err(error.to_string()))
        }
        read => read.map(Ok),
    }
}

/// What is understood of a file, key by key, and what is wrong with the rest.
fn understood(text: &str) -> (Preferences, Option<String>) {
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => return (Preferences::default(), Some(words(&error))),
    };
    let mut trouble = Vec::new();
    let mut good = toml::Table::new();
    for (key, value) in table {
        let alone = toml::Table::from_iter([(key.clone(), value.clone())]);
        match alone.try_into::<Preferences>() {
            Ok(_) => drop(good.insert(key, value)),
            Err(error) => trouble.push(words(&error)),
        }
    }
    let read = good.try_into::<Preferences>();
    let read = read.unwrap_or_default();
    let (read, out_of_bounds) = read.bounded();
    trouble.extend(out_of_bounds);
    (read, (!trouble.is_empty()).then(|| trouble.join("; ")))
}

fn words(error: &toml::de::Error) -> String {
    error.message().trim().to_owned()
}

/// Whether a text has the shape of a language tag.
fn is_tag(text: &str) -> bool {
    (2..=35).contains(&text.len())
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use proptest::prelude::*;

    use super::*;

    fn everything() -> Preferences {
        [
            Preference::Language("pt-BR".to_owned()),
            Preference::TextScale(1.15),
            Preference::Theme(Theme::HighContrast),
            Preference::OverscanPercent(7.5),
            Preference::ReducedMotion(true),
            Preference::ReadAloud(Aloud::Everything),
            Preference::Captions(true),
        ]
        .into_iter()
        .fold(Preferences::default(), Preferences::with)
    }

    fn beside(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_was_changed_is_there_after_the_next_start() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("vestibule");
        assert_eq!(Preferences::read(&folder), Preferences::default());
        everything().write(&folder).unwrap();
        assert_eq!(Preferences::read(&folder), everything());
        assert_eq!(beside(&folder), [NAME]);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&file(&folder))), (0o700, 0o600));
        let text = fs::read_to_string(file(&folder)).unwrap();
        assert!(text.contains("text_scale = 1.15\n"), "{text}");
    }

    #[test]
    fn the_viewer_wins_where_the_viewer_changed_something() {
        let owner = Screen {
            title: "Acme TV".to_owned(),
            accent: "#ff6a3d".to_owned(),
            language: "de".to_owned(),
            theme: Theme::Light,
            text_scale: 1.2,
            clock: false,
            ..Screen::default()
        };
        assert_eq!(Preferences::default().applied_to(&owner), owner);
        let seen = everything().applied_to(&owner);
        let expected = Screen {
            language: "pt-BR".to_owned(),
            text_scale: 1.15,
            theme: Theme::HighContrast,
            overscan_percent: 7.5,
            reduced_motion: true,
            read_aloud: Aloud::Everything,
            captions: true,
            ..owner.clone()
        };
        assert_eq!(seen, expected);
        let light = Preferences::default().with(Preference::ReducedMotion(true));
        let expected = Screen {
            reduced_motion: true,
            ..owner.clone()
        };
        assert_eq!(light.applied_to(&owner), expected);
    }

    #[test]
    fn what_is_not_understood_is_kept_beside_and_the_rest_counts() {
        let dark = Preferences::default().with(Preference::Theme(Theme::Dark));
        for (content, expected) in [
            (&b"\0\xff garbage"[..], Preferences::default()),
            (b"theme = ", Preferences::default()),
            (b"theme = \"pink\"", Preferences::default()),
            (b"text_scale = \"large\"", Preferences::default()),
            (b"text_scale = 9.0", Preferences::default()),
            (b"text_scale = nan", Preferences::default()),
            (b"overscan_percent = -1.0", Preferences::default()),
            (b"language = \"../../etc\"", Preferences::default()),
            (b"[theme]\na = 1", Preferences::default()),
            (b"theme = \"dark\"\nfuture = 3", dark.clone()),
            (b"theme = \"dark\"\nlanguage = \"\"", dark),
        ] {
            let home = tempfile::tempdir().unwrap();
            let shown = String::from_utf8_lossy(content);
            for n in 1..=2 {
                fs::write(file(home.path()), content).unwrap();
                assert_eq!(Preferences::read(home.path()), expected, "{shown}");
                let kept = home.path().join(format!("{NAME}.corrupt-{n}"));
                assert_eq!(fs::read(kept).unwrap(), content, "{shown}");
            }
            // What counts on is in the file again, and is no trouble any more.
            assert_eq!(Preferences::read(home.path()), expected, "{shown}");
            assert!(!beside(home.path()).contains(&format!("{NAME}.corrupt-3")));
        }
    }

    #[test]
    fn a_giant_a_folder_or_a_pipe_in_its_place_is_put_aside() {
        let home = tempfile::tempdir().unwrap();
        let path = file(home.path());
        fs::create_dir(&path).unwrap();
        assert_eq!(Preferences::read(home.path()), Preferences::default());
        fs::write(&path, "# long\n".repeat(10_000)).unwrap();
        assert_eq!(Preferences::read(home.path()), Preferences::default());
        let fifo = rustix::fs::FileType::Fifo;
        rustix::fs::mknodat(rustix::fs::CWD, &path, fifo, 0o600.into(), 0).unwrap();
        assert_eq!(Preferences::read(home.path()), Preferences::default());
        everything().write(home.path()).unwrap();
        assert_eq!(Preferences::read(home.path()), everything());
        let kept = [1, 2, 3].map(|n| format!("{NAME}.corrupt-{n}"));
        assert_eq!(beside(home.path())[1..], kept);
    }

    #[test]
    fn where_nothing_can_be_written_it_is_said() {
        let home = tempfile::tempdir().unwrap();
        let in_the_way = home.path().join("vestibule");
        fs::write(&in_the_way, "").unwrap();
        assert!(everything().write(&in_the_way).is_err());
        assert_eq!(Preferences::read(&in_the_way), Preferences::default());
    }

    proptest! {
        #[test]
        fn no_content_is_a_crash_or_out_of_bounds(content in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..200),
            "(theme|text_scale|overscan_percent|language|reduced_motion) = [-\"a-z0-9.{}]{0,12}\n?".prop_map(String::into_bytes),
        ]) {
            let home = tempfile::tempdir().unwrap();
            fs::write(file(home.path()), content).unwrap();
            let seen = Preferences::read(home.path()).applied_to(&Screen::default());
            prop_assert!((1.0..=1.5).contains(&seen.text_scale));
            prop_assert!((0.0..=15.0).contains(&seen.overscan_percent));
        }
    }
}
