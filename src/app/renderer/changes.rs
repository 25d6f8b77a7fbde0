//! Where two frames differ.

use iced::{Rectangle, Vector};

use super::mark::Mark;

/// What became of the pieces of a frame in `place`, where all of it was moved by `by`.
#[derive(Debug, Default)]
pub struct Changes {
    /// What is as it was: where its pixels are now.
    pub kept: Vec<Rectangle>,
    /// Where something has come, gone or changed.
    pub changed: Vec<Rectangle>,
}

/// Compares two frames. A piece that comes or goes changes nothing but its own place: those before and behind it are
/// found again, in their order.
pub fn changes(before: &[Mark<'_>], by: Vector, after: &[Mark<'_>], place: Rectangle) -> Changes {
    let before: Vec<_> = before
        .iter()
        .filter(|mark| (mark.seen + by).intersects(&place))
        .collect();
    let after: Vec<_> = after
        .iter()
        .filter(|mark| mark.seen.intersects(&place))
        .collect();
    let mut found = Changes::default();
    let mut rest = before.as_slice();
    for mark in after {
        let known = |old: &&&Mark<'_>| old.leaves_the_same(by, mark, place);
        match rest.iter().position(|old| known(&old)) {
            Some(skipped) => {
                found
                    .changed
                    .extend(rest[..skipped].iter().map(|old| old.seen + by));
                found.kept.push(mark.seen);
                rest = &rest[skipped + 1..];
            }
            None => found.changed.push(mark.seen),
        }
    }
    found.changed.extend(rest.iter().map(|old| old.seen + by));
    let within = |places: &mut Vec<Rectangle>| {
        *places = places
            .iter()
            .filter_map(|it| it.intersection(&place))
            .collect();
    };
    within(&mut found.kept);
    within(&mut found.changed);
    found
}
