//! What stands between one process and the token endpoint: it keeps a record of every exchange and tells
//! its owner the moments at which a process dies worst.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::Value;
use url::Url;

/// How long one side may be silent within an exchange.
const SILENCE: Duration = Duration::from_secs(20);

/// Stands for a token where tokens must not be seen.
pub type Digest = u64;

/// The digest of a token.
pub fn digest(token: &str) -> Digest {
    let mut hasher = DefaultHasher::new();
    token.hash(&mut hasher);
    hasher.finish()
}

/// A moment in an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The request is on its way to the server.
    Asked,
    /// The server has committed and answered; the process does not know it yet.
    Committed,
    /// The answer has been handed to the process.
    Delivered,
}

/// What the server said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Tokens, with this new refresh token.
    Granted(Digest),
    /// `invalid_grant`.
    Refused,
    /// Anything else.
    Other(u16),
}

/// One refresh, as the server saw it.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The process that asked.
    pub run: u64,
    /// The refresh token it presented.
    pub presented: Digest,
    /// What came of it.
    pub answer: Answer,
    /// When the server had answered.
    pub answered: Instant,
}

/// A token endpoint for one process.
pub struct Relay {
    listener: TcpListener,
    upstream: String,
}

impl Relay {
    /// A relay to the server at `issuer`.
    pub fn new(issuer: &str) -> Self {
        let issuer = Url::parse(issuer).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self {
            listener,
            upstream: format!(
                "{}:{}",
                issuer.host_str().unwrap(),
                issuer.port_or_known_default().unwrap()
            ),
        }
    }

    /// The address to configure as token endpoint.
    pub fn endpoint(&self) -> String {
        let address = self.listener.local_addr().unwrap();
        format!("http://{address}/oauth/token")
    }

    /// Carries one exchange if a process has called. `order` makes requests of one account reach the server
    /// in the order in which they reached us. A request that broke off is nothing: no server hears of it.
    pub fn serve(
        &self,
        run: u64,
        order: &Mutex<()>,
        mut at: impl FnMut(Moment),
    ) -> Option<Exchange> {
        let (mut client, _) = match self.listener.accept() {
            Ok(accepted) => accepted,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return None,
            Err(error) => panic!("{error}"),
        };
        client.set_nonblocking(false).unwrap();
        client.set_read_timeout(Some(SILENCE)).unwrap();
        let request = read_request(&mut client)?;
        let presented = digest(form_value(&request, "refresh_token")?);
        let (reply, answered) = {
            let _in_order = order.lock().unwrap();
            let mut server = TcpStream::connect(&self.upstream).unwrap();
            server.set_read_timeout(Some(SILENCE)).unwrap();
            server.write_all(closing(&request).as_bytes()).unwrap();
            at(Moment::Asked);
            let mut reply = Vec::new();
            let _ = server.read_to_end(&mut reply).unwrap();
            (reply, Instant::now())
        };
        let answer = understand(&reply);
        at(Moment::Committed);
        // A dead process takes no answer.
        let _ = client.write_all(&reply);
        drop(client);
        at(Moment::Delivered);
        Some(Exchange {
            run,
            presented,
            answer,
            answered,
        })
    }
}

fn read_request(client: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length: usize = field(head, "content-length")?.parse().ok()?;
            if body.len() >= length {
                return Some(text.into_owned());
            }
        }
        match client.read(&mut buffer) {
            Ok(count @ 1..) => bytes.extend_from_slice(&buffer[..count]),
            Ok(0) | Err(_) => return None,
        }
    }
}

/// The value of a header field.
fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

/// A value of a form. The demo's tokens are base64url, which no form encodes.
fn form_value<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let (_, body) = request.split_once("\r\n\r\n")?;
    body.split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// The request, asking the server to close after its reply.
fn closing(request: &str) -> String {
    request.replacen("\r\n", "\r\nConnection: close\r\n", 1)
}

fn understand(reply: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(reply);
    let status = text
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .unwrap_or(0);
    let body: Value = text
        .split_once("\r\n\r\n")
        .and_then(|(_, body)| serde_json::from_str(body).ok())
        .unwrap_or_default();
    match (body["refresh_token"].as_str(), body["error"].as_str()) {
        (Some(token), None) if status == 200 => Answer::Granted(digest(token)),
        (None, Some("invalid_grant")) => Answer::Refused,
        _ => Answer::Other(status),
    }
}
