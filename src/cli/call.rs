//! `vestibule call`: one request to the configured API with the signed-in account, or a request for each page.

mod body;

use clap::Args;
use http::{HeaderMap, HeaderName, HeaderValue};

use self::body::Body;
use super::context::Context;
use super::{Error, Exit, Global, out};
use crate::api::{self, Call as Request, Reply};
use crate::config::header_refusal;

/// Pages of one call, at most: an API that has more has no end.
const MOST_PAGES: usize = 1000;

/// Calls the configured API with the signed-in account, refreshing its token when needed
///
/// The body of the answer goes to standard output, its status to standard error.
#[derive(Debug, Args)]
#[command(
    allow_missing_positional = true,
    after_long_help = "\
Examples:
  vestibule call /library/continue
  vestibule call POST list/42 --data '{\"position\": 1}'
  vestibule call PUT profile --data @profile.json
  jq .name profile.json | vestibule call PATCH profile --data -
  vestibule call -i -H 'Accept: application/json;odata=fullmetadata' me
  vestibule call --paginate library/all | jq -s 'map(.items[])'

Standard input is read where --data is - and nowhere else, so that a call within a loop or from cron sends what
it says and waits for nobody.

With --paginate the answers come one after another, each as the API sent it, with a line break between them. The
next page is where the Link header says (RFC 8288), or else where the row of the configuration says whose path
this is. With --slurp all of them are one list of JSON,
and an answer that is none of its members goes to standard error.

Ends with 0 for an answer of 2xx, 3 when nobody is signed in, 6 when the API cannot be reached, and 1 for
any other status."
)]
pub(super) struct Call {
    /// GET where nothing is sent, POST where something is, or any other method
    #[arg(value_name = "METHOD", value_parser = method)]
    method: Option<String>,
    /// Path under the API's base_url, with or without a leading slash
    #[arg(value_name = "PATH", required = true)]
    path: String,
    /// The method, where it does not stand before the path
    #[arg(
        id = "request",
        short = 'X',
        long = "method",
        alias = "request",
        value_name = "METHOD",
        conflicts_with = "method",
        value_parser = method
    )]
    other_method: Option<String>,
    /// One of the [apis] of the configuration in place of [api]
    #[arg(long, value_name = "NAME")]
    api: Option<String>,
    /// A header to send, before those of this program; may be repeated
    #[arg(short = 'H', long = "header", value_name = "NAME:VALUE", value_parser = header, help_heading = SENT)]
    headers: Vec<(HeaderName, HeaderValue)>,
    /// JSON to send: itself, @FILE, or - for standard input
    #[arg(short = 'd', long, value_name = "JSON|@FILE|-", allow_hyphen_values = true, help_heading = SENT)]
    data: Option<String>,
    /// A member of a JSON object to send, as text; may be repeated
    #[arg(
        short = 'f',
        long = "field",
        value_name = "NAME=VALUE",
        conflicts_with = "data",
        value_parser = field,
        help_heading = SENT
    )]
    fields: Vec<(String, String)>,
    /// Print the status and the headers before the body, on standard output
    #[arg(short = 'i', long, help_heading = PRINTED)]
    include: bool,
    /// Ask for the pages that follow, too (GET alone)
    #[arg(long, help_heading = PRINTED)]
    paginate: bool,
    /// Print all pages as one list
    #[arg(long, requires = "paginate", conflicts_with = "include", help_heading = PRINTED)]
    slurp: bool,
}

const SENT: &str = "What is sent";
const PRINTED: &str = "What is printed";

impl Call {
    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        let context = Context::new(global)?;
        if context.config.api.is_none() {
            return Err(Error::usage(
                "the configuration has no [api]; add it with its base_url",
            ));
        }
        if let Some(name) = self
            .api
            .as_ref()
            .filter(|name| !context.config.apis.contains_key(*name))
        {
            return Err(Error::usage(format!(
                "the configuration has no [apis.{name}]"
            )));
        }
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers.clone() {
            let _ = headers.append(name, value);
        }
        let data = Body {
            data: self.data.as_deref(),
            fields: &self.fields,
            is_json: is_json(&headers),
        };
        let data = data.read()?;
        let named = self.method.as_ref().or(self.other_method.as_ref());
        let method = named.cloned().unwrap_or_else(|| {
            let method = if data.is_some() { "POST" } else { "GET" };
            method.to_owned()
        });
        if self.paginate && method != "GET" {
            return Err(Error::usage("--paginate is for GET alone"));
        }
        let is_unsent = data.is_none() && matches!(method.as_str(), "POST" | "PUT" | "PATCH");
        let request = Request {
            api: self.api.clone(),
            headers,
            ..Request::new(&method, &self.path, data)
        };
        let outcome = context.with_session(global.profile(), |session| async {
            let client = api::Client::new(&context.config, session, None)?;
            self.send(&client, request).await
        });
        if is_unsent && body::waits_in_a_pipe() {
            out::say("vestibule: what came on standard input was not sent; --data - sends it");
        }
        match outcome? {
            200..=299 => Ok(()),
            _ => Err(Error::silent(Exit::Unexpected)),
        }
    }

    /// Sends it and what follows, and prints the answers. The status of the last is what counts.
    async fn send(&self, client: &api::Client, request: Request) -> Result<u16, Error> {
        let mut is_list_open = false;
        let sent = self.pages(client, request, &mut is_list_open).await;
        if !is_list_open {
            return sent;
        }
        // However it ended, what was printed is a list. What failed first is what is told.
        let closed = out::as_is(b"]\n");
        sent.and_then(|status| closed.map(|()| status))
    }

    async fn pages(
        &self,
        client: &api::Client,
        mut request: Request,
        is_list_open: &mut bool,
    ) -> Result<u16, Error> {
        let mut pages = client.pages_of(&request);
        let mut count = 0;
        let mut ends_line = true;
        loop {
            let reply = client.call(request.clone()).await?;
            if self.slurp && !*is_list_open {
                out::as_is(b"[")?;
                *is_list_open = true;
            }
            tell(&reply);
            if self.include {
                out::text(&head(&reply))?;
            }
            let is_good = (200..300).contains(&reply.status);
            if self.slurp
                && is_good
                && serde_json::from_slice::<serde::de::IgnoredAny>(&reply.body).is_err()
            {
                return Err(Error::new(
                    Exit::Unexpected,
                    "an answer is not JSON; without --slurp it is printed as it is",
                ));
            }
            if count > 0 && is_good {
                out::as_is(match (self.slurp, ends_line) {
                    (true, _) => b",",
                    (false, true) => b"",
                    (false, false) => b"\n",
                })?;
            }
            // What no member of the list can be still says why there is none.
            match self.slurp && !is_good {
                false => out::body(&reply.body)?,
                true if reply.body.is_empty() => (),
                true => out::say(String::from_utf8_lossy(&reply.body).trim_end()),
            }
            ends_line = reply.body.ends_with(b"\n");
            count += 1;
            let next = match self.paginate && is_good {
                true => pages.after(&reply),
                false => Ok(None),
            };
            match next {
                Ok(Some(next)) if count < MOST_PAGES => request.path = next,
                Ok(Some(_)) => {
                    out::say(&format!(
                        "vestibule: no more than {MOST_PAGES} pages are asked for"
                    ));
                    return Ok(reply.status);
                }
                Ok(None) => return Ok(reply.status),
                Err(why) => {
                    return Err(Error::new(
                        Exit::Unexpected,
                        format!("the next page is not asked for: {why}"),
                    ));
                }
            }
        }
    }
}

/// Says on standard error how a request was answered.
fn tell(reply: &Reply) {
    let content_type = reply.content_type.as_deref().unwrap_or("");
    out::say(format!("HTTP {} {content_type}", reply.status).trim_end());
    if let Some(redirect) = &reply.redirect {
        out::say(&format!("vestibule: {redirect}"));
    }
}

/// Status line and headers, in the API's order.
fn head(reply: &Reply) -> String {
    let reason = http::StatusCode::from_u16(reply.status);
    let reason = reason.ok().and_then(|status| status.canonical_reason());
    let first = format!("HTTP {} {}", reply.status, reason.unwrap_or_default());
    let headers = reply.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        format!("{name}: {}\n", value.replace('\n', " "))
    });
    format!("{}\n{}\n", first.trim_end(), headers.collect::<String>())
}

/// Whether what is sent has to be JSON, which it is where no header says otherwise.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(http::header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or("json");
    kind.to_ascii_lowercase().contains("json")
}

/// An HTTP method in any case.
fn method(text: &str) -> Result<String, String> {
    if text.is_empty() || text.len() > 20 || !text.chars().all(|c| c.is_ascii_alphabetic()) {
        return Err("an HTTP method, such as GET or POST".to_owned());
    }
    Ok(text.to_ascii_uppercase())
}

/// A header that may be chosen.
fn header(text: &str) -> Result<(HeaderName, HeaderValue), String> {
    let wanted = "a header and its value, such as \"Accept: text/plain\"";
    let (name, value) = text.split_once(':').ok_or(wanted)?;
    let name: HeaderName = name.trim().parse().map_err(|_| wanted)?;
    if let Some(why) = header_refusal(name.as_str()) {
        return Err(format!("{name} cannot be chosen: {why}"));
    }
    let value = value.trim().parse().map_err(|_| wanted)?;
    Ok((name, value))
}

fn field(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("a name and a value, such as title=News")?;
    Ok((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_words() {
        assert_eq!(method("get"), Ok("GET".to_owned()));
        assert!(method("/library").is_err());
        assert!(method("").is_err());
    }

    #[test]
    fn headers_have_a_name_and_a_value_that_may_be_chosen() {
        let (name, value) = header("X-Api-Version:  2 ").unwrap();
        assert_eq!(
            (name.as_str(), value.as_bytes()),
            ("x-api-version", &b"2"[..])
        );
        for (bad, words) in [
            ("Accept", "such as"),
            (": x", "such as"),
            ("a: b\nc: d", "such as"),
            ("Host: evil.example", "cannot be chosen"),
            ("authorization: Bearer x", "signed-in account"),
        ] {
            assert!(header(bad).unwrap_err().contains(words), "{bad}");
        }
    }
}
