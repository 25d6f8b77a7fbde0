//! Where the user's files live (XDG Base Directory).

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::Error;

/// The folders of this user, each ending in `vestibule`. None of them needs to exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directories {
    /// Configuration and accounts.
    pub config_dir: PathBuf,
    /// What can be fetched again.
    pub cache_dir: PathBuf,
    /// What the demo server keeps.
    pub data_dir: PathBuf,
}

/// Finds the folders of this user.
///
/// # Errors
/// [`Error::NoHome`] for a user without a home directory, unless the XDG variables name all three.
pub fn directories() -> Result<Directories, Error> {
    let variable = |name: &str| std::env::var_os(name);
    if let Some(found) = of_the_unit(variable)
        && variable("XDG_CONFIG_HOME").is_none()
        && directories::BaseDirs::new().is_none_or(|found| is_none(found.home_dir()))
    {
        return Ok(found);
    }
    directories::ProjectDirs::from("", "", "vestibule")
        .map(|found| Directories {
            config_dir: found.config_dir().to_owned(),
            cache_dir: found.cache_dir().to_owned(),
            data_dir: found.data_dir().to_owned(),
        })
        .or_else(|| named(variable))
        .or_else(|| of_the_unit(variable))
        .ok_or(Error::NoHome)
}

/// Whether a home stands for none: users of services have `/nonexistent` in Debian, and `/` where systemd makes them
/// (`DynamicUser=`).
fn is_none(home: &Path) -> bool {
    home.parent().is_none() || !home.is_dir()
}

/// The folders that the XDG variables name: a service user may have these and no home.
fn named(variable: impl Fn(&str) -> Option<OsString>) -> Option<Directories> {
    let folder = |name| {
        variable(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
            .map(|path| path.join("vestibule"))
    };
    Some(Directories {
        config_dir: folder("XDG_CONFIG_HOME")?,
        cache_dir: folder("XDG_CACHE_HOME")?,
        data_dir: folder("XDG_DATA_HOME")?,
    })
}

/// The folders that systemd made for a unit whose user has no home (`StateDirectory=`, systemd.exec(5)): the first of each.
fn of_the_unit(variable: impl Fn(&str) -> Option<OsString>) -> Option<Directories> {
    let folder = |name| {
        let folders = variable(name)?.into_string().ok()?;
        let first = PathBuf::from(folders.split(':').next()?);
        first.is_absolute().then_some(first)
    };
    let state = folder("STATE_DIRECTORY")?;
    Some(Directories {
        cache_dir: folder("CACHE_DIRECTORY").unwrap_or_else(|| state.join("cache")),
        data_dir: state.join("data"),
        config_dir: state,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_that_is_not_there_is_none() {
        assert!(is_none(Path::new("/")) && is_none(Path::new("/nonexistent")));
        assert!(!is_none(tempfile::tempdir().unwrap().path()));
    }

    #[test]
    fn a_user_without_a_home_needs_all_three_variables() {
        let all = named(|name| Some(OsString::from(format!("/srv/{name}"))));
        assert_eq!(
            all.map(|d| d.config_dir),
            Some(PathBuf::from("/srv/XDG_CONFIG_HOME/vestibule"))
        );
        assert_eq!(named(|_| None), None);
        let unit = |name: &str| {
            (name == "STATE_DIRECTORY").then(|| OsString::from("/var/lib/a:/var/lib/b"))
        };
        let found = of_the_unit(unit).unwrap();
        assert_eq!(found.config_dir, PathBuf::from("/var/lib/a"));
        assert_eq!(found.cache_dir, PathBuf::from("/var/lib/a/cache"));
        assert_eq!(of_the_unit(|_| None), None);
        assert_eq!(named(|_| Some(OsString::from("relative"))), None);
    }
}
