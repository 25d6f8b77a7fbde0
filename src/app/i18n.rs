//! Every sentence a viewer reads, from `assets/i18n`, checked at compile time by [`fl!`], and the
//! languages there are.

mod moment;

use std::sync::OnceLock;

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;
use unic_langid::subtags::Region;

pub use moment::{date, moment, time};

use crate::host::locale;

#[derive(RustEmbed)]
#[folder = "assets/i18n/"]
struct Languages;

/// A language the screen can speak: all that is told of it outside of its texts.
#[derive(Debug)]
pub struct Language {
    /// Its BCP 47 tag, which is also the name of its folder in `assets/i18n`.
    pub tag: &'static str,
    /// What its speakers call it.
    pub name: &'static str,
    /// Whether it is read from right to left.
    pub right_to_left: bool,
    /// What stands between thousands and before decimals (CLDR, `group` and `decimal`).
    pub separators: (&'static str, &'static str),
    /// What stands between a number and its percent sign (CLDR, `percentFormat`).
    pub before_percent: &'static str,
    /// Whether a clock that counts to 24 shows two digits before ten (CLDR, `HH` or `H`).
    pub two_digit_hour: bool,
    /// Whether a clock counts to twelve where no region is told (CLDR, `timeData`).
    pub twelve_hours: bool,
    /// How the characters are drawn that several scripts share.
    pub han: Han,
    texts: OnceLock<FluentLanguageLoader>,
}

/// Whose forms of Han characters, and of the marks that belong to no script, a language is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Han {
    /// Those of Chinese; languages without Han characters take them too.
    Chinese,
    /// Those of Japanese.
    Japanese,
    /// Those of Korean.
    Korean,
}

/// Between digits and beside them, where no line may end.
const NO_BREAK: &str = "\u{a0}";

impl Language {
    /// Its texts, read the first time they are asked for; English where one is missing.
    fn texts(&self) -> &FluentLanguageLoader {
        self.texts.get_or_init(|| {
            let texts = fluent_language_loader!();
            let language = self.tag.parse().ok();
            let language = language.unwrap_or_else(|| texts.fallback_language().clone());
            if let Err(error) = texts.load_languages(&Languages, &[language]) {
                tracing::error!(%error, language = self.tag, "texts could not be loaded");
            }
            // Lines with marks that isolate an argument's direction are broken in the wrong places
            // (cosmic-text 0.15), and without them a name still runs in its own direction.
            texts.set_use_isolating(false);
            texts
        })
    }
}

/// The languages there are, one row each; the first is the one every text exists in. Every field is asked for, so that
/// no form is English for want of a thought.
static OFFERED: [Language; 11] = [
    Language {
        tag: "en",
        name: "English",
        right_to_left: false,
        separators: (",", "."),
        before_percent: "",
        two_digit_hour: false,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "de",
        name: "Deutsch",
        right_to_left: false,
        separators: (".", ","),
        before_percent: NO_BREAK,
        two_digit_hour: true,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "fr",
        name: "Français",
        right_to_left: false,
        separators: (NO_BREAK, ","),
        before_percent: NO_BREAK,
        two_digit_hour: true,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "es",
        name: "Español",
        right_to_left: false,
        separators: (".", ","),
        before_percent: NO_BREAK,
        two_digit_hour: false,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "pt-BR",
        name: "Português (Brasil)",
        right_to_left: false,
        separators: (".", ","),
        before_percent: "",
        two_digit_hour: true,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "it",
        name: "Italiano",
        right_to_left: false,
        separators: (".", ","),
        before_percent: "",
        two_digit_hour: true,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "uk",
        name: "Українська",
        right_to_left: false,
        separators: (NO_BREAK, ","),
        before_percent: NO_BREAK,
        two_digit_hour: true,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "ar",
        name: "العربية",
        right_to_left: true,
        separators: (",", "."),
        before_percent: "",
        two_digit_hour: true,
        twelve_hours: true,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "zh-Hans",
        name: "简体中文",
        right_to_left: false,
        separators: (",", "."),
        before_percent: "",
        two_digit_hour: true,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "ja",
        name: "日本語",
        right_to_left: false,
        separators: (",", "."),
        before_percent: "",
        two_digit_hour: false,
        twelve_hours: false,
        han: Han::Japanese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "ko",
        name: "한국어",
        right_to_left: false,
        separators: (",", "."),
        before_percent: "",
        two_digit_hour: false,
        twelve_hours: true,
        han: Han::Korean,
        texts: OnceLock::new(),
    },
];

/// The languages there are, in the order they are offered.
pub fn offered() -> &'static [Language] {
    &OFFERED
}

/// Speaks `language`: a BCP 47 tag, or `auto` for that of the system. English where it is not there.
/// Texts asked for from now on are in it.
pub fn choose(language: &str) {
    current::set(choice(&locale::wanted(language)));
}

/// The language in use.
pub fn language() -> &'static Language {
    &OFFERED[current::get().place]
}

/// The texts of the language in use. [`fl!`] reads it.
pub fn texts() -> &'static FluentLanguageLoader {
    language().texts()
}

/// Every letter of a language's texts and of its name.
#[cfg(test)]
pub(in crate::app) fn letters(language: &Language) -> impl Iterator<Item = char> {
    let file = Languages::get(&format!("{}/vestibule.ftl", language.tag));
    let texts = file.map(|file| file.data.into_owned()).unwrap_or_default();
    let texts = String::from_utf8(texts).unwrap_or_default() + language.name;
    texts.chars().collect::<Vec<_>>().into_iter()
}

/// The best language for these tags, best first, and how its clocks count.
fn choice(wanted: &[String]) -> ActiveLocale {
    let parsed = |tag: &str| tag.parse::<LanguageIdentifier>().ok();
    let mut wanted: Vec<_> = wanted.iter().filter_map(|tag| parsed(tag)).collect();
    // What a system adds by itself: LANGUAGE=zh_TW:zh asks for traditional characters alone.
    if let Some(first) = wanted.iter().position(is_traditional) {
        let said = wanted[first].clone();
        let bare = |it: &&mut LanguageIdentifier| {
            it.language == said.language && it.script.is_none() && it.region.is_none()
        };
        wanted[first..]
            .iter_mut()
            .filter(bare)
            .for_each(|it| *it = said.clone());
    }
    let find = |fits: fn(&LanguageIdentifier, &LanguageIdentifier) -> bool| {
        wanted.iter().find_map(|wanted| {
            let fits = |there: &Language| parsed(there.tag).is_some_and(|it| fits(wanted, &it));
            let place = OFFERED.iter().position(fits)?;
            let region = wanted.region.as_ref().map(Region::as_str);
            let twelve = moment::counts_to_twelve(&OFFERED[place], region);
            Some(ActiveLocale { place, twelve })
        })
    };
    find(|one, other| {
        one.language == other.language && is_traditional(one) == is_traditional(other)
    })
    .unwrap_or(ActiveLocale::FIRST)
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

/// What is in use.
#[derive(Debug, Clone, Copy)]
struct ActiveLocale {
    /// Place of the language in [`OFFERED`].
    place: usize,
    /// Whether a clock counts to twelve.
    twelve: bool,
}

impl ActiveLocale {
    const FIRST: Self = Self {
        place: 0,
        twelve: false,
    };
}

/// The choice of the whole program.
#[cfg(not(test))]
mod current {
    use std::sync::{PoisonError, RwLock};

    use super::ActiveLocale;

    static CURRENT: RwLock<ActiveLocale> = RwLock::new(ActiveLocale::FIRST);

    pub(super) fn get() -> ActiveLocale {
        *CURRENT.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set(choice: ActiveLocale) {
        *CURRENT.write().unwrap_or_else(PoisonError::into_inner) = choice;
    }
}

/// As above, but tests run beside each other: each thread has its own.
#[cfg(test)]
mod current {
    use std::cell::Cell;

    use super::ActiveLocale;

    thread_local!(static CURRENT: Cell<ActiveLocale> = const { Cell::new(ActiveLocale::FIRST) });

    pub(super) fn get() -> ActiveLocale {
        CURRENT.get()
    }

    pub(super) fn set(choice: ActiveLocale) {
        CURRENT.set(choice);
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
mod tests;
