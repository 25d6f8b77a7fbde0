//! A proxy that stands between the program and its server, keeps a record, and does what networks do
//! to people: hang up, answer with a page of its own, lose a reply that the server has already given.

use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use url::Url;

use crate::http::{self, Message};

/// What happens to a request instead of its plain reply.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The connection ends before anything is answered; the server never hears of it.
    HangUp,
    /// The server answers, and the reply is lost on the way.
    LoseReply,
    /// Half of the server's reply arrives.
    Truncate,
    /// The reply comes late.
    Delay(Duration),
    /// Somebody else answers; the server never hears of it.
    Answer {
        /// HTTP status.
        status: u16,
        /// Header fields.
        fields: Vec<(&'static str, String)>,
        /// Body.
        body: Vec<u8>,
    },
}

impl Fault {
    /// A page where JSON was due.
    pub fn html(status: u16) -> Self {
        let page = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>nginx</body>";
        Self::answer(status, "text/html", page)
    }

    /// An answer of one kind.
    pub fn answer(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::Answer {
            status,
            fields: vec![("Content-Type", content_type.to_owned())],
            body: body.into(),
        }
    }

    /// An OAuth error.
    pub fn oauth(status: u16, error: &str) -> Self {
        Self::answer(
            status,
            "application/json",
            format!(r#"{{"error":"{error}"}}"#),
        )
    }
}

/// One request and what came of it.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// When the request had arrived.
    pub arrived: Instant,
    /// When its reply was ready to be sent, or the connection was dropped; none while it is held.
    pub answered: Option<Instant>,
    /// The request.
    pub request: Message,
    /// The reply that was sent, whoever gave it.
    pub reply: Option<Message>,
    /// What the server answered, even where it was lost.
    pub served: Option<Message>,
}

struct Rule {
    path: String,
    containing: String,
    which: std::ops::RangeInclusive<usize>,
    seen: usize,
    fault: Fault,
}

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    exchanges: Vec<Exchange>,
}

/// A running proxy. It ends with the test's process.
pub struct Proxy {
    origin: Url,
    state: Arc<Mutex<State>>,
}

impl Proxy {
    /// Starts a proxy in front of the server at `upstream`.
    pub fn start(upstream: &Url) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        let upstream = http::authority(upstream);
        let _ = thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (state, upstream) = (shared.clone(), upstream.clone());
                // A client that hangs up in the middle is no failure of the proxy.
                let _ = thread::spawn(move || serve(stream, &upstream, &state));
            }
        });
        Self {
            origin: Url::parse(&origin).unwrap(),
            state,
        }
    }

    /// `url` of the server, as it is reached through this proxy.
    pub fn in_front_of(&self, url: &Url) -> Url {
        let mut url = url.clone();
        url.set_port(self.origin.port()).unwrap();
        url
    }

    /// The address of a path, as it is reached through this proxy.
    pub fn at(&self, path: &str) -> String {
        self.origin.join(path).unwrap().into()
    }

    /// Breaks the `which`-th requests (from 1) to `path` whose body holds `containing`.
    pub fn break_only(
        &self,
        path: &str,
        containing: &str,
        which: std::ops::RangeInclusive<usize>,
        fault: Fault,
    ) {
        self.state.lock().unwrap().rules.push(Rule {
            path: path.to_owned(),
            containing: containing.to_owned(),
            which,
            seen: 0,
            fault,
        });
    }

    /// Breaks every request to `path`.
    pub fn break_all(&self, path: &str, fault: Fault) {
        self.break_only(path, "", 1..=usize::MAX, fault);
    }

    /// Ends all faults.
    pub fn mend(&self) {
        self.state.lock().unwrap().rules.clear();
    }

    /// All exchanges so far, in the order of arrival.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.state.lock().unwrap().exchanges.clone()
    }

    /// Forgets all exchanges so far; to be called while none is under way.
    pub fn forget(&self) {
        self.state.lock().unwrap().exchanges.clear();
    }

    /// Exchanges whose request's path is `path` and whose body holds `containing`.
    pub fn exchanges_with(&self, path: &str, containing: &str) -> Vec<Exchange> {
        let mut exchanges = self.exchanges();
        exchanges.retain(|exchange| concerns(&exchange.request, path, containing));
        exchanges
    }
}

fn concerns(request: &Message, path: &str, containing: &str) -> bool {
    request.target().split('?').next() == Some(path) && request.text().contains(containing)
}

fn serve(mut stream: TcpStream, upstream: &str, state: &Mutex<State>) -> io::Result<()> {
    let Some(mut request) = Message::read(&stream)? else {
        return Ok(());
    };
    let (fault, index) = {
        let mut state = state.lock().unwrap();
        state.exchanges.push(Exchange {
            arrived: Instant::now(),
            answered: None,
            request: request.clone(),
            reply: None,
            served: None,
        });
        (due(&mut state.rules, &request), state.exchanges.len() - 1)
    };
    for (name, value) in &mut request.fields {
        if name.eq_ignore_ascii_case("host") {
            upstream.clone_into(value);
        }
    }
    let reaches_server = !matches!(fault, Some(Fault::HangUp | Fault::Answer { .. }));
    let served = if reaches_server {
        Some(http::exchange(upstream, &request)?)
    } else {
        None
    };
    let (bytes, reply) = match fault {
        Some(Fault::HangUp | Fault::LoseReply) => (Vec::new(), None),
        Some(Fault::Truncate) => {
            let bytes = served.as_ref().map(Message::bytes).unwrap_or_default();
            let body = served.as_ref().map_or(0, |reply| reply.body.len());
            (bytes[..bytes.len() - body.div_ceil(2)].to_vec(), None)
        }
        Some(Fault::Answer {
            status,
            fields,
            body,
        }) => {
            let reply = Message {
                start: format!("HTTP/1.1 {status} Injected"),
                fields: fields
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect(),
                body,
            };
            (reply.bytes(), Some(reply))
        }
        Some(Fault::Delay(delay)) => {
            thread::sleep(delay);
            (
                served.as_ref().map(Message::bytes).unwrap_or_default(),
                served.clone(),
            )
        }
        None => (
            served.as_ref().map(Message::bytes).unwrap_or_default(),
            served.clone(),
        ),
    };
    // Recorded before it is sent: whoever has the reply can find it in the record.
    if let Some(exchange) = state.lock().unwrap().exchanges.get_mut(index) {
        exchange.answered = Some(Instant::now());
        exchange.reply = reply;
        exchange.served = served;
    }
    stream.write_all(&bytes)
}

/// The fault that is due for this request, counting it in every rule that it concerns.
fn due(rules: &mut [Rule], request: &Message) -> Option<Fault> {
    let mut fault = None;
    for rule in rules {
        if concerns(request, &rule.path, &rule.containing) {
            rule.seen += 1;
            if rule.which.contains(&rule.seen) {
                fault = Some(rule.fault.clone());
            }
        }
    }
    fault
}
