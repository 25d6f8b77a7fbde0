//! Listening and connections: HTTP/1.1 with bounds on time and number.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower_http::add_extension::AddExtension;

use super::connections::{Busy, Connections};
use super::shared::Shared;
use super::{Error, routes};

/// How long a client may take to send the head of a request; also how long a connection may idle.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// What requests in flight get when the server ends.
const GRACE: Duration = Duration::from_secs(1);
/// Pause after the system refuses to accept a connection, so that a lack of file descriptors does not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

/// Sockets that are bound.
pub(super) struct Bound {
    /// The port they share.
    pub(super) port: u16,
    loopback: TcpListener,
    lan: Option<TcpListener>,
}

/// Running listeners. Dropping them closes every connection.
#[derive(Debug)]
pub(super) struct Listeners {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// Binds loopback, then the LAN address on the same port.
///
/// # Errors
/// [`Error::Listen`].
pub(super) async fn bind(port: u16, lan: Option<IpAddr>) -> Result<Bound, Error> {
    let loopback = listen(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port)).await?;
    let address = loopback.local_addr().map_err(|source| Error::Listen {
        address: SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port),
        source: Arc::new(source),
    })?;
    let lan = match lan {
        // The address itself is loopback in tests and on boxes without a network: nothing to add.
        Some(ip) if ip == address.ip() => None,
        Some(ip) => Some(listen(SocketAddr::new(ip, address.port())).await?),
        None => None,
    };
    Ok(Bound {
        port: address.port(),
        loopback,
        lan,
    })
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(address)
        .await
        .map_err(|source| Error::Listen {
            address,
            source: Arc::new(source),
        })
}

/// Begins to serve: everything on loopback, the phone pages alone on the LAN.
pub(super) fn run(bound: Bound, shared: &Arc<Shared>) -> Listeners {
    let (stop, stopped) = watch::channel(false);
    let mut tasks = JoinSet::new();
    let everything = routes::everything(shared);
    let _ = tasks.spawn(accept(bound.loopback, everything, stopped.clone()));
    if let Some(lan) = bound.lan {
        let _ = tasks.spawn(accept(lan, routes::phone(shared), stopped));
    }
    Listeners { stop, tasks }
}

impl Listeners {
    /// Ends all of them; returns when the last connection is closed.
    pub(super) async fn stop(mut self) {
        let _ = self.stop.send(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

async fn accept(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let mut open = Connections::default();
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => break,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                open.make_room();
                let (peer, busy) = (peer.ip(), Busy::default());
                let (router, stopped) = (router.clone(), stopped.clone());
                let task = connection(stream, peer, busy.clone(), router, stopped);
                open.add(peer, busy, connections.spawn(task));
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn connection(
    stream: TcpStream,
    peer: IpAddr,
    busy: Busy,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let served = TowerToHyperService::new(AddExtension::new(router, Peer(peer)));
    let service = service_fn(move |request| {
        let (answering, reply) = (busy.begin(), served.call(request));
        async move {
            let reply = reply.await;
            drop(answering);
            reply
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    // How a connection ends is the client's affair; what it asked for has its own line in the log.
    tokio::select! {
        _ = connection.as_mut() => {}
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = tokio::time::timeout(GRACE, connection).await;
        }
    }
}
