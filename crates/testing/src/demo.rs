//! A box and a phone for the tests of the demo server: an HTTP client with their habits.

use std::cell::RefCell;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, OnceLock};

pub use reqwest::Response;
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use tempfile::TempDir;
pub use vestibule_demo::Options;
use vestibule_demo::Running;

/// The grant type of RFC 8628.
pub const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A server under test.
pub struct Server {
    running: Running,
    http: Client,
}

thread_local! {
    /// Each test has a thread of its own: its directories go when it ends.
    static DIRECTORIES: RefCell<Vec<TempDir>> = const { RefCell::new(Vec::new()) };
}

/// The defaults, with a new data directory that stays until the test ends.
pub fn quiet() -> Options {
    let directory = tempfile::tempdir().unwrap();
    let data_dir = directory.path().join("demo");
    DIRECTORIES.with_borrow_mut(|directories| directories.push(directory));
    Options {
        data_dir,
        port: 0,
        ..Options::default()
    }
}

/// Starts a server.
pub async fn start(options: Options) -> Server {
    let _ = log();
    let http = Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    Server {
        running: vestibule_demo::start(options).await.unwrap(),
        http,
    }
}

/// A browser at that address of the loopback network.
pub fn from(address: [u8; 4]) -> Client {
    Client::builder()
        .no_proxy()
        .local_address(IpAddr::from(address))
        .build()
        .unwrap()
}

/// The body as JSON.
pub async fn json(reply: Response) -> Value {
    reply.json().await.unwrap()
}

/// Sends an access token along.
pub fn bearer(request: RequestBuilder, token: &str) -> RequestBuilder {
    request.bearer_auth(token)
}

impl Server {
    pub fn issuer(&self) -> &str {
        self.running.issuer()
    }

    pub fn api(&self) -> &str {
        self.running.api()
    }

    pub fn client_id(&self) -> &str {
        self.running.client_id()
    }

    pub fn phone_url(&self) -> &str {
        self.running.phone_url()
    }

    pub fn config_toml(&self) -> String {
        self.running.config_toml()
    }

    pub async fn stop(self) {
        self.running.stop().await;
    }

    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().unwrap();
        self.http
            .request(method, format!("{}{path}", self.issuer()))
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request("GET", path).send().await.unwrap()
    }

    pub async fn get_absolute(&self, address: &str) -> Response {
        self.http.get(address).send().await.unwrap()
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        self.request("POST", path).form(form).send().await.unwrap()
    }

    /// Calls with the access token of a token response.
    pub async fn call(&self, method: &str, path: &str, tokens: &Value) -> Response {
        let token = tokens["access_token"].as_str().unwrap();
        bearer(self.request(method, path), token)
            .send()
            .await
            .unwrap()
    }

    /// A device authorization response.
    pub async fn codes(&self, scope: &str) -> Value {
        let form = [("client_id", self.client_id()), ("scope", scope)];
        let reply = self.post("/oauth/device/code", &form).await;
        assert_eq!(reply.status(), 200);
        assert_eq!(reply.headers()["cache-control"], "no-store");
        json(reply).await
    }

    /// One poll.
    pub async fn exchange(&self, codes: &Value) -> Response {
        let form = [
            ("client_id", self.client_id()),
            ("grant_type", DEVICE_CODE),
            ("device_code", codes["device_code"].as_str().unwrap()),
        ];
        self.post("/oauth/token", &form).await
    }

    /// One poll that is expected to fail: status and error code.
    pub async fn poll(&self, codes: &Value) -> (u16, String) {
        let reply = self.exchange(codes).await;
        let status = reply.status().as_u16();
        (status, json(reply).await["error"].as_str().unwrap().into())
    }

    pub async fn refresh(&self, tokens: &Value, scope: Option<&str>) -> Response {
        let mut form = vec![
            ("client_id", self.client_id()),
            ("grant_type", "refresh_token"),
            ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
        ];
        form.extend(scope.map(|scope| ("scope", scope)));
        self.post("/oauth/token", &form).await
    }

    pub async fn revoke(&self, token: &str) -> Response {
        let form = [("client_id", self.client_id()), ("token", token)];
        self.post("/oauth/revoke", &form).await
    }

    /// Opens the page of a code and presses a button there, as a browser does.
    pub async fn decide(&self, user_code: &str, person: &str, decision: &str) -> Response {
        let page = self.get(&format!("/activate?user_code={user_code}")).await;
        assert_eq!(page.status(), 200);
        let cookie = page.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let html = page.text().await.unwrap();
        let mut form = vec![
            ("form_token", field(&html, "form_token")),
            ("user_code", field(&html, "user_code")),
            ("decision", decision.to_owned()),
        ];
        if !person.is_empty() {
            form.push(("person", person.to_owned()));
        }
        self.request("POST", "/activate")
            .header("cookie", cookie)
            .form(&form)
            .send()
            .await
            .unwrap()
    }

    /// A whole grant: the token response.
    pub async fn sign_in(&self, scope: &str, person: &str) -> Value {
        let codes = self.codes(scope).await;
        let user_code = codes["user_code"].as_str().unwrap();
        assert_eq!(self.decide(user_code, person, "allow").await.status(), 303);
        let reply = self.exchange(&codes).await;
        assert_eq!(reply.status(), 200);
        json(reply).await
    }

    /// Ids on a person's list.
    pub async fn list(&self, tokens: &Value) -> Vec<String> {
        let body = json(self.call("GET", "/api/library/my-list", tokens).await).await;
        let items = body["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// The value of a hidden field.
pub fn field(html: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = html.split_once(&start).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// Everything that was logged in this process.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Begins to keep the log, at the most talkative level.
pub fn log() -> Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || writer.clone())
            .init();
        log
    })
    .clone()
}
