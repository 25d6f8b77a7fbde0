//! The virtual terminals of this box (console_ioctl(4)): which one is in front, and which one is ours. Another program
//! may have taken the screen, a login prompt or a display manager, while everything here goes well.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::thread;
use std::time::Duration;

use futures::stream::{self, Stream};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use tokio::sync::mpsc::{self, Sender, error::TrySendError};

/// Where the kernel names the terminal that is in front.
const ACTIVE: &str = "/sys/class/tty/tty0/active";
/// Major number of virtual terminals (devices.txt).
const TTY_MAJOR: u32 = 4;
/// Serial lines begin behind them.
const MOST: u32 = 63;

/// The terminal in front; nothing where there are none.
pub fn active() -> Option<u32> {
    named(&std::fs::read_to_string(ACTIVE).ok()?)
}

/// Whoever passes by a terminal on the way to another has not put it in front.
const SETTLED: Duration = Duration::from_secs(1);

/// Gives a sign when another terminal has come to the front; none where there are no terminals.
pub fn switches() -> impl Stream<Item = ()> {
    let (sign, mut signs) = mpsc::channel(1);
    let watching = thread::Builder::new().name("terminals".to_owned());
    let watching = watching.spawn(move || watch(&sign));
    if let Err(error) = watching {
        tracing::debug!(%error, "nobody watches which terminal is in front");
    }
    stream::poll_fn(move |context| signs.poll_recv(context))
}

/// The kernel marks the file (sysfs_notify) until it is read again.
fn watch(sign: &Sender<()>) -> io::Result<()> {
    let file = File::open(ACTIVE)?;
    loop {
        let _ = file.read_at(&mut [0; 16], 0)?;
        let waited = poll(&mut [PollFd::new(&file, PollFlags::PRI)], None);
        if waited != Err(Errno::INTR) {
            let _ = waited?;
        }
        thread::sleep(SETTLED);
        if let Err(TrySendError::Closed(())) = sign.try_send(()) {
            return Ok(());
        }
    }
}

/// The terminal that the session of this process was started on: as logind says (pam_systemd(8)), or as a service manager
/// has it control the process (`TTYPath=`). Nothing for a session without one.
pub fn of_this_process() -> Option<u32> {
    let told = std::env::var("XDG_VTNR").ok();
    let told = told.and_then(|number| number.parse().ok());
    let told = told.filter(|number| (1..=MOST).contains(number));
    told.or_else(|| controlling(&std::fs::read_to_string("/proc/self/stat").ok()?))
}

/// The number in a name like `tty1`.
fn named(name: &str) -> Option<u32> {
    let number = name.trim().strip_prefix("tty")?.parse().ok()?;
    (1..=MOST).contains(&number).then_some(number)
}

/// The controlling terminal in proc_pid_stat(5), where it is a virtual one.
fn controlling(stat: &str) -> Option<u32> {
    // The name of the program stands in brackets and may hold anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let device: u32 = fields.split(' ').nth(4)?.parse().ok()?;
    let (major, minor) = (
        (device >> 8) & 0xfff,
        (device & 0xff) | ((device >> 12) & 0xfff00),
    );
    (major == TTY_MAJOR && (1..=MOST).contains(&minor)).then_some(minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_known_by_its_name_or_its_device() {
        for (name, number) in [
            ("tty1\n", Some(1)),
            ("tty12", Some(12)),
            ("tty0", None),
            ("ttyS0", None),
            ("pts/1", None),
            ("", None),
            ("tty99", None),
        ] {
            assert_eq!(named(name), number, "{name}");
        }
        for (stat, number) in [
            ("9 (vestibule) S 1 9 9 1025 9 4194304", Some(1)),
            ("9 (a) b (c) S 1 9 9 1031 9 4194304", Some(7)),
            // None, a pseudo-terminal, a serial line.
            ("9 (vestibule) S 1 9 9 0 -1 4194304", None),
            ("9 (vestibule) S 1 9 9 34816 9 4194304", None),
            ("9 (vestibule) S 1 9 9 1088 9 4194304", None),
            ("9 (vestibule) S", None),
            ("", None),
        ] {
            assert_eq!(controlling(stat), number, "{stat}");
        }
    }
}
