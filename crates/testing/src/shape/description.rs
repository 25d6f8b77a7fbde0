//! What an API demands and answers, as it is written in `api.toml`.
//!
//! Addresses are the real ones. The values that are asked for are matched by the rules of `pattern`. In what is
//! said, `<now>`, `<now-30m>`, `<now+2h>` and `<today>` become times.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// An API.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// Files that the configuration names, and what is in them.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// Members of the account that is signed in.
    #[serde(default)]
    pub account: Map<String, Value>,
    /// What every request must have, the first that is not met is answered.
    #[serde(default)]
    pub demands: Vec<Demand>,
    /// What is answered; the first that fits.
    pub answers: Vec<Answer>,
}

/// Without these headers and parameters, everything under an address is answered so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    pub under: String,
    #[serde(default)]
    pub header: BTreeMap<String, String>,
    #[serde(default)]
    pub query: BTreeMap<String, String>,
    #[serde(default = "unauthorized")]
    pub status: u16,
    #[serde(default = "json", rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub says: String,
}

/// What is answered to one request.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The address without its query; a star at its end stands for anything.
    pub at: String,
    #[serde(default = "get")]
    pub method: String,
    /// All parameters there must be, but for those that a demand names.
    #[serde(default)]
    pub query: BTreeMap<String, String>,
    #[serde(default)]
    pub header: BTreeMap<String, String>,
    /// What must stand in the body that is sent, beside anything else.
    pub json: Option<Value>,
    /// What may not stand in the body that is sent, not even as null.
    #[serde(default)]
    pub without: Vec<String>,
    /// All that must stand in the form that is sent.
    pub form: Option<BTreeMap<String, String>>,
    #[serde(default = "ok")]
    pub status: u16,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    #[serde(default = "json", rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub says: String,
    /// Width and height of a picture that is answered.
    pub picture: Option<[u32; 2]>,
    /// Nobody has to ask for it.
    #[serde(default)]
    pub spare: bool,
}

fn unauthorized() -> u16 {
    401
}

fn ok() -> u16 {
    200
}

fn get() -> String {
    "GET".to_owned()
}

fn json() -> String {
    "application/json".to_owned()
}
