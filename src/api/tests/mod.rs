//! The API as a whole: against one that misbehaves (`chaos`), and one that binds its tokens to a key (`dpop`).

use std::path::Path;

use crate::config::{self, Config};

mod chaos;
mod dpop;

/// A configuration with one API and nothing else that counts.
fn config_of(api: config::Api, ca_file: Option<&Path>) -> Config {
    let text = "[provider]\npreset = 'oidc'\nissuer = 'https://id.example'\nclient_id = 'tv'\n";
    let mut config = config::parse(text, Path::new("/x.toml")).unwrap();
    config.provider.ca_file = ca_file.map(Path::to_owned);
    config.api = Some(api);
    config
}
