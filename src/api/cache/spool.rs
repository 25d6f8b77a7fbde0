//! What an answer says that is needed again piece by piece: in memory where that is little or it may be nowhere else, and
//! else in a file without a name.
//!
//! The file has left its folder before anything is written to it. So nothing of it is left behind, whatever ends the
//! program, and what a sign-out lets go of is gone.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::digest_of;
use crate::session::CacheDir;

/// What is shorter stays in memory: a file would be a page of a disk for a few pictures' worth of it.
const SHORT: usize = 128 * 1024;

/// Text that is kept whole and read in parts.
pub(crate) struct Spool {
    digest: String,
    held: Held,
}

enum Held {
    Memory(Box<[u8]>),
    File(File),
}

/// Whether they say the same.
impl PartialEq for Spool {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl Spool {
    /// A text, in memory.
    pub(crate) fn new(text: Vec<u8>) -> Self {
        Self {
            digest: digest_of(&text),
            held: Held::Memory(text.into()),
        }
    }

    /// A part of it.
    ///
    /// # Errors
    /// Where the file cannot be read, or it has no such part.
    pub(crate) fn part(&self, part: &Range<usize>) -> io::Result<Cow<'_, [u8]>> {
        match &self.held {
            Held::Memory(text) => {
                let text = text.get(part.clone());
                text.map(Cow::Borrowed)
                    .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
            }
            Held::File(file) => {
                let mut text = vec![0; part.len()];
                file.read_exact_at(&mut text, part.start as u64)?;
                Ok(Cow::Owned(text))
            }
        }
    }

    fn is_in_memory(&self) -> bool {
        matches!(self.held, Held::Memory(_))
    }

    #[cfg(test)]
    pub(crate) fn is_in_file(&self) -> bool {
        !self.is_in_memory()
    }

    /// The same in a file, where it is long enough for one.
    fn in_file(&self, folder: &CacheDir) -> Option<Self> {
        let Held::Memory(text) = &self.held else {
            return None;
        };
        if text.len() < SHORT {
            return None;
        }
        let mut held = None;
        let written = folder.write(|| {
            let mut file = tempfile::tempfile_in(folder.path())?;
            file.write_all(text)?;
            held = Some(file);
            Ok(())
        });
        if let Err(error) = written {
            tracing::debug!(%error, "A list of rows stays in memory.");
            return None;
        }
        Some(Self {
            digest: self.digest.clone(),
            held: Held::File(held?),
        })
    }
}

/// The spools that are in use. A list that says the same as before is not written again, however often it is asked for.
#[derive(Default)]
pub(crate) struct Spools(Mutex<Vec<Weak<Spool>>>);

impl Spools {
    /// The same text as it is to be kept from now on: in a file of `folder`, where there is one.
    pub(crate) fn keep(&self, new: Arc<Spool>, folder: Option<&CacheDir>) -> Arc<Spool> {
        // A lock whose holder panicked still holds spools.
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|known| known.strong_count() > 0);
        let may_be = |known: &Spool| known.is_in_memory() || folder.is_some();
        let mut known = all.iter().filter_map(Weak::upgrade);
        if let Some(same) = known.find(|known| **known == *new && may_be(known)) {
            return same;
        }
        let kept = folder.and_then(|folder| new.in_file(folder));
        let kept = kept.map_or(new, Arc::new);
        all.push(Arc::downgrade(&kept));
        kept
    }
}

#[cfg(test)]
mod tests;
