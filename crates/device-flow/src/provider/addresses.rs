//! A provider's addresses for one configuration, and what `iss` of its ID tokens must be.

use url::Url;

use super::Provider;
use crate::Error;
use crate::config::ClientConfig;
use crate::discovery::Endpoints;

impl Provider {
    /// The issuer of ID tokens; `None` where the kind of server has no such thing.
    pub(crate) fn issuer(&self, config: &ClientConfig) -> Result<Option<String>, Error> {
        let place = self.location(config)?;
        Ok(place
            .map(|place| place.issuer)
            .filter(|issuer| !issuer.is_empty()))
    }

    /// Endpoints that need no look-up.
    pub(crate) fn endpoints(&self, config: &ClientConfig) -> Result<Endpoints, Error> {
        let Some(place) = self.location(config)? else {
            return Ok(Endpoints::default());
        };
        let base = Url::parse(&place.base).ok();
        let known = |path: &str| {
            let base = base.as_ref().filter(|_| !path.is_empty());
            base.and_then(|base| base.join(path).ok())
        };
        let paths = &self.paths;
        Ok(Endpoints {
            issuer: Some(place.issuer).filter(|issuer| !issuer.is_empty()),
            device_authorization: known(paths.device_authorization),
            token: known(paths.token),
            userinfo: known(paths.userinfo),
            revocation: known(paths.revocation),
            jwks: known(paths.keys),
            ..Endpoints::default()
        })
    }

    /// What `iss` of an ID token must be. Where the server writes its issuer in several ways, the
    /// way this token (`claim` reads it) has chosen; else the issuer itself.
    #[cfg(feature = "id-token")]
    pub(crate) fn issuer_of_token(
        &self,
        config: &ClientConfig,
        issuer: &str,
        claim: impl Fn(&str) -> Option<String>,
    ) -> String {
        // A directory that is named by its identifier must be the token's own.
        let own = config.tenant.clone().filter(|tenant| is_uuid(tenant));
        let tenant = own
            .or_else(|| claim("tid"))
            .filter(|tenant| is_uuid(tenant));
        let said = claim("iss");
        self.issuers
            .iter()
            .map(|template| template.replace("{tid}", tenant.as_deref().unwrap_or_default()))
            .find(|candidate| said.as_ref() == Some(candidate))
            .unwrap_or_else(|| issuer.to_owned())
    }

    fn location(&self, config: &ClientConfig) -> Result<Option<Filled>, Error> {
        let mut missing = None;
        for place in self.locations {
            match (
                fill_in(place.issuer, config, false)?,
                fill_in(place.base, config, true)?,
            ) {
                (Ok(issuer), Ok(base)) => return Ok(Some(Filled { issuer, base })),
                (Err(key), _) | (_, Err(key)) => missing = Some(key),
            }
        }
        match missing {
            Some(key) => Err(Error::Misconfigured(format!("provider.{key} is missing"))),
            None => Ok(None),
        }
    }
}

struct Filled {
    issuer: String,
    base: String,
}

/// Puts the configuration's values into a template; the inner error is the key that is missing.
fn fill_in(
    template: &str,
    config: &ClientConfig,
    is_base: bool,
) -> Result<Result<String, &'static str>, Error> {
    let issuer = config.issuer.as_ref().map(|url| issuer_text(url, is_base));
    let mut text = template.to_owned();
    let settings = &config.provider.settings;
    for (key, mark, value) in [
        (
            "domain",
            "{domain}",
            config.domain.as_deref().or(settings.domain.default()),
        ),
        ("issuer", "{issuer}", issuer.as_deref()),
        (
            "tenant",
            "{tenant}",
            config.tenant.as_deref().or(settings.tenant.default()),
        ),
    ] {
        if !text.contains(mark) {
            continue;
        }
        let Some(value) = value else {
            return Ok(Err(key));
        };
        if key != "issuer" && !is_host(value) {
            return Err(Error::Misconfigured(format!(
                "provider.{key} {value:?} is not a {}",
                if key == "domain" {
                    "host name"
                } else {
                    "directory"
                }
            )));
        }
        text = text.replace(mark, value);
    }
    Ok(Ok(text))
}

/// A parsed address always has a path: the slash after a bare host is the parser's, and issuers are
/// mostly written without.
fn issuer_text(issuer: &Url, is_base: bool) -> String {
    match issuer.path() {
        path if path == "/" || is_base => issuer.as_str().trim_end_matches('/').to_owned(),
        _ => issuer.as_str().to_owned(),
    }
}

fn is_host(text: &str) -> bool {
    !text.is_empty()
        && Url::parse(&format!("https://{text}/")).is_ok_and(|url| {
            url.path() == "/"
                && url.username().is_empty()
                && url.query().is_none()
                && url.fragment().is_none()
        })
}

#[cfg(feature = "id-token")]
fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}
