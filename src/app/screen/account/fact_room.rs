//! How the room beside an account's menu is shared among what is known of it.

/// Lines that what is known of every account has a right to.
const LINES: usize = 2;

/// The room for facts, and what they take of it, in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct FactRoom {
    pub(super) height: f32,
    /// What a fact of one line takes.
    pub(super) fact: f32,
    /// What each further line of it takes.
    pub(super) line: f32,
}

impl FactRoom {
    /// Lines for each of the facts that are known of every account, by how many they want, and how many claims stand
    /// above them with one line each. A fact for which there is no room has none.
    pub(super) fn shared(mut self, wanted: &[usize], claims: usize) -> (Vec<usize>, usize) {
        let mut given: Vec<_> = wanted
            .iter()
            .map(|_| usize::from(self.take(self.fact)))
            .collect();
        self.widen(&mut given, wanted, LINES);
        let claims = (0..claims).take_while(|_| self.take(self.fact)).count();
        self.widen(&mut given, wanted, usize::MAX);
        (given, claims)
    }

    /// Gives further lines, the first facts first.
    fn widen(&mut self, given: &mut [usize], wanted: &[usize], most: usize) {
        for (lines, wanted) in given.iter_mut().zip(wanted) {
            while (1..(*wanted).min(most)).contains(lines) && self.take(self.line) {
                *lines += 1;
            }
        }
    }

    fn take(&mut self, height: f32) -> bool {
        let is_there = height <= self.height;
        if is_there {
            self.height -= height;
        }
        is_there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_all_comes_first_and_long_facts_take_what_is_left() {
        // Height, lines that the facts want, claims; lines that they get, claims that are shown.
        for (height, wanted, claims, lines, shown) in [
            (1000.0, [1, 1, 1], 3, [1, 1, 1], 3),
            (1000.0, [9, 1, 2], 3, [9, 1, 2], 3),
            (390.0, [9, 1, 2], 0, [4, 1, 2], 0),
            (390.0, [9, 1, 2], 2, [4, 1, 2], 0),
            (500.0, [9, 1, 2], 2, [5, 1, 2], 1),
            (320.0, [9, 1, 2], 2, [2, 1, 1], 0),
            (299.0, [9, 1, 2], 2, [5, 1, 0], 0),
            (150.0, [1, 1, 2], 0, [1, 0, 0], 0),
            (99.0, [1, 1, 2], 5, [0, 0, 0], 0),
            (-5.0, [1, 1, 2], 5, [0, 0, 0], 0),
        ] {
            let room = FactRoom {
                height,
                fact: 100.0,
                line: 20.0,
            };
            let (given, claims) = room.shared(&wanted, claims);
            assert_eq!(
                (given, claims),
                (lines.to_vec(), shown),
                "{height} {wanted:?}"
            );
        }
    }
}
