use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::UNIX_EPOCH;

use reqwest::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

fn settings(timeout: Duration) -> Settings {
    Settings {
        user_agent: "test".to_owned(),
        trust_anchors: None,
        clock_floor: UNIX_EPOCH,
        connect_timeout: timeout,
        read_timeout: None,
        timeout,
        compressed: false,
    }
}

fn patient() -> Connections {
    Connections::new(settings(Duration::from_secs(20)))
}

/// What a server saw.
#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    requests: AtomicUsize,
}

impl Seen {
    fn counts(&self) -> (usize, usize) {
        let count = |counted: &AtomicUsize| counted.load(Ordering::Relaxed);
        (count(&self.connections), count(&self.requests))
    }
}

/// A server of HTTP/1.1 that does with each request on a connection as `answer` says of its number there, from 0.
async fn serve(answer: fn(usize) -> Act) -> (Url, Arc<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let seen = Arc::new(Seen::default());
    let counted = Arc::clone(&seen);
    let _serving = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = counted.connections.fetch_add(1, Ordering::Relaxed);
            let _talk = tokio::spawn(talk(stream, answer, Arc::clone(&counted)));
        }
    });
    (Url::parse(&address).unwrap(), seen)
}

enum Act {
    Answer,
    HangUp,
    BreakOff,
    Silence,
}

async fn talk(mut stream: TcpStream, answer: fn(usize) -> Act, seen: Arc<Seen>) {
    let mut bytes = [0; 4096];
    for number in 0.. {
        if !matches!(stream.read(&mut bytes).await, Ok(1..)) {
            return;
        }
        let _ = seen.requests.fetch_add(1, Ordering::Relaxed);
        let sent = match answer(number) {
            Act::Answer => stream.write_all(ANSWER).await,
            Act::HangUp => return,
            Act::BreakOff => {
                let _ = stream.write_all(&ANSWER[..ANSWER.len() - 1]).await;
                return;
            }
            Act::Silence => Ok(()),
        };
        if sent.is_err() {
            return;
        }
    }
}

async fn ask(connections: &Connections, url: &Url, repeat: Repeat) -> Result<Vec<u8>, Error> {
    let request = || Ok::<_, Error>(Request::new(Method::GET, url.clone()));
    let mut response = connections.exchange(repeat, request).await?;
    let mut body = Vec::new();
    loop {
        match response.read_into(&mut body, 100).await {
            Ok(true) => {}
            Ok(false) => return Ok(body),
            Err(BodyError::Network(error)) => return Err(error.into()),
            Err(BodyError::TooLarge) => panic!("{} bytes", body.len()),
        }
    }
}

fn failure(result: Result<Vec<u8>, Error>) -> NetworkFailure {
    match result.unwrap_err() {
        Error::Network(error) => error.failure,
        other => panic!("{other:?}"),
    }
}

/// Kills each connection that is used a second time, after it has read what was asked.
fn kill_reused(number: usize) -> Act {
    match number {
        0 => Act::Answer,
        _ => Act::HangUp,
    }
}

#[tokio::test]
async fn what_may_be_repeated_is_asked_on_a_fresh_connection_where_a_reused_one_is_killed() {
    let (url, seen) = serve(kill_reused).await;
    let connections = patient();
    for _ in 0..5 {
        assert_eq!(ask(&connections, &url, Repeat::Safe).await.unwrap(), b"{}");
    }
    // One died; after that none was kept.
    assert_eq!(seen.counts(), (5, 6));
}

#[tokio::test]
async fn many_dead_connections_cost_no_request_its_answer() {
    let (url, _) = serve(kill_reused).await;
    let connections = patient();
    let all = || futures::future::join_all((0..6).map(|_| ask(&connections, &url, Repeat::Safe)));
    for answer in all().await.into_iter().chain(all().await) {
        assert_eq!(answer.unwrap(), b"{}");
    }
}

#[tokio::test]
async fn what_may_not_be_repeated_is_sent_once_and_kept_connections_rest() {
    let (url, seen) = serve(kill_reused).await;
    let connections = patient();
    let _ = ask(&connections, &url, Repeat::Never).await.unwrap();
    let died = ask(&connections, &url, Repeat::Never).await;
    assert_eq!(failure(died), NetworkFailure::Interrupted);
    assert_eq!(seen.counts(), (1, 2));
    for _ in 0..3 {
        let _ = ask(&connections, &url, Repeat::Never).await.unwrap();
    }
    assert_eq!(seen.counts(), (4, 5));
}

#[tokio::test]
async fn what_must_not_get_lost_never_meets_a_connection_that_was_used_before() {
    let (url, seen) = serve(kill_reused).await;
    let connections = patient();
    let _ = ask(&connections, &url, Repeat::Safe).await.unwrap();
    for _ in 0..3 {
        let _ = ask(&connections, &url, Repeat::OwnConnection)
            .await
            .unwrap();
    }
    assert_eq!(seen.counts(), (4, 4));
}

#[tokio::test]
async fn a_server_that_kills_a_connection_never_used_before_is_asked_once() {
    let (url, seen) = serve(|_| Act::HangUp).await;
    let died = ask(&patient(), &url, Repeat::Safe).await;
    assert_eq!(failure(died), NetworkFailure::Interrupted);
    assert_eq!(seen.counts(), (1, 1));
}

#[tokio::test]
async fn connections_rest_after_a_body_that_broke_off() {
    let break_reused = |number| match number {
        0 => Act::Answer,
        _ => Act::BreakOff,
    };
    let (url, seen) = serve(break_reused).await;
    let connections = patient();
    let _ = ask(&connections, &url, Repeat::Safe).await.unwrap();
    let broken = ask(&connections, &url, Repeat::Safe).await;
    assert_eq!(failure(broken), NetworkFailure::Interrupted);
    for _ in 0..3 {
        let _ = ask(&connections, &url, Repeat::Safe).await.unwrap();
    }
    assert_eq!(seen.counts(), (4, 5));
}

#[tokio::test]
async fn no_connection_is_kept_on_which_nothing_came_in_time() {
    let (url, seen) = serve(|number| match number {
        0 => Act::Answer,
        _ => Act::Silence,
    })
    .await;
    let connections = Connections::new(settings(Duration::from_millis(300)));
    let _ = ask(&connections, &url, Repeat::Safe).await.unwrap();
    let late = ask(&connections, &url, Repeat::Safe).await;
    assert_eq!(failure(late), NetworkFailure::Timeout);
    assert!(lock(&connections.clear.keeping).is_none());
    let _ = ask(&connections, &url, Repeat::Safe).await.unwrap();
    assert_eq!(seen.counts(), (2, 3));
}

#[tokio::test]
async fn connections_are_kept_where_nothing_dies() {
    let (url, seen) = serve(|_| Act::Answer).await;
    let connections = patient();
    for _ in 0..3 {
        let _ = ask(&connections, &url, Repeat::Safe).await.unwrap();
    }
    assert_eq!(seen.counts(), (1, 3));
}

#[test]
fn only_what_stays_on_this_machine_goes_without_tls_and_proxy() {
    let clear = |url| is_clear(&Url::parse(url).unwrap());
    assert!(clear("http://localhost/") && clear("http://127.0.0.1:1/"));
    assert!(!clear("https://127.0.0.1/") && !clear("https://id.example/"));
    assert!(!clear("http://192.168.1.2/"));
}
