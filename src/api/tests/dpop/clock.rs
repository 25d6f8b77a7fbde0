//! A box whose clock is wrong, before a server that has told the right time over TLS.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use device_flow::dpop::{self, Key};
use reqwest::header::HeaderMap;
use rustls::{ServerConnection, StreamOwned};
use serde_json::Value;
use url::Url;

use testing::stub_server::Certificate;

/// How far the server is ahead of this box.
const AHEAD: Duration = Duration::from_secs(3 * 3600);

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// `iat` of the proof among some headers.
fn issued_at<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>) -> u64 {
    let mut proofs = headers.filter(|(name, _)| name.eq_ignore_ascii_case("dpop"));
    let claims = proofs.next().unwrap().1.split('.').nth(1).unwrap().trim();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    claims["iat"].as_u64().unwrap()
}

/// A token endpoint that takes proofs of the last half minute; it writes down how far each was from its own time.
fn serve(certificate: &Certificate, dated: bool) -> (String, Arc<Mutex<Vec<u64>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    let tls = certificate.config();
    let off = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&off);
    let _server = thread::spawn(move || {
        for stream in listener.incoming() {
            let tls = ServerConnection::new(Arc::clone(&tls)).unwrap();
            let mut stream = BufReader::new(StreamOwned::new(tls, stream.unwrap()));
            let mut head = Vec::new();
            loop {
                let mut line = String::new();
                match stream.read_line(&mut line) {
                    Ok(3..) => head.push(line),
                    _ => break,
                }
            }
            if head.is_empty() {
                continue;
            }
            let now = SystemTime::now() + AHEAD;
            let apart = seconds(now).abs_diff(issued_at(
                head.iter().filter_map(|line| line.split_once(": ")),
            ));
            seen.lock().unwrap().push(apart);
            let (status, body) = match apart {
                ..=30 => (
                    200,
                    r#"{"access_token":"a","token_type":"DPoP","expires_in":60}"#,
                ),
                _ => (400, r#"{"error":"invalid_dpop_proof"}"#),
            };
            let date = if dated {
                format!("date: {}\r\n", httpdate::fmt_http_date(now))
            } else {
                String::new()
            };
            let _ = write!(
                stream.get_mut(),
                "HTTP/1.1 {status} X\r\n{date}content-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.get_mut().flush();
        }
    });
    (address, off)
}

async fn refresh(
    dated: bool,
) -> (
    Result<device_flow::TokenSet, device_flow::Error>,
    Vec<u64>,
    Arc<Key>,
) {
    let certificate = Certificate::valid(2020, 2100);
    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, &certificate.pem).unwrap();
    let (base, off) = serve(&certificate, dated);
    let provider = format!(
        "preset = 'oauth2'\nclient_id = 'tv'\ndevice_authorization_endpoint = '{base}/device'\n\
         token_endpoint = '{base}/token'\nca_file = '{}'",
        ca_file.display()
    );
    let client = toml::from_str::<crate::config::Provider>(&provider)
        .unwrap()
        .client()
        .unwrap();
    let key = Arc::new(Key::generate().unwrap());
    let result = client.refresh(&"refresh-marker".into(), Some(&key)).await;
    let result = result.map_err(|failed| failed.error);
    let off = off.lock().unwrap().clone();
    (result, off, key)
}

#[tokio::test]
async fn a_proof_that_was_refused_for_its_time_is_made_anew_with_the_servers() {
    let (result, off, key) = refresh(true).await;
    let _ = result.unwrap();
    let [first, second] = off[..] else {
        panic!("{off:?}");
    };
    assert!(first > 3600 && second <= 30, "{off:?}");
    // The API is told the same time, though it has told none.
    let url = Url::parse("https://api.example/list").unwrap();
    let headers: HeaderMap =
        dpop::authorization("DPoP", &"a".into(), Some(&key), ("GET", &url), None).unwrap();
    let text = headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()));
    assert!(seconds(SystemTime::now() + AHEAD).abs_diff(issued_at(text)) <= 30);
}

#[tokio::test]
async fn a_server_that_tells_no_time_is_not_asked_twice() {
    let (result, off, _) = refresh(false).await;
    let error = result.unwrap_err();
    assert!(error.is_clock(), "{error:?}");
    assert_eq!(off.len(), 1, "{off:?}");
}
