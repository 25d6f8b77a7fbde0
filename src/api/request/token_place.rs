//! Where the access token stands in a request, and that it is nowhere else.

use reqwest::Request;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::{Url, form_urlencoded};

use crate::api::Error;
use crate::config::{self, TOKEN_BLANK};
use crate::session::AccessToken;

/// Where an API wants its access token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum TokenPlace {
    /// In `Authorization`, as its type says: `Bearer`, or `DPoP` with a proof (RFC 6750 section 2.1, RFC 9449 section 7.1).
    #[default]
    Scheme,
    /// In a header, between these texts.
    Header {
        name: HeaderName,
        before: String,
        after: String,
    },
    /// In this parameter of the query.
    Query(String),
    /// Nowhere: none is sent.
    None,
}

impl TokenPlace {
    /// As the configuration says it; none for a header that cannot be sent, which its check lets none through of.
    ///
    /// `Bearer {token}` in `Authorization` is what is sent where nothing is said, with the scheme of the token's own type.
    pub(super) fn of(written: &config::TokenPlace) -> Option<Self> {
        Some(match written {
            config::TokenPlace::Bearer => Self::Scheme,
            config::TokenPlace::None => Self::None,
            config::TokenPlace::Query(name) => Self::Query(name.clone()),
            config::TokenPlace::Header { header, value } => {
                let name = HeaderName::from_bytes(header.as_bytes()).ok()?;
                let (before, after) = value.split_once(TOKEN_BLANK)?;
                if name == AUTHORIZATION
                    && before.eq_ignore_ascii_case("bearer ")
                    && after.is_empty()
                {
                    return Some(Self::Scheme);
                }
                Self::Header {
                    name,
                    before: before.to_owned(),
                    after: after.to_owned(),
                }
            }
        })
    }

    /// Puts `token` into a request, in place of one that is there. A token that is bound to a key goes with its proof
    /// wherever it stands: without one it is good for nothing (RFC 9449 section 7.1).
    ///
    /// # Errors
    /// [`Error::Refused`] for a token that cannot stand there.
    pub(crate) fn put(
        &self,
        request: &mut Request,
        token: &AccessToken,
        nonce: Option<&str>,
    ) -> Result<(), Error> {
        if *self == Self::None {
            return Ok(());
        }
        let headers = token.authorization(request.method().as_str(), request.url(), nonce);
        let mut headers = headers.map_err(|error| Error::Refused(error.to_string()))?;
        if *self != Self::Scheme {
            let _ = headers.remove(AUTHORIZATION);
        }
        request.headers_mut().extend(headers);
        let secret = token.secret.expose_secret();
        match self {
            Self::Header {
                name,
                before,
                after,
            } => {
                let value = SecretString::from(format!("{before}{secret}{after}"));
                let value = sensitive(&value)
                    .ok_or_else(|| Error::Refused("a token no header can carry".to_owned()))?;
                let _ = request.headers_mut().insert(name, value);
            }
            Self::Query(name) => {
                let url = request.url_mut();
                let others = without_parameter(url, name);
                let token = form_urlencoded::Serializer::new(String::new())
                    .append_pair(name, secret)
                    .finish();
                let query = match others {
                    Some(others) => format!("{others}&{token}"),
                    None => token,
                };
                url.set_query(Some(&query));
            }
            Self::Scheme | Self::None => {}
        }
        Ok(())
    }

    /// An address without the token, which an API may have written into one that it names: a next page, a picture, where
    /// a redirect leads. What is asked there gets its own.
    pub(crate) fn taken_out(&self, mut url: Url) -> Url {
        if let Self::Query(name) = self
            && url.query_pairs().any(|(known, _)| known == name.as_str())
        {
            let others = without_parameter(&url, name);
            url.set_query(others.as_deref());
        }
        url
    }
}

/// A value of a header that no log shows.
pub(crate) fn sensitive(text: &SecretString) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text.expose_secret()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The query as it is written, but for the parameter `name`.
fn without_parameter(url: &Url, name: &str) -> Option<String> {
    let is_it = |pair: &str| {
        let mut pairs = form_urlencoded::parse(pair.as_bytes());
        pairs.next().is_some_and(|(known, _)| known == name)
    };
    let pairs = url.query()?.split('&').filter(|pair| !is_it(pair));
    let others = pairs.collect::<Vec<_>>().join("&");
    (!others.is_empty()).then_some(others)
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use super::*;

    fn request(place: &TokenPlace, url: &str) -> Request {
        let token = AccessToken {
            secret: "a+b/c==".into(),
            token_type: "Bearer".to_owned(),
            key: None,
        };
        let mut request = Request::new(Method::GET, Url::parse(url).unwrap());
        place.put(&mut request, &token, None).unwrap();
        request
    }

    fn in_header(name: &'static str, before: &str, after: &str) -> TokenPlace {
        TokenPlace::Header {
            name: HeaderName::from_static(name),
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }

    #[test]
    fn the_token_stands_where_the_api_wants_it_and_nowhere_else() {
        const AT: &str = "https://api.example.com/v1/row?a=1%2C2&b";
        let media = in_header("authorization", "MediaBrowser Token=\"", "\"");
        for (place, header, value, url) in [
            (TokenPlace::Scheme, "authorization", "Bearer a+b/c==", AT),
            (in_header("x-token", "", ""), "x-token", "a+b/c==", AT),
            (media, "authorization", "MediaBrowser Token=\"a+b/c==\"", AT),
            (
                TokenPlace::Query("apiKey".to_owned()),
                "",
                "",
                "https://api.example.com/v1/row?a=1%2C2&b&apiKey=a%2Bb%2Fc%3D%3D",
            ),
            (TokenPlace::None, "", "", AT),
        ] {
            let request = request(&place, AT);
            assert_eq!(request.url().as_str(), url);
            let headers: Vec<_> = request.headers().iter().collect();
            let expected = (!header.is_empty()).then_some((header, value));
            let sent = headers.iter().map(|(name, value)| {
                assert!(value.is_sensitive());
                (name.as_str(), value.to_str().unwrap())
            });
            assert_eq!(sent.collect::<Vec<_>>(), Vec::from_iter(expected));
            assert!(!format!("{headers:?}").contains("a+b/c"), "{headers:?}");
        }
    }

    #[test]
    fn a_token_that_an_api_wrote_into_an_address_is_taken_out_and_replaced() {
        let place = TokenPlace::Query("api key".to_owned());
        for (written, without) in [
            ("?api+key=old&page=2", "?page=2"),
            ("?page=2&api%20key=old&x=%2F", "?page=2&x=%2F"),
            ("?api%20key=old", ""),
            ("?page=2", "?page=2"),
        ] {
            let url = |query: &str| Url::parse(&format!("https://a.example/{query}")).unwrap();
            assert_eq!(place.taken_out(url(written)), url(without), "{written}");
            let again = request(&place, url(written).as_str());
            let query = again.url().query().unwrap();
            assert!(
                query.ends_with("api+key=a%2Bb%2Fc%3D%3D") && !query.contains("old"),
                "{query}"
            );
        }
        let header = in_header("x-token", "", "");
        let url = Url::parse("https://a.example/?x-token=1").unwrap();
        assert_eq!(header.taken_out(url.clone()), url);
    }
}
