//! Secrets that stand in files of their own: the client secret, for the providers that demand one, and headers of an API.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use super::{Config, Error, Header, Provider, Telemetry, speaks_of_a_secret};
use crate::host::regular_file::{self, Links};

/// More than any provider hands out.
const LIMIT: u64 = 8 * 1024;

impl Provider {
    /// Reads the client secret from `client_secret_file`, else from systemd's
    /// `$CREDENTIALS_DIRECTORY/client_secret`; `None` where there is neither.
    ///
    /// # Errors
    /// [`Error::Secret`] when a file is named or there, but holds nothing usable; [`Error::NoSecret`] when the
    /// preset demands a secret and there is none.
    pub fn client_secret(&self) -> Result<Option<SecretString>, Error> {
        let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
        self.client_secret_in(credentials.as_deref())
    }

    /// The file that it is read from.
    pub(super) fn client_secret_path(&self) -> Option<PathBuf> {
        let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
        self.client_secret_path_in(credentials.as_deref())
    }

    fn client_secret_path_in(&self, credentials: Option<&Path>) -> Option<PathBuf> {
        let credential = || credentials.map(|folder| folder.join("client_secret"));
        let there = || credential().filter(|file| file.exists());
        self.client_secret_file.clone().or_else(there)
    }

    fn client_secret_in(&self, credentials: Option<&Path>) -> Result<Option<SecretString>, Error> {
        match self.client_secret_path_in(credentials) {
            Some(file) => client_secret_at(&file).map(Some),
            None if self.preset.provider().settings.secret => Err(Error::NoSecret {
                preset: self.preset.into(),
            }),
            None => Ok(None),
        }
    }
}

fn client_secret_at(path: &Path) -> Result<SecretString, Error> {
    read(path).map_err(|cause| Error::Secret {
        path: path.to_owned(),
        cause,
    })
}

impl Header {
    /// What is sent as the header called `name` of the API at `key`, and whether that is kept out of what people see: it
    /// comes from a file of its own, or its name speaks of a secret.
    ///
    /// # Errors
    /// [`Error::Header`] for a file that holds nothing a header can carry.
    pub fn value(&self, key: &str, name: &str) -> Result<(SecretString, bool), Error> {
        let path = match self {
            Self::Text(text) => {
                let value = SecretString::from(text.as_str());
                return Ok((value, speaks_of_a_secret(name)));
            }
            Self::File { file } => file,
        };
        let refused = |cause| Error::Header {
            key: format!("{key}.headers.{name}"),
            path: path.clone(),
            cause,
        };
        let value = read(path).map_err(refused)?;
        if http::HeaderValue::from_str(value.expose_secret()).is_err() {
            let cause = "it holds what no header can carry: line breaks or control characters";
            return Err(refused(cause.to_owned()));
        }
        Ok((value, true))
    }
}

impl Config {
    /// Reads the files with headers of APIs, as each start does.
    ///
    /// # Errors
    /// [`Error::Header`] for the first that cannot be used.
    pub fn check_headers(&self) -> Result<(), Error> {
        for (key, headers) in self.headers() {
            for (name, header) in headers {
                let _ = header.value(&key, name)?;
            }
        }
        Ok(())
    }

    /// The files with headers of APIs and of the collector.
    pub fn header_files(&self) -> impl Iterator<Item = &Path> {
        let collector = self.telemetry.iter().flat_map(|to| &to.headers);
        let headers = self.headers().into_iter().flat_map(|(_, headers)| headers);
        let headers = headers.chain(collector);
        headers.filter_map(|(_, header)| match header {
            Header::Text(_) => None,
            Header::File { file } => Some(file.as_path()),
        })
    }

    /// The headers of each API, with its key.
    pub(super) fn headers(&self) -> Vec<(String, &BTreeMap<String, Header>)> {
        let own = self.api.iter().map(|api| ("api".to_owned(), &api.headers));
        let others = self.apis.iter();
        let others = others.map(|(name, api)| (format!("apis.{name}"), &api.headers));
        own.chain(others).collect()
    }
}

impl Telemetry {
    /// What goes to the collector as headers.
    ///
    /// # Errors
    /// [`Error::Header`] for the first whose file cannot be used.
    pub fn header_values(&self) -> Result<Vec<(String, SecretString)>, Error> {
        let headers = self.headers.iter();
        let values = headers.map(|(name, header)| {
            let (value, _) = header.value("telemetry", name)?;
            Ok((name.clone(), value))
        });
        values.collect()
    }
}

/// What a file holds, without blanks around it; or what is wrong with it.
fn read(path: &Path) -> Result<SecretString, String> {
    let text = match regular_file::read_text(path, LIMIT, Links::Followed) {
        Ok(text) => SecretString::from(text),
        Err(error) if error.kind() == ErrorKind::FileTooLarge => {
            return Err(format!("{error}; is it the right file?"));
        }
        Err(error) => return Err(error.to_string()),
    };
    match text.expose_secret().trim() {
        "" => Err("the file is empty".to_owned()),
        secret => Ok(SecretString::from(secret)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(file: Option<PathBuf>) -> Provider {
        let text = "[provider]\npreset = 'auth0'\ndomain = 'a.example'\nclient_id = 'c'\n";
        let mut config = crate::config::parse(text, Path::new("/x/vestibule.toml")).unwrap();
        config.provider.client_secret_file = file;
        config.provider
    }

    #[test]
    fn the_named_file_wins_over_the_credential() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("client_secret"), "from systemd\n").unwrap();
        std::fs::write(folder.path().join("named"), "  from the file \n").unwrap();
        let secret = |file: Option<&str>| {
            provider(file.map(|name| folder.path().join(name)))
                .client_secret_in(Some(folder.path()))
                .map(|secret| secret.map(|secret| secret.expose_secret().to_owned()))
        };
        assert_eq!(secret(Some("named")), Ok(Some("from the file".to_owned())));
        assert_eq!(secret(None), Ok(Some("from systemd".to_owned())));
        assert!(secret(Some("absent")).is_err());
        assert!(provider(None).client_secret_in(None).unwrap().is_none());
        assert!(
            provider(None)
                .client_secret_in(Some(Path::new("/nowhere")))
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn a_preset_that_demands_a_secret_says_so() {
        let google = Provider {
            preset: crate::config::Preset::try_from("google".to_owned()).unwrap(),
            ..provider(None)
        };
        let error = google.client_secret_in(None).unwrap_err().to_string();
        assert!(error.contains("\"google\" demands"), "{error}");
        assert!(error.contains("provider.client_secret_file"), "{error}");
    }

    #[test]
    fn a_file_without_a_secret_is_an_error_without_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("named");
        for (content, words) in [
            (b" \n".to_vec(), "empty"),
            (vec![b'x'; 9000], "larger"),
            (vec![0xff, 0xfe], "UTF-8"),
        ] {
            std::fs::write(&file, content).unwrap();
            let error = provider(Some(file.clone()))
                .client_secret_in(None)
                .unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
            assert!(!error.to_string().contains("xxx"), "{error}");
        }
    }
}
