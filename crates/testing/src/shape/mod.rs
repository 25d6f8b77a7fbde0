//! An API of a certain shape: what it demands, how it pages and what its errors look like, described in a file, served on
//! loopback, with a box whose configuration leads there.
//!
//! A folder holds `api.toml` (the API: see [`description`]), `cards.json` (what a viewer should see) and `vestibule.toml`
//! (the configuration), unless that is one of the recipes in `examples`. All of them are written with the real
//! addresses; each origin among them gets a server of its own.

pub mod description;
mod pattern;
mod server;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::{Value, json};

use crate::device::Device;
use description::Description;
use server::Server;

/// The access token. Nobody may see it whose demands do not name it.
pub const TOKEN: &str = "access-marker";

/// Where nobody signs in: the account is there already.
const PROVIDER: &str = r#"[provider]
preset = "oauth2"
client_id = "tv"
device_authorization_endpoint = "http://127.0.0.1:9/device"
token_endpoint = "http://127.0.0.1:9/token"
"#;

/// An API that is served until the test ends.
pub struct Shape {
    description: Description,
    /// The configuration as it is written, with the real addresses.
    pub configuration: String,
    server: Server,
}

impl Shape {
    /// Serves the shape in `tests/shapes/NAME` of this repository.
    pub fn serve(name: &str) -> Self {
        let folder = folder().join(name);
        let text = fs::read_to_string(folder.join("api.toml")).unwrap();
        let description: Description =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{name}/api.toml: {error}"));
        let own = folder.join("vestibule.toml");
        let recipe = root().join("examples").join(format!("{name}.toml"));
        let file = if own.exists() { own } else { recipe };
        let configuration =
            fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let server = Server::start(description.clone());
        Self {
            description,
            configuration,
            server,
        }
    }

    /// A box with the configuration as it is written, for which nobody is signed in.
    pub fn as_written(&self) -> Device {
        let device = Device::new();
        self.equip(&device, &self.configuration);
        device
    }

    /// A box with somebody signed in, whose configuration leads to this server.
    pub fn device(&self) -> Device {
        let device = Device::new();
        self.equip(&device, &self.local(&signed_in_before(&self.configuration)));
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
        let mut account = json!({
            "schema": 1, "issuer": "http://127.0.0.1:9/token", "client_id": "tv", "subject": "ada",
            "access_token": TOKEN, "refresh_token": "refresh-marker", "token_type": "Bearer",
            "access_token_issued_at": now, "access_token_expires_at": now + 86_400, "signed_in_at": now,
        });
        for (name, value) in &self.description.account {
            account[name] = value.clone();
        }
        let folder = device.config_dir().join("accounts");
        fs::create_dir_all(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        private(&folder.join("default.json"), &account.to_string());
        device
    }

    fn equip(&self, device: &Device, configuration: &str) {
        device.configure(configuration);
        for (name, content) in &self.description.files {
            private(&device.config_dir().join(name), content);
        }
    }

    /// A text with the addresses of this server in the place of the real ones.
    pub fn local(&self, text: &str) -> String {
        self.server.local(text)
    }

    /// A text with the real addresses.
    pub fn real(&self, text: &str) -> String {
        self.server.real(text)
    }

    /// What was asked that the real API would refuse or does not have, and where the access token was seen that should not
    /// have been.
    pub fn problems(&self) -> Vec<String> {
        self.server.problems()
    }

    /// What the API has and nobody asked for, pictures and errors apart.
    pub fn unasked(&self) -> Vec<String> {
        self.server.unasked()
    }

    /// The demands of the API, each with an address where it holds.
    pub fn demands(&self) -> Vec<(url::Url, u16)> {
        let demands = self.description.demands.iter();
        let asked = demands.filter_map(|demand| {
            let mut answers = self.description.answers.iter();
            let answer = answers.find(|answer| answer.at.starts_with(&demand.under))?;
            let address = self.local(&answer.at).replace('*', "x");
            Some((address.parse().unwrap(), demand.status))
        });
        asked.collect()
    }
}

/// What a viewer should see, as `cards.json` of a shape says it.
pub fn expected(name: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder().join(name).join("cards.json")).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}/cards.json: {error}"))
}

/// Where the shapes are.
pub fn folder() -> PathBuf {
    root().join("tests/shapes")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The configuration with a place to sign in that is never asked.
fn signed_in_before(written: &str) -> String {
    let mut is_provider = false;
    let mut text = PROVIDER.to_owned();
    for line in written.lines() {
        if line.starts_with('[') {
            is_provider = line.starts_with("[provider");
        }
        if !is_provider {
            text.push_str(line);
        }
        // A mistake keeps its line.
        text.push('\n');
    }
    text
}

fn private(path: &Path, content: &str) {
    fs::write(path, content).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}
