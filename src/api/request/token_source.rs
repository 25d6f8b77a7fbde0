//! Where the client gets its access token from.

use futures::future::BoxFuture;
use serde_json::{Map, Value};

use crate::session::{AccessToken, Error, Session};

/// A source of access tokens; a session in the program, a list of strings in tests.
pub(crate) trait TokenSource: Send + Sync {
    /// A token that is good for now.
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, Error>>;

    /// What is known of the person by the names of claims, for `{me/sub}`.
    fn person(&self) -> Map<String, Value> {
        Map::new()
    }

    /// The token to use instead of one that the API answered 401 to.
    fn replace<'a>(&'a self, refused: &'a AccessToken)
    -> BoxFuture<'a, Result<AccessToken, Error>>;
}

impl TokenSource for Session {
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Box::pin(Session::access_token(self))
    }

    fn person(&self) -> Map<String, Value> {
        let account = self.account();
        let mut person = account.claims;
        if !account.subject.is_empty() {
            // Servers of plain OAuth 2.0 call the subject so.
            let _ = person
                .entry("id")
                .or_insert_with(|| account.subject.clone().into());
            let _ = person.insert("sub".to_owned(), account.subject.into());
        }
        person
    }

    fn replace<'a>(
        &'a self,
        refused: &'a AccessToken,
    ) -> BoxFuture<'a, Result<AccessToken, Error>> {
        Box::pin(Session::replace(self, refused))
    }
}

/// NoAccount is signed in.
pub(crate) struct NoAccount;

impl NoAccount {
    fn refuse() -> BoxFuture<'static, Result<AccessToken, Error>> {
        Box::pin(async { Err(Error::Refused("nobody is signed in".to_owned())) })
    }
}

impl TokenSource for NoAccount {
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Self::refuse()
    }

    fn replace<'a>(&'a self, _: &'a AccessToken) -> BoxFuture<'a, Result<AccessToken, Error>> {
        Self::refuse()
    }
}
