//! Without the feature `id-token`: no ID token is looked at, and userinfo alone says who it is.

use std::future::{Ready, ready};

use serde_json::{Map, Value};

use super::Occasion;
use crate::wire::Reply;
use crate::{Client, Error, TokenSet};

impl Client {
    /// None.
    pub(super) fn id_token_claims(
        &self,
        _: &TokenSet,
        _: Occasion,
    ) -> Ready<Result<Option<Map<String, Value>>, Error>> {
        ready(Ok(None))
    }

    /// None.
    pub(super) fn signed_userinfo(
        &self,
        _: &Reply,
    ) -> Ready<Option<Result<Map<String, Value>, Error>>> {
        ready(None)
    }
}
