//! Everybody who is signed in on this device signs out of it.

use std::path::PathBuf;

use futures::StreamExt;
use futures::stream::{self, BoxStream};

use super::{Account, Accounts, Error, Restored, SignOut};
use crate::oauth;

/// Sign-outs under way at once. Each waits for a server that may be silent.
const AT_ONCE: usize = 4;

/// What became of one profile.
#[derive(Debug, Clone)]
pub enum Farewell {
    /// Signed out.
    SignedOut {
        /// Who it was.
        account: Box<Account>,
        /// How it went.
        outcome: SignOut,
    },
    /// Nobody was there any more.
    Nobody,
    /// The session of another issuer or client: only the configuration of that server can end it.
    Foreign {
        /// Its issuer.
        issuer: String,
        /// Its client.
        client_id: String,
    },
    /// A file that is no account; it was kept aside.
    SetAside {
        /// Where it lies now.
        kept: PathBuf,
        /// What was wrong with it.
        why: String,
    },
    /// The file may not be read; it is as it was.
    Untouched(Error),
}

impl Accounts {
    /// Signs everybody out, profile by profile in order of name. One account that resists is no reason to
    /// leave the others signed in.
    pub fn sign_out_all(&self, client: &oauth::Client) -> BoxStream<'static, (String, Farewell)> {
        self.sign_out_all_but(client, &[])
    }

    /// The same, where these profiles stay signed in.
    pub fn sign_out_all_but(
        &self,
        client: &oauth::Client,
        spared: &[String],
    ) -> BoxStream<'static, (String, Farewell)> {
        let mut profiles = self.profiles();
        profiles.retain(|profile| !spared.contains(profile));
        let (accounts, client) = (self.clone(), client.clone());
        stream::iter(profiles)
            .map(move |profile| {
                let (accounts, client) = (accounts.clone(), client.clone());
                async move {
                    let farewell = accounts.sign_out(&client, &profile).await;
                    (profile, farewell)
                }
            })
            .buffered(AT_ONCE)
            .boxed()
    }

    async fn sign_out(&self, client: &oauth::Client, profile: &str) -> Farewell {
        match self.restore(client, profile) {
            Ok(Restored::SignedIn(session)) => Farewell::SignedOut {
                account: Box::new(session.account()),
                outcome: session.sign_out().await,
            },
            Ok(Restored::Nobody) => Farewell::Nobody,
            Ok(Restored::Foreign { issuer, client_id }) => Farewell::Foreign { issuer, client_id },
            Ok(Restored::SetAside { kept, why }) => Farewell::SetAside { kept, why },
            Err(error) => Farewell::Untouched(error),
        }
    }
}
