//! Who else may change or read a file: by its mode, its owner, and the folders that it is reached through.
//!
//! What others may write decides what this program does, such as where it sends a person's tokens. The superuser may do
//! anything and is never named.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::process::geteuid;

/// What the kernel shows in place of a user that is not known here, such as that of files outside of a container.
const UNKNOWN_USER: u32 = 65_534;

const SUPERUSER: u32 = 0;

/// As many links as the kernel follows (path_resolution(7)).
const MOST_LINKS: usize = 40;

/// Deletion in the folder is restricted to owners (unlink(2)).
const STICKY: u32 = 0o1000;

/// In words, whether the file at `path`, or what it is a link to, is owned by another user.
pub fn of_another_user(path: &Path) -> Option<String> {
    let about = fs::metadata(path).ok()?;
    is_of_another(&about).then(|| belongs(path, &about))
}

fn belongs(path: &Path, about: &Metadata) -> String {
    format!(
        "{} is owned by another user ({})",
        path.display(),
        about.uid()
    )
}

/// In words, each way in which another user could change the file at `path`. Nothing of a file that is not there.
pub fn who_may_write(path: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for file in steps(path) {
        let Ok(about) = fs::symlink_metadata(&file) else {
            continue;
        };
        let name = file.display();
        if is_of_another(&about) {
            found.push(belongs(&file, &about));
        }
        if !about.is_symlink() && may(&about, 0o020, 0o002) {
            let mode = about.mode() & 0o7777;
            found.push(format!("other users may write {name} (mode {mode:04o})"));
        }
        for folder in absolute(&file).ancestors().skip(1) {
            found.extend(of_folder(folder).filter(|said| !found.contains(said)));
        }
    }
    found
}

/// The file at `path`, every link that leads on to what it is, and the end. A link is changed where it lies.
fn steps(path: &Path) -> Vec<PathBuf> {
    let mut found = vec![path.to_owned()];
    let mut at = absolute(path);
    for _ in 0..MOST_LINKS {
        let on_the_way: Vec<_> = at.ancestors().collect();
        let Some(link) = on_the_way.iter().rev().find(|step| step.is_symlink()) else {
            break;
        };
        let (Ok(to), Some(folder)) = (fs::read_link(link), link.parent()) else {
            break;
        };
        let behind = at.strip_prefix(link).unwrap_or(Path::new(""));
        let next = folder
            .join(to)
            .components()
            .chain(behind.components())
            .collect();
        if !found.iter().any(|step| step == link) {
            found.push((*link).to_owned());
        }
        at = next;
    }
    let end = fs::canonicalize(path).ok();
    found.extend(end.filter(|end| *end != absolute(path)));
    found
}

/// In words, whether another user could put a file into `folder`. Nothing of a folder that is not there.
pub fn who_may_write_into(folder: &Path) -> Option<String> {
    of_folder(folder)
}

/// In words, whether another user may read the file at `path`.
pub fn who_may_read(path: &Path) -> Option<String> {
    let about = fs::metadata(path).ok()?;
    let mode = about.mode() & 0o7777;
    let name = path.display();
    may(&about, 0o040, 0o004)
        .then(|| format!("{name} is readable for other users (mode {mode:04o})"))
}

/// Whether another user could put another file in place of one in `folder`.
fn of_folder(folder: &Path) -> Option<String> {
    let about = fs::metadata(folder).ok()?;
    let name = folder.display();
    let mode = about.mode() & 0o7777;
    if may(&about, 0o020, 0o002) && mode & STICKY == 0 {
        Some(format!(
            "other users may replace what is in {name} (mode {mode:04o})"
        ))
    } else if is_of_another(&about) && about.uid() != UNKNOWN_USER {
        Some(belongs(folder, &about))
    } else {
        None
    }
}

/// Whether the mode gives its group or everybody this right. The superuser's group is the superuser.
fn may(about: &Metadata, group: u32, everybody: u32) -> bool {
    about.mode() & everybody != 0 || (about.mode() & group != 0 && about.gid() != SUPERUSER)
}

fn is_of_another(about: &Metadata) -> bool {
    about.uid() != SUPERUSER && about.uid() != geteuid().as_raw()
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_file_or_folder_that_others_may_write_is_named_with_its_mode() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("etc");
        fs::create_dir(&folder).unwrap();
        set(&folder, 0o755);
        let file = folder.join("vestibule.toml");
        fs::write(&file, "").unwrap();
        for (of_file, of_folder, words) in [
            (0o600, 0o700, None),
            (0o644, 0o755, None),
            (0o644, 0o1777, None),
            (0o666, 0o755, Some("(mode 0666)")),
            (0o602, 0o755, Some("(mode 0602)")),
            (0o644, 0o777, Some("(mode 0777)")),
        ] {
            set(&file, of_file);
            set(&folder, of_folder);
            let link = home.path().join("link.toml");
            let _ = fs::remove_file(&link);
            symlink(&file, &link).unwrap();
            for path in [&file, &link] {
                let found = who_may_write(path);
                match words {
                    None => assert_eq!(found, Vec::<String>::new(), "{of_file:o}"),
                    Some(words) => {
                        assert_eq!(found.len(), 1, "{found:?}");
                        assert!(found[0].contains(words), "{found:?}");
                    }
                }
            }
        }
        assert!(who_may_write(&folder.join("gone")).is_empty());
    }

    #[test]
    fn each_link_on_the_way_is_looked_at_where_it_lies() {
        let home = tempfile::tempdir().unwrap();
        let [open, own] = ["open", "own"].map(|name| home.path().join(name));
        for (folder, mode) in [(&open, 0o777), (&own, 0o755)] {
            fs::create_dir(folder).unwrap();
            set(folder, mode);
        }
        let file = own.join("vestibule.toml");
        fs::write(&file, "").unwrap();
        set(&file, 0o644);
        symlink(&file, open.join("middle")).unwrap();
        symlink("../own", open.join("folder")).unwrap();
        for (name, to) in [("a", "open/middle"), ("b", "open/folder/vestibule.toml")] {
            symlink(to, home.path().join(name)).unwrap();
            let found = who_may_write(&home.path().join(name));
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains("open (mode 0777)"), "{found:?}");
        }
        symlink("loop", home.path().join("loop")).unwrap();
        assert!(who_may_write(&home.path().join("loop")).is_empty());
    }

    #[test]
    fn a_secret_that_others_may_read_is_named_with_its_mode() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("secret");
        fs::write(&file, "").unwrap();
        set(&file, 0o600);
        assert_eq!(who_may_read(&file), None);
        set(&file, 0o604);
        let found = who_may_read(&file).unwrap();
        assert!(found.contains("secret is readable for other users (mode 0604)"));
    }
}
