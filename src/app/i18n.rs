//! Every sentence a viewer reads, from `assets/i18n`, checked at compile time by [`fl!`], and the
//! languages there are.

use std::sync::OnceLock;

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;
use unic_langid::subtags::Region;

use super::theme::face;
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

    const fn leftward(mut self) -> Self {
        self.right_to_left = true;
        self
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
            // Keeps a name in Latin letters together within a sentence that runs the other way.
            texts.set_use_isolating(self.right_to_left);
            texts
        })
    }
}

/// The languages there are; the first is the one every text exists in.
static OFFERED: [Language; 11] = [
    Language::new("en", "English"),
    Language::new("de", "Deutsch"),
    Language::new("fr", "Français"),
    Language::new("es", "Español"),
    Language::new("pt-BR", "Português (Brasil)"),
    Language::new("it", "Italiano"),
    Language::new("uk", "Українська"),
    Language::new("ar", "العربية").leftward(),
    Language::new("zh-Hans", "简体中文"),
    Language::new("ja", "日本語"),
    Language::new("ko", "한국어"),
];

/// The languages there are, in the order they are offered.
pub fn offered() -> &'static [Language] {
    &OFFERED
}

/// Speaks `language`: a BCP 47 tag, or `auto` for that of the system. English where it is not there.
/// Texts asked for from now on are in it, and [`Look::new`](super::theme::Look::new) takes its direction.
pub fn choose(language: &str) {
    current::set(place(&locale::wanted(language)));
    face::read_by(self::language().tag);
}

/// The language in use.
pub fn language() -> &'static Language {
    &OFFERED[current::get()]
}

/// The texts of the language in use. [`fl!`] reads it.
pub fn texts() -> &'static FluentLanguageLoader {
    language().texts()
}

/// Where the best of the languages for these tags, best first, stands in [`OFFERED`].
fn place(wanted: &[String]) -> usize {
    let parsed = |tag: &str| tag.parse::<LanguageIdentifier>().ok();
    let wanted: Vec<_> = wanted.iter().filter_map(|tag| parsed(tag)).collect();
    let find = |fits: fn(&LanguageIdentifier, &LanguageIdentifier) -> bool| {
        wanted.iter().find_map(|wanted| {
            let fits = |there: &Language| parsed(there.tag).is_some_and(|it| fits(wanted, &it));
            OFFERED.iter().position(fits)
        })
    };
    let same = |one: &LanguageIdentifier, other: &LanguageIdentifier| {
        one.language == other.language && is_traditional(one) == is_traditional(other)
    };
    // Who reads traditional Chinese can read simplified, and likes it better than English.
    let near =
        |one: &LanguageIdentifier, other: &LanguageIdentifier| one.language == other.language;
    find(same).or_else(|| find(near)).unwrap_or(0)
}

/// Whether it is Chinese in traditional characters, by its script or else by where it is spoken.
fn is_traditional(language: &LanguageIdentifier) -> bool {
    let region = language.region.as_ref().map(Region::as_str);
    language.language.as_str() == "zh"
        && match language.script {
            Some(script) => script.as_str() == "Hant",
            None => matches!(region, Some("TW" | "HK" | "MO")),
        }
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
    fn the_system_says_which_language_it_is() {
        for (wanted, expected) in [
            (&["de-AT"][..], "de"),
            (&["en-GB", "de"], "en"),
            (&["nb-NO", "fr-CA"], "fr"),
            (&["pt"], "pt-BR"),
            (&["pt-PT"], "pt-BR"),
            (&["es-419"], "es"),
            (&["zh-CN"], "zh-Hans"),
            (&["zh"], "zh-Hans"),
            (&["zh-Hans-HK"], "zh-Hans"),
            (&["zh-TW"], "zh-Hans"),
            (&["zh-TW", "ja"], "ja"),
            (&["zh-Hant", "nb"], "zh-Hans"),
            (&["ar-EG"], "ar"),
            (&["sr-Latn"], "en"),
            (&["sr-Latn-RS", "it-CH"], "it"),
            (&["tlh"], "en"),
            (&["", "not a tag", "ko-KR"], "ko"),
            (&[], "en"),
        ] {
            let wanted: Vec<_> = wanted.iter().map(|&tag| tag.to_owned()).collect();
            assert_eq!(OFFERED[place(&wanted)].tag, expected, "{wanted:?}");
        }
    }

    #[test]
    fn an_unknown_language_is_english() {
        choose("tlh");
        assert_eq!(fl!("sign-in-cancel"), "Cancel");
    }
}
