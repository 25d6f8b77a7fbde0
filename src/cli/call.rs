//! `vestibule call`: one request to the configured API with the signed-in account.

use std::path::Path;

use clap::Args;

use super::context::Context;
use super::{Error, Exit, Global, out};
use crate::api;
use crate::host::regular_file;

/// More than this is not sent.
const LIMIT: u64 = 16 * 1024 * 1024;

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
    /// JSON to send: itself, @FILE, or - for standard input
    #[arg(long, value_name = "JSON|@FILE|-", allow_hyphen_values = true)]
    data: Option<String>,
}

impl Call {
    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        let context = Context::new(global)?;
        let Some(api) = context.config.api.clone() else {
            return Err(Error::usage(
                "the configuration has no [api]; add it with its base_url",
            ));
        };
        let data = self.data.as_deref().map(read_data).transpose()?;
        let method = self.method.unwrap_or_else(|| {
            let method = if data.is_some() { "POST" } else { "GET" };
            method.to_owned()
        });
        let ca_file = context.config.provider.ca_file.as_deref();
        let path = &self.path;
        let reply = context.with_session(global.profile(), |session| async move {
            let client = api::Client::new(&api, ca_file, session, None)?;
            Ok(client.call(&method, path, data).await?)
        })?;
        let content_type = reply.content_type.as_deref().unwrap_or("");
        out::say(format!("HTTP {} {content_type}", reply.status).trim_end());
        if let Some(redirect) = &reply.redirect {
            out::say(&format!("vestibule: {redirect}"));
        }
        out::body(&reply.body)?;
        match reply.status {
            200..=299 => Ok(()),
            _ => Err(Error::silent(Exit::Unexpected)),
        }
    }
}

fn read_data(text: &str) -> Result<Vec<u8>, Error> {
    let (name, bytes) = match text.strip_prefix('@') {
        Some(path) if path != "/dev/stdin" => {
            (path, regular_file::read_named(Path::new(path), LIMIT))
        }
        // By its name it may not be opened where it is another user's.
        _ if matches!(text, "-" | "@/dev/stdin") => (
            "standard input",
            regular_file::read_at_most(std::io::stdin().lock(), LIMIT),
        ),
        _ => ("--data", Ok(text.as_bytes().to_vec())),
    };
    let bytes = bytes.map_err(|error| Error::usage(format!("{name}: {error}")))?;
    let json = regular_file::without_mark(&bytes);
    match serde_json::from_slice::<serde::de::IgnoredAny>(json) {
        Ok(_) => Ok(json.to_vec()),
        Err(error) => Err(Error::usage(format!("{name}: not JSON: {error}"))),
    }
}

/// An HTTP method in any case.
fn method(text: &str) -> Result<String, String> {
    if text.is_empty() || text.len() > 20 || !text.chars().all(|c| c.is_ascii_alphabetic()) {
        return Err("an HTTP method, such as GET or POST".to_owned());
    }
    Ok(text.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_json_wherever_it_comes_from() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data.json");
        std::fs::write(&file, "[1, 2]").unwrap();
        let at_file = format!("@{}", file.display());
        assert_eq!(read_data("{\"a\": 1}"), Ok(b"{\"a\": 1}".to_vec()));
        assert_eq!(read_data("-5"), Ok(b"-5".to_vec()));
        assert_eq!(read_data(&at_file), Ok(b"[1, 2]".to_vec()));
        for bad in ["", "{", "name", "@/nowhere/data.json"] {
            assert_eq!(
                read_data(bad).map_err(|error| error.exit),
                Err(Exit::Usage),
                "{bad}"
            );
        }
        std::fs::write(&file, vec![b' '; 16 * 1024 * 1024 + 1]).unwrap();
        assert!(read_data(&at_file).unwrap_err().message.contains("larger"));
    }

    #[test]
    fn methods_are_words() {
        assert_eq!(method("get"), Ok("GET".to_owned()));
        assert!(method("/library").is_err());
        assert!(method("").is_err());
    }
}
