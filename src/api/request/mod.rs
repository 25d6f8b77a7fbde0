//! Asking: one request to an API, with every limit that keeps a bad server from doing harm.
//!
//! In the order of reading: `address` says where the access token may travel, `token_place` where it stands in a request,
//! `api_origin` what goes along to which API; `page_request` is what is asked for a page; `http` sends one request and reads
//! its response; `api_message` is what an API says about a failure; `retry` whether it is asked once more, and when;
//! `link` is the `Link` header; `repeated_token` takes out a token that an answer repeats; `token_source` where the access token comes from;
//! `watched` counts exchanges; `sender` puts them together.

pub(super) mod address;
pub(super) mod api_message;
pub(super) mod api_origin;
pub(super) mod http;
pub(super) mod link;
pub(super) mod page_request;
mod repeated_token;
pub(super) mod retry;
pub(super) mod sender;
pub(super) mod token_place;
pub(super) mod token_source;
mod watched;

pub use address::shown_address;
