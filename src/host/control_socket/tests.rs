//! The socket as a client finds it, well-behaved or not.

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream as Client;

use futures::StreamExt;
use serde_json::{Value, json};

use super::*;

/// A socket in a folder of its own, and what answers there.
struct Answering {
    folder: tempfile::TempDir,
    _path: SocketPath,
}

impl Answering {
    /// Takes each request in and does with it what `answer` does.
    fn with(mut answer: impl FnMut(Request) + Send + 'static) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let socket = ControlSocket::open(&[folder.path().join("vestibule")]).unwrap();
        let (path, requests) = socket.serve().unwrap();
        drop(tokio::spawn(async move {
            let mut requests = std::pin::pin!(requests);
            while let Some(request) = requests.next().await {
                answer(request);
            }
        }));
        Self {
            folder,
            _path: path,
        }
    }

    fn folder(&self) -> PathBuf {
        self.folder.path().join("vestibule")
    }

    fn connect(&self) -> Client {
        Client::connect(self.folder().join(socket_name(std::process::id()))).unwrap()
    }

    fn says(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(bytes).unwrap();
        let mut answer = String::new();
        // What was too long to be read is told as a reset, after the answer.
        let _ = stream.read_to_string(&mut answer);
        answer
    }

    fn asked(&self, request: &Value) -> Result<Value, Unanswered> {
        let kiosk = running(&[self.folder()]).pop().unwrap();
        kiosk.ask(request, 4 * ANSWERS)
    }
}

fn echo(mut request: Request) {
    let said: Value = serde_json::from_str(request.take()).unwrap_or(Value::Null);
    request.answer(&json!({ "said": said }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_answered_and_the_socket_is_the_users_alone() {
    let socket = Answering::with(echo);
    let answer = socket.asked(&json!({"ask": "screen"})).unwrap();
    assert_eq!(answer, json!({"said": {"ask": "screen"}}));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&socket.folder()), 0o700);
    let name = socket_name(std::process::id());
    assert_eq!(mode(&socket.folder().join(name)), 0o600);
    assert_eq!(
        running(&[socket.folder()])[0].pid,
        std::process::id() as i32
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_line_is_refused() {
    let socket = Answering::with(echo);
    let longest = usize::try_from(LONGEST).unwrap();
    let long = vec![b'x'; longest + 1];
    for (what, bytes) in [("too long", long.as_slice()), ("not UTF-8", b"\xff\n")] {
        assert_eq!(socket.says(bytes).trim(), NO_LINE, "{what}");
    }
    assert_eq!(socket.says(b"no JSON\n").trim(), r#"{"said":null}"#);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_that_hang_keep_nobody_else_waiting_for_long() {
    let socket = Answering::with(echo);
    let hung: Vec<_> = (0..3 * MOST).map(|_| socket.connect()).collect();
    let asked = std::time::Instant::now();
    assert!(socket.asked(&json!(1)).is_ok());
    assert!(asked.elapsed() < 6 * ASKS, "{:?}", asked.elapsed());
    drop(hung);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_loop_that_does_not_come_round_is_told_as_frozen() {
    let (keeper, mut kept) = mpsc::unbounded_channel();
    let socket = Answering::with(move |request| keeper.send(request).unwrap());
    assert_eq!(socket.says(b"1\n").trim(), FROZEN);
    // One that came round and answers nothing is another thing.
    drop(kept.recv().await);
    let socket = Answering::with(|mut request| {
        let _ = request.take();
    });
    assert_eq!(socket.says(b"1\n").trim(), LOST);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_kill_left_is_removed_and_what_runs_stays() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().join("vestibule");
    fs::create_dir(&here).unwrap();
    // A listener that is closed leaves its name behind.
    drop(UnixListener::bind(here.join(socket_name(1))).unwrap());
    let other = UnixListener::bind(here.join(socket_name(2))).unwrap();
    fs::write(here.join(socket_name(3)), "no socket").unwrap();
    let own = here.join(socket_name(std::process::id()));
    // As a program that began anew in its process does.
    drop(UnixListener::bind(&own).unwrap());
    let socket = ControlSocket::open(std::slice::from_ref(&here)).unwrap();
    let left = |pid| here.join(socket_name(pid)).exists();
    assert!(!left(1) && left(2) && left(3) && own.exists());
    assert_eq!(running(std::slice::from_ref(&here)).len(), 2);
    drop(socket);
    assert!(!own.exists());
    drop(other);
    assert!(running(&[here]).is_empty());
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let deep = folder.path().join("x".repeat(120));
    let good = folder.path().join("good");
    assert!(ControlSocket::open(&[]).is_err());
    let socket = ControlSocket::open(&[file, deep, good.clone()]).unwrap();
    assert!(socket.path.0.starts_with(good));
}

#[test]
fn a_kiosk_that_is_stopped_as_a_whole_is_waited_for_as_long_as_was_said() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().to_owned();
    // The kernel takes connections and requests for it.
    let _stopped = UnixListener::bind(here.join(socket_name(7))).unwrap();
    let kiosk = running(&[here]).pop().unwrap();
    let patience = Duration::from_millis(300);
    let asked = std::time::Instant::now();
    let answer = kiosk.ask(&json!(1), patience);
    assert!(
        matches!(answer, Err(Unanswered::Silent { .. })),
        "{answer:?}"
    );
    assert!(asked.elapsed() >= patience && asked.elapsed() < 20 * patience);
}
