//! What was done for an `Idempotency-Key` is answered once more and not done once more
//! (draft-ietf-httpapi-idempotency-key-header): a box that lost the answer may ask again.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::bearer::Caller;
use super::library::problem;
use super::shared::{Shared, lock};

/// More keys than this are forgotten, the oldest first.
const MOST: usize = 1000;
/// A longer key is none.
const LONGEST: usize = 256;
/// Answers to what changes something are short.
const ANSWER_LIMIT: usize = 64 * 1024;

/// Whose key it is, and the key.
type Name = (&'static str, String);

/// What was done for which key. In memory, as the library is.
#[derive(Debug, Default)]
pub(super) struct IdempotencyKeys {
    known: HashMap<Name, KeyedRequest>,
    order: VecDeque<Name>,
}

#[derive(Debug)]
struct KeyedRequest {
    /// Method and path.
    asked: String,
    /// None while it is being done.
    answer: Option<Answer>,
}

type Answer = (StatusCode, HeaderMap, Bytes);

impl IdempotencyKeys {
    /// What to answer without doing anything; none where it is to be done now.
    fn begin(&mut self, name: &Name, asked: &str) -> Option<Response> {
        if let Some(request) = self.known.get(name) {
            return Some(match &request.answer {
                _ if request.asked != asked => problem(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "This key was used for something else.",
                ),
                None => problem(StatusCode::CONFLICT, "This is being done already."),
                Some(answer) => answer.clone().into_response(),
            });
        }
        if self.order.len() >= MOST
            && let Some(oldest) = self.order.pop_front()
        {
            let _ = self.known.remove(&oldest);
        }
        self.order.push_back(name.clone());
        let request = KeyedRequest {
            asked: asked.to_owned(),
            answer: None,
        };
        let _ = self.known.insert(name.clone(), request);
        None
    }

    /// Notes what was answered. After trouble of our own the same key may try again.
    fn end(&mut self, name: &Name, answer: Answer) {
        if answer.0.is_server_error() {
            let _ = self.known.remove(name);
            self.order.retain(|known| known != name);
        } else if let Some(request) = self.known.get_mut(name) {
            request.answer = Some(answer);
        }
    }
}

/// Passes a request on, unless its key was seen before.
pub(super) async fn idempotent(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let key = request.headers().get("idempotency-key");
    let key = key.and_then(|key| key.to_str().ok()).map(str::to_owned);
    let Some(key) = key.filter(|key| key.len() <= LONGEST) else {
        return next.run(request).await;
    };
    let (mut parts, body) = request.into_parts();
    let caller = Caller::from_request_parts(&mut parts, &shared).await;
    let asked = format!("{} {}", parts.method, parts.uri.path());
    let request = Request::from_parts(parts, body);
    let Ok(Caller(holder)) = caller else {
        return next.run(request).await;
    };
    let name = (holder.person.id, key);
    if let Some(answer) = lock(&shared.idempotency_keys).begin(&name, &asked) {
        return answer;
    }
    // Goes on when whoever asked hangs up: what was begun is done, and its answer known.
    let work = tokio::spawn(async move {
        let (about, body) = next.run(request).await.into_parts();
        let body = to_bytes(body, ANSWER_LIMIT).await.unwrap_or_default();
        let answer = (about.status, about.headers, body);
        lock(&shared.idempotency_keys).end(&name, answer.clone());
        answer.into_response()
    });
    let failed = |_| StatusCode::INTERNAL_SERVER_ERROR.into_response();
    work.await.unwrap_or_else(failed)
}
