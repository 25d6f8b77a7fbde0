//! Sign-out: revokes at the server as far as possible, and removes all that lies on this device of the account.
//!
//! Tokens, DPoP key, PIN, files kept aside and cached content go together, whichever of the ways below is taken.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::StreamExt;
use futures::future::{self, join_all};
use futures::stream::{self, BoxStream};
use tokio::time::timeout;

use super::account_file::{AccountFile, ReadError};
use super::account_record::AccountRecord;
use super::server::{REVOCATION_LIMIT, Server};
use super::shared::Shared;
use super::{Account, Accounts, Error, Session};
use crate::host::atomic_file;
use crate::host::event::{self, Event};
use device_flow::Revocation;

/// How long a sign-out waits for another process that is refreshing the same account.
const LOCK_LIMIT: Duration = Duration::from_secs(5);

/// Sign-outs under way at once. Each waits for a server that may be silent.
const AT_ONCE: usize = 4;

/// What became of a sign-out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOut {
    /// At the server.
    pub revocation: Revocation,
    /// On this device: why the file could not be removed, if so.
    pub not_removed: Option<String>,
    /// Files of the same profile that had been kept aside, and went along.
    pub beside: Vec<RemovedFile>,
}

/// What became of one profile.
#[derive(Debug, Clone)]
pub enum ProfileSignOut {
    /// A session of this server and client was signed out.
    SignedOut {
        /// Whose it was.
        account: Box<Account>,
        /// How it went.
        outcome: SignOut,
    },
    /// Files that this configuration cannot use were removed: of another server or client, broken, or kept aside.
    Removed(Vec<RemovedFile>),
    /// Nothing was there.
    NotSignedIn,
}

/// A file of a former session, or of another server's, that was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedFile {
    /// Where it lay.
    pub file: PathBuf,
    /// The issuer and the client of the session in it, and what became of its tokens there. `None` where it does not
    /// read as a session: if it holds tokens, it is unknown whose.
    pub at: Option<(String, String, Revocation)>,
    /// What it was a symbolic link to, if it was one. That stays.
    pub link_to: Option<PathBuf>,
    /// Why it could not be removed, if so.
    pub not_removed: Option<String>,
}

impl RemovedFile {
    /// Whether the tokens that were in it may still be good.
    pub fn leaves_tokens(&self) -> bool {
        !matches!(self.at, Some((_, _, Revocation::Revoked)))
    }
}

impl Session {
    /// Revokes at the server (best effort), then forgets the account on this device, cached content included. Works
    /// offline.
    pub async fn sign_out(&self) -> SignOut {
        let shared = Arc::clone(self.shared());
        // Detached, so that a screen that goes away does not leave half a sign-out.
        tokio::spawn(async move { shared.sign_out().await })
            .await
            .unwrap_or_else(|_| SignOut {
                revocation: Revocation::NotOffered,
                not_removed: Some("the program is ending".to_owned()),
                beside: Vec::new(),
            })
    }
}

impl Shared {
    async fn sign_out(self: &Arc<Self>) -> SignOut {
        self.leaving.store(true, Ordering::SeqCst);
        let _gate = self.gate.lock().await;
        let Some(file) = self.file() else {
            return SignOut {
                revocation: self.guest_leaves().await,
                not_removed: None,
                beside: Vec::new(),
            };
        };
        // Without the lock in time we go on: leaving must always work.
        let lock = timeout(LOCK_LIMIT, file.lock()).await;
        let mut record = self.state().record.clone();
        if let Ok(Some(found)) = file.read()
            && found.same_account(&record)
        {
            record = *found;
        }
        let revocation = self.revoke(&record).await;
        let removed = file.remove_account(&record);
        let not_removed = removed.err().map(|error| error.to_string());
        {
            let mut state = self.state();
            state.end(Error::Ended("signed out on this device".to_owned()));
            state.forget_tokens();
        }
        if let Some(cache_dir) = self.cache_dir() {
            cache_dir.forget();
        }
        let beside = forget_beside(file, &*self.server).await;
        self.server.close_connections();
        if matches!(lock, Ok(Ok(Some(_)))) {
            file.sweep();
        }
        drop(lock);
        event::tell(Event::SignedOut {});
        SignOut {
            revocation,
            not_removed,
            beside,
        }
    }
}

impl Accounts {
    /// Signs out every profile, in order of name, but those that are `spared`; then sweeps. One account that resists
    /// is no reason to leave the others signed in.
    pub fn sign_out_all_but(
        &self,
        client: &device_flow::Client,
        spared: &[String],
    ) -> BoxStream<'static, (String, ProfileSignOut)> {
        let mut profiles = self.profiles_with_anything();
        profiles.retain(|profile| !spared.contains(profile));
        let (accounts, client) = (self.clone(), client.clone());
        let swept = self.clone();
        stream::iter(profiles)
            .map(move |profile| {
                let (accounts, client) = (accounts.clone(), client.clone());
                async move {
                    let outcome = accounts.leave(&client, &profile).await;
                    (profile, outcome)
                }
            })
            .buffered(AT_ONCE)
            .chain(stream::once(async move { swept.sweep() }).filter_map(|()| future::ready(None)))
            .boxed()
    }

    /// Signs a profile out: whatever lies here of it is forgotten, and revoked as far as that goes; then sweeps.
    pub async fn sign_out(&self, client: &device_flow::Client, profile: &str) -> ProfileSignOut {
        let outcome = self.leave(client, profile).await;
        self.sweep();
        outcome
    }

    async fn leave(&self, client: &device_flow::Client, profile: &str) -> ProfileSignOut {
        let file = self.account_file(profile);
        let read = file.read();
        if let Err(ReadError::Unavailable(error)) = &read
            && fs::symlink_metadata(file.path()).is_err()
        {
            return ProfileSignOut::Removed(vec![RemovedFile {
                file: file.path(),
                at: None,
                link_to: None,
                not_removed: Some(error.to_string()),
            }]);
        }
        if let Ok(Some(record)) = read
            && record.belongs_to(&client.issuer(), client.client_id())
        {
            let session = Session::restored(Arc::new(client.clone()), file, *record);
            return ProfileSignOut::SignedOut {
                account: Box::new(session.account()),
                outcome: session.sign_out().await,
            };
        }
        // Without the lock in time we go on: leaving must always work.
        let lock = timeout(LOCK_LIMIT, file.lock()).await;
        let mut removed = Vec::new();
        if !file.is_free() {
            let own = forget_one(&file.place(), client).await;
            // The key and the PIN go with it.
            let not_removed = file.remove().err().map(|error| error.to_string());
            removed.push(RemovedFile { not_removed, ..own });
        }
        removed.extend(forget_beside(&file, client).await);
        if matches!(lock, Ok(Ok(Some(_)))) {
            file.sweep();
        }
        match removed.is_empty() {
            true => ProfileSignOut::NotSignedIn,
            false => ProfileSignOut::Removed(removed),
        }
    }
}

/// Forgets the files of a profile that were kept aside.
async fn forget_beside(file: &AccountFile, server: &dyn Server) -> Vec<RemovedFile> {
    let files = file.asides();
    join_all(files.iter().map(|file| forget_one(file, server))).await
}

/// Revokes what a file holds, at the server that it is of and no other, and removes it.
async fn forget_one(file: &Path, server: &dyn Server) -> RemovedFile {
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
    let link_to = fs::read_link(file).ok();
    RemovedFile {
        at,
        link_to: link_to.map(|to| fs::canonicalize(file).unwrap_or(to)),
        not_removed: atomic_file::remove(file)
            .err()
            .map(|error| error.to_string()),
        file: file.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::account_record::tests::record;
    use super::*;

    /// A client whose server is not there.
    fn client() -> device_flow::Client {
        let provider = "preset = 'oidc'\nissuer = 'http://127.0.0.1:9'\nclient_id = 'tv'";
        toml::from_str::<crate::config::Provider>(provider)
            .unwrap()
            .client()
            .unwrap()
    }

    #[tokio::test]
    async fn whatever_lies_in_the_place_of_an_account_is_forgotten() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
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
            let ProfileSignOut::Removed(files) = accounts.sign_out(&client(), "default").await
            else {
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
        assert!(matches!(again, ProfileSignOut::NotSignedIn));
    }

    #[tokio::test]
    async fn what_is_no_folder_is_named_and_nobody_is_said_to_be_signed_out() {
        use std::os::unix::fs::symlink;
        let file: fn(&Path) = |path| fs::write(path, "").unwrap();
        let dangling: fn(&Path) = |path| symlink("/nonexistent/there", path).unwrap();
        let circle: fn(&Path) = |path| symlink(path, path).unwrap();
        for (make, words) in [
            (file, "a file"),
            (dangling, "where nothing is"),
            (circle, "circles"),
        ] {
            let home = tempfile::tempdir().unwrap();
            let accounts = Accounts::new(home.path(), &home.path().join("cache"));
            make(&accounts.folder());
            let said = accounts
                .state(&client(), "default")
                .unwrap_err()
                .to_string();
            assert!(
                said.contains("accounts is a") && said.contains(words),
                "{said}"
            );
            let all: Vec<_> = accounts.sign_out_all_but(&client(), &[]).collect().await;
            let one = accounts.sign_out(&client(), "default").await;
            for outcome in [&one, &all[0].1] {
                let ProfileSignOut::Removed(files) = outcome else {
                    panic!("{words}: {outcome:?}");
                };
                assert!(files[0].not_removed.is_some(), "{words}: {files:?}");
            }
        }
    }

    #[tokio::test]
    async fn a_session_behind_a_link_is_read_renewed_and_forgotten_through_it() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        let file = accounts.account_file("default");
        let end = home.path().join("real.json");
        file.write(&record(1)).unwrap();
        fs::rename(file.path(), &end).unwrap();
        std::os::unix::fs::symlink(&end, file.path()).unwrap();
        assert!(file.read().unwrap().unwrap().same_tokens(&record(1)));
        file.can_write().unwrap();
        assert!(file.rewrite(&record(2)).unwrap());
        assert!(file.path().is_symlink() && end.is_file());
        assert!(file.read().unwrap().unwrap().same_tokens(&record(2)));
        // One that others may write is told and stays where it is; a sign-out still reads it to revoke.
        fs::set_permissions(&end, fs::Permissions::from_mode(0o622)).unwrap();
        let said = file.read().unwrap_err().to_string();
        assert!(said.contains("real.json, which another user"), "{said}");
        assert!(file.set_broken_aside().is_err() && file.path().is_symlink());
        for (mode, link_to) in [(0o622, Some(&end)), (0o600, None)] {
            fs::set_permissions(&end, fs::Permissions::from_mode(mode)).unwrap();
            if !file.path().is_symlink() {
                std::os::unix::fs::symlink(&end, file.path()).unwrap();
            }
            let ProfileSignOut::Removed(files) = accounts.sign_out(&client(), "default").await
            else {
                panic!("it was taken for something else");
            };
            assert!(files[0].at.is_some(), "{files:?}");
            assert_eq!(files[0].link_to.as_ref(), link_to);
            assert!(file.is_free());
            assert_eq!(end.exists(), link_to.is_some());
        }
    }

    #[tokio::test]
    async fn everybody_leaves_also_those_of_whom_only_what_was_kept_aside_is_left() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        accounts.account_file("default").write(&record(1)).unwrap();
        let aside = accounts.folder().join("kitchen.json.other-3");
        fs::write(&aside, serde_json::to_vec(&record(2)).unwrap()).unwrap();
        let all: Vec<_> = accounts.sign_out_all_but(&client(), &[]).collect().await;
        let names: Vec<_> = all.iter().map(|(profile, _)| profile.as_str()).collect();
        assert_eq!(names, ["default", "kitchen"]);
        assert!(!aside.exists() && accounts.left_over().is_empty());
        assert_eq!(accounts.all_on_device().map(|here| here.len()), Some(0));
    }
}
