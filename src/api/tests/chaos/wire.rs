//! HTTP/2 where the API speaks it (RFC 9113): one connection for everything, and as many requests at once as the
//! client allows itself.

use std::convert::Infallible;
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::api::Client;
use crate::config;
use futures::future::join_all;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

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

/// Serves HTTP/2 over TLS; gives the address, the certificate as PEM, and what is counted.
async fn serve() -> (SocketAddr, String, Arc<Counts>) {
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
    let acceptor = TlsAcceptor::from(Arc::new(tls));
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
    (address, cert.pem(), counts)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_with_http_2_is_asked_for_many_things_over_one_connection() {
    let it = signed_in().await;
    let (address, certificate, counts) = serve().await;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(certificate.as_bytes()).unwrap();
    let api: config::Api = toml::from_str(&format!("base_url = 'https://{address}/v1/'")).unwrap();
    let session = it.session.clone();
    let client = Client::new(&api, Some(file.path()), session, None).unwrap();
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
