//! A provider that this crate does not know: `cargo run --example custom_provider -- CLIENT_ID`.

use device_flow::provider::{Location, Paths, Provider, STANDARD};
use device_flow::{Client, ClientConfig, Progress};

/// As the specifications have it, but for what its documentation says.
static ACME: Provider = Provider {
    name: "acme",
    locations: &[Location {
        issuer: "https://id.acme.example",
        base: "https://id.acme.example/oauth/",
    }],
    paths: Paths {
        device_authorization: "device",
        token: "token",
        userinfo: "userinfo",
        revocation: "revoke",
        keys: "keys",
    },
    // It answers "code used" where others say `invalid_grant`.
    aliases: &[("code used", "invalid_grant")],
    ..STANDARD
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client_id = std::env::args().nth(1).unwrap_or_else(|| "tv".to_owned());
    let client = Client::new(ClientConfig::new(&ACME, client_id).scopes(["openid"]))?;
    let mut grant = client.device_grant(device_flow::RetryLimit::Tries(2));
    while let Some(progress) = grant.next().await {
        match progress {
            Progress::Code { code, .. } => println!(
                "Open {} and enter {}",
                code.verification_uri, code.user_code
            ),
            Progress::RequestFailed { error, next_in } => {
                println!("{error}; trying again in {} s", next_in.as_secs());
            }
            Progress::Polled {
                detail: Some(detail),
                ..
            } => println!("{detail}; the code stays good"),
            _ => {}
        }
    }
    let _tokens = grant.finish().await?;
    println!("Signed in");
    Ok(())
}
