//! Every sentence a viewer reads, from `assets/i18n`, checked at compile time by [`fl!`].

use std::sync::LazyLock;

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use crate::host::locale;

#[derive(RustEmbed)]
#[folder = "assets/i18n/"]
struct Languages;

/// The texts of the language in use. [`fl!`] reads it.
pub static TEXTS: LazyLock<FluentLanguageLoader> = LazyLock::new(|| {
    let texts = fluent_language_loader!();
    load(&texts, &[texts.fallback_language().clone()]);
    texts
});

/// Speaks `language`: a BCP 47 tag, or `auto` for that of the system. English where it is not there.
pub fn choose(language: &str) {
    let wanted: Vec<LanguageIdentifier> = locale::tag(language)
        .iter()
        .filter_map(|tag| tag.parse().ok())
        .collect();
    if let Err(error) = i18n_embed::select(&*TEXTS, &Languages, &wanted) {
        tracing::warn!(%error, language, "language not available");
    }
    TEXTS.set_use_isolating(false);
}

fn load(texts: &FluentLanguageLoader, languages: &[LanguageIdentifier]) {
    if let Err(error) = texts.load_languages(&Languages, languages) {
        tracing::error!(%error, "texts could not be loaded");
    }
    // The marks that isolate an argument's direction have no glyph in our faces.
    texts.set_use_isolating(false);
}

/// A text by its name in `vestibule.ftl`, with its arguments: `fl!("welcome-title", product = title)`.
macro_rules! fl {
    ($name:literal) => {
        i18n_embed_fl::fl!($crate::app::i18n::TEXTS, $name)
    };
    ($name:literal, $($argument:tt)*) => {
        i18n_embed_fl::fl!($crate::app::i18n::TEXTS, $name, $($argument)*)
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
