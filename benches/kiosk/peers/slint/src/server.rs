//! What the server is asked, and what it answers. It is of our own, so nothing of it is expected to fail.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::io::Read;
use std::thread::sleep;
use std::time::Duration;

#[derive(Deserialize)]
pub struct Code {
    device_code: String,
    pub user_code: String,
    pub verification_uri: String,
    pub verification_uri_complete: String,
    pub expires_in: u64,
    interval: u64,
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
}

#[derive(Deserialize)]
pub struct User {
    pub name: String,
}

#[derive(Deserialize)]
pub struct Library {
    pub rows: Vec<Row>,
}

#[derive(Deserialize)]
pub struct Row {
    pub title: String,
    pub items: Vec<Item>,
}

#[derive(Deserialize)]
pub struct Item {
    pub title: String,
    pub subtitle: String,
    pub image: String,
}

/// One connection to the server.
pub struct Server {
    base: String,
    agent: ureq::Agent,
}

impl Server {
    pub fn new(base: &str) -> Self {
        let agent = ureq::AgentBuilder::new().build();
        let base = base.to_owned();
        Self { base, agent }
    }

    pub fn code(&self) -> Code {
        let form = [
            ("client_id", "kiosk"),
            ("scope", "openid profile offline_access"),
        ];
        let asked = self.agent.post(&format!("{}/oauth/device/code", self.base));
        read(asked.send_form(&form).unwrap())
    }

    /// Polls until the person has agreed (RFC 8628 section 3.5).
    pub fn access_token(&self, code: &Code) -> String {
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", &code.device_code),
            ("client_id", "kiosk"),
        ];
        let mut interval = Duration::from_secs(code.interval);
        loop {
            sleep(interval);
            match self
                .agent
                .post(&format!("{}/oauth/token", self.base))
                .send_form(&form)
            {
                Ok(answer) => break read::<Token>(answer).access_token,
                Err(ureq::Error::Status(_, answer)) => {
                    if read::<Refused>(answer).error == "slow_down" {
                        interval += Duration::from_secs(5);
                    }
                }
                Err(error) => eprintln!("{error}"),
            }
        }
    }

    /// The JSON behind a path, for whoever has this token.
    pub fn get<T: DeserializeOwned>(&self, path: &str, access_token: &str) -> T {
        let asked = self.agent.get(&format!("{}{path}", self.base));
        read(
            asked
                .set("Authorization", &format!("Bearer {access_token}"))
                .call()
                .unwrap(),
        )
    }

    pub fn picture(&self, path: &str) -> Option<Vec<u8>> {
        let answer = self
            .agent
            .get(&format!("{}{path}", self.base))
            .call()
            .ok()?;
        Some(body(answer))
    }
}

fn read<T: DeserializeOwned>(answer: ureq::Response) -> T {
    serde_json::from_slice(&body(answer)).unwrap()
}

fn body(answer: ureq::Response) -> Vec<u8> {
    let mut body = Vec::new();
    answer.into_reader().read_to_end(&mut body).unwrap();
    body
}
