//! A row that is added to the configuration: the whole is checked before anything is written.

use std::path::PathBuf;

use crate::cli::context;
use crate::cli::{Error, Global};
use crate::config;
use crate::host::atomic_file;
use crate::host::regular_file::{self, Links};

/// No configuration is larger.
const LIMIT: u64 = 1024 * 1024;

/// Adds `row`, whose heading is `title`, to the configuration that is in use, and says which file that is.
pub(super) fn add(global: &Global, title: &str, row: &str) -> Result<PathBuf, Error> {
    let loaded = context::configuration(global)?;
    let path = loaded.file_for_rows().to_owned();
    let told = |error: std::io::Error| {
        Error::usage(format!("{}: {error}; nothing was written", path.display()))
    };
    let api = loaded.config.api.as_ref();
    let rows = api.map(|api| api.rows.as_slice()).unwrap_or_default();
    let is_taken = |row: &config::Row| {
        row.title
            .texts()
            .any(|known| known.trim().to_lowercase() == title.trim().to_lowercase())
    };
    if rows.iter().any(is_taken) {
        return Err(Error::usage(format!(
            "{}: there is a row \"{title}\" already; give the new one another --title",
            path.display()
        )));
    }
    let before = regular_file::read(&path, LIMIT, Links::Followed).map_err(told)?;
    let text = String::from_utf8_lossy(&before);
    let whole = config::with_row(&text, row);
    let added = loaded
        .with(&path, &whole)
        .ok()
        .and_then(|config| config.api);
    if added.is_none_or(|api| api.rows.len() != rows.len() + 1) {
        return Err(Error::usage(format!(
            "{}: a row cannot be added behind the others, as where they are written as rows = [...]; nothing was written. \
             Put it there by hand:\n\n{row}",
            path.display()
        )));
    }
    // Whoever edits the file in this moment keeps what they wrote.
    if regular_file::read(&path, LIMIT, Links::Followed).map_err(told)? != before {
        return Err(Error::usage(format!(
            "{}: it has just been changed; nothing was written",
            path.display()
        )));
    }
    atomic_file::replace_in_kind(&path, ".vestibule.", whole.as_bytes()).map_err(told)?;
    Ok(path)
}
