//! Who may read the user config directory: its owner alone.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

pub(super) use crate::host::atomic_file::create_private_directory;

const FOLDER: u32 = 0o700;
const FILE: u32 = 0o600;

/// Narrows the modes of the config directory, its `accounts` folder and the plain files in both.
///
/// Best effort: on a read-only or foreign directory the program still runs. Links are left alone, since
/// what they point to belongs to the user who made them, but for one in place of the `accounts` folder.
pub(super) fn repair(config_dir: &Path) {
    let accounts = config_dir.join("accounts");
    // Tokens are put where this one points.
    let linked = fs::canonicalize(&accounts).unwrap_or_else(|_| accounts.clone());
    for (folder, narrowed) in [(config_dir, config_dir), (&accounts, &linked)] {
        narrow(narrowed, FOLDER, fs::Metadata::is_dir);
        let Ok(entries) = fs::read_dir(folder) else {
            continue;
        };
        for entry in entries.flatten() {
            narrow(&entry.path(), FILE, fs::Metadata::is_file);
        }
    }
}

/// What [`repair`] would narrow: paths that others than the owner may use, with their modes.
pub(super) fn wide(config_dir: &Path) -> Vec<(PathBuf, u32)> {
    let mut found = Vec::new();
    let accounts = config_dir.join("accounts");
    let accounts = fs::canonicalize(&accounts).unwrap_or(accounts);
    for folder in [config_dir.to_owned(), accounts] {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let files = entries
            .map(|entry| entry.path())
            .filter(|path| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file()));
        let mut files: Vec<_> = files.collect();
        files.sort();
        for path in std::iter::once(folder).chain(files) {
            if let Ok(metadata) = fs::symlink_metadata(&path)
                && !metadata.is_symlink()
                && metadata.permissions().mode() & 0o077 != 0
            {
                found.push((path, metadata.permissions().mode() & 0o777));
            }
        }
    }
    found
}

fn narrow(path: &Path, mode: u32, is_wanted: fn(&fs::Metadata) -> bool) {
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return;
    };
    if !is_wanted(&metadata) || metadata.permissions().mode() & 0o777 == mode {
        return;
    }
    match fs::set_permissions(path, Permissions::from_mode(mode)) {
        Ok(()) => tracing::info!(path = %path.display(), "repaired the mode"),
        Err(error) => tracing::warn!(path = %path.display(), %error, "could not repair the mode"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_modes_are_narrowed_and_links_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let config = home.path().join("vestibule");
        let accounts = config.join("accounts");
        fs::create_dir_all(&accounts).unwrap();
        let outside = home.path().join("outside");
        for file in [
            &config.join("vestibule.toml"),
            &accounts.join("default.json"),
            &outside,
        ] {
            fs::write(file, "x").unwrap();
            fs::set_permissions(file, Permissions::from_mode(0o644)).unwrap();
        }
        std::os::unix::fs::symlink(&outside, accounts.join("link.json")).unwrap();
        let wide = wide(&config);
        let file = accounts.join("default.json");
        assert!(wide.contains(&(file, 0o644)), "{wide:?}");
        repair(&config);
        assert_eq!(super::wide(&config), []);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&config), 0o700);
        assert_eq!(mode(&accounts), 0o700);
        assert_eq!(mode(&config.join("vestibule.toml")), 0o600);
        assert_eq!(mode(&accounts.join("default.json")), 0o600);
        assert_eq!(mode(&outside), 0o644);
    }

    #[test]
    fn a_folder_of_accounts_that_is_a_link_is_its_owners_alone_where_it_points() {
        let home = tempfile::tempdir().unwrap();
        let (config, there) = (home.path().join("vestibule"), home.path().join("there"));
        fs::create_dir(&config).unwrap();
        fs::create_dir(&there).unwrap();
        fs::set_permissions(&there, Permissions::from_mode(0o755)).unwrap();
        std::os::unix::fs::symlink(&there, config.join("accounts")).unwrap();
        let wide = super::wide(&config);
        assert!(
            wide.iter()
                .any(|(path, mode)| *mode == 0o755 && path.ends_with("there"))
        );
        repair(&config);
        let mode = fs::metadata(&there).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn a_missing_directory_is_nothing_to_repair() {
        repair(Path::new("/nonexistent/vestibule"));
    }
}
