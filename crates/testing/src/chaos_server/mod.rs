//! An API that misbehaves: every path of it in another way. On loopback, on threads of its own, and without
//! an HTTP library, so that it can say what no library would.

pub mod image;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use flate2::Compression;
use flate2::write::GzEncoder;

/// An answer that is all right.
pub const GOOD: &str = r#"{"items": [{"id": "a", "name": "First", "art": "image/good.png"}, {"id": "b", "name": "Second"}]}"#;
/// What a compressed answer of a few kilobytes unfolds to.
const BOMB: usize = 64 * 1024 * 1024;

/// A running server. It ends with the process.
#[derive(Clone)]
pub struct Chaos {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

/// A request that came.
#[derive(Debug, Clone)]
pub struct Seen {
    /// `GET /v1/good`.
    pub line: String,
    /// The access token.
    pub token: String,
}

impl Chaos {
    /// Starts it.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let chaos = Self {
            address: listener.local_addr().unwrap(),
            seen: Arc::default(),
        };
        let server = chaos.clone();
        let _ = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = server.clone();
                let _ = std::thread::spawn(move || server.connection(&stream));
            }
        });
        chaos
    }

    /// The API's base address.
    pub fn base(&self) -> String {
        format!("http://{}/v1/", self.address)
    }

    /// The requests for a path so far.
    pub fn seen(&self, path: &str) -> Vec<Seen> {
        let seen = self.seen.lock().unwrap();
        let ends = |seen: &&Seen| seen.line.split(['?', ' ']).nth(1) == Some(path);
        seen.iter().filter(ends).cloned().collect()
    }

    fn connection(&self, stream: &TcpStream) {
        let _ = stream.set_nodelay(true);
        let mut reader = BufReader::new(stream);
        while let Some(seen) = read_request(&mut reader) {
            let path = seen.line.split([' ', '?']).nth(1).unwrap_or("").to_owned();
            let earlier = {
                let mut all = self.seen.lock().unwrap();
                let earlier: Vec<Seen> = all
                    .iter()
                    .filter(|one| one.line == seen.line)
                    .cloned()
                    .collect();
                all.push(seen.clone());
                earlier
            };
            let path = path.strip_prefix("/v1/").unwrap_or("");
            if !answer(stream, path, &seen, &earlier) {
                return;
            }
        }
    }
}

fn read_request(reader: &mut BufReader<&TcpStream>) -> Option<Seen> {
    let mut line = String::new();
    let mut seen = Seen {
        line: String::new(),
        token: String::new(),
    };
    let mut length = 0;
    loop {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let text = line.trim_end();
        if text.is_empty() {
            break;
        }
        let lower = text.to_ascii_lowercase();
        if seen.line.is_empty() {
            seen.line = text.trim_end_matches(" HTTP/1.1").to_owned();
        } else if lower.starts_with("authorization:") {
            seen.token = text["authorization:".len()..].trim().to_owned();
        } else if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(seen)
}

/// Answers. Whether the connection may go on.
fn answer(stream: &TcpStream, path: &str, seen: &Seen, earlier: &[Seen]) -> bool {
    let json = "Content-Type: application/json\r\n";
    let good = |stream| reply(stream, "200 OK", json, GOOD.as_bytes());
    let is = |stream, body: &[u8]| reply(stream, "200 OK", json, body);
    match path {
        "good" => good(stream),
        "latency" => {
            std::thread::sleep(Duration::from_millis(700));
            good(stream)
        }
        "drip" => drip(stream),
        "reset" => {
            let _ = head(stream, "200 OK", &format!("{json}Content-Length: 5000\r\n"));
            let _ = send(stream, &GOOD.as_bytes()[..20]);
            false
        }
        "closed" => false,
        "wrong-type" => is(stream, br#"{"items": "none"}"#),
        "wrong-items" => is(stream, br#"{"items": [7, null, "x", [], {"id": {}, "name": [], "art": 3}]}"#),
        "other-shape" => is(stream, br#"[{"id": "a"}]"#),
        "null" => is(stream, b"null"),
        "empty" => is(stream, b""),
        "truncated" => is(stream, &GOOD.as_bytes()[..40]),
        "deep" => is(stream, "[".repeat(100_000).as_bytes()),
        "not-utf8" => is(stream, b"{\"items\": [{\"id\": \"\xff\xfe\"}]}"),
        "hostile" => is(stream, hostile().as_bytes()),
        "huge" => is(stream, huge(10 * 1024 * 1024).as_bytes()),
        "too-huge" => endless(stream),
        "html" => reply(stream, "200 OK", "Content-Type: text/html\r\n", b"<!doctype html><p>Accept our terms"),
        "html-500" => reply(stream, "500 Oops", "Content-Type: text/html\r\n", b"<h1>Oops</h1>"),
        "redirect-away" => reply(stream, "302 Found", "Location: http://login.hotel.example/\r\n", b""),
        "redirect-here" => reply(stream, "302 Found", "Location: /v1/good\r\n", b""),
        "511" => reply(stream, "511 Sign in", "", b""),
        "401" => reply(stream, "401 Unauthorized", "", b""),
        // The first token that ever came is refused, whoever brings it.
        "401-once" => {
            let first = earlier.first().map_or(&seen.token, |first| &first.token);
            if *first == seen.token {
                reply(stream, "401 Unauthorized", "", b"")
            } else {
                good(stream)
            }
        }
        "403" => reply(
            stream,
            "403 Forbidden",
            "Content-Type: application/problem+json\r\n",
            br#"{"title": "Forbidden", "detail": "Not with your plan."}"#,
        ),
        "429" => reply(stream, "429 Slow down", "Retry-After: 60\r\n", b""),
        "429-once" if earlier.is_empty() => reply(stream, "429 Slow down", "Retry-After: 1\r\n", b""),
        "503-date" => {
            let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(600));
            reply(stream, "503 Busy", &format!("Retry-After: {date}\r\n"), b"")
        }
        "503-twice" if earlier.len() < 2 => reply(stream, "503 Busy", "", b""),
        "429-once" | "503-twice" => good(stream),
        "500" => reply(stream, "500 Oops", "", b""),
        "long-length" => {
            let _ = head(stream, "200 OK", &format!("{json}Content-Length: {}\r\n", GOOD.len() + 10));
            let _ = send(stream, GOOD.as_bytes());
            false
        }
        "short-length" => {
            let _ = head(stream, "200 OK", &format!("{json}Content-Length: 30\r\n"));
            let _ = send(stream, GOOD.as_bytes());
            false
        }
        "not-http" => {
            let _ = send(stream, b"\x16\x03\x01 hello\r\n\r\n");
            false
        }
        "gzip" | "br" | "zstd" => coded(stream, path, &code(path, GOOD.as_bytes())),
        "gzip-bomb" | "br-bomb" | "zstd-bomb" => {
            let coding = path.trim_end_matches("-bomb");
            coded(stream, coding, &code(coding, &vec![b' '; BOMB]))
        }
        "bad-gzip" | "bad-br" | "bad-zstd" => {
            coded(stream, path.trim_start_matches("bad-"), b"not what it says at all")
        }
        "circle" => is(stream, br#"{"items": [{"id": "a", "name": "First"}], "next": "circle?page=1"}"#),
        "next-elsewhere" => is(
            stream,
            br#"{"items": [{"id": "a", "name": "First"}], "next": "https://elsewhere.example/v1/"}"#,
        ),
        path if path.starts_with("image/") => match image::file(&path["image/".len()..]) {
            Some((kind, bytes)) => reply(stream, "200 OK", &format!("Content-Type: {kind}\r\n"), &bytes),
            None => reply(stream, "404 Not found", "", b""),
        },
        _ => reply(stream, "404 Not found", "", b""),
    }
}

fn head(stream: &TcpStream, status: &str, headers: &str) -> bool {
    send(
        stream,
        format!("HTTP/1.1 {status}\r\n{headers}\r\n").as_bytes(),
    )
}

fn reply(stream: &TcpStream, status: &str, headers: &str, body: &[u8]) -> bool {
    let headers = format!("{headers}Content-Length: {}\r\n", body.len());
    head(stream, status, &headers) && send(stream, body)
}

fn send(mut stream: &TcpStream, bytes: &[u8]) -> bool {
    stream.write_all(bytes).is_ok()
}

fn chunk(stream: &TcpStream, bytes: &[u8]) -> bool {
    send(stream, format!("{:x}\r\n", bytes.len()).as_bytes())
        && send(stream, bytes)
        && send(stream, b"\r\n")
}

/// A good answer, a byte at a time.
fn drip(stream: &TcpStream) -> bool {
    let headers = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
    let all = head(stream, "200 OK", headers)
        && GOOD.bytes().all(|byte| {
            std::thread::sleep(Duration::from_millis(5));
            chunk(stream, &[byte])
        });
    all && chunk(stream, b"")
}

/// More than anybody takes.
fn endless(stream: &TcpStream) -> bool {
    let blank = vec![b' '; 64 * 1024];
    let headers = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
    if head(stream, "200 OK", headers) {
        while chunk(stream, &blank) {}
    }
    false
}

/// An answer of so many bytes that is all right.
fn huge(bytes: usize) -> String {
    let words = "Words of a summary. ".repeat(50);
    let mut text = String::from(r#"{"items": ["#);
    let mut number = 0;
    while text.len() < bytes {
        let comma = if number == 0 { "" } else { "," };
        text.push_str(&format!(
            r#"{comma}{{"id": "{number}", "name": "Item {number}", "summary": "{words}"}}"#
        ));
        number += 1;
    }
    text + "]}"
}

/// Texts that would do harm on a screen.
fn hostile() -> String {
    let long = "long ".repeat(100_000);
    format!(
        r#"{{"items": [
            {{"id": "../../admin", "name": "\u202egnp.exe\u0000\u001b[31m", "art": "file:///etc/passwd"}},
            {{"id": "", "name": "{long}", "art": "javascript:alert(1)"}},
            {{"id": "c", "name": "\n\t \u200b", "art": "http://elsewhere.example/plain.png"}}
        ]}}"#
    )
}

/// JSON in a content coding (RFC 9110 section 8.4.1, RFC 7932, RFC 8878).
fn coded(stream: &TcpStream, coding: &str, body: &[u8]) -> bool {
    let headers = format!("Content-Type: application/json\r\nContent-Encoding: {coding}\r\n");
    reply(stream, "200 OK", &headers, body)
}

fn code(coding: &str, bytes: &[u8]) -> Vec<u8> {
    match coding {
        "br" => {
            let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
            encoder.write_all(bytes).unwrap();
            encoder.into_inner()
        }
        "zstd" => zstd::encode_all(bytes, 3).unwrap(),
        _ => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
    }
}
