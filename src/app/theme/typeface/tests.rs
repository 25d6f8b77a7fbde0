use std::collections::BTreeSet;
use std::sync::Barrier;

use iced::advanced::graphics::text::Paragraph;
use iced::advanced::graphics::text::cosmic_text::{Buffer, Metrics, Shaping};
use iced::advanced::text::Paragraph as _;
use unicode_script::UnicodeScript;

use super::*;
use crate::app::i18n::{self, DateLength};

const READERS: [Han; 3] = [Han::Chinese, Han::Japanese, Han::Korean];

/// What is drawn with on a box that has these faces.
fn on_a_box_with(faces: fontdb::Database) -> FontSystem {
    let mut system = furnished(faces);
    for readers in READERS {
        readers.join(system.db_mut());
    }
    system
}

/// A box without any face of its own, whatever this machine has.
pub(in crate::app) fn bare() -> FontSystem {
    on_a_box_with(fontdb::Database::new())
}

/// Boxes without any face, and with those that this machine has.
fn boxes() -> [(&'static str, FontSystem); 2] {
    let mut here = fontdb::Database::new();
    here.load_system_fonts();
    [("a bare box", bare()), ("this box", on_a_box_with(here))]
}

/// The parts of `text` that are drawn as empty boxes, for readers of the language in use.
pub(in crate::app) fn shapeless(system: &mut FontSystem, text: &str, font: Font) -> Vec<String> {
    let readers = i18n::language().han;
    shapeless_for(readers, system, text, font)
}

fn shapeless_for(readers: Han, system: &mut FontSystem, text: &str, font: Font) -> Vec<String> {
    let stretch = readers.stretch();
    let font = to_attributes(Font { stretch, ..font });
    let mut shaped = Buffer::new_empty(Metrics::new(30.0, 40.0));
    shaped.set_text(system, text, &font, Shaping::Advanced, None);
    shaped.shape_until_scroll(system, false);
    let mut without = Vec::new();
    for run in shaped.layout_runs() {
        let boxes = run.glyphs.iter().filter(|glyph| glyph.glyph_id == 0);
        without.extend(boxes.map(|glyph| run.text[glyph.start..glyph.end].to_owned()));
    }
    without
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
    let mut system = bare();
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
    let mut system = bare();
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
                .chain(times(language))
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

/// What times, dates and numbers are written with where this language is spoken.
fn times(language: &i18n::Language) -> impl Iterator<Item = char> {
    let code = language.tag.split('-').next().unwrap_or_default();
    let mut written = String::new();
    for region in [
        "", "US", "EG", "SY", "DZ", "MX", "AU", "CA", "AT", "CH", "IN", "ES", "JP", "KR", "TW",
    ] {
        let tag = if region.is_empty() {
            language.tag.to_owned()
        } else {
            format!("{code}-{region}")
        };
        i18n::choose(&tag);
        written.push_str(&i18n::percent(-1_234_567.89));
        for month in 1..=12 {
            let day = jiff::civil::date(2026, month, 23);
            for length in [DateLength::Long, DateLength::Medium, DateLength::Short] {
                written.push_str(&i18n::date(day, length));
            }
        }
        for hour in [0, 11, 13] {
            written.push_str(&i18n::time(jiff::civil::time(hour, 45, 0, 0)));
        }
    }
    i18n::choose("en");
    written.chars().collect::<Vec<_>>().into_iter()
}

/// A mark that orders directions and has no shape.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}')
}

#[test]
#[cfg(feature = "cjk")]
fn names_in_common_characters_have_shapes() {
    let mut system = bare();
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

/// The family that a text is drawn with for readers of the language in use, character by character.
fn families(text: &str) -> Vec<String> {
    let shaped = Paragraph::with_text(iced::advanced::Text {
        content: text,
        bounds: iced::Size::INFINITE,
        size: 30.0.into(),
        line_height: iced::advanced::text::LineHeight::default(),
        font: i18n::language().han.font(SANS),
        align_x: iced::advanced::text::Alignment::Default,
        align_y: iced::alignment::Vertical::Top,
        shaping: iced::advanced::text::Shaping::Advanced,
        wrapping: iced::advanced::text::Wrapping::None,
    });
    let mut fonts = font_system()
        .write()
        .unwrap_or_else(PoisonError::into_inner);
    let faces = fonts.raw().db();
    let runs = shaped.buffer().layout_runs();
    runs.flat_map(|run| run.glyphs)
        .map(|glyph| faces.face(glyph.font_id).unwrap().families[0].0.clone())
        .collect()
}

/// Threads that speak different languages at the same time.
#[test]
fn nobody_changes_what_another_one_gets() {
    let started = Barrier::new(4);
    std::thread::scope(|scope| {
        for (tag, han) in [("ja", "JP"), ("ko", "KR"), ("zh-Hans", "SC"), ("en", "SC")] {
            let started = &started;
            let _ = scope.spawn(move || {
                let _ = started.wait();
                for _ in 0..50 {
                    i18n::choose(tag);
                    let drawn = families("a日");
                    assert_eq!(drawn[0], "Atkinson Hyperlegible Next");
                    assert!(
                        drawn[1].starts_with(&format!("Noto Sans {han} ")),
                        "{tag}: {drawn:?}"
                    );
                }
            });
        }
    });
}

#[test]
fn letters_are_drawn_as_their_readers_expect_them() {
    for (tag, text, expected) in [
        ("en", "日", "Noto Sans SC"),
        ("en", "か", "Noto Sans JP"),
        ("en", "한", "Noto Sans KR"),
        ("ja", "日", "Noto Sans JP"),
        ("ko", "日", "Noto Sans KR"),
        ("zh-Hans", "か", "Noto Sans JP"),
        // A Japanese mark stands in the middle of its square, a Chinese one at its left.
        ("ja", "A！", "Noto Sans JP"),
        ("ko", "A！", "Noto Sans KR"),
        ("zh-Hans", "A！", "Noto Sans signs"),
        ("fr", "A！", "Noto Sans signs"),
        ("de", "Ж", CYRILLIC),
        ("de", "A؟", ARABIC),
    ] {
        i18n::choose(tag);
        let drawn = families(text);
        assert!(
            drawn.last().unwrap().starts_with(expected),
            "{tag} {text}: {drawn:?}"
        );
    }
}

/// Marks that stand between the letters of any script.
const MARKS: &str = "，。、：；！？「」『』（）《》〈〉【】〔〕〖〗・ー～％＃＆＋－＝＠／＼｜＿＾｀＂＇＊＄￥￦￡￠\
    ·…—–‐‑“”‘’‚„‹›«»•†‡′″¿¡°×÷±−№™©®€₴₽₩₹₺₪¥£$%‰\
    ،؛؟٪٫٬٠١٢٣٤٥٦٧٨٩0123456789→←↑↓↔⇒★☆●○■□◆◇▲△▼▽※〒✓♪♥①②③ⅠⅡ℃々〇\u{3000}\u{fffd}";

/// Marks that order directions, join, or are as wide as nothing: none is drawn, nor is a box in its place.
const UNSEEN: &str = "\u{a0}\u{202f}\u{2009}\u{2003}\u{ad}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{61c}\u{2060}\
    \u{2066}\u{2067}\u{2068}\u{2069}\u{202a}\u{202c}\u{feff}\u{fe0e}\u{fe0f}";

#[test]
fn a_mark_has_its_shape_beside_letters_of_any_script() {
    for (what, mut system) in boxes() {
        for readers in READERS {
            for font in [SANS, BOLD, MONO] {
                let mut without = BTreeSet::new();
                for mark in MARKS.chars().chain(UNSEEN.chars()) {
                    for beside in ["", "a", "字", "か", "한", "ж", "ع", "5"] {
                        for text in [format!("{beside}{mark}"), format!("{mark}{beside}")] {
                            without.extend(shapeless_for(readers, &mut system, &text, font));
                        }
                    }
                }
                assert!(
                    without.is_empty(),
                    "{what}, {readers:?}, {font:?}: {without:?}"
                );
            }
        }
    }
}

#[test]
fn content_in_several_scripts_has_its_shapes() {
    for (what, mut system) in boxes() {
        for readers in READERS {
            for text in [
                "Ada Lovelace，您好",
                "“日本”—Ада، مرحبا؟ «한국어» 99％…",
                "Ada、アダ・ラブレス（1815〜1852）「計算」",
                "Привіт，Ada；안녕！مرحبا، Ada：你好。",
                "S1·E3 — «Матадор» / 『マタドール』・第３話…",
                "مرحبا Ada Lovelace، 您好؛ Жінка؟",
                "1\u{202f}234\u{a0}₴ – 5\u{a0}℃ → ★★★☆☆",
            ] {
                for font in [SANS, BOLD, MONO] {
                    let without = shapeless_for(readers, &mut system, text, font);
                    assert!(
                        without.is_empty(),
                        "{what}, {readers:?}: {text}: {without:?}"
                    );
                }
            }
        }
    }
}

/// A title, or the name of a language, may stand on a screen in any other.
#[test]
fn every_text_of_every_language_has_its_shapes_in_every_other() {
    let mut system = bare();
    for readers in READERS {
        for language in i18n::offered() {
            let texts: String = i18n::letters(language).collect();
            for font in [SANS, BOLD] {
                let without = shapeless_for(readers, &mut system, &texts, font);
                assert!(
                    without.is_empty(),
                    "{readers:?}, {}: {without:?}",
                    language.tag
                );
            }
        }
    }
}

/// What one face has is drawn for everybody, in any weight and company.
#[test]
fn no_character_of_a_face_is_kept_from_anybody() {
    let mut system = bare();
    let families: Vec<_> = OTHERS
        .iter()
        .chain(ASIAN)
        .map(|(family, ..)| *family)
        .collect();
    let latin = ["Atkinson Hyperlegible Next", "Atkinson Hyperlegible Mono"];
    let families = [&latin[..], &families].concat();
    let mut all = BTreeSet::new();
    for weight in [MEDIUM, HEAVY] {
        all.extend(drawn(&mut system, &families, weight));
    }
    // What is set upon a letter is drawn upon those of its own script: no face has both otherwise.
    // So is the tone of a skin upon a face.
    all.retain(|letter| {
        letter.script() != Script::Inherited
            && !matches!(letter, 'ﾞ' | 'ﾟ' | '\u{1f3fb}'..='\u{1f3ff}')
    });
    let of_a_script = |letter: &char| letter.script() != Script::Common;
    let (letters, marks): (Vec<char>, Vec<char>) = all.into_iter().partition(of_a_script);
    assert!(
        letters.len() > 1000 && marks.len() > 400,
        "{} {}",
        letters.len(),
        marks.len()
    );
    // A word has the scripts of all its letters: each stands alone here.
    let letters: String = letters.iter().flat_map(|letter| [*letter, ' ']).collect();
    let marks: String = marks.iter().flat_map(|mark| ['a', *mark, ' ']).collect();
    for readers in READERS {
        for font in [SANS, BOLD] {
            for text in [&letters, &marks] {
                let without = shapeless_for(readers, &mut system, text, font);
                assert!(
                    without.is_empty(),
                    "{readers:?}, {:?}: {without:?}",
                    font.weight
                );
            }
        }
    }
}

/// Shapes of `text` that take room, and how much, in text sizes.
fn room(readers: Han, system: &mut FontSystem, text: &str, font: Font) -> (usize, f32) {
    let stretch = readers.stretch();
    let font = to_attributes(Font { stretch, ..font });
    let mut shaped = Buffer::new_empty(Metrics::new(30.0, 40.0));
    shaped.set_text(system, text, &font, Shaping::Advanced, None);
    shaped.shape_until_scroll(system, false);
    let widths = shaped
        .layout_runs()
        .flat_map(|run| run.glyphs.iter().map(|glyph| glyph.w).collect::<Vec<_>>());
    let widths: Vec<f32> = widths.filter(|width| *width > 0.0).collect();
    (widths.len(), widths.iter().sum::<f32>() / 30.0)
}

/// Faces, hearts, food, sport; of Unicode 17; a tone of skin, sequences, flags of countries and regions, a keycap.
const EMOJIS: [&str; 14] = [
    "😀",
    "❤️",
    "🍕",
    "⚽",
    "🫪",
    "👍🏽",
    "👩🏽‍🚀",
    "👨‍👩‍👧",
    "🏳️‍🌈",
    "🐻‍❄️",
    "🇳🇴",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "1️⃣",
    "🎉",
];

#[test]
fn an_emoji_is_one_shape_or_nothing() {
    let mut system = bare();
    for readers in READERS {
        for font in [SANS, BOLD, MONO] {
            for emoji in EMOJIS {
                let room = room(readers, &mut system, emoji, font);
                let expected = if cfg!(feature = "emoji") {
                    (1, 1.27)
                } else {
                    (0, 0.0)
                };
                assert_eq!(room.0, expected.0, "{emoji} for {readers:?}");
                assert!((room.1 - expected.1).abs() < 0.01, "{emoji}: {room:?}");
                for beside in ["Ada", "字", "か", "한", "ж", "ع", "5"] {
                    for text in [
                        format!("{emoji} {beside}"),
                        format!("{beside}{emoji}{emoji}!"),
                    ] {
                        let without = shapeless_for(readers, &mut system, &text, font);
                        assert!(without.is_empty(), "{text} for {readers:?}: {without:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_emoji_that_no_face_has_is_left_out() {
    let mut system = bare();
    // Not assigned as this was written.
    let unknown = "\u{1fac9}";
    for font in [SANS, BOLD] {
        let room = room(Han::Chinese, &mut system, unknown, font);
        assert_eq!(room, (0, 0.0));
        // Beside letters, with a tone of skin, and in sequences that nobody made.
        for text in [
            format!("Ada{unknown}"),
            format!("{unknown}\u{1f3fd}"),
            format!("\u{1fae7}\u{1f3fd}\u{200d}{unknown}\u{200d}\u{2640}\u{fe0f}"),
        ] {
            assert!(shapeless(&mut system, &text, font).is_empty(), "{text:?}");
        }
    }
}

#[test]
fn what_ours_do_not_have_is_drawn_by_a_face_of_the_system_without_serifs() {
    let mut here = fontdb::Database::new();
    here.load_system_fonts();
    let has = |family: &str| here.faces().any(|face| is_of(face, family));
    if !(has("DejaVu Sans") && has("DejaVu Serif")) {
        return;
    }
    let mut system = on_a_box_with(here);
    for readers in READERS {
        for font in [SANS, BOLD, MONO] {
            let font = Font {
                stretch: readers.stretch(),
                ..font
            };
            let mut shaped = Buffer::new_empty(Metrics::new(30.0, 40.0));
            // Georgian, Armenian, signs, letters of mathematics, box drawing.
            let text = "ა Ա ℵ ∮ ₿ ⅓ ☂ ╬ ﷼ ⁇ ⟨ 𝔸";
            shaped.set_text(
                &mut system,
                text,
                &to_attributes(font),
                Shaping::Advanced,
                None,
            );
            shaped.shape_until_scroll(&mut system, false);
            let glyphs: Vec<_> = shaped
                .layout_runs()
                .flat_map(|run| run.glyphs.to_vec())
                .collect();
            for glyph in glyphs.iter().filter(|glyph| glyph.glyph_id != 0) {
                let face = system.db().face(glyph.font_id).unwrap();
                assert!(
                    !face.post_script_name.contains("Serif"),
                    "{} {}",
                    &text[glyph.start..glyph.end],
                    face.post_script_name
                );
            }
        }
    }
}

#[test]
fn nothing_is_unpacked_before_somebody_looks() {
    let face = Packed::new(OTHERS[0].2);
    assert!(face.face.get().is_none());
    assert!(face.as_ref().len() > face.packed.len());
    assert!(Packed::new(b"broken").as_ref().is_empty());
}
