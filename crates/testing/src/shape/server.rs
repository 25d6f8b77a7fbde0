//! Serves a described API: each origin has a port of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use image::{ImageFormat, Rgb, RgbImage};
use url::Url;

use super::TOKEN;
use super::description::{Answer, Demand, Description};
use super::pattern::{fits, holds, timed};
use crate::http::Message;

pub(super) struct Server {
    api: Arc<Api>,
}

struct Api {
    description: Description,
    /// Real origins such as `https://api.example.com`, with the ports that stand for them. Longer ones first.
    origins: Vec<(String, u16)>,
    problems: Mutex<Vec<String>>,
    asked: Mutex<BTreeSet<usize>>,
}

/// A reply: status, type, headers and body.
type Reply = (u16, String, Vec<(String, String)>, Vec<u8>);

impl Server {
    pub(super) fn start(description: Description) -> Self {
        let demands = description.demands.iter().map(|demand| &demand.under);
        let answers = description.answers.iter().map(|answer| &answer.at);
        let origins: BTreeSet<String> = demands.chain(answers).map(|at| origin(at)).collect();
        let listeners: BTreeMap<String, TcpListener> = origins
            .into_iter()
            .map(|origin| (origin, TcpListener::bind("127.0.0.1:0").unwrap()))
            .collect();
        let port = |listener: &TcpListener| listener.local_addr().unwrap().port();
        let ports = listeners
            .iter()
            .map(|(at, socket)| (at.clone(), port(socket)));
        let mut origins: Vec<_> = ports.collect();
        origins.sort_by_key(|(origin, _)| std::cmp::Reverse(origin.len()));
        let api = Arc::new(Api {
            description,
            origins,
            problems: Mutex::default(),
            asked: Mutex::default(),
        });
        for (origin, listener) in listeners {
            let api = Arc::clone(&api);
            let _server = thread::spawn(move || {
                for stream in listener.incoming() {
                    let (api, origin) = (Arc::clone(&api), origin.clone());
                    // A client that hangs up early is none of our business.
                    let _one = thread::spawn(move || stream.and_then(|it| api.talk(&it, &origin)));
                }
            });
        }
        Self { api }
    }

    pub(super) fn local(&self, text: &str) -> String {
        self.api.local(text)
    }

    pub(super) fn real(&self, text: &str) -> String {
        let origins = self.api.origins.iter();
        origins.fold(text.to_owned(), |text, (origin, port)| {
            text.replace(&format!("http://127.0.0.1:{port}"), origin)
        })
    }

    pub(super) fn problems(&self) -> Vec<String> {
        self.api.problems.lock().unwrap().clone()
    }

    pub(super) fn unasked(&self) -> Vec<String> {
        let asked = self.api.asked.lock().unwrap();
        let answers = self.api.description.answers.iter().enumerate();
        answers
            .filter(|(index, answer)| {
                !answer.spare && answer.picture.is_none() && !asked.contains(index)
            })
            .map(|(_, answer)| format!("{} {} {:?}", answer.method, answer.at, answer.query))
            .collect()
    }
}

/// Scheme and host of an address.
fn origin(address: &str) -> String {
    let url: Url = address.replace('*', "x").parse().unwrap();
    url.origin().ascii_serialization()
}

impl Api {
    fn local(&self, text: &str) -> String {
        let origins = self.origins.iter();
        origins.fold(text.to_owned(), |text, (origin, port)| {
            // Also where the scheme is left to the address that it stands in.
            let (_, host) = origin.split_once(':').unwrap();
            text.replace(origin, &format!("http://127.0.0.1:{port}"))
                .replace(&format!("\"{host}/"), &format!("\"//127.0.0.1:{port}/"))
        })
    }

    fn talk(&self, stream: &TcpStream, origin: &str) -> std::io::Result<()> {
        let Some(request) = Message::read(stream)? else {
            return Ok(());
        };
        let (status, kind, headers, body) = self.reply(&request, origin);
        let mut head = format!(
            "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n",
            body.len()
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let mut stream = stream;
        stream.write_all(&[head.as_bytes(), b"\r\n", &body].concat())?;
        stream.flush()
    }

    fn problem(&self, what: String) {
        self.problems.lock().unwrap().push(what);
    }

    fn reply(&self, request: &Message, origin: &str) -> Reply {
        let method = request.start.split(' ').next().unwrap_or_default();
        let url: Url = format!("{origin}{}", request.target()).parse().unwrap();
        let address = format!("{origin}{}", url.path());
        let query: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        let demands: Vec<&Demand> = self.description.demands.iter().collect();
        let demands = demands
            .into_iter()
            .filter(|demand| address.starts_with(&demand.under));
        let demands: Vec<&Demand> = demands.collect();
        self.watch_token(request, &query, &demands, &url);
        for demand in &demands {
            let has = |name: &String, wanted: &String| {
                let field = request.field(name);
                field.is_some_and(|field| fits(wanted, field))
            };
            let asks = |name: &String, wanted: &String| {
                query.get(name).is_some_and(|value| fits(wanted, value))
            };
            let mut headers = demand.header.iter();
            let mut parameters = demand.query.iter();
            if !headers.all(|(name, wanted)| has(name, wanted))
                || !parameters.all(|(name, wanted)| asks(name, wanted))
            {
                let wants = (&demand.header, &demand.query);
                self.problem(format!("{method} {url} is refused for want of {wants:?}"));
                let body = self.local(&timed(&demand.says)).into_bytes();
                return (demand.status, demand.kind.clone(), Vec::new(), body);
            }
        }
        let own = |name: &&String| {
            !demands
                .iter()
                .any(|demand| demand.query.contains_key(*name))
        };
        let query: BTreeMap<&String, &String> =
            query.iter().filter(|(name, _)| own(name)).collect();
        let answers = self.description.answers.iter().enumerate();
        let mut answers = answers.filter(|(_, answer)| {
            answer.method == method
                && is_at(&answer.at, &address)
                && answers_to(answer, request, &query)
        });
        let Some((index, answer)) = answers.next() else {
            self.problem(format!("{method} {url} {} is not there", request.text()));
            let body = br#"{"message":"not found"}"#.to_vec();
            return (404, "application/json".to_owned(), Vec::new(), body);
        };
        let _ = self.asked.lock().unwrap().insert(index);
        let headers = answer.headers.iter();
        let headers = headers.map(|(name, value)| (name.clone(), self.local(value)));
        let (kind, body) = match answer.picture {
            Some([width, height]) => ("image/png".to_owned(), picture(url.as_str(), width, height)),
            None => (
                answer.kind.clone(),
                self.local(&timed(&answer.says)).into_bytes(),
            ),
        };
        (answer.status, kind, headers.collect(), body)
    }

    /// Notes where the access token is seen and no demand asks for it.
    fn watch_token(
        &self,
        request: &Message,
        query: &BTreeMap<String, String>,
        demands: &[&Demand],
        url: &Url,
    ) {
        for (name, value) in &request.fields {
            let wanted = |demand: &&Demand| {
                let mut names = demand.header.keys();
                names.any(|wanted| wanted.eq_ignore_ascii_case(name))
            };
            if value.contains(TOKEN) && !demands.iter().any(wanted) {
                self.problem(format!("the token is in {name} of {url}"));
            }
        }
        for (name, value) in query {
            let mut demands = demands.iter();
            if value.contains(TOKEN) && !demands.any(|demand| demand.query.contains_key(name)) {
                self.problem(format!("the token is in the query of {url}"));
            }
        }
    }
}

fn is_at(pattern: &str, address: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => address.starts_with(start),
        None => pattern == address,
    }
}

/// Whether an answer is one to this query and body.
fn answers_to(answer: &Answer, request: &Message, query: &BTreeMap<&String, &String>) -> bool {
    let fields = answer.header.iter();
    let mut fields =
        fields.map(|(name, wanted)| request.field(name).is_some_and(|it| fits(wanted, it)));
    let query_fits = answer.at.ends_with('*')
        || answer.picture.is_some() && answer.query.is_empty()
        || answer.query.len() == query.len()
            && answer
                .query
                .iter()
                .all(|(name, wanted)| query.get(name).is_some_and(|value| fits(wanted, value)));
    let is_json = request
        .field("content-type")
        .is_some_and(|kind| kind.contains("json"));
    let json = answer.json.as_ref();
    let json_fits = json.is_none_or(|wanted| is_json && holds(wanted, &request.json()));
    let form_fits = answer.form.as_ref().is_none_or(|wanted| {
        let sent = url::form_urlencoded::parse(&request.body).into_owned();
        let sent: BTreeMap<String, String> = sent.collect();
        let kind = request.field("content-type").unwrap_or_default();
        kind.starts_with("application/x-www-form-urlencoded")
            && wanted.len() == sent.len()
            && wanted
                .iter()
                .all(|(name, wanted)| sent.get(name).is_some_and(|it| fits(wanted, it)))
    });
    let sent = request.json();
    let is_without = answer.without.iter().all(|name| sent.get(name).is_none());
    fields.all(|fits| fits) && query_fits && json_fits && form_fits && is_without
}

/// A picture with a frame near its edge, which shows what is cropped, in a colour that follows from its address.
fn picture(address: &str, width: u32, height: u32) -> Vec<u8> {
    let hash = address.bytes().fold(7_u32, |hash, byte| {
        hash.wrapping_mul(31).wrapping_add(byte.into())
    });
    let [red, green, blue, _] = hash.to_le_bytes();
    let inset = (width.min(height) / 24).max(2);
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let edge = x.min(width - 1 - x).min(y.min(height - 1 - y));
        if (inset..inset * 3 / 2).contains(&edge) {
            return Rgb([240, 240, 240]);
        }
        let shade = |colour: u8| (u32::from(colour) / 2 + 100 * y / height) as u8;
        Rgb([shade(red), shade(green), shade(blue)])
    });
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}
