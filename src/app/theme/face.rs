//! The typefaces. All are embedded, so that no system font is needed for a language we speak; those of
//! the system stand in for the scripts we have no face for.

use std::io::Read;
use std::sync::{Arc, OnceLock, PoisonError};

use flate2::read::GzDecoder;
use iced::Font;
use iced::advanced::graphics::text::cosmic_text::{Fallback, FontSystem, PlatformFallback, fontdb};
use iced::advanced::graphics::text::font_system;
use iced::font::Weight;
use unicode_script::Script;

/// Running text.
pub const SANS: Font = Font {
    weight: Weight::Medium,
    ..Font::with_name("Atkinson Hyperlegible Next")
};
/// Headings and titles.
pub const BOLD: Font = Font {
    weight: Weight::Bold,
    ..Font::with_name("Atkinson Hyperlegible Next")
};
/// User codes.
pub const MONO: Font = Font {
    weight: Weight::Medium,
    ..Font::with_name("Atkinson Hyperlegible Mono")
};

/// Width of every character of [`MONO`], in text sizes.
pub const MONO_ADVANCE: f32 = 0.632;

/// The faces above. They have Latin letters only.
const LATIN: [&[u8]; 3] = [
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Medium.ttf"),
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleMono-Medium.ttf"),
];

const MEDIUM: u16 = 500;
const HEAVY: u16 = 700;

const CYRILLIC: &str = "Noto Sans (embedded)";
const ARABIC: &str = "Noto Sans Arabic (embedded)";
const JAPANESE: &str = "Noto Sans JP (embedded)";
const KOREAN: &str = "Noto Sans KR (embedded)";
const CHINESE: &str = "Noto Sans SC (embedded)";
/// The characters in common use, where the face above has only those of our own texts.
const JAPANESE_COMMON: &str = "Noto Sans JP common (embedded)";
const KOREAN_COMMON: &str = "Noto Sans KR common (embedded)";
const CHINESE_COMMON: &str = "Noto Sans SC common (embedded)";

macro_rules! packed {
    ($name:literal) => {
        include_bytes!(concat!("../../../assets/fonts/", $name, ".ttf.gz"))
    };
}

/// Faces for other scripts: family, the weights each stands for, and the face, packed.
const OTHERS: &[(&str, &[u16], &[u8])] = &[
    (CYRILLIC, &[MEDIUM], packed!("NotoSans-Medium")),
    (CYRILLIC, &[HEAVY], packed!("NotoSans-Bold")),
    (ARABIC, &[MEDIUM], packed!("NotoSansArabic-Medium")),
    (ARABIC, &[HEAVY], packed!("NotoSansArabic-Bold")),
    (JAPANESE, &[HEAVY], packed!("NotoSansJP-Texts-Bold")),
    (KOREAN, &[HEAVY], packed!("NotoSansKR-Texts-Bold")),
    (CHINESE, &[HEAVY], packed!("NotoSansSC-Texts-Bold")),
];

/// Without the common characters: those of our own texts.
#[cfg(not(feature = "cjk"))]
const ASIAN: &[(&str, &[u16], &[u8])] = &[
    (JAPANESE, &[MEDIUM], packed!("NotoSansJP-Texts-Medium")),
    (KOREAN, &[MEDIUM], packed!("NotoSansKR-Texts-Medium")),
    (CHINESE, &[MEDIUM], packed!("NotoSansSC-Texts-Medium")),
];
/// The common characters, in one weight: three more faces of a megabyte each would buy little.
#[cfg(feature = "cjk")]
const ASIAN: &[(&str, &[u16], &[u8])] = &[
    (
        JAPANESE_COMMON,
        &[MEDIUM, HEAVY],
        packed!("NotoSansJP-Medium"),
    ),
    (
        KOREAN_COMMON,
        &[MEDIUM, HEAVY],
        packed!("NotoSansKR-Medium"),
    ),
    (
        CHINESE_COMMON,
        &[MEDIUM, HEAVY],
        packed!("NotoSansSC-Medium"),
    ),
];

/// Has texts drawn as readers of `language` (a BCP 47 tag) expect it: several scripts share characters
/// that each draws in its own way. The first call brings the embedded faces in; that reads none of
/// the packed ones.
pub fn read_by(language: &'static str) {
    let mut fonts = font_system()
        .write()
        .unwrap_or_else(PoisonError::into_inner);
    let system = fonts.raw();
    let embedded = system.db().faces().any(|face| is_of(face, CYRILLIC));
    if embedded && system.locale() == language {
        return;
    }
    let nothing = FontSystem::new_with_locale_and_db(String::new(), fontdb::Database::new());
    let (_, mut faces) = std::mem::replace(system, nothing).into_locale_and_db();
    if !embedded {
        embed(&mut faces);
    }
    // The faces keep their ids, so that what is shaped already is drawn as it was.
    *system = FontSystem::new_with_locale_and_db_and_fallback(
        language.to_owned(),
        faces,
        Order::of(language),
    );
}

fn is_of(face: &fontdb::FaceInfo, family: &str) -> bool {
    face.families.iter().any(|(name, _)| name == family)
}

fn embed(faces: &mut fontdb::Database) {
    for face in LATIN {
        let _ = faces.load_font_source(fontdb::Source::Binary(Arc::new(face)));
    }
    for &(family, weights, face) in OTHERS.iter().chain(ASIAN) {
        let face = Arc::new(Packed::new(face));
        for &weight in weights {
            // Told by hand: asking the face would unpack it.
            let _ = faces.push_face_info(fontdb::FaceInfo {
                id: fontdb::ID::dummy(),
                source: fontdb::Source::Binary(Arc::clone(&face) as _),
                index: 0,
                families: vec![(family.to_owned(), fontdb::Language::English_UnitedStates)],
                post_script_name: family.replace(' ', ""),
                style: fontdb::Style::Normal,
                weight: fontdb::Weight(weight),
                stretch: fontdb::Stretch::Normal,
                monospaced: false,
            });
        }
    }
}

/// A face that is unpacked the first time somebody looks into it.
struct Packed {
    packed: &'static [u8],
    face: OnceLock<Vec<u8>>,
}

impl Packed {
    fn new(packed: &'static [u8]) -> Self {
        let face = OnceLock::new();
        Self { packed, face }
    }
}

impl AsRef<[u8]> for Packed {
    fn as_ref(&self) -> &[u8] {
        self.face.get_or_init(|| {
            let mut face = Vec::new();
            if let Err(error) = GzDecoder::new(self.packed).read_to_end(&mut face) {
                tracing::error!(%error, "an embedded typeface cannot be unpacked");
            }
            face
        })
    }
}

/// Which faces are tried, script by script: ours, then those of the system.
struct Order {
    common: Vec<&'static str>,
    cyrillic: Vec<&'static str>,
    arabic: Vec<&'static str>,
    han: Vec<&'static str>,
    kana: Vec<&'static str>,
    hangul: Vec<&'static str>,
    /// Unpacked for their own scripts only, not for any character that nothing else has.
    kept_back: Vec<&'static str>,
}

impl Order {
    fn of(language: &str) -> Self {
        let japanese = [JAPANESE, JAPANESE_COMMON];
        let korean = [KOREAN, KOREAN_COMMON];
        let chinese = [CHINESE, CHINESE_COMMON];
        // The same Han character is drawn differently in each country.
        let han = match language {
            "ja" => [japanese, chinese, korean],
            "ko" => [korean, japanese, chinese],
            _ => [chinese, japanese, korean],
        }
        .concat();
        // Punctuation belongs to no script: that of the language in use comes first.
        let own: &[&str] = match language {
            "ja" | "ko" | "zh-Hans" => &han[..2],
            "ar" => &[ARABIC],
            "uk" => &[CYRILLIC],
            _ => &[],
        };
        let after = |ours: &[&'static str], script| {
            [ours, PlatformFallback.script_fallback(script, language)].concat()
        };
        Self {
            common: [own, PlatformFallback.common_fallback()].concat(),
            cyrillic: after(&[CYRILLIC], Script::Cyrillic),
            arabic: after(&[ARABIC], Script::Arabic),
            kana: after(&japanese, Script::Hiragana),
            hangul: after(&korean, Script::Hangul),
            han: after(&han, Script::Han),
            kept_back: [japanese, korean, chinese].concat(),
        }
    }
}

impl Fallback for Order {
    fn common_fallback(&self) -> &[&'static str] {
        &self.common
    }

    fn forbidden_fallback(&self) -> &[&'static str] {
        &self.kept_back
    }

    fn script_fallback(&self, script: Script, locale: &str) -> &[&'static str] {
        match script {
            Script::Cyrillic => &self.cyrillic,
            Script::Arabic => &self.arabic,
            Script::Han | Script::Bopomofo => &self.han,
            Script::Hiragana | Script::Katakana => &self.kana,
            Script::Hangul => &self.hangul,
            script => PlatformFallback.script_fallback(script, locale),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::app::i18n;

    /// The embedded faces and nothing else.
    fn embedded() -> FontSystem {
        let mut faces = fontdb::Database::new();
        embed(&mut faces);
        FontSystem::new_with_locale_and_db("en".to_owned(), faces)
    }

    /// The characters that some face of one of `families` draws in this weight.
    fn drawn(system: &mut FontSystem, families: &[&str], weight: u16) -> BTreeSet<char> {
        let faces: Vec<_> = system
            .db()
            .faces()
            .filter(|face| face.weight.0 == weight)
            .filter(|face| families.iter().any(|family| is_of(face, family)))
            .map(|face| face.id)
            .collect();
        let mut drawn = BTreeSet::new();
        for id in faces {
            let font = system.get_font(id, fontdb::Weight(weight)).unwrap();
            font.as_swash().charmap().enumerate(|character, glyph| {
                if glyph != 0 {
                    drawn.extend(char::from_u32(character));
                }
            });
        }
        drawn
    }

    #[test]
    fn every_face_can_be_unpacked_and_is_there_in_both_weights() {
        let mut system = embedded();
        for (family, least) in [
            ("Atkinson Hyperlegible Next", 300),
            (CYRILLIC, 300),
            (ARABIC, 150),
        ] {
            for weight in [MEDIUM, HEAVY] {
                let count = drawn(&mut system, &[family], weight).len();
                assert!(count >= least, "{family} {weight}: {count}");
            }
        }
        assert!(drawn(&mut system, &["Atkinson Hyperlegible Mono"], MEDIUM).len() > 300);
    }

    #[test]
    fn every_letter_of_every_language_has_a_shape_in_both_weights() {
        let mut system = embedded();
        for language in i18n::offered() {
            let others: &[_] = match language.tag {
                "uk" => &[CYRILLIC],
                "ar" => &[ARABIC],
                "ja" => &[JAPANESE, JAPANESE_COMMON],
                "ko" => &[KOREAN, KOREAN_COMMON],
                "zh-Hans" => &[CHINESE, CHINESE_COMMON],
                _ => &[],
            };
            let families = [&["Atkinson Hyperlegible Next"], others].concat();
            for weight in [MEDIUM, HEAVY] {
                let drawn = drawn(&mut system, &families, weight);
                let without: BTreeSet<_> = i18n::letters(language)
                    .filter(|letter| !letter.is_control() && !is_mark(*letter))
                    .filter(|letter| !drawn.contains(letter))
                    .collect();
                assert!(
                    without.is_empty(),
                    "{} {weight}: run assets/fonts/build.sh for {without:?}",
                    language.tag
                );
            }
        }
    }

    /// A mark that orders directions and has no shape.
    fn is_mark(letter: char) -> bool {
        matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}')
    }

    #[test]
    #[cfg(feature = "cjk")]
    fn names_in_common_characters_have_shapes() {
        let mut system = embedded();
        for (family, name) in [
            (JAPANESE_COMMON, "渡邊健太郎鈴木佐藤ガギ"),
            (KOREAN_COMMON, "김철수박영희뷁"),
            (CHINESE_COMMON, "王伟李娜张敏欧阳"),
        ] {
            let drawn = drawn(&mut system, &[family], MEDIUM);
            let without: Vec<_> = name.chars().filter(|c| !drawn.contains(c)).collect();
            assert!(without.len() <= 1, "{family}: {without:?}");
        }
    }

    #[test]
    fn han_characters_are_drawn_as_readers_expect_them() {
        for (language, first) in [
            ("ja", JAPANESE),
            ("ko", KOREAN),
            ("zh-Hans", CHINESE),
            ("en", CHINESE),
        ] {
            let order = Order::of(language);
            assert_eq!(order.script_fallback(Script::Han, language)[0], first);
            assert_eq!(
                order.script_fallback(Script::Hiragana, language)[0],
                JAPANESE
            );
            assert_eq!(order.script_fallback(Script::Hangul, language)[0], KOREAN);
        }
    }

    #[test]
    fn nothing_is_unpacked_before_somebody_looks() {
        let face = Packed::new(OTHERS[0].2);
        assert!(face.face.get().is_none());
        assert!(face.as_ref().len() > face.packed.len());
        assert!(Packed::new(b"broken").as_ref().is_empty());
    }
}
