//! Cards as a table that is no wider than the terminal.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::api::Card;
use device_flow::text::{Marks, is_unsafe};

/// Columns of a cell where nobody says how wide a line may be.
const USUAL: usize = 28;
/// A cell is not made narrower than this; a column for which that is too much is left out.
const LEAST: usize = 6;
/// Blanks between two columns.
const GAP: usize = 2;

/// The fields of a card by name; the longest, its text, last.
fn fields(card: &Card) -> Vec<(&'static str, Option<String>)> {
    let mut fields = card.told();
    fields.sort_by_key(|(name, _)| *name == "body");
    fields
}

/// The cards as a table of the columns that any of them fills, in lines of `width` columns of a terminal, where there is
/// one.
pub(super) fn table(cards: &[Card], width: Option<usize>) -> String {
    let rows: Vec<_> = cards.iter().map(fields).collect();
    let count = rows.first().map_or(0, Vec::len);
    let filled = (0..count).filter(|column| rows.iter().any(|row| row[*column].1.is_some()));
    let columns: Vec<Vec<String>> = filled
        .map(|column| {
            let head = rows.first().map_or("", |row| row[column].0).to_owned();
            let cells = rows
                .iter()
                .map(|row| flat(row[column].1.as_deref().unwrap_or("-")));
            std::iter::once(head).chain(cells).collect()
        })
        .collect();
    let natural = columns.iter().map(|cells| {
        let widest = cells.iter().map(|cell| cell.width()).max().unwrap_or(0);
        match width {
            None => widest.min(USUAL),
            Some(_) => widest,
        }
    });
    let widths = fitted(natural.collect(), width);
    let mut lines = vec![String::new(); cards.len() + 1];
    for (cells, width) in columns.iter().zip(&widths) {
        for (line, cell) in lines.iter_mut().zip(cells) {
            let cell = cut(cell, *width);
            let blanks = width.saturating_sub(cell.width()) + GAP;
            let _ = write!(line, "{cell}{:blanks$}", "");
        }
    }
    let mut text = lines
        .iter()
        .fold(String::new(), |text, line| text + line.trim_end() + "\n");
    let left_out: Vec<&str> = columns
        .iter()
        .skip(widths.len())
        .map(|cells| cells[0].as_str())
        .collect();
    if !left_out.is_empty() {
        let _ = writeln!(
            text,
            "(no room here for {}: --json has all)",
            left_out.join(", ")
        );
    }
    text
}

/// How wide columns are that would be so `wide`, where all together may not be wider than `room`: the widest give, down
/// to [`LEAST`], and what still finds no room is left out from the end.
fn fitted(mut wide: Vec<usize>, room: Option<usize>) -> Vec<usize> {
    let Some(room) = room else { return wide };
    let least = |wide: &[usize]| {
        wide.iter()
            .map(|width| (*width).min(LEAST) + GAP)
            .sum::<usize>()
    };
    while wide.len() > 1 && least(&wide) > room + GAP {
        let _ = wide.pop();
    }
    loop {
        let over = (wide.iter().map(|width| width + GAP).sum::<usize>()).saturating_sub(room + GAP);
        let Some(widest) = wide
            .iter()
            .max()
            .copied()
            .filter(|widest| over > 0 && *widest > LEAST)
        else {
            return wide;
        };
        if let Some(width) = wide.iter_mut().find(|width| **width == widest) {
            *width -= 1;
        }
    }
}

/// A text in one line.
fn flat(text: &str) -> String {
    let mut marks = Marks::new();
    // More is never shown.
    text.chars()
        .take(1000)
        .filter(|c| !marks.are_too_many_with(*c))
        .map(|c| if is_unsafe(c) { ' ' } else { c })
        .collect()
}

/// What of a text fits; of an address, its end tells most.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1);
    let fitting = |chars: &mut dyn Iterator<Item = char>| {
        let mut used = 0;
        let fits = chars.take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= room
        });
        fits.collect::<Vec<_>>()
    };
    if text.starts_with("http") {
        let end = fitting(&mut text.chars().rev());
        return format!("…{}", end.into_iter().rev().collect::<String>());
    }
    format!(
        "{}…",
        fitting(&mut text.chars()).into_iter().collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(id: &str, title: &str) -> Card {
        Card {
            id: id.to_owned(),
            title: title.into(),
            image: url::Url::parse("https://cdn.example.com/a/very/long/path/to/a/picture.png")
                .ok(),
            ..Card::default()
        }
    }

    #[test]
    fn a_table_has_the_columns_that_are_filled() {
        let text = table(
            &[
                card("a", "Title of a\u{1b}[31m"),
                card("bbbb", "Title of bbbb"),
            ],
            None,
        );
        assert_eq!(
            text,
            "id    title            image\n\
             a     Title of a [31m  …/long/path/to/a/picture.png\n\
             bbbb  Title of bbbb    …/long/path/to/a/picture.png\n"
        );
    }

    #[test]
    fn a_table_is_as_wide_as_the_terminal_whatever_it_holds() {
        let cards = [
            card(
                "a-rather-long-identifier-of-an-item",
                "旅行の写真とメモを集めたアルバム、第二巻",
            ),
            card("b", "Title of b"),
        ];
        for width in [20, 40, 60, 80, 200] {
            let text = table(&cards, Some(width));
            let table = text.lines().filter(|line| !line.starts_with('('));
            for line in table {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
        let wide = table(&cards, Some(200));
        assert!(
            wide.contains("第二巻") && wide.contains("https://cdn"),
            "{wide}"
        );
        // What stands below each other begins in the same column, however wide its characters are.
        let starts = wide.lines().skip(1).map(|line| {
            let at = line.find("https").unwrap();
            line[..at].width()
        });
        let starts: Vec<_> = starts.collect();
        assert_eq!(starts[0], starts[1], "{wide}");
        let narrow = table(&cards, Some(14));
        assert!(
            narrow.contains("(no room here for image: --json has all)"),
            "{narrow}"
        );
    }

    #[test]
    fn the_widest_columns_give_first() {
        for (wide, room, fits) in [
            (&[4, 10, 30][..], None, &[4, 10, 30][..]),
            (&[4, 10, 30], Some(80), &[4, 10, 30]),
            (&[4, 10, 30], Some(40), &[4, 10, 22]),
            (&[4, 20, 30], Some(28), &[4, 10, 10]),
            (&[4, 10, 30], Some(20), &[4, 6, 6]),
            (&[4, 10, 30], Some(15), &[4, 9]),
        ] {
            assert_eq!(fitted(wide.to_vec(), room), fits, "{wide:?} in {room:?}");
        }
    }
}
