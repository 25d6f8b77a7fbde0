//! This process: what it leaves behind when it dies, and how it is asked to end.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Forbids core dumps for this process and its children: one would hold the tokens.
///
/// # Errors
/// What the system said. The program can go on without.
pub fn forbid_core_dumps() -> std::io::Result<()> {
    let nothing = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, nothing).map_err(Into::into)
}

/// How the process was asked to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// `SIGINT`: Ctrl-C.
    Interrupt,
    /// `SIGTERM`: the service manager.
    Terminate,
}

/// Takes the signals over at once and waits until the process is asked to end.
///
/// From the call on, and not only from the first poll, the signals no longer kill the process: whatever
/// is announced after the call can be relied on. Must be called within a Tokio runtime. Where the system
/// gives no signals it never resolves.
pub fn asked_to_end() -> impl Future<Output = Signal> {
    use tokio::signal::unix::{SignalKind, signal};

    let signals = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    );
    async move {
        let (Ok(mut interrupt), Ok(mut terminate)) = signals else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => Signal::Interrupt,
            _ = terminate.recv() => Signal::Terminate,
        }
    }
}
