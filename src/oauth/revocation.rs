//! Taking tokens back at the server (RFC 7009), best effort.

use super::Error;
use super::http::Reply;
use super::wire;

/// What one revocation request came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The token is good for nothing any more, or never was.
    Done,
    /// The server wants to see a bearer token instead of a client (glewlwyd).
    WantsToken(Error),
    /// It did not happen.
    Failed(Error),
}

/// Reads a reply. RFC 7009 section 2.2 answers 200 for unknown tokens too, whatever the body;
/// servers that answer them 400 mean the same, unless they speak of the client.
pub(super) fn outcome(reply: &Reply) -> Outcome {
    if reply.is_success() {
        return Outcome::Done;
    }
    let error = wire::error(reply);
    match (reply.status, &error) {
        (401 | 403, _) => Outcome::WantsToken(error),
        (400, Error::OAuth { code, .. }) => match code.as_str() {
            "invalid_client" | "unauthorized_client" | "unsupported_token_type" => {
                Outcome::Failed(error)
            }
            _ => Outcome::Done,
        },
        (400, Error::Unexpected { .. }) => Outcome::Done,
        _ => Outcome::Failed(error),
    }
}
