//! What is in the file of a profile, as one configuration sees it.

use std::path::{Path, PathBuf};

use super::account_file::ReadError;
use super::account_record::AccountRecord;
use super::{Account, Error};

/// What is in the file of a profile: what the account picker lists, `status` and `doctor` report, and a session is
/// restored from (`A` is then that session).
#[derive(Debug, Clone, PartialEq)]
pub enum AccountState<A = Box<Account>> {
    /// No account.
    SignedOut,
    /// An account of this issuer and client.
    SignedIn(A),
    /// An account of another issuer or client.
    Foreign {
        /// Its issuer.
        issuer: String,
        /// Its client.
        client_id: String,
    },
    /// No account that can be used.
    Broken {
        /// Where the file is: after a restore, where it was set aside.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

impl<A> AccountState<A> {
    /// The state that `read` at `path` comes to for `client`.
    pub(super) fn of(
        read: Result<Option<Box<AccountRecord>>, ReadError>,
        path: &Path,
        client: &device_flow::Client,
        use_record: impl FnOnce(AccountRecord) -> A,
    ) -> Result<Self, Error> {
        match read {
            Ok(None) => Ok(Self::SignedOut),
            Ok(Some(record)) if record.belongs_to(&client.issuer(), client.client_id()) => {
                Ok(Self::SignedIn(use_record(*record)))
            }
            Ok(Some(record)) => Ok(Self::Foreign {
                issuer: record.issuer,
                client_id: record.client_id,
            }),
            Err(ReadError::Broken(why)) => Ok(Self::Broken {
                file: path.to_owned(),
                why,
            }),
            Err(ReadError::Unavailable(error)) => Err(error),
        }
    }
}
