//! The typefaces. All are embedded, so that no system font is needed for a language we speak; those of
//! the system stand in for the scripts we have no face for.
//!
//! cosmic-text has one order of fallback faces for the whole process, but the same Han character is drawn
//! differently in China, Japan and Korea. It looks only among faces of the stretch that is asked for. So each
//! [`Han`] has a stretch, in which the same faces stand under names that tell their order: a font says who
//! reads, and nobody who shapes a text changes what another one gets.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::{Arc, Once, OnceLock, PoisonError};

use flate2::read::GzDecoder;
use iced::Font;
use iced::advanced::graphics::text::cosmic_text::{Fallback, FontSystem, PlatformFallback, fontdb};
use iced::advanced::graphics::text::{font_system, to_attributes};
use iced::font::{Stretch, Weight};
use unicode_script::Script;

use crate::app::i18n::Han;

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
/// Marks and symbols of East Asian texts, which belong to no script.
const SIGNS: &str = "Noto Sans signs (embedded)";
/// Emoji in one colour. cosmic-text takes a face whose name says that it is of emoji for every stretch.
const EMOJI: &str = "Noto Emoji (embedded)";
/// Emoji that no other face has: nothing is drawn in their place, in no room.
const LEFT_OUT: &str = "Emoji left out (embedded)";

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
    (SIGNS, &[MEDIUM], packed!("NotoSansSC-Signs-Medium")),
    (SIGNS, &[HEAVY], packed!("NotoSansSC-Signs-Bold")),
    (LEFT_OUT, &[MEDIUM, HEAVY], packed!("EmojiLeftOut")),
    #[cfg(feature = "emoji")]
    (EMOJI, &[MEDIUM, HEAVY], packed!("NotoEmoji-Bold")),
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

/// Faces of Han characters: first, second and third choice of the readers.
const HAN: [[&str; 2]; 3] = [
    ["Han 1 (embedded)", "Han 1 common (embedded)"],
    ["Han 2 (embedded)", "Han 2 common (embedded)"],
    ["Han 3 (embedded)", "Han 3 common (embedded)"],
];
/// The face of the system for the Han characters that ours do not have.
const HAN_OF_SYSTEM: &str = "Han of the system (embedded)";
/// Faces of the script that these readers write marks in.
const OWN: [&str; 2] = ["Own (embedded)", "Own common (embedded)"];

/// Lists the system's faces and puts ours among them. Whoever draws first does so, too; on another thread it is done while
/// the window is opened.
pub fn prepare() {
    Han::Chinese.bring_in();
}

impl Han {
    /// `font`, with characters drawn as these readers expect them.
    pub(super) fn font(self, font: Font) -> Font {
        self.bring_in();
        Font {
            stretch: self.stretch(),
            ..font
        }
    }

    /// No face of ours is stretched, and hardly one of a system so much.
    fn stretch(self) -> Stretch {
        match self {
            Self::Chinese => Stretch::Normal,
            Self::Japanese => Stretch::ExtraExpanded,
            Self::Korean => Stretch::UltraExpanded,
        }
    }

    /// Faces for Han characters, best first.
    fn han(self) -> [[&'static str; 2]; 3] {
        let chinese = [CHINESE, CHINESE_COMMON];
        let japanese = [JAPANESE, JAPANESE_COMMON];
        let korean = [KOREAN, KOREAN_COMMON];
        match self {
            Self::Chinese => [chinese, japanese, korean],
            Self::Japanese => [japanese, chinese, korean],
            Self::Korean => [korean, japanese, chinese],
        }
    }

    /// What a face of this family is to these readers, in the words of [`FallbackOrder`].
    fn roles(self, family: &str) -> Vec<&'static str> {
        let mut roles = Vec::new();
        for (faces, choice) in self.han().iter().zip(HAN) {
            let place = faces.iter().position(|face| *face == family);
            roles.extend(place.map(|place| choice[place]));
        }
        // For most, the signs are as they expect them, in less than a hundredth of the room.
        if self != Self::Chinese {
            let place = self.han()[0].iter().position(|face| *face == family);
            roles.extend(place.map(|place| OWN[place]));
        }
        let systems = match self {
            Self::Chinese => "Noto Sans CJK SC",
            Self::Japanese => "Noto Sans CJK JP",
            Self::Korean => "Noto Sans CJK KR",
        };
        roles.extend((family == systems).then_some(HAN_OF_SYSTEM));
        roles
    }

    /// Brings the faces for these readers in, the first time. Faces are only ever added, each for its readers
    /// alone, and nothing packed is read.
    fn bring_in(self) {
        static BROUGHT_IN: [Once; 3] = [const { Once::new() }; 3];
        BROUGHT_IN[self as usize].call_once(|| {
            let mut fonts = font_system()
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            let system = fonts.raw();
            if !system.db().faces().any(|face| is_of(face, CYRILLIC)) {
                let nothing = fontdb::Database::new();
                let nothing = FontSystem::new_with_locale_and_db(String::new(), nothing);
                let (_, faces) = std::mem::replace(system, nothing).into_locale_and_db();
                // The faces keep their ids, so that what is shaped already is drawn as it was.
                *system = furnished(faces);
            }
            self.join(system.db_mut());
        });
    }

    /// Adds the faces there are for most readers once more, for these.
    fn join(self, faces: &mut fontdb::Database) {
        if self == Self::Chinese {
            return;
        }
        let stands = |face: &&fontdb::FaceInfo| {
            face.stretch == fontdb::Stretch::Normal
                && face.style == fontdb::Style::Normal
                // Taken for every stretch.
                && !face.post_script_name.contains("Emoji")
        };
        let stretch = self.stretch();
        let stretch = to_attributes(Font { stretch, ..SANS }).stretch;
        let theirs: Vec<_> = faces.faces().filter(stands).cloned().collect();
        for mut face in theirs {
            face.stretch = stretch;
            face.families.retain(|(name, _)| !is_role(name));
            let _ = faces.push_face_info(self.cast(face));
        }
    }

    /// Adds its roles to a face.
    fn cast(self, mut face: fontdb::FaceInfo) -> fontdb::FaceInfo {
        let families = face.families.iter();
        let roles: Vec<_> = families.flat_map(|(name, _)| self.roles(name)).collect();
        face.families.extend(roles.into_iter().map(named));
        face
    }
}

/// The faces of the system with ours, for most readers.
fn furnished(mut faces: fontdb::Database) -> FontSystem {
    let order = FallbackOrder::new(&sans(&faces), &emoji(&faces));
    stand_in(&mut faces);
    embed(&mut faces);
    FontSystem::new_with_locale_and_db_and_fallback("en".to_owned(), faces, order)
}

/// Families of the system without serifs, by their names: asking each face for its form would open hundreds of files.
/// Where nobody says which face is to be taken, it is whichever stands first, and text in the middle of ours must look
/// like ours.
fn sans(faces: &fontdb::Database) -> Vec<&'static str> {
    let plain = |name: &str| {
        ["Sans", "Gothic", "Kufi", "Grotesk"]
            .iter()
            .any(|sign| name.contains(sign))
            && !["Serif", "Mono", "Emoji"]
                .iter()
                .any(|sign| name.contains(sign))
    };
    families(faces, plain)
}

/// Families of the system with emoji.
fn emoji(faces: &fontdb::Database) -> Vec<&'static str> {
    families(faces, |name| name.contains("Emoji"))
}

/// Families whose names are such.
fn families(faces: &fontdb::Database, such: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let families = faces.faces().flat_map(|face| &face.families);
    let families: BTreeSet<&str> = families
        .map(|(name, _)| name.as_str())
        .filter(|name| such(name))
        .collect();
    // Once for each list of faces, of which the program has one.
    families
        .into_iter()
        .map(|name| &*name.to_owned().leak())
        .collect()
}

/// Lets faces of the system stand for our two weights, where their families have none of these: cosmic-text takes a face
/// by its name only in the weight that is asked for, and else any face, of whatever form.
fn stand_in(faces: &mut fontdb::Database) {
    let mut stand_ins = Vec::new();
    let mut families: BTreeMap<_, Vec<&fontdb::FaceInfo>> = BTreeMap::new();
    let upright = |face: &&fontdb::FaceInfo| face.style == fontdb::Style::Normal;
    for face in faces.faces().filter(upright) {
        let family = face.families.first().map_or("", |(name, _)| name.as_str());
        let stretch = face.stretch.to_number();
        families.entry((family, stretch)).or_default().push(face);
    }
    for family in families.values() {
        for weight in [MEDIUM, HEAVY] {
            if family.iter().any(|face| face.weight.0 == weight) {
                continue;
            }
            let nearest = family
                .iter()
                .min_by_key(|face| face.weight.0.abs_diff(weight));
            stand_ins.extend(nearest.map(|face| fontdb::FaceInfo {
                weight: fontdb::Weight(weight),
                ..(*face).clone()
            }));
        }
    }
    for face in stand_ins {
        let _ = faces.push_face_info(face);
    }
}

fn named(family: &str) -> (String, fontdb::Language) {
    (family.to_owned(), fontdb::Language::English_UnitedStates)
}

fn is_role(family: &str) -> bool {
    HAN.as_flattened().contains(&family) || OWN.contains(&family) || family == HAN_OF_SYSTEM
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
            let _ = faces.push_face_info(Han::Chinese.cast(fontdb::FaceInfo {
                id: fontdb::ID::dummy(),
                source: fontdb::Source::Binary(Arc::clone(&face) as _),
                index: 0,
                families: vec![named(family)],
                post_script_name: family.replace(' ', ""),
                style: fontdb::Style::Normal,
                weight: fontdb::Weight(weight),
                stretch: fontdb::Stretch::Normal,
                monospaced: false,
            }));
        }
    }
}

/// A face that is unpacked the first time it is read.
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
struct FallbackOrder {
    common: Vec<&'static str>,
    cyrillic: Vec<&'static str>,
    arabic: Vec<&'static str>,
    han: Vec<&'static str>,
    kana: Vec<&'static str>,
    hangul: Vec<&'static str>,
    /// Unpacked for their own scripts only, not for any character that nothing else has.
    kept_back: Vec<&'static str>,
}

impl FallbackOrder {
    fn new(sans: &[&'static str], emoji: &[&'static str]) -> Self {
        let japanese = [JAPANESE, JAPANESE_COMMON];
        let korean = [KOREAN, KOREAN_COMMON];
        let chinese = [CHINESE, CHINESE_COMMON];
        let after = |ours: &[&'static str], script| {
            [ours, PlatformFallback.script_fallback(script, "")].concat()
        };
        let han = [HAN.as_flattened(), &[HAN_OF_SYSTEM]].concat();
        // Marks and digits belong to no script: they are looked for in every face that may have them, whatever
        // stands beside them.
        let marks = [&OWN[..], &[CYRILLIC, ARABIC, SIGNS, EMOJI]].concat();
        let of_the_system = [PlatformFallback.common_fallback(), sans, emoji].concat();
        Self {
            common: [&marks, &of_the_system, &[LEFT_OUT][..]].concat(),
            cyrillic: after(&[CYRILLIC], Script::Cyrillic),
            arabic: after(&[ARABIC], Script::Arabic),
            kana: after(&japanese, Script::Hiragana),
            hangul: after(&korean, Script::Hangul),
            han: after(&han, Script::Han),
            kept_back: [japanese, korean, chinese].concat(),
        }
    }
}

impl Fallback for FallbackOrder {
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
pub(in crate::app) mod tests;
