//! The control socket of a kiosk that runs: whoever looks after the box asks there what is on the screen.
//!
//! One line of JSON in, one line out, and the connection ends; what the lines say is not known here. Nobody but this user
//! and root is answered (`SO_PEERCRED`, unix(7)), in a folder and on a socket that are the user's alone. Whoever connects
//! and says nothing, says too much or does not read is left after a moment, and there are never more than a few: the
//! loop that draws hears of whole requests alone, one after the other.

mod client;
mod place;

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures::stream::{self, Stream};
use rustix::process::geteuid;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::timeout;

pub use client::{Kiosk, Unanswered, running};
pub use place::folders;
use place::{is_over, socket_name};

use super::atomic_file;

/// Bytes of a request.
const LONGEST: u64 = 4096;
/// Connections at a time; the next ones wait in the kernel's queue.
const MOST: usize = 16;
/// How long a request may be on its way.
const ASKS: Duration = Duration::from_secs(1);
/// How long the loop that draws may take to come round to a request: a small box that opens a home may need seconds, and
/// monitors wait for ten.
const TAKES: Duration = Duration::from_secs(5);
/// How long what was taken may take: a configuration on a slow disk, a large picture.
const ANSWERS: Duration = Duration::from_secs(20);
/// How long an answer may be on its way.
const READS: Duration = Duration::from_secs(10);
/// How long is waited where the system has no file left for a connection.
const PAUSE: Duration = Duration::from_secs(1);

/// The answer where the loop that draws did not come round.
const FROZEN: &str = r#"{"error":{"code":"frozen","exit":1,"message":"the screen has hung for five seconds or more"}}"#;
/// The answer where what was taken came to nothing.
const LOST: &str = r#"{"error":{"code":"unexpected","exit":1,"message":"no answer came of it; the kiosk may be about to end"}}"#;
/// The answer to what is no line.
const NO_LINE: &str = r#"{"error":{"code":"usage","exit":2,"message":"a request is one line of JSON, no longer than 4096 bytes"}}"#;

/// The socket, until it is dropped.
#[derive(Debug)]
pub struct ControlSocket {
    listener: UnixListener,
    path: SocketPath,
}

/// Removes the socket when it goes.
#[derive(Debug)]
pub struct SocketPath(PathBuf);

impl Drop for SocketPath {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

impl ControlSocket {
    /// Opens the socket of this process in the first of `folders` that takes it, and removes there what kiosks left
    /// behind that were killed. Those of kiosks that run stay.
    ///
    /// # Errors
    /// What the system says of the last folder.
    pub fn open(folders: &[PathBuf]) -> io::Result<Self> {
        let mut failed = io::Error::other("there is no folder for it");
        for folder in folders {
            match Self::open_in(folder) {
                Ok(socket) => return Ok(socket),
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }

    fn open_in(folder: &Path) -> io::Result<Self> {
        atomic_file::create_private_directory(folder)?;
        let found = fs::symlink_metadata(folder)?;
        if !found.is_dir() || found.uid() != geteuid().as_raw() {
            return Err(io::Error::other("it is no folder of this user's"));
        }
        if found.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(folder, Permissions::from_mode(0o700))?;
        }
        for left in place::sockets(folder).filter(|path| is_over(path)) {
            let _ = fs::remove_file(left);
        }
        let path = folder.join(socket_name(std::process::id()));
        let listener = UnixListener::bind(&path)?;
        let path = SocketPath(path);
        fs::set_permissions(&path.0, Permissions::from_mode(0o600))?;
        listener.set_nonblocking(true)?;
        Ok(Self { listener, path })
    }

    /// Its place, which is free again when that is dropped, and what is asked there. Has to be called inside of a tokio
    /// runtime; the requests come to whoever polls the stream.
    ///
    /// # Errors
    /// What the runtime says.
    pub fn serve(self) -> io::Result<(SocketPath, impl Stream<Item = Request> + Send)> {
        let listener = tokio::net::UnixListener::from_std(self.listener)?;
        let (sender, receiver) = mpsc::channel(1);
        drop(tokio::spawn(accept(listener, sender)));
        let requests = stream::unfold(receiver, |mut receiver| async move {
            receiver.recv().await.map(|request| (request, receiver))
        });
        Ok((self.path, requests))
    }
}

/// What somebody asks, and the way to answer. One that is dropped is told as lost.
#[derive(Debug)]
pub struct Request {
    line: String,
    taken: Option<oneshot::Sender<()>>,
    answer: oneshot::Sender<String>,
}

impl Request {
    /// What is asked. The loop that draws says with it that it has come round.
    pub fn take(&mut self) -> &str {
        if let Some(taken) = self.taken.take() {
            let _ = taken.send(());
        }
        &self.line
    }

    /// Answers. Whoever asked may be gone.
    pub fn answer(self, answer: &serde_json::Value) {
        let _ = self.answer.send(answer.to_string());
    }
}

async fn accept(listener: tokio::net::UnixListener, requests: mpsc::Sender<Request>) {
    let free = Arc::new(Semaphore::new(MOST));
    while let Ok(place) = Arc::clone(&free).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                let requests = requests.clone();
                drop(tokio::spawn(async move {
                    // A reader that has gone away is no failure.
                    let _ = converse(stream, &requests).await;
                    drop(place);
                }));
            }
            Err(error) => {
                tracing::debug!(%error, "nobody can connect to the control socket");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Hears one request and answers it.
async fn converse(mut stream: UnixStream, requests: &mpsc::Sender<Request>) -> io::Result<()> {
    let uid = stream.peer_cred()?.uid();
    if uid != 0 && uid != geteuid().as_raw() {
        tracing::warn!(uid, "another user was at the control socket");
        return Ok(());
    }
    let line = timeout(ASKS, read_line(&mut stream)).await;
    let answer = match line {
        Err(_) => return Ok(()),
        Ok(None) => NO_LINE.to_owned(),
        Ok(Some(line)) => answered(line, requests).await,
    };
    let written = async {
        stream.write_all(answer.as_bytes()).await?;
        stream.write_all(b"\n").await?;
        stream.shutdown().await
    };
    timeout(READS, written).await.unwrap_or(Ok(()))
}

async fn read_line(stream: &mut UnixStream) -> Option<String> {
    let mut line = Vec::new();
    let mut reader = BufReader::new(stream.take(LONGEST));
    let _ = reader.read_until(b'\n', &mut line).await.ok()?;
    let text = line.strip_suffix(b"\n")?;
    String::from_utf8(text.to_vec()).ok()
}

async fn answered(line: String, requests: &mpsc::Sender<Request>) -> String {
    let (taken, is_taken) = oneshot::channel();
    let (answer, is_answered) = oneshot::channel();
    let request = Request {
        line,
        taken: Some(taken),
        answer,
    };
    let comes_round = async {
        requests.send(request).await.ok()?;
        is_taken.await.ok()
    };
    match timeout(TAKES, comes_round).await {
        Err(_) => return FROZEN.to_owned(),
        Ok(None) => return LOST.to_owned(),
        Ok(Some(())) => {}
    }
    match timeout(ANSWERS, is_answered).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) | Err(_) => LOST.to_owned(),
    }
}

#[cfg(test)]
mod tests;
