//! HTTP/2 where the API speaks it (RFC 9113): one connection for everything, and as many requests at once as the
//! client allows itself.

use std::convert::Infallible;
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::api::Client;
use crate::api::tests::config_of;
use crate::config;
use device_flow::NetworkFailure;
use device_flow::net::{BodyError, Connections, Repeat, Settings, TrustAnchors};
use futures::future::join_all;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::Method;
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use url::Url;

use super::{row, signed_in};
use testing::chaos_server::GOOD;

/// What the server counts.
#[derive(Default)]
struct Counts {
    connections: AtomicUsize,
    requests: AtomicUsize,
    now: AtomicUsize,
    most: AtomicUsize,
    older: AtomicUsize,
}

impl Counts {
    async fn answer(&self, request: Request<Incoming>) -> Response<String> {
        if request.version() != Version::HTTP_2 {
            let _ = self.older.fetch_add(1, Ordering::Relaxed);
        }
        let _ = self.requests.fetch_add(1, Ordering::Relaxed);
        let now = self.now.fetch_add(1, Ordering::Relaxed) + 1;
        let _ = self.most.fetch_max(now, Ordering::Relaxed);
        // Long enough for others to come meanwhile.
        tokio::time::sleep(Duration::from_millis(100)).await;
        let _ = self.now.fetch_sub(1, Ordering::Relaxed);
        let body = GOOD.to_owned();
        let answer = Response::builder().header("content-type", "application/json");
        answer.body(body).unwrap()
    }
}

/// TLS for HTTP/2, with a certificate for this machine, as PEM.
fn tls() -> (TlsAcceptor, String) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
    let mut tls = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key.into())
        .unwrap();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    (TlsAcceptor::from(Arc::new(tls)), cert.pem())
}

/// Serves HTTP/2 over TLS; gives the address, the certificate as PEM, and what is counted.
async fn serve() -> (SocketAddr, String, Arc<Counts>) {
    let (acceptor, certificate) = tls();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let counts = Arc::new(Counts::default());
    let counted = Arc::clone(&counts);
    let _serving = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, counts) = (acceptor.clone(), Arc::clone(&counted));
            let _talk = tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else {
                    return;
                };
                let _ = counts.connections.fetch_add(1, Ordering::Relaxed);
                let service = service_fn(|request| {
                    let counts = Arc::clone(&counts);
                    async move { Ok::<_, Infallible>(counts.answer(request).await) }
                });
                let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                // A client that hangs up ends it.
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    (address, certificate, counts)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_with_http_2_is_asked_for_many_things_over_one_connection() {
    let it = signed_in().await;
    let (address, certificate, counts) = serve().await;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(certificate.as_bytes()).unwrap();
    let api: config::Api = toml::from_str(&format!("base_url = 'https://{address}/v1/'")).unwrap();
    let session = it.session.clone();
    let client = Client::new(&config_of(api, Some(file.path())), session, None).unwrap();
    let first = client.first_page(&row("first")).await.unwrap();
    assert_eq!(first.cards.len(), 2);
    let names: Vec<_> = (0..20).map(|number| row(&format!("row{number}"))).collect();
    let answers = join_all(names.iter().map(|row| client.first_page(row))).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let count = |counted: &AtomicUsize| counted.load(Ordering::Relaxed);
    assert_eq!(count(&counts.requests), 21);
    assert_eq!(count(&counts.older), 0, "not over HTTP/2");
    assert_eq!(count(&counts.connections), 1);
    assert!(count(&counts.most) > 1, "one after the other");
    assert!(count(&counts.most) <= 6, "{} at once", count(&counts.most));
}

/// A frame of HTTP/2 (RFC 9113 section 4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let head = [&length[1..], &[kind, flags], &stream.to_be_bytes()];
    [&head.concat(), payload].concat()
}

/// A header field as a literal without a name in the table (RFC 7541 section 6.2.2).
fn field(name: &str, value: &str) -> Vec<u8> {
    let text = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
    [vec![0], text(name), text(value)].concat()
}

/// What a hostile server of HTTP/2 sends in place of an answer to the request on `stream`.
struct Flood {
    name: &'static str,
    /// Sent first.
    first: fn(u32) -> Vec<u8>,
    /// Sent without end after it; nothing, where that is empty.
    endless: fn(u32) -> Vec<u8>,
}

const FLOODS: [Flood; 8] = [
    Flood {
        name: "reset",
        first: |stream| frame(3, 0, stream, &8_u32.to_be_bytes()),
        endless: |_| Vec::new(),
    },
    Flood {
        name: "refused",
        first: |stream| frame(3, 0, stream, &7_u32.to_be_bytes()),
        endless: |_| Vec::new(),
    },
    Flood {
        name: "goaway",
        first: |_| frame(7, 0, 0, &[0; 8]),
        endless: |_| Vec::new(),
    },
    Flood {
        name: "resets",
        first: |_| Vec::new(),
        endless: |stream| frame(3, 0, stream, &8_u32.to_be_bytes()),
    },
    Flood {
        name: "pings",
        first: |_| Vec::new(),
        endless: |_| frame(6, 0, 0, b"12345678"),
    },
    Flood {
        name: "settings",
        first: |_| Vec::new(),
        endless: |_| frame(4, 0, 0, &[0, 3, 0, 0, 0, 100]),
    },
    Flood {
        name: "continuations",
        first: |stream| frame(1, 0, stream, &field(":status", "200")),
        endless: |stream| frame(9, 0, stream, &field("x", "y")),
    },
    Flood {
        name: "empty data",
        first: |stream| frame(1, 4, stream, &field(":status", "200")),
        endless: |stream| frame(0, 0, stream, b""),
    },
];

/// What became of the connections to a flooding server.
#[derive(Default)]
struct Flooded {
    requests: AtomicUsize,
    open: AtomicUsize,
}

async fn flood(flood: &'static Flood) -> (Url, String, Arc<Flooded>) {
    let (acceptor, certificate) = tls();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}/v1/row", listener.local_addr().unwrap());
    let flooded = Arc::new(Flooded::default());
    let counted = Arc::clone(&flooded);
    let _serving = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, counted) = (acceptor.clone(), Arc::clone(&counted));
            let _talk = tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else {
                    return;
                };
                let _ = counted.open.fetch_add(1, Ordering::Relaxed);
                // Its end is what counts, and not how it ends.
                let _ = talk(stream, flood, &counted.requests).await;
                let _ = counted.open.fetch_sub(1, Ordering::Relaxed);
            });
        }
    });
    (Url::parse(&address).unwrap(), certificate, flooded)
}

async fn talk(
    stream: TlsStream<TcpStream>,
    flood: &Flood,
    requests: &AtomicUsize,
) -> std::io::Result<()> {
    let (mut reading, mut writing) = tokio::io::split(stream);
    let mut preface = [0; 24];
    let _ = reading.read_exact(&mut preface).await?;
    writing.write_all(&frame(4, 0, 0, b"")).await?;
    loop {
        let mut head = [0; 9];
        let _ = reading.read_exact(&mut head).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        let _ = reading.read_exact(&mut payload).await?;
        if head[3] != 1 {
            continue;
        }
        let _ = requests.fetch_add(1, Ordering::Relaxed);
        writing.write_all(&(flood.first)(stream)).await?;
        let endless = (flood.endless)(stream).repeat(500);
        if !endless.is_empty() {
            // Acknowledgements are read, so that the client is never kept from sending them.
            let swallow = async { tokio::io::copy(&mut reading, &mut tokio::io::sink()).await };
            let pour = async {
                loop {
                    writing.write_all(&endless).await?;
                }
            };
            return tokio::select! {
                read = swallow => read.map(drop),
                poured = pour => poured,
            };
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_http_2_frames_ends_with_its_request() {
    for one in &FLOODS {
        let (url, certificate, flooded) = flood(one).await;
        let connections = Connections::new(Settings {
            user_agent: "test".to_owned(),
            trust_anchors: Some(TrustAnchors::pem("the test's", certificate)),
            clock_floor: std::time::UNIX_EPOCH,
            connect_timeout: Duration::from_secs(20),
            read_timeout: None,
            timeout: Duration::from_secs(1),
            compressed: true,
        });
        let request =
            || Ok::<_, device_flow::Error>(reqwest::Request::new(Method::GET, url.clone()));
        let answer = connections.exchange(Repeat::Safe, request).await;
        let failed = match answer {
            Ok(mut response) => {
                let mut body = Vec::new();
                loop {
                    match response.read_into(&mut body, 100).await {
                        Ok(true) => {}
                        Ok(false) => panic!("{}: an answer", one.name),
                        Err(BodyError::TooLarge) => panic!("{}: a body", one.name),
                        Err(BodyError::Network(error)) => break error,
                    }
                }
            }
            Err(device_flow::Error::Network(error)) => error,
            Err(other) => panic!("{}: {other}", one.name),
        };
        let right = [NetworkFailure::Timeout, NetworkFailure::Interrupted];
        assert!(right.contains(&failed.failure), "{}: {failed}", one.name);
        let requests = flooded.requests.load(Ordering::Relaxed);
        assert!(requests <= 3, "{}: {requests} requests", one.name);
        // What pours in for ever does so over no connection that outlives the request.
        let deadline = Instant::now() + Duration::from_secs(20);
        while !(one.endless)(1).is_empty() && flooded.open.load(Ordering::Relaxed) > 0 {
            assert!(Instant::now() < deadline, "{}: it goes on", one.name);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
