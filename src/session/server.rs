//! What a session asks of the authorization server.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use secrecy::SecretString;

use device_flow::dpop::Key;
use device_flow::{Client, Failed, IdTokenError, Identity, Revocation, TokenSet};

/// How long a revocation may take before the work that asked for it goes on without it.
pub(super) const REVOCATION_LIMIT: Duration = Duration::from_secs(5);

/// The part of [`Client`] that a session needs; tests put a scripted one in its place.
pub(super) trait Server: Debug + Send + Sync {
    /// As [`Client::find_token_endpoint`].
    fn find_token_endpoint(&self) -> BoxFuture<'_, Result<(), device_flow::Error>>;

    /// As [`Client::refresh`].
    fn refresh<'a>(
        &'a self,
        refresh_token: &'a SecretString,
        key: Option<&'a Arc<Key>>,
    ) -> BoxFuture<'a, Result<TokenSet, Failed>>;

    /// As [`Client::identity`].
    fn identity<'a>(
        &'a self,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<Identity, device_flow::Error>>;

    /// As [`Client::identity_of_id_token`].
    fn vouched<'a>(
        &'a self,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<Identity, device_flow::Error>>;

    /// Whether refreshed tokens still speak for `subject`. An error only where the server vouches for
    /// another person.
    fn still<'a>(
        &'a self,
        tokens: &'a TokenSet,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<(), device_flow::Error>>;

    /// As [`Client::admit`].
    fn admit(&self, token_type: &str, has_key: bool) -> Result<(), device_flow::Error>;

    /// As [`Client::revoke`].
    fn revoke<'a>(
        &'a self,
        refresh_token: Option<&'a SecretString>,
        access_token: Option<&'a SecretString>,
        limit: Duration,
    ) -> BoxFuture<'a, Revocation>;

    /// As [`Client::revoke_for`].
    fn revoke_for<'a>(
        &'a self,
        of: (&'a str, &'a str),
        tokens: (Option<&'a SecretString>, Option<&'a SecretString>),
        limit: Duration,
    ) -> BoxFuture<'a, Revocation>;

    /// As [`Client::revokes_one_session`].
    fn revokes_one_session(&self) -> bool;

    /// As [`Client::close_connections`].
    fn close_connections(&self) {}
}

impl Server for Client {
    fn find_token_endpoint(&self) -> BoxFuture<'_, Result<(), device_flow::Error>> {
        Box::pin(Client::find_token_endpoint(self))
    }

    fn refresh<'a>(
        &'a self,
        refresh_token: &'a SecretString,
        key: Option<&'a Arc<Key>>,
    ) -> BoxFuture<'a, Result<TokenSet, Failed>> {
        Box::pin(Client::refresh(self, refresh_token, key))
    }

    fn identity<'a>(
        &'a self,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<Identity, device_flow::Error>> {
        Box::pin(Client::identity(self, tokens))
    }

    fn vouched<'a>(
        &'a self,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<Identity, device_flow::Error>> {
        Box::pin(Client::identity_of_id_token(self, tokens))
    }

    fn still<'a>(
        &'a self,
        tokens: &'a TokenSet,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<(), device_flow::Error>> {
        Box::pin(async move {
            let found = self.identity_after_refresh(tokens, subject).await;
            vouched_for(found.map(drop))
        })
    }

    fn admit(&self, token_type: &str, has_key: bool) -> Result<(), device_flow::Error> {
        Client::admit(self, token_type, has_key)
    }

    fn revoke<'a>(
        &'a self,
        refresh_token: Option<&'a SecretString>,
        access_token: Option<&'a SecretString>,
        limit: Duration,
    ) -> BoxFuture<'a, Revocation> {
        Box::pin(Client::revoke(self, refresh_token, access_token, limit))
    }

    fn revoke_for<'a>(
        &'a self,
        of: (&'a str, &'a str),
        tokens: (Option<&'a SecretString>, Option<&'a SecretString>),
        limit: Duration,
    ) -> BoxFuture<'a, Revocation> {
        Box::pin(Client::revoke_for(self, of, tokens, limit))
    }

    fn revokes_one_session(&self) -> bool {
        Client::revokes_one_session(self)
    }

    fn close_connections(&self) {
        Client::close_connections(self);
    }
}

/// Whether refreshed tokens still speak for the same person.
///
/// Only a valid ID token of another person is against it. One that cannot be checked now, because this box's
/// clock is wrong, the keys cannot be fetched or the server changed them, says nothing: the tokens came from
/// the server we asked, and no wrong clock may end a session.
fn vouched_for(found: Result<(), device_flow::Error>) -> Result<(), device_flow::Error> {
    match found {
        Err(device_flow::Error::IdToken(IdTokenError::AnotherSubject)) => found,
        Ok(()) => Ok(()),
        Err(error) => {
            tracing::warn!(%error, "the ID token of a refresh cannot be checked; the account stays as it was");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use device_flow::NetworkFailure;

    #[test]
    fn b33_a_refresh_on_a_box_with_a_wrong_clock_keeps_the_session() {
        let early = IdTokenError::ClocksDisagree("it was issued in the future".to_owned());
        let error = device_flow::Error::IdToken(early);
        assert!(error.is_clock());
        assert_eq!(vouched_for(Err(error)), Ok(()));
    }

    #[test]
    fn only_a_valid_id_token_of_somebody_else_counts_against_a_session() {
        let another = device_flow::Error::IdToken(IdTokenError::AnotherSubject);
        assert_eq!(vouched_for(Err(another.clone())), Err(another));
        for found in [
            Ok(()),
            Err(device_flow::Error::IdToken(
                "the server has no such key".into(),
            )),
            Err(device_flow::Error::network(
                NetworkFailure::Timeout,
                "keys".to_owned(),
            )),
        ] {
            assert_eq!(vouched_for(found.clone()), Ok(()), "{found:?}");
        }
    }
}
