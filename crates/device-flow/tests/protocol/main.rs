//! The client against servers that answer as servers were seen to answer. Needs no screen and no file but these.

#![cfg(all(feature = "driver", feature = "dpop", feature = "id-token"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(unused_results, reason = "the server is told its answers in a chain")]

mod client;
mod config;
mod providers;
mod seen;

use device_flow::{Client, GrantError, Progress, RetryLimit, TokenSet};

/// Runs a grant: its steps, and its end.
async fn run(client: &Client) -> (Vec<Progress>, Result<TokenSet, GrantError>) {
    let mut grant = client.device_grant(RetryLimit::Tries(1));
    let mut steps = Vec::new();
    while let Some(progress) = grant.next().await {
        steps.push(progress);
    }
    (steps, grant.finish().await)
}

async fn failure(client: &Client) -> GrantError {
    run(client).await.1.unwrap_err()
}
