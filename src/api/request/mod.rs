//! Asking: one request to an API, with every limit that keeps a bad server from doing harm.
//!
//! In the order of reading: `address` says where the access token may travel; `http` sends one request and reads its
//! response; `api_message` is what an API says about a failure; `retry` whether it is asked once more, and when;
//! `link` is the `Link` header; `token_source` where the access token comes from; `sender` puts them together. `probe` asks without a token.

pub(super) mod address;
pub(super) mod api_message;
pub(super) mod http;
pub(super) mod link;
mod probe;
mod retry;
pub(super) mod sender;
pub(super) mod token_source;

pub use address::shown_address;
pub use probe::status_without_token;
