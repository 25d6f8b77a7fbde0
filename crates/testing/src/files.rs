//! What nobody may find: every secret that went through the proxy, and where to look for it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::proxy::Proxy;

const SECRETS: [&str; 4] = ["access_token", "refresh_token", "id_token", "device_code"];

/// Every token and device code in a body that went through the proxy, either way.
pub fn relayed_secrets(proxy: &Proxy) -> BTreeSet<String> {
    let mut secrets = BTreeSet::new();
    for exchange in proxy.exchanges() {
        let sent = exchange.request.body;
        for (name, value) in url::form_urlencoded::parse(&sent) {
            if SECRETS.contains(&&*name) || name == "token" {
                let _ = secrets.insert(value.into_owned());
            }
        }
        let received = exchange.served.map(|reply| reply.json());
        for name in SECRETS {
            if let Some(value) = received.as_ref().and_then(|body| body[name].as_str()) {
                let _ = secrets.insert(value.to_owned());
            }
        }
    }
    secrets
}

pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// The files below a folder that hold one of the secrets, but for the accounts themselves.
pub fn who_holds(folder: &Path, secrets: &BTreeSet<String>) -> Vec<String> {
    files_below(folder)
        .into_iter()
        .filter(|path| !path.components().any(|part| part.as_os_str() == "accounts"))
        .filter(|path| {
            let content = fs::read(path).unwrap();
            let content = String::from_utf8_lossy(&content);
            secrets.iter().any(|secret| content.contains(secret))
        })
        .map(|path| path.display().to_string())
        .collect()
}

/// What stands before a secret, without the secret.
pub fn surroundings<'a>(text: &'a str, secret: &str) -> &'a str {
    let end = text.find(secret).unwrap_or(text.len());
    let start = (0..=end.saturating_sub(200))
        .rev()
        .find(|index| text.is_char_boundary(*index))
        .unwrap_or(0);
    &text[start..end]
}
