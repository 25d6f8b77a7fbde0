use super::*;
use crate::config;

fn rows() -> Vec<config::Row> {
    ["Continue watching", "7"]
        .map(|title| config::Row {
            title: title.into(),
            ..config::Row::default()
        })
        .to_vec()
}

#[test]
fn a_row_is_named_by_title_or_number() {
    for (wanted, index) in [("continue WATCHING", 0), ("1", 0), ("2", 1), ("7", 1)] {
        assert_eq!(find(&rows(), wanted), Ok(index), "{wanted}");
    }
    for wanted in ["0", "3", "", "Continue"] {
        let error = find(&rows(), wanted).unwrap_err();
        assert_eq!(error.exit, Exit::Usage);
        assert!(error.message.contains("1  Continue watching"), "{error}");
    }
}

#[test]
fn a_missing_field_says_in_what() {
    let missing = |part: &str| MissingField {
        part: part.to_owned(),
        missing: 2,
        of: 3,
        first: 1,
        why: "nothing at /x".to_owned(),
        kind: Absence::Nowhere,
    };
    for (part, told) in [
        (
            "card.image",
            "  card.image in 2 of 3 items, first in item 1: nothing at /x\n",
        ),
        (
            "row_source.title",
            "  row_source.title in 2 of 3 rows, first in row 1: nothing at /x\n",
        ),
        ("next", "  next: nothing at /x\n"),
    ] {
        assert_eq!(told_missing(&missing(part)), told);
    }
}
