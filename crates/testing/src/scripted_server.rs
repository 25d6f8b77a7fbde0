//! A server on loopback that answers as a test tells it to, and remembers what it was asked.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub query: Option<String>,
    pub authorization: Option<String>,
    pub accept: Option<String>,
    pub agent: Option<String>,
    /// Every pair of the form, repeated ones included.
    pub form: Vec<(String, String)>,
}

impl Asked {
    /// The form as a map; panics where a parameter came twice.
    pub fn map(&self) -> BTreeMap<&str, &str> {
        let map: BTreeMap<_, _> = self
            .form
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            map.len(),
            self.form.len(),
            "a parameter twice: {:?}",
            self.form
        );
        map
    }
}

/// One answer.
#[derive(Debug, Clone)]
pub struct Says {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// JSON with a status.
pub fn json(status: u16, body: &Value) -> Says {
    text(status, "application/json", &body.to_string())
}

/// Any text with a status and a content type, which may be empty.
pub fn text(status: u16, kind: &str, body: &str) -> Says {
    let kind = Some(("content-type", kind.to_owned())).filter(|(_, kind)| !kind.is_empty());
    Says {
        status,
        headers: kind.into_iter().collect(),
        body: body.as_bytes().to_vec(),
    }
}

impl Says {
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

#[derive(Debug, Default)]
struct Inner {
    answers: Mutex<HashMap<String, VecDeque<Says>>>,
    asked: Mutex<Vec<Asked>>,
}

/// The server. Ends with the test's runtime.
#[derive(Debug, Clone)]
pub struct Stub {
    pub base: String,
    inner: Arc<Inner>,
}

impl Stub {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Inner::default());
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&inner));
        let _server = tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, inner }
    }

    /// Queues an answer for a path; the last one stays.
    pub fn on(&self, path: &str, says: Says) -> &Self {
        let mut answers = self.inner.answers.lock().unwrap();
        answers.entry(path.to_owned()).or_default().push_back(says);
        self
    }

    /// Forgets the answers of a path.
    pub fn forget(&self, path: &str) -> &Self {
        let _ = self.inner.answers.lock().unwrap().remove(path);
        self
    }

    pub fn asked(&self, path: &str) -> Vec<Asked> {
        let asked = self.inner.asked.lock().unwrap();
        asked
            .iter()
            .filter(|asked| asked.path == path)
            .cloned()
            .collect()
    }

    pub fn paths(&self) -> Vec<String> {
        let asked = self.inner.asked.lock().unwrap();
        asked.iter().map(|asked| asked.path.clone()).collect()
    }
}

async fn answer(
    State(inner): State<Arc<Inner>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name: &str| {
        let value = headers.get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    inner.asked.lock().unwrap().push(Asked {
        method: method.to_string(),
        path: uri.path().to_owned(),
        query: uri.query().map(str::to_owned),
        authorization: header("authorization"),
        accept: header("accept"),
        agent: header("user-agent"),
        form: url::form_urlencoded::parse(&body).into_owned().collect(),
    });
    let says = {
        let mut answers = inner.answers.lock().unwrap();
        answers
            .get_mut(uri.path())
            .and_then(|queue| match queue.len() {
                0 | 1 => queue.front().cloned(),
                _ => queue.pop_front(),
            })
    };
    let says = says.unwrap_or_else(|| text(404, "text/html", "<html>not here</html>"));
    let mut response = (StatusCode::from_u16(says.status).unwrap(), says.body).into_response();
    let _ = response.headers_mut().remove("content-type");
    for (name, value) in says.headers {
        let _ = response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}
