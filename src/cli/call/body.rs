//! What a call sends: JSON of the command line, of a file, or of standard input where that is asked for.

use std::path::Path;

use rustix::fs::{FileType, fstat};
use serde_json::{Map, Value};

use crate::cli::Error;
use crate::host::regular_file;

/// More than this is not sent.
const LIMIT: u64 = 16 * 1024 * 1024;

/// Where it comes from.
pub(super) struct Body<'a> {
    pub(super) data: Option<&'a str>,
    pub(super) fields: &'a [(String, String)],
    /// Whether it has to be JSON.
    pub(super) is_json: bool,
}

impl Body<'_> {
    /// The bytes to send, if any are.
    ///
    /// # Errors
    /// Usage for what cannot be read, and for what is no JSON where that is wanted.
    pub(super) fn read(&self) -> Result<Option<Vec<u8>>, Error> {
        let Some(text) = self.data else {
            let members = self.fields.iter();
            let members = members.map(|(name, value)| (name.clone(), Value::from(value.as_str())));
            let object: Map<_, _> = members.collect();
            let is_sent = !object.is_empty();
            return Ok(is_sent.then(|| Value::Object(object).to_string().into_bytes()));
        };
        let (name, bytes) = match text.strip_prefix('@') {
            // By its name it may not be opened where it is another user's.
            _ if matches!(text, "-" | "@-" | "@/dev/stdin") => (
                "standard input",
                regular_file::read_at_most(std::io::stdin().lock(), LIMIT),
            ),
            Some(path) => (path, regular_file::read_named(Path::new(path), LIMIT)),
            None => ("--data", Ok(text.as_bytes().to_vec())),
        };
        let bytes = bytes.map_err(|error| Error::usage(format!("{name}: {error}")))?;
        if !self.is_json {
            return Ok(Some(bytes));
        }
        let json = regular_file::without_mark(&bytes);
        match serde_json::from_slice::<serde::de::IgnoredAny>(json) {
            Ok(_) => Ok(Some(json.to_vec())),
            Err(error) => Err(Error::usage(format!("{name}: not JSON: {error}"))),
        }
    }
}

/// Whether somebody wrote into a pipe that is standard input. Waits for nobody, and reads nothing.
pub(super) fn waits_in_a_pipe() -> bool {
    let input = std::io::stdin();
    let is_pipe =
        fstat(&input).is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Fifo);
    is_pipe && rustix::io::ioctl_fionread(&input).is_ok_and(|bytes| bytes > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Exit;

    fn read(text: &str) -> Result<Option<Vec<u8>>, Error> {
        let (data, fields) = (Some(text), &[][..]);
        Body {
            data,
            fields,
            is_json: true,
        }
        .read()
    }

    #[test]
    fn data_is_json_wherever_it_comes_from() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data.json");
        std::fs::write(&file, "[1, 2]").unwrap();
        let at_file = format!("@{}", file.display());
        assert_eq!(read("{\"a\": 1}"), Ok(Some(b"{\"a\": 1}".to_vec())));
        assert_eq!(read("-5"), Ok(Some(b"-5".to_vec())));
        assert_eq!(read(&at_file), Ok(Some(b"[1, 2]".to_vec())));
        for bad in ["", "{", "name", "@/nowhere/data.json"] {
            let error = read(bad).unwrap_err();
            assert_eq!(error.exit, Exit::Usage, "{bad}");
        }
        std::fs::write(&file, vec![b' '; 16 * 1024 * 1024 + 1]).unwrap();
        assert!(read(&at_file).unwrap_err().message.contains("larger"));
        let form = Body {
            data: Some("a=1"),
            fields: &[],
            is_json: false,
        };
        assert_eq!(form.read(), Ok(Some(b"a=1".to_vec())));
    }

    #[test]
    fn fields_are_an_object_of_texts() {
        let fields = [("title", "News"), ("count", "2")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let read = |fields| {
            Body {
                data: None,
                fields,
                is_json: true,
            }
            .read()
        };
        let sent = br#"{"count":"2","title":"News"}"#;
        assert_eq!(read(&fields), Ok(Some(sent.to_vec())));
        assert_eq!(read(&[]), Ok(None));
    }
}
