//! Whoever signs out is forgotten on this device, whatever lies here of them and whichever server it is of.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::StreamExt;
use futures::future::join_all;
use futures::stream::{self, BoxStream};
use tokio::time::timeout;

use super::account_file::{AccountFile, Content};
use super::account_record::AccountRecord;
use super::live_session::{REVOCATION_LIMIT, SIGN_OUT_LOCK_LIMIT};
use super::server::Server;
use super::{Account, Accounts, Session, SignOut, stale_files};
use crate::oauth::{self, Revocation};

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
    /// A file that this configuration cannot use, or several, were forgotten: of another server or client, or broken.
    Forgotten(Vec<Forgotten>),
    /// Nobody was there.
    Nobody,
}

/// A file of a former session, or of another server's, that was forgotten here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    /// Where it lay.
    pub file: PathBuf,
    /// The issuer and the client of the session in it, and what became of its tokens there. `None` where it does not
    /// read as a session: if it holds tokens, nobody knows whose.
    pub at: Option<(String, String, Revocation)>,
    /// Why it could not be removed, if so.
    pub not_removed: Option<String>,
}

impl Forgotten {
    /// Whether the tokens that were in it may still be good.
    pub fn leaves_tokens(&self) -> bool {
        !matches!(self.at, Some((_, _, Revocation::Revoked)))
    }
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
        let mut profiles = self.profiles_with_anything();
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

    /// Signs a profile out: whatever lies here of it is forgotten, and revoked as far as that goes.
    pub async fn sign_out(&self, client: &oauth::Client, profile: &str) -> Farewell {
        let file = self.account_file(profile);
        if let Ok(Content::Account(record)) = file.read()
            && record.belongs_to(&client.issuer(), client.client_id())
        {
            let session = Session::restored(Arc::new(client.clone()), file, *record);
            return Farewell::SignedOut {
                account: Box::new(session.account()),
                outcome: session.sign_out().await,
            };
        }
        // Without the lock in time we go on: leaving must always work.
        let lock = timeout(SIGN_OUT_LOCK_LIMIT, file.lock()).await;
        let mut forgotten = Vec::new();
        if !file.is_free() {
            let own = forget_one(&file.path(), client).await;
            // The key and the PIN go with it.
            let not_removed = file.remove().err().map(|error| error.to_string());
            forgotten.push(Forgotten { not_removed, ..own });
        }
        forgotten.extend(forget_beside(&file, client).await);
        if matches!(lock, Ok(Ok(Some(_)))) {
            file.sweep();
        }
        match forgotten.is_empty() {
            true => Farewell::Nobody,
            false => Farewell::Forgotten(forgotten),
        }
    }
}

/// Forgets the files of a profile that were kept aside.
pub(super) async fn forget_beside(file: &AccountFile, server: &dyn Server) -> Vec<Forgotten> {
    let files = file.asides();
    join_all(files.iter().map(|file| forget_one(file, server))).await
}

/// Revokes what a file holds, at the server that it is of and no other, and removes it.
async fn forget_one(file: &Path, server: &dyn Server) -> Forgotten {
    let at = match AccountFile::read_aside(file) {
        Some(AccountRecord {
            issuer,
            client_id,
            refresh_token,
            access_token,
            ..
        }) => {
            let tokens = (refresh_token.as_ref(), Some(&access_token));
            let revocation = server
                .revoke_for((&issuer, &client_id), tokens, REVOCATION_LIMIT)
                .await;
            Some((issuer, client_id, revocation))
        }
        None => None,
    };
    Forgotten {
        at,
        not_removed: stale_files::remove(file)
            .err()
            .map(|error| error.to_string()),
        file: file.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::account_record::tests::record;
    use super::*;

    /// A client whose server is not there.
    fn client() -> oauth::Client {
        let provider = "preset = 'oidc'\nissuer = 'http://127.0.0.1:9'\nclient_id = 'tv'";
        oauth::Client::new(&toml::from_str(provider).unwrap()).unwrap()
    }

    #[tokio::test]
    async fn whatever_lies_in_the_place_of_an_account_is_forgotten() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path());
        let file = accounts.account_file("default");
        let puts: [(&dyn Fn(), bool); 4] = [
            (&|| file.write(&record(1)).unwrap(), true),
            (&|| fs::write(file.path(), "{").unwrap(), false),
            (
                &|| fs::create_dir_all(file.path().join("deep")).unwrap(),
                false,
            ),
            (
                &|| std::os::unix::fs::symlink("nowhere", file.path()).unwrap(),
                false,
            ),
        ];
        for (put, reads) in puts {
            fs::create_dir_all(accounts.folder()).unwrap();
            put();
            let Farewell::Forgotten(files) = accounts.sign_out(&client(), "default").await else {
                panic!("it was taken for something else");
            };
            assert_eq!(files.len(), 1);
            assert_eq!(files[0].at.is_some(), reads, "{files:?}");
            assert!(
                files[0].leaves_tokens() && files[0].not_removed.is_none(),
                "{files:?}"
            );
            assert!(file.is_free());
        }
        let again = accounts.sign_out(&client(), "default").await;
        assert!(matches!(again, Farewell::Nobody));
    }

    #[tokio::test]
    async fn everybody_leaves_also_those_of_whom_only_what_was_kept_aside_is_left() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path());
        accounts.account_file("default").write(&record(1)).unwrap();
        let aside = accounts.folder().join("kitchen.json.other-3");
        fs::write(&aside, serde_json::to_vec(&record(2)).unwrap()).unwrap();
        let all: Vec<_> = accounts.sign_out_all(&client()).collect().await;
        let names: Vec<_> = all.iter().map(|(profile, _)| profile.as_str()).collect();
        assert_eq!(names, ["default", "kitchen"]);
        assert!(!aside.exists() && accounts.left_over().is_empty());
        assert_eq!(accounts.everybody().map(|here| here.len()), Some(0));
    }
}
