//! The demo server, the proxy in front of it, and a box that is configured for them.

use std::process::Command;

use serde_json::Value;
use url::Url;

use crate::device::Device;
use crate::http;
use crate::process::{Ended, Running};
use crate::proxy::Proxy;

/// Everything one test needs around the program.
pub struct House {
    /// The box under test.
    pub device: Device,
    /// What all its requests go through, but for discovery and signing keys.
    pub proxy: Proxy,
    /// Paths of the server, for the proxy's rules.
    pub paths: Paths,
    config: String,
    client_id: String,
    // The server has a box of its own: what it keeps is no business of the client's.
    _server: (Running, Device),
}

/// Paths of the server.
#[derive(Debug, Clone)]
pub struct Paths {
    /// Device authorization endpoint.
    pub device: String,
    /// Token endpoint.
    pub token: String,
    /// Revocation endpoint.
    pub revocation: String,
    /// `GET /library/continue` of the API.
    pub library: String,
}

impl House {
    /// A demo server started with `arguments`, and a box that is configured for it.
    pub fn new(arguments: &[&str]) -> Self {
        let home = Device::new();
        let mut server = Running::start(
            home.command(&[&["demo", "--serve-only", "--port", "0"], arguments].concat()),
        );
        let ready = server.json();
        let text = |member: &str| ready[member].as_str().unwrap().to_owned();
        let issuer = text("issuer");
        let discovery = format!(
            "{}/.well-known/openid-configuration",
            issuer.trim_end_matches('/')
        );
        let metadata = http::fetch(&Url::parse(&discovery).unwrap(), &[], None).json();
        let proxy = Proxy::start(&Url::parse(&issuer).unwrap());

        let mut config = format!(
            "[provider]\npreset = \"oidc\"\nissuer = \"{issuer}\"\nclient_id = \"{}\"\n\
             scopes = [\"openid\", \"profile\", \"email\", \"offline_access\", \"read:library\"]\n",
            text("client_id")
        );
        let mut path_of = |endpoint: &str| {
            let url = Url::parse(metadata[endpoint].as_str().unwrap()).unwrap();
            config.push_str(&format!("{endpoint} = \"{}\"\n", proxy.in_front_of(&url)));
            url.path().to_owned()
        };
        let (device, token) = (
            path_of("device_authorization_endpoint"),
            path_of("token_endpoint"),
        );
        let revocation = path_of("revocation_endpoint");
        let _ = path_of("userinfo_endpoint");
        let api = Url::parse(&text("api")).unwrap();
        config.push_str(&format!(
            "\n[api]\nbase_url = \"{}\"\n",
            proxy.in_front_of(&api)
        ));
        let house = Self {
            paths: Paths {
                device,
                token,
                revocation,
                library: format!("{}library/continue", api.path()),
            },
            device: Device::new(),
            proxy,
            config,
            client_id: text("client_id"),
            _server: (server, home),
        };
        house.device.configure(&house.config);
        house
    }

    /// Changes the box's configuration.
    pub fn reconfigure(&mut self, from: &str, to: &str) {
        assert!(self.config.contains(from), "{from:?} in {}", self.config);
        self.config = self.config.replace(from, to);
        self.device.configure(&self.config);
    }

    /// Adds to the end of the box's configuration, which is its `[api]`.
    pub fn add(&mut self, more: &str) {
        self.config.push_str(more);
        self.device.configure(&self.config);
    }

    /// This box's client identifier at the server.
    pub fn client_id(&self) -> String {
        self.client_id.clone()
    }

    /// The address of a path of the server, as it is configured.
    pub fn endpoint(&self, path: &str) -> String {
        self.proxy.at(path)
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        Running::start(self.command(arguments)).wait()
    }

    /// The program with `arguments`, on this house's box.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.device.command(arguments)
    }

    /// Starts a sign-in and reads on to its code.
    pub fn ask_for_code(&self) -> (Running, Value) {
        let mut sign_in = Running::start(self.command(&["sign-in", "--json"]));
        let code = sign_in.json();
        assert_eq!(code["event"], "code", "{code}; {}", sign_in.stderr());
        (sign_in, code)
    }

    /// Signs in, with a person who allows it.
    pub fn sign_in(&self) -> SignedIn {
        let (sign_in, code) = self.ask_for_code();
        let address = code["verification_uri_complete"].as_str().unwrap();
        let page = crate::phone::answer(address, crate::phone::Decision::Allow);
        let ended = sign_in.wait();
        let last = ended.stdout.lines().last().unwrap_or_default().to_owned();
        assert_eq!(ended.code, Some(0), "{ended:?}; last page: {page}");
        SignedIn {
            code,
            last: serde_json::from_str(&last).unwrap(),
            ended,
        }
    }

    /// `status --json` of a signed-in box.
    pub fn status(&self) -> Value {
        let status = self.run(&["status", "--json"]);
        assert_eq!(status.code, Some(0), "{status:?}");
        serde_json::from_str(&status.stdout).unwrap()
    }
}

/// What a sign-in said.
pub struct SignedIn {
    /// The event with the code.
    pub code: Value,
    /// The last event.
    pub last: Value,
    /// All of it.
    pub ended: Ended,
}
