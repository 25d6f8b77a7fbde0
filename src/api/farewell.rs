//! Whoever leaves takes along what the API answered to them.

use std::future;
use std::path::{Path, PathBuf};

use futures::StreamExt;
use futures::stream::{self, BoxStream};

use super::folder::{self, forget};
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

/// Signs a profile out as [`Accounts::sign_out`] does, and removes what is kept of whoever was on it.
pub async fn sign_out_profile(
    accounts: &Accounts,
    client: &oauth::Client,
    profile: &str,
    cache_dir: &Path,
) -> Farewell {
    let farewell = accounts.sign_out(client, profile).await;
    if let Farewell::SignedOut { account, .. } = &farewell {
        forget(cache_dir, account);
    }
    sweep(accounts, cache_dir);
    farewell
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
    let (all, accounts) = (accounts.sign_out_all_but(client, spared), accounts.clone());
    let folder = cache_dir.clone();
    let swept = stream::once(async move { sweep(&accounts, &cache_dir) });
    all.inspect(move |(_, farewell)| {
        if let Farewell::SignedOut { account, .. } = farewell {
            forget(&folder, account);
        }
    })
    .chain(swept.filter_map(|()| future::ready(None)))
    .boxed()
}

/// Removes what is left on this device of people who are not signed in on it any more, whatever has ended their
/// sessions and whichever process it was. Reads files: not for the thread of the screen.
pub fn sweep(accounts: &Accounts, cache_dir: &Path) {
    accounts.sweep();
    if let Some(here) = accounts.everybody() {
        folder::sweep(cache_dir, &here);
    }
}

/// What a sweep and a sign-out would remove: files of former sessions that may hold tokens, and folders of content of
/// people who are not on this device.
pub fn left_over(accounts: &Accounts, cache_dir: &Path) -> Vec<PathBuf> {
    let mut found = accounts.left_over();
    if let Some(here) = accounts.everybody() {
        found.extend(folder::of_nobody(cache_dir, &here));
    }
    found
}
