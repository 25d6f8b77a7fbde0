//! Every sentence a viewer reads, from `assets/i18n`, checked at compile time by [`fl!`], and the
//! languages there are.

mod cldr;
mod formats;
mod money;

use std::sync::{Arc, OnceLock};

use fluent_bundle::FluentValue;
use i18n_embed::LanguageLoader;
use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;
use unic_langid::subtags::Region;

pub use formats::{DateLength, date, digits, moment, number, percent, time, weekday};
pub use money::money;

use crate::host::locale::{self, Regions};
use formats::Locales;

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

impl Language {
    /// Its ISO 639 code.
    fn code(&self) -> &'static str {
        self.tag.split('-').next().unwrap_or(self.tag)
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
            // Lines with marks that isolate an argument's direction are broken in the wrong places
            // (cosmic-text 0.15), and without them a name still runs in its own direction.
            texts.set_use_isolating(false);
            texts.with_bundles_mut(|bundle| bundle.set_formatter(Some(number_in_text)));
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
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "de",
        name: "Deutsch",
        right_to_left: false,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "fr",
        name: "Français",
        right_to_left: false,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "es",
        name: "Español",
        right_to_left: false,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "pt-BR",
        name: "Português (Brasil)",
        right_to_left: false,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "it",
        name: "Italiano",
        right_to_left: false,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "uk",
        name: "Українська",
        right_to_left: false,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "ar",
        name: "العربية",
        right_to_left: true,
        twelve_hours: true,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "zh-Hans",
        name: "简体中文",
        right_to_left: false,
        twelve_hours: false,
        han: Han::Chinese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "ja",
        name: "日本語",
        right_to_left: false,
        twelve_hours: false,
        han: Han::Japanese,
        texts: OnceLock::new(),
    },
    Language {
        tag: "ko",
        name: "한국어",
        right_to_left: false,
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
    current::set(choice(&locale::wanted(language), &current::regions()));
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

/// The best language for these tags, best first, and how numbers and times are written in it there.
fn choice(wanted: &[String], regions: &Regions) -> ActiveLocale {
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
            // That of a name of ours says how it is written, and not where somebody lives.
            let ours = parsed(OFFERED[place].tag).as_ref() == Some(wanted);
            let region = wanted.region.as_ref().map(Region::as_str);
            let region = region.filter(|_| !ours);
            let locales = Locales::of(&OFFERED[place], region, regions);
            let locales = Arc::new(locales);
            Some(ActiveLocale { place, locales })
        })
    };
    find(|one, other| {
        one.language == other.language && is_traditional(one) == is_traditional(other)
    })
    .unwrap_or_else(|| ActiveLocale::first(regions))
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
#[derive(Debug, Clone)]
struct ActiveLocale {
    /// Place of the language in [`OFFERED`].
    place: usize,
    /// How numbers and times are written.
    locales: Arc<Locales>,
}

impl ActiveLocale {
    fn first(regions: &Regions) -> Self {
        Self {
            place: 0,
            locales: Arc::new(Locales::of(&OFFERED[0], None, regions)),
        }
    }
}

/// A number of a text, in the viewer's digits.
fn number_in_text<Memoizer>(value: &FluentValue<'_>, _: &Memoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) => formats::in_text(number.value),
        _ => None,
    }
}

/// The choice of the whole program.
#[cfg(not(test))]
mod current {
    use std::sync::{LazyLock, PoisonError, RwLock};

    use super::ActiveLocale;
    use crate::host::locale::Regions;

    static CURRENT: LazyLock<RwLock<ActiveLocale>> =
        LazyLock::new(|| RwLock::new(ActiveLocale::first(&regions())));

    pub(super) fn regions() -> Regions {
        Regions::of(|name| std::env::var_os(name))
    }

    pub(super) fn get() -> ActiveLocale {
        let current = CURRENT.read();
        current.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set(choice: ActiveLocale) {
        *CURRENT.write().unwrap_or_else(PoisonError::into_inner) = choice;
    }
}

/// As above, but tests run beside each other: each thread has its own, and no system that says where it is.
#[cfg(test)]
mod current {
    use std::cell::RefCell;

    use super::ActiveLocale;
    use crate::host::locale::Regions;

    thread_local!(static CURRENT: RefCell<ActiveLocale> = RefCell::new(ActiveLocale::first(&regions())));

    pub(super) fn regions() -> Regions {
        Regions::default()
    }

    pub(super) fn get() -> ActiveLocale {
        CURRENT.with_borrow(ActiveLocale::clone)
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
