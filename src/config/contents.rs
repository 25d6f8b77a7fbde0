//! What the files hold that a configuration names, as digests: a file may hold something else under the same name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use aws_lc_rs::digest::{SHA256, digest};

use super::{Config, Header};
use crate::host::regular_file::{self, Links};

/// No file of a configuration is larger.
const MOST: u64 = 16 << 20;

/// The digest of each file, with the key that names it; `None` where it could not be read.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Contents(BTreeMap<(String, PathBuf), Option<Vec<u8>>>);

/// Without the digests: a short secret can be found by its own.
impl fmt::Debug for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Contents {
    /// Reads the files that `config` names. Blocks.
    pub fn read(config: &Config) -> Self {
        let files = files(config).into_iter().map(|file| {
            let bytes = regular_file::read(&file.1, MOST, Links::Followed).ok();
            let digest = bytes.map(|bytes| digest(&SHA256, &bytes).as_ref().to_vec());
            (file, digest)
        });
        Self(files.collect())
    }

    /// The keys whose files hold something else in `later`, under the same names.
    pub fn rewritten(&self, later: &Self) -> BTreeSet<String> {
        let differ = |file| later.0.get(file).is_some_and(|then| self.0[file] != *then);
        let files = self.0.keys().filter(|file| differ(*file));
        files.map(|(key, _)| key.clone()).collect()
    }

    /// Those of `later`, but for the keys that wait: of these, what was in force is.
    pub fn followed_by(&self, later: Self, waits: impl Fn(&str) -> bool) -> Self {
        let old = self.0.iter().filter(|((key, _), _)| waits(key));
        let mut files = later.0;
        files.retain(|(key, _), _| !waits(key));
        files.extend(old.map(|(file, digest)| (file.clone(), digest.clone())));
        Self(files)
    }
}

/// The files that are named, each with its key as [`Reload`](super::Reload) tells it.
fn files(config: &Config) -> Vec<(String, PathBuf)> {
    let telemetry = config.telemetry.as_ref();
    let single = [
        (
            "provider.client_secret_file",
            config.provider.client_secret_path(),
        ),
        ("provider.ca_file", config.provider.ca_file.clone()),
        ("screen.logo", config.screen.logo.clone()),
        ("screen.backdrop", config.screen.backdrop.picture().cloned()),
        (
            "telemetry.ca_file",
            telemetry.and_then(|to| to.ca_file.clone()),
        ),
    ];
    let single = single
        .into_iter()
        .filter_map(|(key, file)| Some((key.to_owned(), file?)));
    let collector = telemetry.map(|to| ("telemetry".to_owned(), &to.headers));
    let tables = config.headers().into_iter().chain(collector);
    let headers = tables.flat_map(|(table, headers)| {
        let files = headers.values().filter_map(|header| match header {
            Header::Text(_) => None,
            Header::File { file } => Some(file.clone()),
        });
        files.map(move |file| (format!("{table}.headers"), file))
    });
    single.chain(headers).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::parse;

    #[test]
    fn another_content_under_the_same_name_is_seen_and_another_name_is_not_its_matter() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let config = |key: &str| {
            let text = format!(
                "[provider]\npreset = 'auth0'\ndomain = 'a.example'\nclient_id = 'tv'\nclient_secret_file = 'secret'\n\
                 ca_file = 'ca'\n[api]\nbase_url = 'https://a.example/'\nheaders = {{ X-Key = {{ file = '{key}' }}, X-A = 'a' }}\n\
                 [apis.w]\nbase_url = 'https://w.example/'\nheaders = {{ X-W = {{ file = 'w' }} }}\n\
                 [screen]\nlogo = 'logo'\nbackdrop = 'backdrop'\n[telemetry]\notlp_endpoint = 'http://127.0.0.1:9/'\nca_file = 'tca'\n\
                 headers = {{ X-T = {{ file = 't' }} }}\n"
            );
            parse(&text, &folder.path().join("vestibule.toml")).unwrap()
        };
        let own = config("key");
        for name in [
            "secret", "ca", "key", "w", "logo", "backdrop", "tca", "t", "other",
        ] {
            write(name, "before-marker");
        }
        let before = Contents::read(&own);
        assert!(before.rewritten(&Contents::read(&own)).is_empty());
        for (name, key) in [
            ("secret", "provider.client_secret_file"),
            ("ca", "provider.ca_file"),
            ("key", "api.headers"),
            ("w", "apis.w.headers"),
            ("logo", "screen.logo"),
            ("backdrop", "screen.backdrop"),
            ("tca", "telemetry.ca_file"),
            ("t", "telemetry.headers"),
        ] {
            write(name, "after");
            let after = Contents::read(&own);
            assert_eq!(before.rewritten(&after), BTreeSet::from([key.to_owned()]));
            assert_eq!(after.rewritten(&before), BTreeSet::from([key.to_owned()]));
            fs::remove_file(folder.path().join(name)).unwrap();
            let gone = Contents::read(&own);
            assert_eq!(before.rewritten(&gone), BTreeSet::from([key.to_owned()]));
            // What waits is told again until it is in force.
            let waiting = before.followed_by(after.clone(), |waits| waits == key);
            assert_eq!(waiting, before);
            assert_eq!(before.followed_by(after.clone(), |_| false), after);
            write(name, "before-marker");
        }
        let renamed = Contents::read(&config("other"));
        assert!(before.rewritten(&renamed).is_empty());
        let shown = format!("{before:?}");
        assert!(
            shown.contains("screen.logo") && shown.len() < 2000,
            "{shown}"
        );
    }
}
