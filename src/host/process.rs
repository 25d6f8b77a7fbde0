//! This process: who may read its memory, and how it is asked to end.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::stream::{self, Stream, StreamExt};
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, getpid, getppid, kill_process, set_dumpable_behavior,
    setpriority_process, setrlimit,
};
use tokio::signal::unix::{SignalKind, signal};

/// Keeps others from reading the memory of this process, which will hold tokens: no core is dumped of it or its
/// children, and no other process of the same user attaches to it or reads `/proc/PID/mem` (prctl(2),
/// `PR_SET_DUMPABLE`; ptrace(2)). The superuser still can. To be called before the first secret is read.
///
/// # Errors
/// What the system said. The program can go on without.
pub fn shut_memory() -> std::io::Result<()> {
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    let nothing = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, nothing).map_err(Into::into)
}

/// The nice value of a thread that gives way: a quarter of the time of one that does not, where both want it.
const GIVES_WAY: i32 = 5;

/// Has the calling thread give way to the one that draws, for as long as it lives (setpriority(2): on Linux each thread has a
/// nice value of its own).
pub fn give_way() {
    let _ = setpriority_process(None, GIVES_WAY);
}

/// Has a file that may not grow (`ulimit -f`, `LimitFSIZE=`) be an error of the write that is told, and no end of the
/// process (setrlimit(2), `SIGXFSZ`).
pub fn survive_file_limits() {
    // SAFETY: no code of ours runs when the signal comes; it is called before there are other threads.
    #[allow(unsafe_code)]
    let _ = unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
}

/// Whether a `SIGHUP` has come since [`catch_hangups`].
static HANGUP: AtomicBool = AtomicBool::new(false);

extern "C" fn note_hangup(_signal: libc::c_int) {
    HANGUP.store(true, Ordering::SeqCst);
}

/// From now on no `SIGHUP` kills this process where it asks for the configuration to be read again, as whoever reloads a
/// fleet sends it also to a box that has just begun: [`reload_signals`] answers it once the program runs. One that the
/// parent process has had ignored stays so. For the first line of the program.
pub fn catch_hangups() {
    if hangup_reloads() && !is_ignored(Signal::Hangup) {
        let handler = note_hangup as extern "C" fn(libc::c_int);
        // SAFETY: the handler does nothing but store to an atomic (signal-safety(7)). Whoever listens later, as tokio
        // does, takes its place and calls it, too.
        #[allow(unsafe_code)]
        let _ = unsafe { libc::signal(libc::SIGHUP, handler as libc::sighandler_t) };
    }
}

/// A `SIGHUP` is the end again, for a command that has nothing to read anew; also one that has come meanwhile.
pub fn end_at_hangups() {
    if is_ignored(Signal::Hangup) {
        return;
    }
    // SAFETY: no code of ours runs when the signal comes; nobody else has listened for it yet.
    #[allow(unsafe_code)]
    let _ = unsafe { libc::signal(libc::SIGHUP, libc::SIG_DFL) };
    if HANGUP.load(Ordering::SeqCst) {
        let _ = kill_process(getpid(), rustix::process::Signal::HUP);
    }
}

/// How the process was asked to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// `SIGINT`: Ctrl-C.
    Interrupt,
    /// `SIGTERM`: the service manager.
    Terminate,
    /// `SIGHUP`: the terminal or the X session is gone.
    Hangup,
    /// `SIGQUIT`: Ctrl-\.
    Quit,
}

impl Signal {
    const ALL: [Self; 4] = [Self::Interrupt, Self::Terminate, Self::Hangup, Self::Quit];

    /// Its name (signal(7)).
    pub fn name(self) -> &'static str {
        match self {
            Self::Interrupt => "SIGINT",
            Self::Terminate => "SIGTERM",
            Self::Hangup => "SIGHUP",
            Self::Quit => "SIGQUIT",
        }
    }

    fn kind(self) -> SignalKind {
        match self {
            Self::Interrupt => SignalKind::interrupt(),
            Self::Terminate => SignalKind::terminate(),
            Self::Hangup => SignalKind::hangup(),
            Self::Quit => SignalKind::quit(),
        }
    }

    /// Whether the parent process may have had it ignored for good: `nohup` for one, a shell's `&` for the
    /// other. The other two are how a program is ended by name and are always heard.
    fn may_be_ignored(self) -> bool {
        matches!(self, Self::Hangup | Self::Quit)
    }
}

/// Takes the signals over at once and waits until the process is asked to end.
///
/// From the call on, and not only from the first poll, the signals no longer kill the process: whatever
/// is announced after the call can be relied on. Must be called within a Tokio runtime. Where the system
/// gives no signals it never resolves.
pub fn shutdown_signal() -> impl Future<Output = Signal> {
    first_of(Signal::ALL.into_iter())
}

/// The same for a window, to which `SIGHUP` may mean something else: see [`hangup_reloads`].
pub fn end_of_window() -> impl Future<Output = Signal> {
    let reloads = hangup_reloads();
    let ends = move |one: &Signal| *one != Signal::Hangup || !reloads;
    first_of(Signal::ALL.into_iter().filter(ends))
}

/// Each `SIGHUP` that asks a window to read its configuration again, those that came before anybody listened as one;
/// none where it means the end.
pub fn reload_signals() -> impl Stream<Item = ()> {
    let stream = hangup_reloads().then(|| heard(Signal::Hangup)).flatten();
    // In this order: one that comes between the two is answered twice, and not lost.
    let early = stream.is_some() && HANGUP.swap(false, Ordering::SeqCst);
    let later = stream::unfold(stream, |stream| async move {
        let mut stream = stream?;
        stream.recv().await?;
        Some(((), Some(stream)))
    });
    stream::iter(early.then_some(())).chain(later)
}

/// Whether `SIGHUP` asks a window to read its configuration again, as it asks a daemon (signal(7) knows it as the end of
/// a terminal). It does where no terminal controls this process that could go away, and where it is a service's: the
/// terminal of a kiosk is the service manager's to take away, and that sends `SIGTERM`.
fn hangup_reloads() -> bool {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let parent = getppid().map_or(0, |pid| pid.as_raw_nonzero().get());
    let this = getpid().as_raw_nonzero().get();
    reloads(&stat, &[this, parent], |name| std::env::var(name).ok())
}

/// The rule: `stat` is what proc_pid_stat(5) says, and `pids` are this process and its parent, which is the compositor
/// where that is what the service started. `SYSTEMD_EXEC_PID` and `NOTIFY_SOCKET` are systemd.exec(5)'s; a shell below a
/// terminal that is a service has the first one, too, but is not that process's child.
fn reloads(stat: &str, pids: &[i32], variable: impl Fn(&str) -> Option<String>) -> bool {
    // pid (name) state ppid pgrp session tty_nr
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let terminal = fields.split_whitespace().nth(4);
    let started = variable("SYSTEMD_EXEC_PID").and_then(|pid| pid.parse().ok());
    terminal == Some("0")
        || variable("NOTIFY_SOCKET").is_some_and(|socket| !socket.is_empty())
        || started.is_some_and(|pid| pids.contains(&pid))
}

/// Hears a signal from now on, unless the parent process has had it ignored.
fn heard(one: Signal) -> Option<tokio::signal::unix::Signal> {
    if one.may_be_ignored() && is_ignored(one) {
        return None;
    }
    signal(one.kind())
        .inspect_err(|error| {
            tracing::warn!(%error, signal = ?one, "a signal cannot be awaited");
        })
        .ok()
}

fn first_of(signals: impl Iterator<Item = Signal>) -> impl Future<Output = Signal> {
    let heard: Vec<_> = signals.filter_map(|one| Some((one, heard(one)?))).collect();
    async move {
        if heard.is_empty() {
            return std::future::pending().await;
        }
        let waiting = heard.into_iter().map(|(one, mut stream)| {
            let heard: Pin<Box<dyn Future<Output = Signal> + Send>> = Box::pin(async move {
                match stream.recv().await {
                    Some(()) => one,
                    None => std::future::pending().await,
                }
            });
            heard
        });
        futures::future::select_all(waiting).await.0
    }
}

fn is_ignored(one: Signal) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    is_among(ignored_signals(&status), one.kind())
}

/// The signals that this process ignores, a bit each from the lowest on (proc_pid_status(5)). None where the system
/// does not tell.
fn ignored_signals(status: &str) -> u64 {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or_default()
}

fn is_among(mask: u64, kind: SignalKind) -> bool {
    let bit = u32::try_from(kind.as_raw_value() - 1).unwrap_or(u32::MAX);
    mask.checked_shr(bit).is_some_and(|rest| rest & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hangup_is_the_end_only_where_a_terminal_can_go_away() {
        let with = |terminal: &str| format!("9 (a) b) S 8 9 9 {terminal} 9 4194560 0\n");
        let (none, tty) = (with("0"), with("1025"));
        for (stat, variables, reloads) in [
            (&none, vec![], true),
            (&tty, vec![], false),
            (&String::new(), vec![], false),
            // The unit: its terminal is the service manager's, and the compositor stands between.
            (&tty, vec![("NOTIFY_SOCKET", "/run/systemd/notify")], true),
            (&tty, vec![("SYSTEMD_EXEC_PID", "8")], true),
            (&tty, vec![("SYSTEMD_EXEC_PID", "9")], true),
            // A shell in a terminal that is a service itself.
            (
                &tty,
                vec![("SYSTEMD_EXEC_PID", "7"), ("INVOCATION_ID", "x")],
                false,
            ),
            (
                &tty,
                vec![("NOTIFY_SOCKET", ""), ("SYSTEMD_EXEC_PID", "x")],
                false,
            ),
        ] {
            let variable = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(
                super::reloads(stat, &[9, 8], variable),
                reloads,
                "{variables:?}"
            );
        }
    }

    #[test]
    fn what_was_ignored_at_the_start_is_read_from_the_mask() {
        let nohup =
            "Name:\tvestibule\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001001\nSigCgt:\t0\n";
        let mask = ignored_signals(nohup);
        assert!(is_among(mask, SignalKind::hangup()));
        assert!(is_among(mask, SignalKind::pipe()));
        for other in [
            SignalKind::quit(),
            SignalKind::terminate(),
            SignalKind::interrupt(),
        ] {
            assert!(!is_among(mask, other), "{other:?}");
        }
        for nothing in ["", "SigIgn:\t", "SigIgn:\tx", "SigIgn:\tffffffffffffffffff"] {
            assert_eq!(ignored_signals(nothing), 0, "{nothing}");
        }
        assert!(!is_among(u64::MAX, SignalKind::from_raw(0)));
    }
}
