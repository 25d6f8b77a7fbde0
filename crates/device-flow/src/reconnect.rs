//! Whether the way to the server is there again after it was not.
//!
//! A client that got no answer has to poll less and less (RFC 8628 section 3.5). A cable that was pulled
//! is another matter: no request has reached the server meanwhile, so that one may follow as soon as it
//! can, at the server's own pace.

use std::time::Duration;

use tokio::time::sleep;

use super::Client;
use crate::jitter::Chance;
use crate::net::is_loopback;
use crate::net::reach::{Target, connect};
use crate::pace::next_look;

/// How long one look may take.
const LOOK_LIMIT: Duration = Duration::from_secs(3);

impl Client {
    /// Waits until the server, or the proxy before it, can be connected to after it could not. Nothing is
    /// sent. One that could be all the time has not come back: it has other reasons not to answer.
    pub(super) async fn returned(&self) {
        let Some(target) = self.first_hop() else {
            return std::future::pending().await;
        };
        if is_there(&target).await {
            return std::future::pending().await;
        }
        let mut looks = 0;
        loop {
            sleep(next_look(looks, Chance::draw())).await;
            looks = looks.saturating_add(1);
            if is_there(&target).await {
                tracing::info!("the way to the sign-in server is there again");
                return;
            }
        }
    }

    fn first_hop(&self) -> Option<Target> {
        let url = self.first_address().ok()?;
        let proxy = match is_loopback(&url) {
            true => None,
            false => Target::proxy_before(url.as_str()),
        };
        proxy.or_else(|| {
            Some(Target {
                host: url.host_str()?.trim_matches(['[', ']']).to_owned(),
                port: url.port_or_known_default()?,
            })
        })
    }
}

async fn is_there(target: &Target) -> bool {
    match target.resolve(LOOK_LIMIT).await {
        Ok(addresses) => connect(&addresses, LOOK_LIMIT).await.is_ok(),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::task::Poll;

    use tokio::net::TcpListener;
    use tokio::time::timeout;
    use url::Url;

    use super::*;
    use crate::config::{ClientConfig, EndpointOverrides};
    use crate::provider;

    fn client(port: u16) -> Client {
        let at = |path: &str| Url::parse(&format!("http://127.0.0.1:{port}/{path}")).ok();
        let config = ClientConfig::new(&provider::OAUTH2, "tv").endpoints(EndpointOverrides {
            device_authorization: at("d"),
            token: at("t"),
            ..EndpointOverrides::default()
        });
        Client::new(config).unwrap()
    }

    #[tokio::test]
    async fn r23_a_server_that_comes_back_is_noticed_within_seconds() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let client = client(address.port());
        let mut returned = std::pin::pin!(client.returned());
        // The first look finds nobody.
        let before_the_second = next_look(0, Chance::LEAST) / 2;
        let first = timeout(before_the_second, returned.as_mut()).await;
        assert!(first.is_err());
        let _back = TcpListener::bind(address).await.unwrap();
        timeout(Duration::from_secs(10), returned).await.unwrap();
    }

    #[tokio::test]
    async fn a_server_that_was_there_all_the_time_has_not_come_back() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = client(listener.local_addr().unwrap().port());
        let mut returned = std::pin::pin!(client.returned());
        let _connection = tokio::select! {
            connection = listener.accept() => connection.unwrap(),
            () = returned.as_mut() => panic!("it was never away"),
        };
        for _ in 0..20 {
            tokio::task::yield_now().await;
            let looked = std::future::poll_fn(|context| {
                Poll::Ready(returned.as_mut().poll(context).is_pending())
            });
            assert!(looked.await);
        }
    }
}
