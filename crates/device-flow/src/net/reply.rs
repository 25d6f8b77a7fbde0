//! From a response of the HTTP library to a [`Reply`], with limits; and how long `Retry-After` says to wait.

use std::time::{Duration, SystemTime};

use reqwest::header;
use url::Url;

use super::bare;
use super::connections::{BodyError, Response};
use crate::pace::DAY;
use crate::text::bounded;
use crate::wire::Reply;
use crate::{Error, NetworkFailure};

/// No honest reply of an authorization server is larger.
const LARGEST_BODY: usize = 1024 * 1024;
/// As much of a redirect's target as a person can compare.
const LONGEST_TARGET: usize = 300;
/// The longest wait that is believed where only this device's own clock tells its length.
const LONGEST_BY_OWN_CLOCK: Duration = Duration::from_secs(300);

/// Reads a reply, as much of it as an honest server sends.
pub(crate) async fn read(mut response: Response<'_>) -> Result<Reply, Error> {
    let status = response.status();
    let text = |name| {
        let value = response.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let content_type = text(header::CONTENT_TYPE);
    let retry_after = retry_after(response.headers(), SystemTime::now());
    let retry_after = retry_after.filter(|wait| !wait.is_zero());
    let date = text(header::DATE)
        .filter(|_| response.url().scheme() == "https")
        .and_then(|date| httpdate::parse_http_date(&date).ok());
    let location = text(header::LOCATION).filter(|_| (300..400).contains(&status));
    let redirect = location.as_deref();
    let redirect = redirect.map(|location| target_of(response.url(), location));
    let moved_to = location
        .filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308))
        .and_then(|location| response.url().join(&location).ok())
        .filter(|there| there.origin() == response.url().origin());
    let mut body = Vec::new();
    loop {
        match response.read_into(&mut body, LARGEST_BODY).await {
            Ok(true) => {}
            Ok(false) => break,
            Err(BodyError::Network(error)) => return Err(error.into()),
            Err(BodyError::TooLarge) => {
                return Err(Error::Unexpected {
                    status,
                    detail: format!("a body of more than {LARGEST_BODY} bytes"),
                    is_page: (300..400).contains(&status),
                });
            }
        }
    }
    Ok(Reply {
        status,
        content_type,
        retry_after,
        date,
        redirect,
        moved_to,
        body,
    })
}

/// The wait that `Retry-After` asks for, at most a day: seconds, or a date (RFC 9110 section 10.2.3). A date is read
/// against the response's own `Date`; where there is none against `now`, the clock of this device, which may be wrong:
/// then no wait is longer than five minutes.
pub fn retry_after(headers: &header::HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    wait(text(header::RETRY_AFTER)?, text(header::DATE), now)
}

fn wait(value: &str, date: Option<&str>, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    let wait = match value.parse::<f64>() {
        Ok(seconds) if seconds >= 0.0 => {
            Duration::try_from_secs_f64(seconds.min(DAY.as_secs_f64())).ok()?
        }
        Ok(_) => return None,
        Err(_) => {
            let until = httpdate::parse_http_date(value).ok()?;
            match date.and_then(|date| httpdate::parse_http_date(date).ok()) {
                Some(told) => until.duration_since(told).unwrap_or_default(),
                None => until
                    .duration_since(now)
                    .unwrap_or_default()
                    .min(LONGEST_BY_OWN_CLOCK),
            }
        }
    };
    Some(wait.min(DAY))
}

/// Where a redirect leads, without what a query may hold.
fn target_of(from: &Url, location: &str) -> String {
    let target = from.join(location).ok().filter(Url::has_host);
    target.map_or_else(
        || "an unreadable address".to_owned(),
        |target| {
            let query = target.query().map_or("", |_| "?…");
            format!("{}{query}", bounded(&bare(&target), LONGEST_TARGET))
        },
    )
}

/// For a refusal to build on a reply: what stood where something else belongs.
pub(crate) fn unexpected(reply: &Reply, what: &str) -> Error {
    match reply.status {
        407 | 408 | 425 | 429 | 500..=599 => Error::network(
            NetworkFailure::Unavailable,
            format!("{what}: HTTP {} with {}", reply.status, reply.describe()),
        ),
        status => Error::Unexpected {
            status,
            detail: format!("{what}: {}", reply.describe()),
            is_page: reply.is_page(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date_of_the_servers_own_clock() {
        let here = httpdate::parse_http_date("Fri, 31 Dec 1999 23:50:00 GMT").unwrap();
        let seconds =
            |value: &str, date: Option<&str>| wait(value, date, here).map(|wait| wait.as_secs());
        assert_eq!(seconds("30", None), Some(30));
        assert_eq!(seconds(" 2.5 ", None), Some(2));
        assert_eq!(seconds("99999999999999999999", None), Some(86_400));
        for junk in ["", "-1", "soon", "NaN"] {
            assert_eq!(seconds(junk, None), None, "{junk}");
        }
        for at_once in ["0", "Fri, 31 Dec 1999 23:49:59 GMT"] {
            assert_eq!(seconds(at_once, None), Some(0), "{at_once}");
        }
        let now = Some("Fri, 31 Dec 1999 23:59:00 GMT");
        assert_eq!(seconds("Fri, 31 Dec 1999 23:59:59 GMT", now), Some(59));
        assert_eq!(seconds("Fri, 31 Dec 1999 23:58:59 GMT", now), Some(0));
        // Without the server's clock ours has to do, and may be years behind.
        for nothing in [None, Some("yesterday")] {
            assert_eq!(seconds("Fri, 31 Dec 1999 23:50:25 GMT", nothing), Some(25));
            assert_eq!(seconds("Fri, 31 Dec 2027 23:59:59 GMT", nothing), Some(300));
        }
    }

    #[test]
    fn a_redirect_to_another_query_is_none_to_itself() {
        let from = Url::parse("https://id.example/token").unwrap();
        for (location, target) in [
            ("?a=secret", "https://id.example/token?…"),
            ("/login", "https://id.example/login"),
            ("http:", "an unreadable address"),
        ] {
            assert_eq!(target_of(&from, location), target);
        }
    }

    #[test]
    fn a_reply_debugs_without_its_body() {
        let reply = Reply {
            status: 200,
            content_type: None,
            retry_after: None,
            date: None,
            redirect: None,
            moved_to: None,
            body: b"marker".to_vec(),
        };
        assert!(!format!("{reply:?}").contains("marker"));
    }
}
