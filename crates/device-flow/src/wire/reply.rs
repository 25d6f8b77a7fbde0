//! What comes back from a server, named for what it is.

use std::fmt;
use std::time::{Duration, SystemTime};

use secrecy::zeroize::Zeroize;
use url::Url;

/// A server's reply, as far as this crate looks at one. Debug output shows nothing of the body.
#[non_exhaustive]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`, parameters included.
    pub content_type: Option<String>,
    /// `Retry-After` (RFC 9110 section 10.2.3), as a wait.
    pub retry_after: Option<Duration>,
    /// `Date`, where the server proved who it is: plain HTTP tells no time.
    pub date: Option<SystemTime>,
    /// Where the reply leads, if it is a redirect: the address without query.
    pub redirect: Option<String>,
    /// Where the same document stands now, where the same server says so.
    pub moved_to: Option<Url>,
    /// The body, not decoded. May hold tokens, and is wiped with the reply.
    pub body: Vec<u8>,
}

impl Drop for Reply {
    fn drop(&mut self) {
        self.body.zeroize();
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Reply {
    /// A reply with this status and body, and no header but these.
    pub fn new(
        status: u16,
        content_type: Option<&str>,
        retry_after: Option<Duration>,
        body: impl Into<Vec<u8>>,
    ) -> Self {
        Self {
            status,
            content_type: content_type.map(str::to_owned),
            retry_after,
            date: None,
            redirect: None,
            moved_to: None,
            body: body.into(),
        }
    }

    /// What kind of answer this is, for a person; never what it says.
    pub fn describe(&self) -> String {
        if let Some(target) = &self.redirect {
            return format!("a redirect to {target}, which is not followed");
        }
        match start(&self.body) {
            None => "an empty body".to_owned(),
            Some(b'{' | b'[') => "JSON without the members that belong there".to_owned(),
            Some(_) if self.is_page() => "an HTML page".to_owned(),
            Some(_) => "a body that is not JSON".to_owned(),
        }
    }

    /// Whether this is what a browser is sent: a redirect, or an HTML page.
    pub fn is_page(&self) -> bool {
        let kind = self.content_type.as_deref();
        (300..400).contains(&self.status) || is_web_page(kind, &self.body)
    }

    /// Whether the status is one of success (2xx).
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Whether a body is an HTML page, as a captive portal sends in place of what was asked for. Some servers call their JSON
/// HTML; what is called XML and no page is data of another kind.
pub fn is_web_page(content_type: Option<&str>, body: &[u8]) -> bool {
    let html = content_type.is_some_and(|kind| {
        let kind = kind.trim_start().to_ascii_lowercase();
        kind.starts_with("text/html") || kind.starts_with("application/xhtml")
    });
    match start(body) {
        None | Some(b'{' | b'[') => false,
        Some(first) => html || (first == b'<' && !content_type.is_some_and(is_xml)),
    }
}

/// Whether a `Content-Type` is of XML that is no web page (RFC 7303).
pub fn is_xml(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default();
    let kind = kind.trim().to_ascii_lowercase();
    let is_page = kind.starts_with("application/xhtml");
    matches!(kind.as_str(), "application/xml" | "text/xml") || (kind.ends_with("+xml") && !is_page)
}

/// The first byte that is no space.
fn start(body: &[u8]) -> Option<u8> {
    body.trim_ascii_start().first().copied()
}
