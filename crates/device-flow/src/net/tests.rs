use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use super::*;
use crate::{NetworkError, NetworkFailure};

fn config() -> ClientConfig {
    ClientConfig::new(&crate::provider::OAUTH2, "tv")
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[test]
fn only_https_leaves_this_machine() {
    for allowed in [
        "https://id.example/token",
        "http://127.0.0.1:8080/",
        "http://127.8.9.1/",
        "http://[::1]:1/",
        "http://localhost/",
    ] {
        assert_eq!(check(&url(allowed)), Ok(()), "{allowed}");
    }
    for refused in [
        "http://id.example/token?secret=marker",
        "http://192.168.1.2/",
        "http://localhost.evil.example/",
        "http://127.0.0.1.evil.example/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
    ] {
        let error = check(&url(refused)).unwrap_err();
        assert!(matches!(error, Error::Misconfigured(_)), "{refused}");
        assert!(!error.to_string().contains("marker"));
    }
}

#[tokio::test]
async fn a_ca_file_that_is_none_is_said_so_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "").unwrap();
    for path in [folder.path().join("missing.pem"), empty] {
        let http = Http::new(&config().trust_anchors(TrustAnchors::read_with(
            format!("ca_file {}", path.display()),
            {
                let path = path.clone();
                move || std::fs::read(&path)
            },
        )));
        let error = http
            .get(&url("https://127.0.0.1:1/"), Credentials::None)
            .await
            .unwrap_err();
        assert!(
            matches!(&error, Error::Misconfigured(words) if words.contains(path.to_str().unwrap())),
            "{error}"
        );
    }
}

/// Serves raw bytes to one connection, then keeps it open until the client has gone.
fn raw(answer: Vec<u8>) -> (Url, thread::JoinHandle<()>) {
    serving(answer, false)
}

/// The same; where `hangs_up`, the end of the connection is the end of the answer.
fn serving(answer: Vec<u8>, hangs_up: bool) -> (Url, thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let _ = socket.read(&mut request).unwrap();
        let _ = socket.write_all(&answer);
        if hangs_up {
            let _ = socket.shutdown(std::net::Shutdown::Write);
        }
        while matches!(socket.read(&mut request), Ok(1..)) {}
    });
    (
        url(&format!("http://{address}/token?secret=marker")),
        server,
    )
}

/// Closing a connection is the runtime's work too, so it may not be blocked meanwhile.
async fn finish(server: thread::JoinHandle<()>) {
    tokio::task::spawn_blocking(|| server.join().unwrap())
        .await
        .unwrap();
}

async fn get(http: Http, answer: Vec<u8>) -> Result<Reply, Error> {
    let (url, server) = raw(answer);
    let reply = http.get(&url, Credentials::None).await;
    drop(http);
    finish(server).await;
    reply
}

fn impatient() -> Http {
    Http {
        limit: Duration::from_millis(300),
        ..Http::new(&config())
    }
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    for answer in [
        &b""[..],
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{",
    ] {
        let error = get(impatient(), answer.to_vec()).await.unwrap_err();
        assert!(
            matches!(
                error,
                Error::Network(NetworkError {
                    failure: NetworkFailure::Timeout,
                    ..
                })
            ),
            "{error:?}"
        );
        assert!(!error.to_string().contains("marker"), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_is_worth_it_is_waited_for_longer_than_others() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = url(&format!("http://{}/", listener.local_addr().unwrap()));
    let server = thread::spawn(move || {
        for _ in 0..2 {
            let (mut socket, _) = listener.accept().unwrap();
            let _ = socket.read(&mut [0; 4096]).unwrap();
            thread::sleep(Duration::from_millis(900));
            let _ = socket
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    let http = impatient();
    let usual = http
        .post(&address, &[], Repeat::Never, Credentials::None, None, None)
        .await;
    assert!(usual.is_err());
    let longer = Some(Duration::from_secs(30));
    let reply = http
        .post(
            &address,
            &[],
            Repeat::Never,
            Credentials::None,
            None,
            longer,
        )
        .await;
    assert_eq!(reply.unwrap().status, 200);
    drop(http);
    finish(server).await;
}

#[tokio::test]
async fn a_body_over_a_mebibyte_is_not_read_whichever_way_it_comes() {
    let declared = b"HTTP/1.1 200 OK\r\nContent-Length: 2097152\r\n\r\n".to_vec();
    let mut chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n".to_vec();
    chunked.extend(vec![b' '; 0x20_0000]);
    let mut endless = b"HTTP/1.0 200 OK\r\n\r\n".to_vec();
    endless.extend(vec![b' '; 0x20_0000]);
    for answer in [declared, chunked, endless] {
        let error = get(Http::new(&config()), answer).await.unwrap_err();
        assert!(
            matches!(&error, Error::Unexpected { status: 200, detail, .. } if detail.contains("1048576")),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn replies_come_in_every_dress_of_http_1() {
    for answer in [
        &b"HTTP/1.0 400 Bad Request\r\n\r\n{\"error\":\"slow_down\"}"[..],
        b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n{\"error\":\"slow_down\"}",
        b"HTTP/1.1 400 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"err\r\nf;x=y\r\nor\":\"slow_down\"\r\n1\r\n}\r\n0\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 400 X\r\nContent-Length: 21\r\n\r\n{\"error\":\"slow_down\"}",
    ] {
        let (url, server) = serving(answer.to_vec(), true);
        let http = Http::new(&config());
        let reply = http.get(&url, Credentials::None).await;
        drop(http);
        finish(server).await;
        let reply = reply.unwrap_or_else(|error| panic!("{error}: {}", answer.escape_ascii()));
        assert_eq!(reply.status, 400);
        let code = wire::members(&reply).unwrap()["error"].clone();
        assert_eq!(code, "slow_down");
    }
}

#[tokio::test]
async fn a_flood_of_fields_is_a_broken_answer_and_not_a_full_memory() {
    let mut many = b"HTTP/1.1 200 OK\r\n".to_vec();
    for number in 0..5_000 {
        many.extend(format!("x-{number}: y\r\n").into_bytes());
    }
    let mut long = b"HTTP/1.1 200 OK\r\nx: ".to_vec();
    long.extend(vec![b'y'; 4 * 1024 * 1024]);
    for answer in [many, long] {
        let error = get(impatient(), answer).await.unwrap_err();
        assert!(matches!(error, Error::Network(_)), "{error:?}");
    }
}

fn gzipped(body: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(body).unwrap();
    let packed = packed.finish().unwrap();
    let mut answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        packed.len()
    )
    .into_bytes();
    answer.extend(packed);
    answer
}

#[tokio::test]
async fn a_body_that_is_packed_unasked_is_read_and_no_further_than_any_other() {
    let reply = get(Http::new(&config()), gzipped(br#"{"error":"slow_down"}"#)).await;
    let members = wire::members(&reply.unwrap()).unwrap();
    assert_eq!(members["error"], "slow_down");
    let bomb = gzipped(&vec![b' '; 64 * 1024 * 1024]);
    let error = get(Http::new(&config()), bomb).await.unwrap_err();
    assert!(
        matches!(&error, Error::Unexpected { status: 200, detail, .. } if detail.contains("1048576")),
        "{error:?}"
    );
}

#[tokio::test]
async fn no_packing_is_asked_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = url(&format!("http://{}/", listener.local_addr().unwrap()));
    let server = thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let length = socket.read(&mut request).unwrap();
        let _ = socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        String::from_utf8_lossy(&request[..length]).to_ascii_lowercase()
    });
    let http = Http::new(&config());
    let _ = http.get(&address, Credentials::None).await.unwrap();
    drop(http);
    let request = tokio::task::spawn_blocking(|| server.join().unwrap());
    let request = request.await.unwrap();
    assert!(
        request.contains("accept-encoding: identity\r\n"),
        "{request}"
    );
}

#[tokio::test]
async fn failures_are_named_by_the_part_of_the_way() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let http = Http::new(&config());
    let failure = |result: Result<Reply, Error>| match result.unwrap_err() {
        Error::Network(NetworkError {
            failure, detail, ..
        }) => {
            assert!(!detail.contains("marker"), "{detail}");
            failure
        }
        other => panic!("{other:?}"),
    };
    let refused = url(&format!("http://{free}/?secret=marker"));
    assert_eq!(
        failure(http.get(&refused, Credentials::None).await),
        NetworkFailure::Connect
    );
    let nowhere = url("https://no-such-host.invalid/?secret=marker");
    assert_eq!(
        failure(http.get(&nowhere, Credentials::None).await),
        NetworkFailure::Dns
    );
    let (clear, server) = raw(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec());
    let tls = url(&clear.as_str().replace("http:", "https:"));
    assert_eq!(
        failure(http.get(&tls, Credentials::None).await),
        NetworkFailure::Tls
    );
    finish(server).await;
    let broken = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_vec();
    assert_eq!(
        failure(get(Http::new(&config()), broken).await),
        NetworkFailure::Interrupted
    );
}
