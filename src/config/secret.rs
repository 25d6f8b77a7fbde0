//! The client secret, for the providers that demand one: always from a file, never from the configuration.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use super::{Error, Provider};
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

    fn client_secret_in(&self, credentials: Option<&Path>) -> Result<Option<SecretString>, Error> {
        if let Some(file) = &self.client_secret_file {
            return read(file).map(Some);
        }
        match credentials.map(|folder| folder.join("client_secret")) {
            Some(file) if file.exists() => read(&file).map(Some),
            _ if self.preset.provider().settings.secret => Err(Error::NoSecret {
                preset: self.preset.into(),
            }),
            _ => Ok(None),
        }
    }
}

fn read(path: &Path) -> Result<SecretString, Error> {
    let refused = |cause: String| Error::Secret {
        path: path.to_owned(),
        cause,
    };
    let text = match regular_file::read_text(path, LIMIT, Links::Followed) {
        Ok(text) => SecretString::from(text),
        Err(error) if error.kind() == ErrorKind::FileTooLarge => {
            return Err(refused(format!("{error}; is it the right file?")));
        }
        Err(error) => return Err(refused(error.to_string())),
    };
    match text.expose_secret().trim() {
        "" => Err(refused("the file is empty".to_owned())),
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
