//! A box whose server is a demo in a process of its own.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::demo::field;
use crate::device::Device;
use crate::relay::{Digest, digest};
use serde_json::Value;

/// What the demo logs when it ends a session because a spent token came again.
const REUSE: &str = "a spent refresh token was used again";

/// For how long a call may be answered with 401.
const PATIENCE: Duration = Duration::from_secs(20);

/// The box and its server. Dropping it ends the server.
pub struct Demo {
    device: Device,
    server: Child,
    ready: Value,
    log: Arc<Mutex<String>>,
}

impl Demo {
    /// Starts the server: a new access token every `access_lifetime` seconds, and `leeway` seconds in
    /// which a spent refresh token is forgiven.
    pub fn start(access_lifetime: &str, leeway: &str) -> Self {
        let device = Device::new();
        let config = device.path("demo.toml");
        let mut command =
            device.command(&["demo", "--serve-only", "--port", "0", "--interval", "1"]);
        let _ = command
            .args(["--log-level", "warn", "--access-lifetime", access_lifetime])
            .args(["--rotation-leeway", leeway, "--write-config"])
            .arg(&config);
        let mut server = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(server.stdout.take().unwrap());
        let _ = stdout.read_line(&mut line).unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let stderr = BufReader::new(server.stderr.take().unwrap());
        let kept = Arc::clone(&log);
        let _ = thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                *kept.lock().unwrap() += &format!("{line}\n");
            }
        });
        Self {
            ready: serde_json::from_str(&line).unwrap(),
            device,
            server,
            log,
        }
    }

    pub fn issuer(&self) -> &str {
        self.ready["issuer"].as_str().unwrap()
    }

    /// Sessions that the server ended because a spent token came again.
    pub fn reuses(&self) -> usize {
        self.log.lock().unwrap().matches(REUSE).count()
    }

    /// A configuration that is the demo's but for the token endpoint.
    pub fn config_with(&self, name: &str, token_endpoint: &str) -> PathBuf {
        let text = fs::read_to_string(self.device.path("demo.toml")).unwrap();
        let text = text.replacen(
            "[provider]",
            &format!("[provider]\ntoken_endpoint = \"{token_endpoint}\""),
            1,
        );
        let path = self.device.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// `vestibule` on `profile` with the configuration of the demo, or another.
    pub fn command(&self, config: Option<&Path>, profile: &str, arguments: &[&str]) -> Command {
        let mut command = self.device.command(&[]);
        let own = self.device.path("demo.toml");
        let _ = command
            .arg("--config")
            .arg(config.unwrap_or(&own))
            .args(["--profile", profile])
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    /// The same, run to its end.
    pub fn run(&self, profile: &str, arguments: &[&str]) -> Output {
        self.command(None, profile, arguments).output().unwrap()
    }

    /// Signs `person` in on `profile` and confirms it as their phone does.
    pub fn sign_in(&self, profile: &str, person: &str) {
        let mut sign_in = self
            .command(None, profile, &["sign-in", "--json"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(sign_in.stdout.take().unwrap()).lines();
        let code: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        let address = code["verification_uri_complete"].as_str().unwrap();
        confirm(address, person);
        let last = lines.map_while(Result::ok).last().unwrap();
        assert!(last.contains(r#""event":"signed_in""#), "{last}");
        assert!(sign_in.wait().unwrap().success());
    }

    /// The account file of a profile.
    pub fn account_file(&self, profile: &str) -> PathBuf {
        self.device
            .config_dir()
            .join(format!("accounts/{profile}.json"))
    }

    /// The refresh token that lies on disk.
    pub fn stored(&self, profile: &str) -> Digest {
        let text = fs::read(self.account_file(profile)).unwrap();
        let account: Value = serde_json::from_slice(&text).unwrap();
        digest(account["refresh_token"].as_str().unwrap())
    }

    /// Makes the stored access token one that ran out long ago.
    pub fn expire(&self, profile: &str) {
        let path = self.account_file(profile);
        let mut account: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        account["access_token_issued_at"] = 1.into();
        account["access_token_expires_at"] = 2.into();
        fs::write(&path, account.to_string()).unwrap();
    }

    /// Whether the account is signed in as far as anybody can tell: by the file, and by the server.
    pub fn is_signed_in(&self, profile: &str) -> bool {
        let status = self.run(profile, &["status"]);
        let call = || {
            self.run(profile, &["call", "library/continue"])
                .status
                .code()
        };
        // A token that lives for a second may be over when it arrives; the next one is another.
        let deadline = Instant::now() + PATIENCE;
        let ended = std::iter::repeat_with(call)
            .find(|code| *code != Some(1) || Instant::now() >= deadline)
            .flatten();
        status.status.success() && ended == Some(0)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Nothing of it outlives the test.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A command started by a shell, whose `script` finds it in `"$0" "$@"`.
pub fn within(script: &str, command: &Command) -> Command {
    let mut shell = Command::new("sh");
    let _ = shell
        .args(["-c", script])
        .arg(command.get_program())
        .args(command.get_args())
        .env_clear()
        .envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .current_dir(command.get_current_dir().unwrap())
        .stdin(Stdio::null());
    shell
}

/// Opens the page of a code and allows it, as a browser does.
fn confirm(address: &str, person: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let page = http.get(address).send().await.unwrap();
        let cookie = page.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let html = page.text().await.unwrap();
        let form = [
            ("form_token", field(&html, "form_token")),
            ("user_code", field(&html, "user_code")),
            ("decision", "allow".to_owned()),
            ("person", person.to_owned()),
        ];
        let page = address.split('?').next().unwrap();
        let request = http.post(page).header("cookie", cookie).form(&form);
        assert_eq!(request.send().await.unwrap().status(), 303);
    });
}
