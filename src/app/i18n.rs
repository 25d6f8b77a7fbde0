//! Every sentence a viewer reads, from `assets/i18n`, checked at compile time by [`fl!`], and the
//! languages there are.

use std::sync::OnceLock;

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};
use rust_embed::RustEmbed;

use crate::host::locale;

#[derive(RustEmbed)]
#[folder = "assets/i18n/"]
struct Languages;

/// A language the screen can speak.
#[derive(Debug)]
pub struct Language {
    /// Its BCP 47 tag, which is also the name of its folder in `assets/i18n`.
    pub tag: &'static str,
    /// What its speakers call it.
    pub name: &'static str,
    /// Whether it is read from right to left.
    pub right_to_left: bool,
    texts: OnceLock<FluentLanguageLoader>,
}

impl Language {
    const fn new(tag: &'static str, name: &'static str) -> Self {
        Self {
            tag,
            name,
            right_to_left: false,
            texts: OnceLock::new(),
        }
    }

    /// Its texts, read the first time they are asked for; English where one is missing.
    fn texts(&self) -> &FluentLanguageLoader {
        self.texts.get_or_init(|| {
            let texts = fluent_language_loader!();
            let language = self.tag.parse().ok();
            let language = language.unwrap_or_else(|| texts.fallback_language().clone());
            if let Err(error) = texts.load_languages(&Languages, &[language]) {
                tracing::error!(%error, language = self.tag, "texts could not be loaded");
            }
            // The marks that isolate an argument's direction have no glyph in our faces.
            texts.set_use_isolating(false);
            texts
        })
    }
}

/// The languages there are; the first is the one every text exists in.
static OFFERED: [Language; 1] = [Language::new("en", "English")];

/// The languages there are, in the order they are offered.
pub fn offered() -> &'static [Language] {
    &OFFERED
}

/// Speaks `language`: a BCP 47 tag, or `auto` for that of the system. English where it is not there.
pub fn choose(language: &str) {
    current::set(place(locale::tag(language).as_deref()));
}

/// The language in use.
pub fn language() -> &'static Language {
    &OFFERED[current::get()]
}

/// The texts of the language in use. [`fl!`] reads it.
pub fn texts() -> &'static FluentLanguageLoader {
    language().texts()
}

/// Where the language of a tag stands in [`OFFERED`]; that of English where it does not.
fn place(tag: Option<&str>) -> usize {
    let language = |tag: &str| tag.split(['-', '_']).next().map(str::to_ascii_lowercase);
    let wanted = tag.and_then(language);
    OFFERED
        .iter()
        .position(|offered| wanted == language(offered.tag))
        .unwrap_or(0)
}

/// Which of [`OFFERED`] is in use.
#[cfg(not(test))]
mod current {
    use std::sync::atomic::{AtomicUsize, Ordering};

    static CURRENT: AtomicUsize = AtomicUsize::new(0);

    pub(super) fn get() -> usize {
        CURRENT.load(Ordering::Relaxed)
    }

    pub(super) fn set(place: usize) {
        CURRENT.store(place, Ordering::Relaxed);
    }
}

/// As above, but tests run beside each other: each thread has its own.
#[cfg(test)]
mod current {
    use std::cell::Cell;

    thread_local!(static CURRENT: Cell<usize> = const { Cell::new(0) });

    pub(super) fn get() -> usize {
        CURRENT.get()
    }

    pub(super) fn set(place: usize) {
        CURRENT.set(place);
    }
}

/// A text by its name in `vestibule.ftl`, with its arguments: `fl!("welcome-title", product = title)`.
macro_rules! fl {
    ($name:literal) => {
        i18n_embed_fl::fl!($crate::app::i18n::texts(), $name)
    };
    ($name:literal, $($argument:tt)*) => {
        i18n_embed_fl::fl!($crate::app::i18n::texts(), $name, $($argument)*)
    };
}
pub(crate) use fl;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_come_without_marks() {
        assert_eq!(
            fl!("welcome-title", product = "Acme TV"),
            "Sign in to Acme TV"
        );
    }

    #[test]
    fn an_unknown_language_is_english() {
        choose("tlh");
        assert_eq!(fl!("sign-in-cancel"), "Cancel");
    }
}
