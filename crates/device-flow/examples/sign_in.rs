//! Signs in from a terminal: `cargo run --example sign_in -- ISSUER CLIENT_ID`.

use device_flow::{Client, ClientConfig, Progress, provider};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(issuer), Some(client_id)) = (arguments.next(), arguments.next()) else {
        return Err("usage: sign_in ISSUER CLIENT_ID".into());
    };
    let config = ClientConfig::new(&provider::OIDC, client_id).issuer(issuer.parse()?);
    let client = Client::new(config)?;
    let tokens = client
        .sign_in(|progress| match progress {
            Progress::Code { code, .. } => {
                println!("Open {}", code.verification_uri);
                println!("and enter {}", code.user_code);
            }
            Progress::RequestFailed { error, next_in } => {
                println!("{error}; trying again in {} s", next_in.as_secs());
            }
            _ => {}
        })
        .await?;
    let identity = client.identity(&tokens).await?;
    println!("Signed in as {}", identity.name.unwrap_or(identity.subject));
    Ok(())
}
