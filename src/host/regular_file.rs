//! Opens files by name: the one place where this program does so.
//!
//! Whatever else lies under the name of a file is told in words, and never waited for: to open a pipe is to wait for its
//! writer (fifo(7)), a device may have no end, and a link may lead anywhere.

use std::fmt;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::io::Errno;
use rustix::process::geteuid;

/// Readable and writable by the owner alone.
const PRIVATE: u32 = 0o600;

/// Byte order mark in UTF-8, with which editors of other systems begin a file.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What becomes of a symbolic link under the name of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// It is followed to a file: for what the owner puts there, and so do Nix, Kubernetes and stow.
    Followed,
    /// It is in the way: for what this program alone writes, and replaces under its name.
    Refused,
}

/// Something else than a file is in its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is in its place, and no file; move it away")]
struct NoFile(What);

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Folder,
    Link,
    /// A link under a name where links are followed.
    LinkToNothing(String),
    LinkInCircles,
    Pipe,
    Socket,
    Device,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder => f.write_str("a folder"),
            Self::Link => f.write_str("a symbolic link, which is not followed here,"),
            Self::LinkToNothing(target) => {
                write!(f, "a symbolic link to {target}, where nothing is,")
            }
            Self::LinkInCircles => f.write_str("a symbolic link that leads in circles"),
            Self::Pipe => f.write_str("a named pipe (FIFO)"),
            Self::Socket => f.write_str("a socket"),
            Self::Device => f.write_str("a device"),
        }
    }
}

impl From<NoFile> for io::Error {
    fn from(found: NoFile) -> Self {
        Self::other(found)
    }
}

/// Whether an error says that something else than a file is there, however often it is opened.
pub fn is_in_the_way(error: &io::Error) -> bool {
    no_file(error).is_some()
}

/// What is in the place of a file, for whoever is not to move it away.
pub fn what_is_there(error: &io::Error) -> Option<String> {
    no_file(error).map(|NoFile(what)| format!("{what} is in its place, and no file"))
}

/// Whether what is there is a folder.
pub fn is_folder(error: &io::Error) -> bool {
    no_file(error) == Some(&NoFile(What::Folder))
}

fn no_file(error: &io::Error) -> Option<&NoFile> {
    error.get_ref()?.downcast_ref()
}

/// Opens a file to read it.
///
/// # Errors
/// What the system says ([`ErrorKind::NotFound`] where nothing is there), or what is in the file's place.
pub fn open(path: &Path, links: Links) -> io::Result<File> {
    open_with(File::options().read(true), path, links)
}

/// The bytes of a file of `most` bytes at the most.
///
/// # Errors
/// As [`open`], and for a larger file.
pub fn read(path: &Path, most: u64, links: Links) -> io::Result<Vec<u8>> {
    read_at_most(open(path, links)?, most)
}

/// The text of a file of `most` bytes at the most, without a byte order mark.
///
/// # Errors
/// As [`read`], and [`ErrorKind::InvalidData`] where it is not UTF-8.
pub fn read_text(path: &Path, most: u64, links: Links) -> io::Result<String> {
    String::from_utf8(read_unmarked(path, most, links)?)
        .map_err(|_| io::Error::new(ErrorKind::InvalidData, "not text in UTF-8"))
}

/// The bytes of a text of `most` bytes at the most, without a byte order mark.
///
/// # Errors
/// As [`read`], and [`ErrorKind::InvalidData`] where the mark is that of UTF-16.
pub fn read_unmarked(path: &Path, most: u64, links: Links) -> io::Result<Vec<u8>> {
    let mut bytes = read(path, most, links)?;
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let words = "text in UTF-16; save it as UTF-8";
        return Err(io::Error::new(ErrorKind::InvalidData, words));
    }
    if bytes.starts_with(MARK) {
        drop(bytes.drain(..MARK.len()));
    }
    Ok(bytes)
}

/// The bytes of what a person names while waiting for it: also those of a pipe, once they come.
///
/// # Errors
/// As [`read`].
pub fn read_named(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    match fs::metadata(path).is_ok_and(|found| found.file_type().is_fifo()) {
        true => read_at_most(File::options().read(true).open(path)?, most),
        false => read(path, most, Links::Followed),
    }
}

/// All of `from`, if that is `most` bytes at the most.
///
/// # Errors
/// What the system says, and [`ErrorKind::FileTooLarge`].
pub fn read_at_most(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let length = from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if length as u64 > most {
        let most = match (most >> 20, most >> 10) {
            (0, 0) => format!("{most} bytes"),
            (0, kibibytes) => format!("{kibibytes} KiB"),
            (mebibytes, _) => format!("{mebibytes} MiB"),
        };
        let words = format!("larger than {most}");
        return Err(io::Error::new(ErrorKind::FileTooLarge, words));
    }
    Ok(bytes)
}

/// Bytes without a byte order mark.
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// Opens a file to write into it from the start, or makes it for its owner alone. What is in it stays.
///
/// # Errors
/// As [`open`].
pub fn open_to_write(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let _ = options
        .create(true)
        .truncate(false)
        .write(true)
        .mode(PRIVATE);
    open_with(&mut options, path, Links::Refused)
}

/// Opens a file to add to its end, or makes it. It is its owner's alone then, also where it was not before. What whoever
/// started the program opened already, such as standard error, is taken as it is.
///
/// # Errors
/// As [`open`].
pub fn open_to_append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let _ = options.create(true).append(true).mode(PRIVATE);
    if is_descriptor(path) {
        return open_with(&mut options, path, Links::Followed);
    }
    let file = open_with(&mut options, path, Links::Refused)?;
    keep_private(&file)?;
    Ok(file)
}

/// Makes a file of these bytes, or replaces what is in it. It is its owner's alone then, also where it was not before.
///
/// # Errors
/// As [`open`], and where it is another user's.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = open_to_write(path)?;
    keep_private(&file)?;
    file.set_len(0)?;
    file.write_all(bytes)
}

fn keep_private(file: &File) -> io::Result<()> {
    if file.metadata()?.uid() != geteuid().as_raw() {
        let words = "it is another user's, who could read it; move it away";
        return Err(io::Error::new(ErrorKind::PermissionDenied, words));
    }
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(Permissions::from_mode(PRIVATE))?;
    }
    Ok(())
}

fn open_with(options: &mut OpenOptions, path: &Path, links: Links) -> io::Result<File> {
    let flags = match links {
        Links::Followed => OFlags::NONBLOCK,
        Links::Refused => OFlags::NONBLOCK | OFlags::NOFOLLOW,
    } | OFlags::NOCTTY;
    let opened = options.custom_flags(flags.bits().cast_signed()).open(path);
    let file = opened.map_err(|error| in_place_of(path, links, error))?;
    if links == Links::Followed && is_descriptor(path) {
        // What whoever started the program opened already, as a shell does for `<(…)`: its writer is there.
        let flags = fcntl_getfl(&file)?;
        fcntl_setfl(&file, flags.difference(OFlags::NONBLOCK))?;
        return Ok(file);
    }
    match what(file.metadata()?.file_type()) {
        None => Ok(file),
        Some(found) => Err(NoFile(found).into()),
    }
}

/// Whether a path is the name of a descriptor of this process, or of the device that takes anything.
fn is_descriptor(path: &Path) -> bool {
    let names = ["/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/null"];
    let folders = ["/dev/fd", "/proc/self/fd"];
    names.iter().any(|name| path == Path::new(name))
        || folders.iter().any(|folder| path.starts_with(folder))
}

/// The words for an error of opening: what lies there says more than the system does.
fn in_place_of(path: &Path, links: Links, error: io::Error) -> io::Error {
    let Ok(found) = fs::symlink_metadata(path) else {
        return no_folder(path).unwrap_or(error);
    };
    // What may not be opened is there, whatever it is.
    if error.kind() == ErrorKind::PermissionDenied {
        return error;
    }
    if found.is_symlink() {
        let target = || fs::read_link(path).map(|target| target.display().to_string());
        let link = match (links, Errno::from_io_error(&error)) {
            (Links::Refused, Some(Errno::LOOP)) => What::Link,
            (Links::Followed, Some(Errno::LOOP)) => What::LinkInCircles,
            (Links::Followed, Some(Errno::NOENT)) => match target() {
                Ok(target) => What::LinkToNothing(target),
                Err(_) => return error,
            },
            _ => match fs::metadata(path)
                .ok()
                .and_then(|end| what(end.file_type()))
            {
                Some(found) => found,
                None => return error,
            },
        };
        return NoFile(link).into();
    }
    match what(found.file_type()) {
        Some(found) => NoFile(found).into(),
        None => error,
    }
}

/// What lies in the place of a folder on the way to `path`, in words. Nothing of one that is missing.
pub fn no_folder(path: &Path) -> Option<io::Error> {
    let folders: Vec<_> = path.ancestors().skip(1).collect();
    let folder = folders.into_iter().rev().find(|folder| {
        folder.is_symlink() && !folder.exists()
            || fs::metadata(folder).is_ok_and(|found| !found.is_dir())
    })?;
    let kind = match fs::metadata(folder) {
        Ok(found) => what(found.file_type()).map_or("a file".to_owned(), |what| what.to_string()),
        Err(error) if Errno::from_io_error(&error) == Some(Errno::LOOP) => {
            What::LinkInCircles.to_string()
        }
        Err(_) => {
            let to = fs::read_link(folder).ok()?.display().to_string();
            What::LinkToNothing(to).to_string()
        }
    };
    let kind = kind.trim_end_matches(',');
    let words = format!(
        "{} is {kind}, and no folder; move it away",
        folder.display()
    );
    Some(io::Error::new(ErrorKind::NotADirectory, words))
}

fn what(found: fs::FileType) -> Option<What> {
    if found.is_file() {
        None
    } else if found.is_dir() {
        Some(What::Folder)
    } else if found.is_symlink() {
        Some(What::Link)
    } else if found.is_fifo() {
        Some(What::Pipe)
    } else if found.is_socket() {
        Some(What::Socket)
    } else {
        Some(What::Device)
    }
}

/// What a thing is called, and what makes one at a path.
#[cfg(test)]
pub(crate) type Obstacle = (&'static str, fn(&Path));

/// Everything but a file that can lie under its name, each made anew at a path, for tests of what opens files.
#[cfg(test)]
pub(crate) fn obstacles() -> Vec<Obstacle> {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    fn fifo(path: &Path) {
        use rustix::fs::{CWD, Mode, mkfifoat};
        mkfifoat(CWD, path, Mode::RUSR | Mode::WUSR).unwrap();
    }
    vec![
        ("a folder", |path| fs::create_dir(path).unwrap()),
        ("a folder", |path| {
            fs::create_dir_all(path.join("full")).unwrap();
        }),
        ("a named pipe", fifo),
        ("a socket", |path| drop(UnixListener::bind(path).unwrap())),
        ("a symbolic link", |path| {
            symlink("/nonexistent/there", path).unwrap();
        }),
        ("a symbolic link", |path| {
            symlink(path.file_name().unwrap(), path).unwrap();
        }),
        ("", |path| symlink("/dev/zero", path).unwrap()),
        ("", |path| symlink("/dev/tty", path).unwrap()),
        ("", |path| {
            let mut pipe = path.as_os_str().to_owned();
            pipe.push(".pipe");
            let pipe = std::path::PathBuf::from(pipe);
            fifo(&pipe);
            symlink(pipe, path).unwrap();
        }),
    ]
}

#[cfg(test)]
mod tests;
