//! The files of `conf.d` beside a configuration.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Error;
use super::load::{read, unreadable};
use super::sources::Source;

/// Name of the folder.
const FOLDER: &str = "conf.d";
/// Files in it that are read. More are more likely the wrong folder.
const MOST: usize = 64;

/// The folder beside the configuration at `base`.
pub fn fragments_folder(base: &Path) -> PathBuf {
    base.parent().unwrap_or(Path::new("")).join(FOLDER)
}

/// The files `*.toml` beside `base`, in the order of their names, whatever they are; hidden ones are left out. Nothing where
/// there is no folder, or none that can be looked into.
pub fn fragment_files(base: &Path) -> Vec<PathBuf> {
    list(&fragments_folder(base)).unwrap_or_default()
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let told = |error: std::io::Error| unreadable(folder, error.to_string());
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        // What the base is called says that there is no folder to look into.
        Err(error) if error.kind() == ErrorKind::NotADirectory && !folder.exists() => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(told(error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(told)?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let is_meant = name.is_some_and(|name| name.ends_with(".toml") && !name.starts_with('.'));
        if is_meant {
            files.push(path);
        }
        if files.len() > MOST {
            let cause = format!("more than {MOST} files");
            return Err(unreadable(folder, cause));
        }
    }
    files.sort();
    Ok(files)
}

/// What the files `*.toml` beside `base` say.
pub(super) fn fragments(base: &Path) -> Result<Vec<Source>, Error> {
    let read_one = |path: PathBuf| match read(&path) {
        Ok(text) => Ok(Source { text: text?, path }),
        Err(error) => Err(unreadable(&path, error.to_string())),
    };
    list(&fragments_folder(base))?
        .into_iter()
        .map(read_one)
        .collect()
}
