//! Who a set of tokens speaks for: asks the server for its keys and for userinfo.

use serde_json::{Map, Value};

use super::discovery::Endpoints;
use super::net::{Credentials, bare, unexpected};
use super::provider::STANDARD_MEMBERS;
use super::userinfo;
use super::{Client, Error, IdTokenError, Identity, TokenSet};

#[cfg(feature = "id-token")]
mod id_token_claims;
#[cfg(not(feature = "id-token"))]
#[path = "identity/no_id_token.rs"]
mod id_token_claims;

/// On what occasion a token is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// A person has just confirmed at the server, which nobody does often.
    SignIn,
    /// It came with a refresh.
    Refresh,
}

impl Client {
    /// Who the tokens speak for: the validated ID token, completed by userinfo.
    ///
    /// A failing userinfo is not an error where the ID token already names the subject. Without an
    /// ID token, a server that refuses userinfo leaves the subject empty.
    ///
    /// # Errors
    /// [`Error::IdToken`] when there is an ID token that must not be believed (see
    /// [`Error::is_clock`]); [`Error::Network`] when the keys, or without an ID token userinfo,
    /// can't be reached.
    pub async fn identity(&self, tokens: &TokenSet) -> Result<Identity, Error> {
        let endpoints = self.endpoints().await?;
        let (id_token, userinfo) = futures::join!(
            self.id_token_claims(tokens, Occasion::SignIn),
            self.userinfo(&endpoints, tokens)
        );
        let id_token = id_token?;
        let userinfo = match userinfo {
            Ok(claims) => claims,
            Err(error @ Error::Network(_)) if id_token.is_none() => return Err(error),
            Err(error) => {
                tracing::debug!(%error, "no userinfo");
                None
            }
        };
        Ok(userinfo::identity(
            id_token,
            userinfo,
            &self.provider().members,
        ))
    }

    /// Who refreshed tokens speak for; `None` when the reply had no ID token, as is usual: then
    /// nothing has changed. Userinfo is not asked, so a name that is missing here has not changed
    /// either.
    ///
    /// # Errors
    /// [`Error::IdToken`] when there is an ID token that must not be believed, or one of another
    /// subject than `previous_subject` (OpenID Connect Core section 12.2); [`Error::Network`] when
    /// the keys can't be reached.
    pub async fn identity_after_refresh(
        &self,
        tokens: &TokenSet,
        previous_subject: &str,
    ) -> Result<Option<Identity>, Error> {
        let Some(identity) = self.vouched(tokens, Occasion::Refresh).await? else {
            return Ok(None);
        };
        // Some servers name the subject for the first time on a refresh.
        if !previous_subject.is_empty() && identity.subject != previous_subject {
            return Err(Error::IdToken(IdTokenError::AnotherSubject));
        }
        Ok(Some(identity))
    }

    /// Who the ID token alone says that fresh tokens speak for; nobody in particular where there is none.
    ///
    /// # Errors
    /// As [`Client::identity`].
    pub async fn identity_of_id_token(&self, tokens: &TokenSet) -> Result<Identity, Error> {
        let vouched = self.vouched(tokens, Occasion::SignIn).await?;
        Ok(vouched.unwrap_or_default())
    }

    async fn vouched(
        &self,
        tokens: &TokenSet,
        occasion: Occasion,
    ) -> Result<Option<Identity>, Error> {
        let claims = self.id_token_claims(tokens, occasion).await?;
        Ok(claims.map(|claims| userinfo::identity(Some(claims), None, &STANDARD_MEMBERS)))
    }

    async fn userinfo(
        &self,
        endpoints: &Endpoints,
        tokens: &TokenSet,
    ) -> Result<Option<Map<String, Value>>, Error> {
        let asked =
            self.inner.issuer.is_none() || self.scopes().iter().any(|scope| scope == "openid");
        let Some(url) = endpoints.userinfo.as_ref().filter(|_| asked) else {
            let outage = match asked {
                true => self.outage_behind(endpoints).await,
                false => None,
            };
            return outage.map_or(Ok(None), Err);
        };
        let credentials = Credentials::Token(&tokens.token_type, &tokens.access_token);
        let http = &self.inner.http;
        let reply = http
            .get_proved(url, credentials, tokens.key.as_deref())
            .await?;
        if let Some(claims) = userinfo::claims(&reply) {
            return Ok(Some(claims));
        }
        match self.signed_userinfo(&reply).await {
            Some(claims) => claims.map(Some),
            None => Err(unexpected(&reply, &bare(url))),
        }
    }
}
