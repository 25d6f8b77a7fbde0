//! Cards whose words reach beyond their lines.

use super::{
    DisplayValue, Instant, Look, Page, Rows, Sample, Shown, ada, cards, configured, fill, painted,
    walked,
};

/// Marks above and below, scripts with deep letters, letters that lean out of their line, and pairs that measure the
/// same.
const WORDS: [&str; 20] = [
    "Z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}a\u{323}\u{323}\u{323}\u{323}\u{323}l\u{302}\u{301}\u{306}go",
    "Ẳ Ễ Ỗ Ǻ Ḝ Ợ Ự ỵ ặ",
    "قِصَّةٌ طَوِيلَةٌ جِدًّا وَيَوْمِيَّاتٌ",
    "ﷺ ﷽",
    "12:00",
    "13:00",
    "jfJ fj Wj",
    "ที่นี่ กี้ ปู่ ญู่ ฎุ",
    "क्ष्म्य हिन्दी ऊँची",
    "אֱלֹהִ֔ים",
    "漢字かな交じり，『文』",
    "S1 E1",
    "S1 E2",
    "ÅÅÅ ÇŞĢ ĮŲ",
    "၍ မြန်မာ ဣန္ဒြေ",
    "བོད་ སྒྲུབ་",
    "𝕱 ∫∮ ⎛⎝ ⌠⌡",
    "Once Upon a Time in the West, and again and again",
    "👩‍👩‍👧‍👦 🇩🇪",
    "",
];

/// Rows of such cards, walked through.
pub(in crate::app) fn difficult(look: &Look) -> Vec<Sample> {
    let walks = [
        ("difficult", ""),
        ("difficult_right", "r"),
        ("difficult_two", "rr"),
        ("difficult_three", "rrrd"),
        ("difficult_down", "rrrdr"),
        ("difficult_scrolled", "ddr"),
        ("difficult_last", "dddrrrrrrr"),
        ("difficult_back", "rl"),
    ];
    let sample = |(name, keys): (&'static str, &str)| {
        let rows = walked(rows(look), keys);
        Sample {
            name,
            pictures: painted(look, &rows),
            account: ada(),
            shown: Shown::Rows(rows),
        }
    };
    walks.into_iter().map(sample).collect()
}

fn rows(look: &Look) -> Rows {
    let word = |index: usize| WORDS[index % WORDS.len()];
    let mut configured = configured();
    for (index, row) in configured.iter_mut().enumerate() {
        row.title = word(index * 2).into();
    }
    let fits = &crate::app::screen::home::measure(look);
    let mut rows = Rows::new(&configured, fits, Instant::now());
    for row in 0..configured.len() {
        let mut cards = cards(row, 9);
        for (index, card) in cards.iter_mut().enumerate() {
            let first = row * 5 + index;
            card.title = word(first).into();
            card.subtitle = Some(DisplayValue::Text(word(first + 7).to_owned()));
            let words = [word(first), word(first + 1), word(first + 2)].join(" ");
            card.body = Some(DisplayValue::Text(words));
            card.badges = vec![DisplayValue::Text(word(first + 4).to_owned())];
        }
        fill(&mut rows, row, Ok(Page::whole(cards)));
    }
    rows
}
