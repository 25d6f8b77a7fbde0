//! An HTTP server on loopback that gives the same answer to the same path, over TLS if asked to.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::Value;

/// What stands at the paths of a server.
#[derive(Debug, Clone, Default)]
pub struct Site {
    pages: HashMap<String, (u16, &'static str, String)>,
    /// Paths where nothing is ever said to a request with this in its body.
    silent: Vec<(String, &'static str)>,
    /// Paths where a request with this in its body is answered this late, and with what.
    late: Vec<(String, &'static str, Duration, String)>,
    /// Paths and bodies of what was asked, in order.
    asked: Arc<Mutex<Vec<(String, String)>>>,
    /// A byte each second, for ever, instead of any answer.
    drips: bool,
}

impl Site {
    /// JSON at a path; `BASE` in it becomes the server's own address.
    pub fn json(self, path: &str, status: u16, body: &Value) -> Self {
        self.put(path, status, "application/json", body.to_string())
    }

    /// A web page at a path.
    pub fn page(self, path: &str, status: u16) -> Self {
        self.put(path, status, "text/html", "<html>Welcome</html>".to_owned())
    }

    /// Never answers at a path what holds `needle` in its body.
    pub fn silent(mut self, path: &str, needle: &'static str) -> Self {
        self.silent.push((path.to_owned(), needle));
        self
    }

    /// Answers at a path, after a while, what holds `needle` in its body.
    pub fn late(mut self, path: &str, needle: &'static str, after: Duration, body: &Value) -> Self {
        self.late
            .push((path.to_owned(), needle, after, body.to_string()));
        self
    }

    /// What will have been asked, to be kept before the site is served.
    pub fn asked(&self) -> Asked {
        Asked(Arc::clone(&self.asked))
    }

    /// Answers everything a byte at a time.
    pub fn dripping() -> Self {
        Self {
            drips: true,
            ..Self::default()
        }
    }

    fn put(mut self, path: &str, status: u16, kind: &'static str, body: String) -> Self {
        let _ = self.pages.insert(path.to_owned(), (status, kind, body));
        self
    }
}

/// What a server was asked.
pub struct Asked(Arc<Mutex<Vec<(String, String)>>>);

impl Asked {
    /// Every path that was asked for.
    pub fn all(&self) -> Vec<String> {
        let asked = self.0.lock().unwrap();
        asked.iter().map(|(path, _)| path.clone()).collect()
    }

    /// Bodies of the requests to a path that hold `needle`.
    pub fn bodies(&self, path: &str, needle: &str) -> Vec<String> {
        let asked = self.0.lock().unwrap();
        let of_path = asked.iter().filter(|(at, _)| at == path);
        of_path
            .map(|(_, body)| body.clone())
            .filter(|body| body.contains(needle))
            .collect()
    }
}

/// A certificate for 127.0.0.1, signed by its own key.
pub struct Certificate {
    config: Arc<ServerConfig>,
    /// What a client has to trust.
    pub pem: String,
}

impl Certificate {
    /// Valid from the first day of one year to the first day of another.
    pub fn valid(from: i32, to: i32) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        parameters.not_before = date_time_ymd(from, 1, 1);
        parameters.not_after = date_time_ymd(to, 1, 1);
        let certificate = parameters.self_signed(&key).unwrap();
        let secret = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], secret)
            .unwrap();
        Self {
            config: Arc::new(config),
            pem: certificate.pem(),
        }
    }

    /// The server's side of it.
    pub fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.config)
    }
}

/// Serves without TLS until the test ends; gives the address, without a slash at the end.
pub fn serve(site: Site) -> String {
    start(None, |_| site)
}

/// Serves with TLS.
pub fn serve_tls(certificate: &Certificate, site: Site) -> String {
    start(Some(certificate.config()), |_| site)
}

/// Serves what depends on the server's own address.
pub fn start(tls: Option<Arc<ServerConfig>>, site: impl FnOnce(&str) -> Site) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let scheme = if tls.is_some() { "https" } else { "http" };
    let base = format!("{scheme}://{}", listener.local_addr().unwrap());
    let site = Arc::new((site(&base), base.clone()));
    let _server = thread::spawn(move || {
        for stream in listener.incoming() {
            let (site, tls) = (Arc::clone(&site), tls.clone());
            let _one = thread::spawn(move || {
                // A client that hangs up early is none of our business.
                let _ = match (stream, tls) {
                    (Ok(stream), None) => answer(stream, &site.0, &site.1),
                    (Ok(stream), Some(tls)) => ServerConnection::new(tls)
                        .map_err(std::io::Error::other)
                        .and_then(|tls| answer(StreamOwned::new(tls, stream), &site.0, &site.1)),
                    (Err(error), _) => Err(error),
                };
            });
        }
    });
    base
}

/// An address where connections are taken and nothing is ever said.
pub fn black_hole() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// An address where packets get lost: nothing there takes connections, and nothing refuses them. It stays so as long
/// as the streams are kept.
pub fn swallows_connections() -> (TcpListener, Vec<TcpStream>, SocketAddr) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .unwrap();
    let listener = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        socket.listen(1).unwrap().into_std().unwrap()
    });
    let address = listener.local_addr().unwrap();
    let moment = std::time::Duration::from_millis(200);
    // A queue of one: whoever comes when it is full is not answered at all.
    let waiting = std::iter::from_fn(|| TcpStream::connect_timeout(&address, moment).ok());
    (listener, waiting.take(64).collect(), address)
}

/// An address where nothing listens.
pub fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}

fn answer(stream: impl Read + Write, site: &Site, base: &str) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    let _ = stream.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        let _ = stream.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let path = first.split(' ').nth(1).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let said = String::from_utf8_lossy(&body);
    if site
        .silent
        .iter()
        .any(|(at, needle)| at == path && said.contains(needle))
    {
        // Until the client has had enough.
        let _ = stream.read(&mut [0])?;
        return Ok(());
    }
    for byte in b"HTTP/1.1 200 OK\r\nx: "
        .iter()
        .chain(std::iter::repeat(&b'x'))
    {
        if !site.drips {
            break;
        }
        stream.get_mut().write_all(&[*byte])?;
        stream.get_mut().flush()?;
        thread::sleep(std::time::Duration::from_secs(1));
    }
    let missing = (404, "application/json", "{}".to_owned());
    let page = site.pages.get(path).cloned().unwrap_or(missing);
    site.asked
        .lock()
        .unwrap()
        .push((path.to_owned(), said.clone().into_owned()));
    let is_late =
        |(at, needle, ..): &&(String, &str, Duration, String)| at == path && said.contains(needle);
    let (status, kind, body) = match site.late.iter().find(is_late) {
        Some((_, _, after, body)) => {
            thread::sleep(*after);
            (200, "application/json", body.clone())
        }
        None => page,
    };
    let body = body.replace("BASE", base);
    let date = httpdate::fmt_http_date(SystemTime::now());
    write!(
        stream.get_mut(),
        "HTTP/1.1 {status} X\r\ndate: {date}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )?;
    stream.get_mut().flush()
}
