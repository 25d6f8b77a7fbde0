//! Whoever signs out takes along what the API answered to them.

use std::path::{Path, PathBuf};

use futures::StreamExt;
use futures::stream::BoxStream;

use super::folder::forget;
use crate::oauth;
use crate::session::{Accounts, Farewell, Session, SignOut};

/// Signs out as [`Session::sign_out`] does, and removes the account's answers and pictures from the user
/// cache directory.
pub async fn sign_out(session: &Session, cache_dir: &Path) -> SignOut {
    let account = session.account();
    let outcome = session.sign_out().await;
    forget(cache_dir, &account);
    outcome
}

/// Signs everybody out as [`Accounts::sign_out_all`] does, and removes what is kept of each.
pub fn sign_out_all(
    accounts: &Accounts,
    client: &oauth::Client,
    cache_dir: PathBuf,
) -> BoxStream<'static, (String, Farewell)> {
    sign_out_all_but(accounts, client, cache_dir, &[])
}

/// The same, where these profiles stay signed in.
pub fn sign_out_all_but(
    accounts: &Accounts,
    client: &oauth::Client,
    cache_dir: PathBuf,
    spared: &[String],
) -> BoxStream<'static, (String, Farewell)> {
    accounts
        .sign_out_all_but(client, spared)
        .inspect(move |(_, farewell)| {
            if let Farewell::SignedOut { account, .. } = farewell {
                forget(&cache_dir, account);
            }
        })
        .boxed()
}
