//! The whole program as a person hears it who does not see it, in a transcript to be read.

mod fixtures;
mod walk;

use walk::{Walk, walked};

use crate::app::i18n;

/// What is heard in English. `UPDATE_TRANSCRIPT=1 cargo test --lib narrator` writes it anew.
const TRANSCRIPT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/app/screen_reader/transcript.txt"
);

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_program_can_be_heard() {
    let Walk { script, moves, .. } = walked("en");
    let mut words: Vec<_> = moves.iter().map(|said| said.split(' ').count()).collect();
    words.sort_unstable();
    let (median, most) = (words[words.len() / 2], words[words.len() - 1]);
    println!(
        "words to a move: {median} in the middle, {most} at most, of {} moves",
        words.len()
    );
    assert!(median <= 8, "{median} words to a move: {moves:#?}");
    if std::env::var_os("UPDATE_TRANSCRIPT").is_some() {
        std::fs::write(TRANSCRIPT, &script).unwrap();
    }
    let written = std::fs::read_to_string(TRANSCRIPT).unwrap();
    for (line, (heard, written)) in script.lines().zip(written.lines()).enumerate() {
        assert_eq!(heard, written, "line {}", line + 1);
    }
    assert_eq!(script.lines().count(), written.lines().count());
    assert!(
        !script.contains("1234") && !script.contains("4321"),
        "no digit of a PIN"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_heard_in_every_language() {
    let moves = walked("en").moves.len();
    for language in i18n::offered() {
        let walk = walked(language.tag);
        assert_eq!(walk.moves.len(), moves, "{}", language.tag);
        for said in &walk.said {
            let about = format!("{}: {said:?}", language.tag);
            assert!(said.chars().any(char::is_alphanumeric), "{about}");
            assert!(!said.contains("No localization"), "{about}");
            assert!(!said.contains(['\n', '{', '}']), "{about}");
        }
    }
    i18n::choose("en");
}
