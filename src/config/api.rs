//! `[api]` and `[apis.NAME]` as types: the owner's APIs, and what goes along with a request to them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use super::Row;
use super::keys::{Key, Table, ValueKind, join};
use super::table::table;

table! {
    /// `[api]`: the owner's API and the rows it fills.
    Api {
        /// address of your API; every path below is resolved under it
        base_url: Url, Base;
        /// headers of requests under base_url, such as { Client-Id = "x", X-Api-Key = { file = "key" } }
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, Header> = BTreeMap::new(), Headers, "none";
        /// where a request under base_url carries the access token: "bearer", "none", { header = "X-Token" },
        /// { header = "Authorization", value = "Token {token}" } or { query = "key" }
        #[serde(default)]
        token: TokenPlace = TokenPlace::Bearer, Token;
        /// most memory for pictures, in MiB; those on the screen stay whatever they take
        #[serde(default = "picture_memory_mib")]
        picture_memory_mib: u32 = picture_memory_mib(), Whole(1, 4096);
        /// The rows of the home screen, top to bottom.
        #[serde(default)]
        rows: Vec<Row>;
    }
}

fn picture_memory_mib() -> u32 {
    64
}

table! {
    /// `[apis.NAME]`: an API beside `[api]`, for rows that name it.
    OtherApi {
        /// address of this API; paths of rows with api = "NAME" are resolved under it
        base_url: Url, Base;
        /// headers of requests under this base_url, as api.headers
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, Header> = BTreeMap::new(), Headers, "none";
        /// where a request under this base_url carries the access token, as api.token: nowhere unless said
        #[serde(default = "no_token")]
        token: TokenPlace = TokenPlace::None, Token;
    }
}

fn no_token() -> TokenPlace {
    TokenPlace::None
}

/// The value of a header that the owner adds to requests.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Header {
    /// This text.
    Text(String),
    /// What this file holds, without blanks around it.
    File {
        /// The file, relative to the configuration file's folder.
        file: PathBuf,
    },
}

/// Where a request carries the access token.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(from = "WrittenToken", into = "WrittenToken")]
pub enum TokenPlace {
    /// In `Authorization`, as the token's own type says (RFC 6750 section 2.1, RFC 9449 section 7.1).
    #[default]
    Bearer,
    /// In this header, as this text with the token for `{token}`.
    Header {
        /// The header's name.
        header: String,
        /// The header's value.
        value: String,
    },
    /// In this parameter of the query.
    Query(String),
    /// Nowhere.
    None,
}

/// What stands for the token in a header's value.
pub const TOKEN_BLANK: &str = "{token}";

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum WrittenToken {
    Word(TokenWord),
    Header {
        header: String,
        #[serde(default = "token_blank")]
        value: String,
    },
    Query {
        query: String,
    },
}

#[derive(Deserialize, Serialize)]
enum TokenWord {
    #[serde(rename = "bearer")]
    Bearer,
    #[serde(rename = "none")]
    None,
}

fn token_blank() -> String {
    TOKEN_BLANK.to_owned()
}

impl From<WrittenToken> for TokenPlace {
    fn from(written: WrittenToken) -> Self {
        match written {
            WrittenToken::Word(TokenWord::Bearer) => Self::Bearer,
            WrittenToken::Word(TokenWord::None) => Self::None,
            WrittenToken::Header { header, value } => Self::Header { header, value },
            WrittenToken::Query { query } => Self::Query(query),
        }
    }
}

impl From<TokenPlace> for WrittenToken {
    fn from(place: TokenPlace) -> Self {
        match place {
            TokenPlace::Bearer => Self::Word(TokenWord::Bearer),
            TokenPlace::None => Self::Word(TokenWord::None),
            TokenPlace::Header { header, value } => Self::Header { header, value },
            TokenPlace::Query(query) => Self::Query { query },
        }
    }
}
