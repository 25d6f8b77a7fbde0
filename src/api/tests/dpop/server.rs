//! An authorization server and an API in one that look at every proof as RFC 9449 section 4.3 says.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::digest::{SHA256, digest};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

/// How the server behaves.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// Whether discovery offers DPoP.
    pub(crate) offered: bool,
    /// Whether a token request without a proof is refused.
    pub(crate) demanded: bool,
    /// What tokens are called, whether or not they are bound.
    pub(crate) token_type: &'static str,
    /// Whether every proof must have a nonce that was handed out by this side and never used.
    pub(crate) nonces: bool,
    /// A token endpoint that takes no nonce at all.
    pub(crate) never_content: bool,
    /// Seconds that this server's clock is ahead.
    pub(crate) ahead: i64,
    /// Polls that are answered `authorization_pending`.
    pub(crate) pending: usize,
    /// Life of codes in seconds.
    pub(crate) code_life: u64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            offered: true,
            demanded: true,
            token_type: "DPoP",
            nonces: true,
            never_content: false,
            ahead: 0,
            pending: 0,
            code_life: 60,
        }
    }
}

/// One request as it was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) status: u16,
    /// Thumbprint of the key that was proved.
    pub(crate) proved: Option<String>,
    pub(crate) error: Option<String>,
}

#[derive(Debug, Default)]
struct Book {
    rules: Rules,
    /// Proofs are never taken twice.
    ids: HashSet<String>,
    /// Unused nonces: `as-…` of the token endpoint, `rs-…` of the rest.
    nonces: HashSet<String>,
    /// Tokens and the key each is bound to.
    access: HashMap<String, Option<String>>,
    refresh: HashMap<String, Option<String>>,
    seen: Vec<Seen>,
    counter: usize,
}

impl Book {
    fn next(&mut self) -> usize {
        self.counter += 1;
        self.counter
    }
}

/// The server. Ends with the test's runtime.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) base: String,
    book: Arc<Mutex<Book>>,
}

impl Server {
    pub(crate) async fn start(rules: Rules) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            base: format!("http://{}", listener.local_addr().unwrap()),
            book: Arc::default(),
        };
        server.book().rules = rules;
        let router = Router::new().fallback(answer).with_state(server.clone());
        let _server = tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Rules)) {
        change(&mut self.book().rules);
    }

    pub(crate) fn seen(&self, path: &str) -> Vec<Seen> {
        let book = self.book();
        let of_path = book.seen.iter().filter(|seen| seen.path == path);
        of_path.cloned().collect()
    }

    /// Ends the life of every access token.
    pub(crate) fn forget_access_tokens(&self) {
        self.book().access.clear();
    }
}

type Refusal = (u16, &'static str);

async fn answer(
    State(server): State<Server>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut book = server.book();
    let form: HashMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    let path = uri.path().to_owned();
    let judge = Judge {
        base: &server.base,
        method: method.as_str(),
        path: &path,
        headers: &headers,
    };
    let mut proved = None;
    let result = match path.as_str() {
        "/.well-known/openid-configuration" => Ok(discovery(&server.base, book.rules.offered)),
        "/device" => Ok(json!({
            "device_code": "marker-device", "user_code": "QTZL-MCBW", "interval": 1,
            "verification_uri": "https://id.example/activate", "expires_in": book.rules.code_life,
        })),
        "/token" => judge
            .proof(&mut book, None, "as")
            .inspect(|key| proved.clone_from(key))
            .and_then(|key| token(&mut book, &form, key)),
        "/revoke" => {
            let token = form.get("token").cloned().unwrap_or_default();
            let _ = book.access.remove(&token);
            let _ = book.refresh.remove(&token);
            Ok(json!({}))
        }
        _ => judge
            .resource(&mut book)
            .inspect(|key| proved.clone_from(key))
            .map(|_| json!({"sub": "ada", "name": "Ada", "items": [{"id": "1", "title": "One"}]})),
    };
    let (status, body) = match &result {
        Ok(body) => (200, body.clone()),
        Err((status, error)) => (*status, json!({"error": error})),
    };
    book.seen.push(Seen {
        path: path.clone(),
        status,
        proved,
        error: result.as_ref().err().map(|(_, error)| (*error).to_owned()),
    });
    let side = if path == "/token" { "as" } else { "rs" };
    let nonce = format!("{side}-{}", book.next());
    let mut response = (StatusCode::from_u16(status).unwrap(), body.to_string()).into_response();
    let out = response.headers_mut();
    let _ = out.insert("content-type", "application/json".parse().unwrap());
    if book.rules.nonces {
        let _ = out.insert("dpop-nonce", nonce.parse().unwrap());
        let _ = book.nonces.insert(nonce);
    }
    if status == 401 {
        let challenge = format!("DPoP error=\"{}\", algs=\"ES256\"", result.unwrap_err().1);
        let _ = out.insert("www-authenticate", challenge.parse().unwrap());
    }
    response
}

fn discovery(base: &str, offered: bool) -> Value {
    let mut document = json!({
        "issuer": base,
        "device_authorization_endpoint": format!("{base}/device"),
        "token_endpoint": format!("{base}/token"),
        "userinfo_endpoint": format!("{base}/me"),
        "revocation_endpoint": format!("{base}/revoke"),
    });
    if offered {
        document["dpop_signing_alg_values_supported"] = json!(["EdDSA", "ES256"]);
    }
    document
}

fn token(
    book: &mut Book,
    form: &HashMap<String, String>,
    key: Option<String>,
) -> Result<Value, Refusal> {
    let said = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    if said("grant_type") == "refresh_token" {
        // Bound to the key of the sign-in; used up (RFC 9449 section 5).
        match book.refresh.get(said("refresh_token")) {
            Some(bound) if *bound == key => {}
            _ => return Err((400, "invalid_grant")),
        }
        let _ = book.refresh.remove(said("refresh_token"));
    } else if said("device_code") != "marker-device" {
        return Err((400, "invalid_grant"));
    } else if book.rules.pending > 0 {
        book.rules.pending -= 1;
        return Err((400, "authorization_pending"));
    }
    let number = book.next();
    let (access, refresh) = (
        format!("marker-access-{number}"),
        format!("marker-refresh-{number}"),
    );
    let _ = book.access.insert(access.clone(), key.clone());
    let _ = book.refresh.insert(refresh.clone(), key);
    Ok(
        json!({"access_token": access, "refresh_token": refresh, "expires_in": 3600,
              "token_type": book.rules.token_type}),
    )
}

/// One request under examination.
struct Judge<'a> {
    base: &'a str,
    method: &'a str,
    path: &'a str,
    headers: &'a HeaderMap,
}

impl Judge<'_> {
    /// A request with an access token: the scheme must be the token's, and the proof made by its key.
    fn resource(&self, book: &mut Book) -> Result<Option<String>, Refusal> {
        let refused = (401, "invalid_token");
        let presented = self.headers.get("authorization").ok_or(refused)?;
        let (scheme, token) = presented.to_str().unwrap().split_once(' ').unwrap();
        let bound = book.access.get(token).cloned().ok_or(refused)?;
        if scheme != book.rules.token_type {
            return Err(refused);
        }
        if scheme != "DPoP" {
            return match self.headers.contains_key("dpop") {
                true => Err((400, "invalid_request")),
                false => Ok(None),
            };
        }
        match self.proof(book, Some(token), "rs") {
            Ok(key) if key == bound => Ok(key),
            Ok(_) => Err(refused),
            Err((_, error)) => Err((401, error)),
        }
    }

    /// RFC 9449 section 4.3, in its order.
    fn proof(
        &self,
        book: &mut Book,
        token: Option<&str>,
        side: &str,
    ) -> Result<Option<String>, Refusal> {
        let bad = (400, "invalid_dpop_proof");
        let proofs: Vec<_> = self.headers.get_all("dpop").iter().collect();
        let jwt = match proofs.as_slice() {
            [] if book.rules.demanded || token.is_some() => return Err(bad),
            [] => return Ok(None),
            [one] => one.to_str().map_err(|_| bad)?,
            _ => return Err(bad),
        };
        let head = URL_SAFE_NO_PAD
            .decode(jwt.split('.').next().unwrap_or_default())
            .map_err(|_| bad)?;
        let head: Value = serde_json::from_slice(&head).map_err(|_| bad)?;
        let jwk = &head["jwk"];
        if head["typ"] != "dpop+jwt" || head["alg"] != "ES256" || jwk.get("d").is_some() {
            return Err(bad);
        }
        let mut validation = Validation::new(Algorithm::ES256);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        let key: Jwk = serde_json::from_value(jwk.clone()).map_err(|_| bad)?;
        let key = DecodingKey::from_jwk(&key).map_err(|_| bad)?;
        let claims = jsonwebtoken::decode::<Value>(jwt, &key, &validation)
            .map_err(|_| bad)?
            .claims;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let now = i64::try_from(now.as_secs()).unwrap() + book.rules.ahead;
        let is_fresh = claims["iat"]
            .as_i64()
            .is_some_and(|at| (at - now).abs() <= 30);
        let id = claims["jti"].as_str().ok_or(bad)?;
        let is_right = claims["htm"] == self.method
            && claims["htu"] == format!("{}{}", self.base, self.path)
            && claims["ath"] == token.map_or(Value::Null, |token| hashed(token).into())
            && is_fresh
            && id.len() >= 22
            && book.ids.insert(id.to_owned());
        if !is_right {
            return Err(bad);
        }
        if book.rules.nonces {
            let nonce = claims["nonce"].as_str().unwrap_or_default();
            let is_ours = nonce.starts_with(side) && book.nonces.remove(nonce);
            if !is_ours || (side == "as" && book.rules.never_content) {
                return Err((400, "use_dpop_nonce"));
            }
        }
        let text = |name: &str| jwk[name].as_str().unwrap_or_default();
        let canonical = format!(
            r#"{{"crv":"{}","kty":"{}","x":"{}","y":"{}"}}"#,
            text("crv"),
            text("kty"),
            text("x"),
            text("y")
        );
        Ok(Some(hashed(&canonical)))
    }
}

fn hashed(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes()))
}
