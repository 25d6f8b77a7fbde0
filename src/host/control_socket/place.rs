//! Where control sockets lie: one for each kiosk, named by its process.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use super::client::connect;
use crate::host::regular_file::{self, Links};

const PREFIX: &str = "kiosk-";
const ENDING: &str = ".sock";

/// Where the runtime directories of services and of users lie.
const RUN: &str = "/run";

/// Bytes of the kernel's list that are looked at.
const LONGEST: u64 = 8 * 1024 * 1024;

/// The folders in which the kiosk of this environment has its socket, best first: one in the runtime directory
/// (XDG Base Directory), where there is one, and the cache directory.
pub fn folders(runtime_dir: Option<OsString>, cache_dir: &Path) -> Vec<PathBuf> {
    let runtime_dir = runtime_dir
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let runtime_dir = runtime_dir.map(|path| path.join("vestibule"));
    runtime_dir
        .into_iter()
        .chain([cache_dir.to_owned()])
        .collect()
}

/// The name of the socket of a process.
pub(super) fn socket_name(pid: u32) -> String {
    format!("{PREFIX}{pid}{ENDING}")
}

/// Whether a file of this name is such a socket.
fn is_ours(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let number = name.and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(ENDING));
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}

/// The sockets in a folder.
pub(super) fn sockets(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_socket()))
        .map(|entry| entry.path())
        .filter(|path| is_ours(path))
}

/// Whether nobody listens at a socket any more. One that is only busy does.
pub(super) fn is_over(path: &Path) -> bool {
    let refused =
        |error: &io::Error| error.raw_os_error() == Some(Errno::CONNREFUSED.raw_os_error());
    connect(path).is_err_and(|error| refused(&error))
}

/// The sockets in runtime directories, of whichever service or user: for whoever looks after a box by another way than
/// the kiosk was started by, and has other directories (proc_net(5)).
pub(super) fn in_runtime_directories() -> Vec<PathBuf> {
    let list = regular_file::read(Path::new("/proc/net/unix"), LONGEST, Links::Refused);
    listed(&String::from_utf8_lossy(&list.unwrap_or_default()))
}

fn listed(list: &str) -> Vec<PathBuf> {
    let paths = list.lines().skip(1).filter_map(|line| {
        // Num RefCount Protocol Flags Type St Inode Path
        let at = line.find(" /")? + 1;
        let path = PathBuf::from(line.get(at..)?);
        (path.starts_with(RUN) && is_ours(&path)).then_some(path)
    });
    let mut paths: Vec<_> = paths.collect();
    paths.sort();
    // Each connection stands there once more.
    paths.dedup();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runtime_directory_comes_before_the_cache() {
        let cache = Path::new("/home/kiosk/.cache/vestibule");
        let both = folders(Some("/run/vestibule".into()), cache);
        assert_eq!(both, [Path::new("/run/vestibule/vestibule"), cache]);
        for none in [None, Some("".into()), Some("here".into())] {
            assert_eq!(folders(none, cache), [cache]);
        }
    }

    #[test]
    fn only_sockets_of_kiosks_in_runtime_directories_are_found() {
        let list = "Num       RefCount Protocol Flags    Type St Inode Path\n\
            0000000000000000: 00000002 00000000 00010000 0001 01 12 /run/vestibule/vestibule/kiosk-7.sock\n\
            0000000000000000: 00000003 00000000 00000000 0001 03 13 /run/vestibule/vestibule/kiosk-7.sock\n\
            0000000000000000: 00000002 00000000 00010000 0001 01 14 /tmp/vestibule/kiosk-8.sock\n\
            0000000000000000: 00000002 00000000 00010000 0001 01 15 /run/vestibule/kiosk-x.sock\n\
            0000000000000000: 00000002 00000000 00010000 0001 01 16 @/run/kiosk-9.sock\n\
            0000000000000000: 00000002 00000000 00010000 0001 01 17\n\
            0000000000000000: 00000002 00000000 00010000 0001 01 18 /run/user/1 000/vestibule/kiosk-10.sock\n";
        assert_eq!(
            listed(list),
            [
                Path::new("/run/user/1 000/vestibule/kiosk-10.sock"),
                Path::new("/run/vestibule/vestibule/kiosk-7.sock")
            ]
        );
        assert!(listed("").is_empty());
    }
}
