//! Where arrows lead among rows, and that focus stays on its item when these change.

use proptest::prelude::*;

use super::*;

const FIT: RowFit = RowFit {
    cards: 5,
    height: 1,
};
const ROOM: u32 = 2;

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|index| format!("id-{index}")).collect()
}

fn filled(counts: &[usize]) -> RowFocus {
    let mut rows = RowFocus::new(&vec![FIT; counts.len()], ROOM);
    for (row, count) in counts.iter().enumerate() {
        rows.reload(row, &[], &ids(*count));
    }
    rows
}

fn walk(rows: &mut RowFocus, keys: &str) -> FocusTarget {
    for key in keys.chars() {
        let _ = rows.go(match key {
            'u' => Direction::Up,
            'd' => Direction::Down,
            'l' => Direction::Left,
            _ => Direction::Right,
        });
    }
    rows.focus()
}

fn item(row: usize, index: usize) -> FocusTarget {
    FocusTarget::Item { row, index }
}

#[test]
fn arrows_move_and_edges_stay() {
    let mut rows = filled(&[3, 7]);
    assert_eq!(rows.focus(), item(0, 0));
    assert!(!rows.go(Direction::Left));
    assert_eq!(walk(&mut rows, "rrrrrr"), item(0, 2));
    assert_eq!(walk(&mut rows, "d"), item(1, 0));
    assert!(!rows.go(Direction::Down));
    assert_eq!(walk(&mut rows, "rrrrrr"), item(1, 6));
    assert!(!rows.go(Direction::Right));
}

#[test]
fn a_row_remembers_its_place() {
    let mut rows = filled(&[9, 9]);
    assert_eq!(walk(&mut rows, "rrrdr"), item(1, 1));
    assert_eq!(walk(&mut rows, "u"), item(0, 3));
    assert_eq!(walk(&mut rows, "uu"), FocusTarget::Account);
    assert!(!rows.go(Direction::Left));
    assert_eq!(walk(&mut rows, "d"), item(0, 3));
    assert_eq!(walk(&mut rows, "d"), item(1, 1));
}

#[test]
fn the_focus_goes_where_it_is_put_and_stays_in_view() {
    let mut rows = filled(&[9, 9, 9]);
    rows.aim(item(2, 7));
    assert_eq!(rows.focus(), item(2, 7));
    assert_eq!((rows.top(), rows.position(2).unwrap().first), (1, 3));
    rows.aim(FocusTarget::Account);
    assert_eq!(rows.focus(), FocusTarget::Account);
    assert_eq!(walk(&mut rows, "d"), item(2, 7));
    for nowhere in [item(3, 0), item(0, 99)] {
        rows.aim(nowhere);
        assert!(matches!(
            rows.focus(),
            FocusTarget::Item {
                row: 0..3,
                index: 0..9
            }
        ));
    }
}

#[test]
fn without_rows_the_account_has_the_focus() {
    let mut rows = filled(&[]);
    assert_eq!(walk(&mut rows, "udlr"), FocusTarget::Account);
}

#[test]
fn the_view_follows_as_little_as_possible() {
    let mut rows = filled(&[9, 1, 1]);
    let first = |rows: &RowFocus| rows.position(0).unwrap().first;
    let _ = walk(&mut rows, "rrrr");
    assert_eq!(first(&rows), 0);
    let _ = walk(&mut rows, "rr");
    assert_eq!(first(&rows), 2);
    let _ = walk(&mut rows, "llll");
    assert_eq!(first(&rows), 2);
    let _ = walk(&mut rows, "l");
    assert_eq!(first(&rows), 1);
    let _ = walk(&mut rows, "dd");
    assert_eq!(rows.top(), 1);
    let _ = walk(&mut rows, "u");
    assert_eq!(rows.top(), 1);
    rows.fit(&[RowFit { cards: 9, ..FIT }; 3], 3);
    assert_eq!((first(&rows), rows.top()), (0, 0));
}

#[test]
fn a_reload_stays_on_the_same_card() {
    let mut rows = filled(&[9]);
    let _ = walk(&mut rows, "rrrrrr");
    let old = ids(9);
    let mut new = vec!["fresh-a".to_owned(), "fresh-b".to_owned()];
    new.extend(ids(9));
    rows.reload(0, &old, &new);
    assert_eq!(rows.focus(), item(0, 8));
    assert_eq!(rows.position(0).unwrap().first, 4);
}

#[test]
fn a_row_at_its_beginning_stays_there_while_nobody_is_in_it() {
    let place = |rows: &RowFocus, row: usize| {
        let position = rows.position(row).unwrap();
        (position.first, position.index)
    };
    let old = ids(9);
    let added = [&["new".to_owned()], &old[..]].concat();
    let reversed: Vec<_> = old.iter().rev().cloned().collect();
    for (what, new, walked_to_2, walked_to_7) in [
        ("added", added, (0, 3), (4, 8)),
        ("the first ones removed", old[2..].to_vec(), (0, 0), (1, 5)),
        ("in another order", reversed, (0, 4), (0, 1)),
        ("empty", Vec::new(), (0, 0), (0, 0)),
    ] {
        // Never entered; entered and left at 2 with all in view; left at 7.
        for (keys, expected) in [
            ("", (0, 0)),
            ("drru", walked_to_2),
            ("drrrrrrru", walked_to_7),
        ] {
            let mut rows = filled(&[3, 9]);
            let _ = walk(&mut rows, keys);
            rows.reload(1, &old, &new);
            assert_eq!(place(&rows, 1), expected, "{what} after {keys:?}");
            assert_eq!(rows.focus(), item(0, 0));
        }
        // It comes back from empty at its beginning.
        let mut rows = filled(&[3, 9]);
        rows.reload(1, &old, &[]);
        rows.reload(1, &[], &new);
        assert_eq!(place(&rows, 1), (0, 0));
        // Let go of while far away, at its beginning.
        let mut rows = filled(&[3, 9]);
        rows.restore(1, "id-0", &new);
        assert_eq!(place(&rows, 1), (0, 0), "{what}");
    }
    // The row above which somebody stands on the account is nobody's either.
    let mut rows = filled(&[9]);
    let _ = walk(&mut rows, "u");
    rows.reload(0, &old, &[&["new".to_owned()], &old[..]].concat());
    assert_eq!(place(&rows, 0), (0, 0));
    // Somebody's own row keeps their card.
    let _ = walk(&mut rows, "dr");
    assert_eq!(rows.focus(), item(0, 1));
    let newer = [&["newer".to_owned(), "new".to_owned()], &old[..]].concat();
    rows.reload(0, &[&["new".to_owned()], &old[..]].concat(), &newer);
    assert_eq!(rows.focus(), item(0, 2));
}

#[test]
fn a_removed_card_gives_focus_to_its_nearest_sibling() {
    let reload = |gone: &[usize]| {
        let mut rows = filled(&[6]);
        let _ = walk(&mut rows, "rrr");
        let old = ids(6);
        let new: Vec<_> = (0..6)
            .filter(|index| !gone.contains(index))
            .map(|index| old[index].clone())
            .collect();
        rows.reload(0, &old, &new);
        match rows.focus() {
            FocusTarget::Item { index, .. } => new.get(index).cloned(),
            FocusTarget::Account => None,
        }
    };
    assert_eq!(reload(&[3]).as_deref(), Some("id-4"));
    assert_eq!(reload(&[0, 1, 3]).as_deref(), Some("id-4"));
    assert_eq!(reload(&[3, 4, 5]).as_deref(), Some("id-2"));
    assert_eq!(reload(&[0, 1, 2, 3, 4, 5]), None);
}

#[test]
fn a_row_goes_back_to_where_it_was() {
    let mut rows = filled(&[50]);
    let _ = walk(&mut rows, &"r".repeat(30));
    let mut new = ids(50);
    let _ = new.remove(0);
    rows.restore(0, "id-30", &new);
    assert_eq!(rows.focus(), item(0, 29));
    rows.restore(0, "gone", &new);
    assert_eq!(rows.focus(), item(0, 29));
    rows.restore(0, "gone", &ids(4));
    assert_eq!(rows.focus(), item(0, 3));
}

fn moved(from: &[Option<usize>]) -> Vec<(Option<usize>, RowFit)> {
    from.iter().map(|old| (*old, FIT)).collect()
}

#[test]
fn rows_of_other_heights_come_into_view_whole() {
    let heights = [4, 6, 3, 9, 12, 3, 3];
    let fits = heights.map(|height| RowFit { cards: 5, height });
    let mut rows = RowFocus::new(&fits, 10);
    let mut seen = vec![(rows.top(), rows.whole())];
    for _ in 1..heights.len() {
        let _ = walk(&mut rows, "d");
        seen.push((rows.top(), rows.whole()));
    }
    // 4 and 6 fit; 6 and 3; 9 alone; 12 not even alone; 3 and 3, with the row above left out for want of room.
    let expected = [(0, 2), (0, 2), (1, 2), (3, 1), (4, 1), (5, 2), (5, 2)];
    assert_eq!(seen, expected);
    for (row, top) in [(5, 5), (4, 4), (3, 3), (2, 2), (1, 1), (0, 0)] {
        let _ = walk(&mut rows, "u");
        assert_eq!((rows.focus(), rows.top()), (item(row, 0), top));
    }
    // A row that becomes lower makes room for the one above it.
    let _ = walk(&mut rows, "ddd");
    rows.fit(
        &[RowFit {
            cards: 2,
            height: 3,
        }; 7],
        10,
    );
    assert_eq!((rows.top(), rows.whole()), (3, 3));
}

#[test]
fn other_rows_leave_focus_on_its_own() {
    let rows = || {
        let mut rows = filled(&[9, 9, 9, 9]);
        let _ = walk(&mut rows, "ddrr");
        rows
    };
    assert_eq!(rows().top(), 1);
    for (from, focus, top) in [
        // Two new ones above it.
        (
            &[None, Some(0), None, Some(1), Some(2), Some(3)][..],
            item(4, 2),
            3,
        ),
        // Those above it are gone.
        (&[Some(2), Some(3)], item(0, 2), 0),
        // Another order.
        (&[Some(3), Some(2), Some(1), Some(0)], item(1, 2), 0),
        // It is gone itself.
        (&[Some(0), Some(1), Some(3)], item(2, 0), 1),
        (&[Some(0), Some(1)], item(1, 0), 0),
        (&[], FocusTarget::Account, 0),
    ] {
        let mut rows = rows();
        rows.rearrange(&moved(from));
        assert_eq!((rows.focus(), rows.top()), (focus, top), "{from:?}");
    }
    // On the account it stays there.
    let mut above = rows();
    let _ = walk(&mut above, "uuu");
    above.rearrange(&moved(&[None, Some(0), Some(1)]));
    assert_eq!(above.focus(), FocusTarget::Account);
    assert_eq!(walk(&mut above, "d"), item(1, 0));
}

#[test]
fn one_id_twice_keeps_the_nearer_one() {
    let mut rows = filled(&[0]);
    let twice = ["a", "b", "a", "b", "a"];
    rows.reload(0, &[], &twice);
    let _ = walk(&mut rows, "rrrr");
    rows.reload(0, &twice, &twice);
    assert_eq!(rows.focus(), item(0, 4));
}

fn any_direction() -> impl Strategy<Value = Direction> {
    prop_oneof![
        Just(Direction::Up),
        Just(Direction::Down),
        Just(Direction::Left),
        Just(Direction::Right),
    ]
}

proptest! {
    #[test]
    fn everything_can_be_reached_from_everywhere(
        counts in prop::collection::vec(0_usize..9, 1..9),
        keys in prop::collection::vec(any_direction(), 0..60),
    ) {
        let mut rows = filled(&counts);
        for direction in keys {
            let before = rows.focus();
            let moved = rows.go(direction);
            prop_assert_eq!(moved, before != rows.focus());
            if matches!(direction, Direction::Left | Direction::Right) {
                let row = |focus| match focus {
                    FocusTarget::Item { row, .. } => Some(row),
                    FocusTarget::Account => None,
                };
                prop_assert_eq!(row(before), row(rows.focus()));
            }
        }
        for (row, count) in counts.iter().enumerate() {
            for index in 0..(*count).max(1) {
                let mut from_here = rows.clone();
                let keys = [
                    "u".repeat(counts.len() + 1),
                    "d".repeat(row + 1),
                    "l".repeat(*count),
                    "r".repeat(index),
                ];
                prop_assert_eq!(walk(&mut from_here, &keys[0]), FocusTarget::Account);
                prop_assert_eq!(walk(&mut from_here, &keys[1..].concat()), item(row, index));
            }
        }
    }

    #[test]
    fn focus_is_always_in_view(
        counts in prop::collection::vec(0_usize..40, 1..12),
        keys in prop::collection::vec(any_direction(), 0..120),
        again in prop::collection::vec(0_usize..40, 1..12),
        cards in 1_usize..8,
        heights in prop::collection::vec(1_u32..5, 1..5),
        room in 1_u32..12,
    ) {
        let mut rows = filled(&counts);
        let fits: Vec<_> = (0..counts.len())
            .map(|row| RowFit { cards, height: heights[row % heights.len()] })
            .collect();
        rows.fit(&fits, room);
        for direction in keys {
            let _ = rows.go(direction);
        }
        for (row, count) in again.iter().enumerate() {
            let old = ids(counts.get(row).copied().unwrap_or_default());
            rows.reload(row, &old, &ids(*count));
        }
        for position in &rows.rows {
            prop_assert!(position.index < position.items);
            prop_assert!((position.first..position.first + cards).contains(&position.index));
        }
        if let FocusTarget::Item { row, .. } = rows.focus() {
            prop_assert!((rows.top()..rows.top() + rows.whole()).contains(&row));
        }
    }
}
