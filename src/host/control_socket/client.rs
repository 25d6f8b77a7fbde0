//! Whoever asks: finds the kiosks that run and waits for an answer, for no longer than it may take.

use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::net::{
    AddressFamily, SocketAddrUnix, SocketFlags, SocketType, connect as connect_to, socket_with,
    sockopt::socket_peercred,
};
use rustix::process::geteuid;

use super::place;

/// Bytes of an answer: a large picture.
const LONGEST: usize = 128 * 1024 * 1024;

/// A kiosk that runs, and the way to it.
#[derive(Debug)]
pub struct Kiosk {
    /// Its process, as the kernel tells.
    pub pid: i32,
    stream: UnixStream,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    /// It did not say anything for as long as it may take.
    #[error("the kiosk (process {pid}) does not answer")]
    Silent {
        /// Its process.
        pid: i32,
    },
    /// The way to it broke.
    #[error("the kiosk (process {pid}) cannot be asked: {cause}")]
    Lost {
        /// Its process.
        pid: i32,
        /// What the system says.
        cause: String,
    },
}

/// The kiosks that run: those of this environment, else those of this user in any runtime directory, or for root
/// everybody's. What listens as another user is none.
pub fn running(folders: &[PathBuf]) -> Vec<Kiosk> {
    let here: Vec<_> = folders
        .iter()
        .flat_map(|folder| place::sockets(folder))
        .filter_map(|path| Kiosk::at(&path))
        .collect();
    if !here.is_empty() {
        return here;
    }
    let elsewhere = place::in_runtime_directories();
    elsewhere
        .iter()
        .filter_map(|path| Kiosk::at(path))
        .collect()
}

/// Connects without waiting, also where the queue is full.
pub(super) fn connect(path: &Path) -> io::Result<UnixStream> {
    let address = SocketAddrUnix::new(path)?;
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    let socket = socket_with(AddressFamily::UNIX, SocketType::STREAM, flags, None)?;
    connect_to(&socket, &address)?;
    Ok(socket.into())
}

impl Kiosk {
    fn at(path: &Path) -> Option<Self> {
        let stream = connect(path).ok()?;
        let peer = socket_peercred(stream.as_fd()).ok()?;
        let me = geteuid();
        (me.is_root() || peer.uid == me).then(|| Self {
            pid: peer.pid.as_raw_nonzero().get(),
            stream,
        })
    }

    /// Asks, and waits for the answer for no longer than `patience`.
    ///
    /// # Errors
    /// [`Unanswered`].
    pub fn ask(
        self,
        request: &serde_json::Value,
        patience: Duration,
    ) -> Result<serde_json::Value, Unanswered> {
        let pid = self.pid;
        let lost = |cause: String| Unanswered::Lost { pid, cause };
        let answer = self
            .exchange(request, patience)
            .map_err(|error| match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::TimedOut => Unanswered::Silent { pid },
                _ => lost(error.to_string()),
            })?;
        serde_json::from_slice(&answer).map_err(|error| match answer.is_empty() {
            true => lost("it ended before it answered".to_owned()),
            false => lost(error.to_string()),
        })
    }

    fn exchange(mut self, request: &serde_json::Value, patience: Duration) -> io::Result<Vec<u8>> {
        let deadline = Instant::now() + patience;
        self.stream.set_nonblocking(false)?;
        self.stream.set_write_timeout(Some(patience))?;
        self.stream.write_all(format!("{request}\n").as_bytes())?;
        let mut answer = Vec::new();
        let mut piece = vec![0; 64 * 1024];
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(ErrorKind::TimedOut.into());
            }
            self.stream.set_read_timeout(Some(left))?;
            match self.stream.read(&mut piece) {
                Ok(0) => return Ok(answer),
                Ok(_) if answer.len() >= LONGEST => {
                    return Err(io::Error::other("the answer has no end"));
                }
                Ok(count) => answer.extend_from_slice(piece.get(..count).unwrap_or_default()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
