//! This process: who may read its memory, and how it is asked to end.

use std::pin::Pin;

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
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

/// Has a file that may not grow (`ulimit -f`, `LimitFSIZE=`) be an error of the write that is told, and no end of the
/// process (setrlimit(2), `SIGXFSZ`).
pub fn survive_file_limits() {
    // SAFETY: no code of ours runs when the signal comes; it is called before there are other threads.
    #[allow(unsafe_code)]
    let _ = unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
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
    let ignored =
        ignored_signals(&std::fs::read_to_string("/proc/self/status").unwrap_or_default());
    let heard: Vec<_> = Signal::ALL
        .into_iter()
        .filter(|one| !(one.may_be_ignored() && is_among(ignored, one.kind())))
        .filter_map(|one| match signal(one.kind()) {
            Ok(stream) => Some((one, stream)),
            Err(error) => {
                tracing::warn!(%error, signal = ?one, "a signal cannot be awaited");
                None
            }
        })
        .collect();
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
