//! Where the configuration file is looked for, and how it is read.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::check::parse_all;
use super::error::{Invalid, Problem};
use super::fragments::fragments;
use super::sources::{Origins, Source, position};
use super::{Config, Error, directories};
use crate::host::regular_file::{self, Links};

/// Name of the file in each folder.
const NAME: &str = "vestibule.toml";

/// No configuration is anywhere near this large; it is more likely the wrong file.
const LIMIT: u64 = 1024 * 1024;

/// Where a configuration may lie when none is named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPath {
    /// `$VESTIBULE_CONFIG`: like `--config`, a file that must be there.
    pub variable: Option<PathBuf>,
    /// The user's own file.
    pub user: Option<PathBuf>,
    /// The machine's file.
    pub system: PathBuf,
}

impl SearchPath {
    /// The places of this process.
    pub fn of_this_process() -> Self {
        Self {
            variable: std::env::var_os("VESTIBULE_CONFIG")
                .filter(|value| !value.is_empty())
                .map(PathBuf::from),
            user: directories().ok().map(|found| found.config_dir.join(NAME)),
            system: Path::new("/etc/vestibule").join(NAME),
        }
    }

    /// The files that are looked for, in order, and whether each must be there.
    pub fn candidates(&self, explicit: Option<&Path>) -> Vec<(PathBuf, bool)> {
        if let Some(named) = explicit.or(self.variable.as_deref()) {
            return vec![(named.to_owned(), true)];
        }
        let mut files = Vec::new();
        files.extend(self.user.clone().map(|file| (file, false)));
        files.push((self.system.clone(), false));
        files
    }
}

/// What the search came to.
#[derive(Debug, Clone, PartialEq)]
pub enum SearchResult {
    /// A configuration.
    Found(Box<ConfigFile>),
    /// There is none.
    Missing {
        /// The files that were looked for.
        looked_for: Vec<PathBuf>,
    },
}

/// A configuration and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfigFile {
    /// The configuration.
    pub config: Config,
    /// Its file: the base, which need not be there where `conf.d` says all.
    pub path: PathBuf,
    /// All files that were read, in the order in which they are merged.
    pub files: Vec<PathBuf>,
    /// Which of them sets what.
    pub origins: Origins,
}

impl ConfigFile {
    fn of(path: PathBuf, sources: &[Source]) -> Result<Self, Error> {
        let (config, origins) = parse_all(sources)?;
        let is_there = |source: &&Source| source.path != path || path.exists();
        let files = sources.iter().filter(is_there);
        let files = files.map(|source| source.path.clone()).collect();
        Ok(Self {
            config,
            path,
            files,
            origins,
        })
    }

    /// A configuration of one file, with this text.
    ///
    /// # Errors
    /// As [`parse`](super::parse).
    pub fn alone(text: &str, path: &Path) -> Result<Self, Error> {
        let source = Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        Self::of(path.to_owned(), &[source])
    }

    /// The file in which the key at `path` is set.
    pub fn file_of(&self, path: &[&str]) -> &Path {
        let place = self.origins.place(path);
        place.map_or(&self.path, |(file, _)| file)
    }

    /// The file that a further row belongs to: where the others stand, else the base, where it is there, else where the
    /// API does.
    pub fn file_for_rows(&self) -> &Path {
        let rows = self.origins.place(&["api", "rows"]);
        match rows {
            Some((file, _)) => file,
            None if self.files.contains(&self.path) => &self.path,
            None => self.file_of(&["api"]),
        }
    }

    /// What the configuration would be with this text in place of what `file`, one of its own, says.
    ///
    /// # Errors
    /// As [`load`].
    pub fn with(&self, file: &Path, text: &str) -> Result<Config, Error> {
        let mut sources = sources(&self.path, false)?.unwrap_or_default();
        let Some(source) = sources.iter_mut().find(|source| source.path == file) else {
            return Err(unreadable(file, "it is gone".to_owned()));
        };
        text.clone_into(&mut source.text);
        parse_all(&sources).map(|(config, _)| config)
    }
}

/// Finds and reads the configuration: `explicit` (`--config`), else the `places` in their order. The files of `conf.d`
/// beside it are merged over it. A file that is not named and sets no key, with these, counts as none.
///
/// # Errors
/// [`Error::Unreadable`] for a named file that is not there and for any that cannot be read,
/// [`Error::Invalid`] for one that says something wrong.
pub fn load(explicit: Option<&Path>, places: &SearchPath) -> Result<SearchResult, Error> {
    let candidates = places.candidates(explicit);
    for (path, must_be_there) in &candidates {
        if let Some(sources) = sources(path, *must_be_there)? {
            let file = ConfigFile::of(path.clone(), &sources)?;
            return Ok(SearchResult::Found(Box::new(file)));
        }
    }
    Ok(SearchResult::Missing {
        looked_for: candidates.into_iter().map(|(path, _)| path).collect(),
    })
}

/// The base that [`load`] takes, right or wrong; none where there is no configuration.
pub fn base_in_use(explicit: Option<&Path>, places: &SearchPath) -> Option<PathBuf> {
    let mut candidates = places.candidates(explicit).into_iter();
    let is_taken = |(path, must_be_there): &(PathBuf, bool)| {
        !matches!(sources(path, *must_be_there), Ok(None))
    };
    candidates.find(is_taken).map(|(path, _)| path)
}

/// The file at `path` and what is merged over it; `None` where it need not be there and nothing is set.
fn sources(path: &Path, must_be_there: bool) -> Result<Option<Vec<Source>>, Error> {
    let text = match read(path) {
        Ok(text) => text?,
        Err(error) if absent(&error) && !must_be_there => String::new(),
        Err(error) if regular_file::is_folder(&error) => {
            let file = path.join(NAME);
            let cause = format!(
                "is a folder; name the file in it, such as {}",
                file.display()
            );
            return Err(unreadable(path, cause));
        }
        Err(error) => return Err(unreadable(path, error.to_string())),
    };
    let base = Source {
        path: path.to_owned(),
        text,
    };
    let mut sources = vec![base];
    sources.extend(fragments(path)?);
    let says_something = must_be_there || sources.iter().any(Source::says_something);
    Ok(says_something.then_some(sources))
}

fn absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

pub(super) fn unreadable(path: &Path, cause: String) -> Error {
    Error::Unreadable {
        path: path.to_owned(),
        cause,
    }
}

/// Reads a file. The outer result is the system's, the inner one ours.
pub(super) fn read(path: &Path) -> std::io::Result<Result<String, Error>> {
    let bytes = match regular_file::read(path, LIMIT, Links::Followed) {
        Err(error) if error.kind() == ErrorKind::FileTooLarge => {
            let cause = format!("{error}; this cannot be a configuration");
            return Ok(Err(unreadable(path, cause)));
        }
        read => read?,
    };
    Ok(String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes().get(..good).unwrap_or_default());
        let (line, column) = position(&text, good);
        Error::Invalid(Invalid {
            problems: vec![Problem {
                file: path.to_owned(),
                line,
                column,
                key: String::new(),
                message: "not UTF-8 text; save the file as UTF-8".to_owned(),
            }],
        })
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[provider]\npreset = 'auth0'\ndomain = 'a.example'\nclient_id = '%'\n";

    fn write(folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, GOOD.replace('%', name)).unwrap();
        path
    }

    fn loaded(explicit: Option<&Path>, places: &SearchPath) -> String {
        match load(explicit, places).unwrap() {
            SearchResult::Found(loaded) => loaded.config.provider.client_id,
            SearchResult::Missing { looked_for } => format!("missing {}", looked_for.len()),
        }
    }

    #[test]
    fn the_order_is_option_variable_user_system() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("absent/vestibule.toml");
        let [option, variable, user, system] =
            ["option", "variable", "user", "system"].map(|name| write(folder.path(), name));
        let mut places = SearchPath {
            variable: Some(variable),
            user: Some(user),
            system,
        };
        assert_eq!(loaded(Some(&option), &places), "option");
        assert_eq!(loaded(None, &places), "variable");
        places.variable = None;
        assert_eq!(loaded(None, &places), "user");
        places.user = Some(nowhere.clone());
        assert_eq!(loaded(None, &places), "system");
        places.system = nowhere.clone();
        assert_eq!(loaded(None, &places), "missing 2");
        places.user = None;
        assert_eq!(loaded(None, &places), "missing 1");
        places.variable = Some(nowhere.clone());
        assert!(
            matches!(load(None, &places), Err(Error::Unreadable { path, .. }) if path == nowhere)
        );
        assert!(load(Some(&nowhere), &places).is_err());
    }

    #[test]
    fn what_is_not_a_text_file_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(NAME);
        let places = SearchPath {
            variable: None,
            user: None,
            system: folder.path().join("none"),
        };
        let words = |path: &Path| load(Some(path), &places).unwrap_err().to_string();
        assert!(words(folder.path()).contains("is a folder"));
        std::fs::write(&file, vec![b'#'; 1024 * 1024 + 1]).unwrap();
        assert!(words(&file).contains("larger than 1 MiB"));
        std::fs::write(&file, b"[provider]\nclient_id = '\xff'\n").unwrap();
        assert!(
            words(&file).contains("vestibule.toml:2:14: not UTF-8"),
            "{}",
            words(&file)
        );
    }
}
