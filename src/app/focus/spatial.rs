//! Where an arrow takes the focus on a screen of any shape: Android's rule, on rectangles.
//!
//! The rule is that of `FocusFinder` in the Android Open Source Project: what lies in the beam of the focused
//! control (the strip it would sweep along the arrow) comes before what does not, unless that is nearer by
//! the whole length of the one in the beam; else the smaller of 13 * along² + across² wins.
//!
//! On odd layouts the rule leaves a control that no arrow leads to. [`FocusGraph`] mends that: an arrow that passes
//! by such a control stops at it.

use iced::Rectangle;

use super::Direction;

/// Which of `candidates` the arrow leads to from `from`.
pub fn next(
    direction: Direction,
    from: Rectangle,
    candidates: impl IntoIterator<Item = (usize, Rectangle)>,
) -> Option<usize> {
    let from = Oriented::new(from, direction);
    candidates
        .into_iter()
        .map(|(index, candidate)| (index, Oriented::new(candidate, direction)))
        .filter(|(_, candidate)| candidate.is_ahead_of(&from))
        .reduce(|best, other| {
            let better = other.1.beats(&best.1, &from, direction);
            if better { other } else { best }
        })
        .map(|(index, _)| index)
}

/// A rectangle seen so that the arrow points along: `near` and `far` are its edges on the way, `low` and
/// `high` those across.
#[derive(Debug, Clone, Copy)]
struct Oriented {
    near: f32,
    far: f32,
    low: f32,
    high: f32,
}

impl Oriented {
    fn new(area: Rectangle, direction: Direction) -> Self {
        let (left, right) = (area.x, area.x + area.width);
        let (top, bottom) = (area.y, area.y + area.height);
        let (near, far, low, high) = match direction {
            Direction::Right => (left, right, top, bottom),
            Direction::Left => (-right, -left, top, bottom),
            Direction::Down => (top, bottom, left, right),
            Direction::Up => (-bottom, -top, left, right),
        };
        Self {
            near,
            far,
            low,
            high,
        }
    }

    /// Whether the arrow may lead here at all.
    fn is_ahead_of(&self, from: &Self) -> bool {
        (from.near < self.near || from.far <= self.near) && from.far < self.far
    }

    /// Whether this is a better target than `other`.
    fn beats(&self, other: &Self, from: &Self, direction: Direction) -> bool {
        if self.wins_by_beam(other, from, direction) {
            return true;
        }
        !other.wins_by_beam(self, from, direction) && self.weight(from) < other.weight(from)
    }

    fn wins_by_beam(&self, other: &Self, from: &Self, direction: Direction) -> bool {
        if !self.is_in_beam_of(from) || other.is_in_beam_of(from) {
            return false;
        }
        let beyond = from.far <= other.near;
        let sideways = matches!(direction, Direction::Left | Direction::Right);
        let to_far_edge = (other.far - from.far).max(1.0);
        !beyond || sideways || self.gap(from) < to_far_edge
    }

    fn is_in_beam_of(&self, from: &Self) -> bool {
        self.low < from.high && from.low < self.high
    }

    fn gap(&self, from: &Self) -> f32 {
        (self.near - from.far).max(0.0)
    }

    fn weight(&self, from: &Self) -> f32 {
        let across = (self.low + self.high - from.low - from.high) / 2.0;
        13.0 * self.gap(from).powi(2) + across.powi(2)
    }
}

/// Where each arrow leads from each of some controls: every one can be reached from every other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FocusGraph(Vec<[Option<usize>; 4]>);

const DIRECTIONS: [Direction; 4] = [
    Direction::Up,
    Direction::Down,
    Direction::Left,
    Direction::Right,
];

impl FocusGraph {
    /// The graph between controls at `places`, which do not overlap.
    ///
    /// Left and right stay on their row, where every control can be reached so: people do not look for what is on the
    /// right in the row above.
    pub fn new(places: &[Rectangle]) -> Self {
        let graph = Self::between(places, |from, direction, to| {
            let sideways = matches!(direction, Direction::Left | Direction::Right);
            !sideways || Oriented::new(to, direction).is_in_beam_of(&Oriented::new(from, direction))
        });
        let lost = (0..places.len()).any(|start| graph.reached(start).contains(&false));
        if lost {
            Self::between(places, |_, _, _| true)
        } else {
            graph
        }
    }

    /// The graph along which an arrow may lead from one place to another.
    fn between(
        places: &[Rectangle],
        may: impl Fn(Rectangle, Direction, Rectangle) -> bool,
    ) -> Self {
        let lead = |from: usize, direction| {
            let others = places.iter().copied().enumerate();
            let others = others.filter(|(index, _)| *index != from);
            let others = others.filter(|(_, to)| may(places[from], direction, *to));
            next(direction, places[from], others)
        };
        let graph = (0..places.len()).map(|from| DIRECTIONS.map(|direction| lead(from, direction)));
        let mut graph = Self(graph.collect());
        // Each stop added joins one more control; a handful is the most that was ever seen.
        for _ in 0..places.len() * places.len() {
            if !graph.add_a_stop(places) {
                break;
            }
        }
        graph
    }

    /// Where the arrow leads from the control `from`.
    pub fn next(&self, from: usize, direction: Direction) -> Option<usize> {
        self.0.get(from)?[direction as usize]
    }

    /// Where some control cannot be reached from another: makes an arrow stop at it. Whether one was added.
    fn add_a_stop(&mut self, places: &[Rectangle]) -> bool {
        let lost = (0..places.len()).find_map(|start| {
            let reached = self.reached(start);
            (reached.contains(&false)).then_some(reached)
        });
        let Some(reached) = lost else {
            return false;
        };
        let stop = self.stops(places, &reached).min_by(|one, other| {
            let by_harm = one.harm.cmp(&other.harm);
            by_harm.then(one.weight.total_cmp(&other.weight))
        });
        let Some(stop) = stop else {
            return false;
        };
        self.0[stop.from][stop.direction as usize] = Some(stop.at);
        self.0[stop.at][stop.direction as usize] = Some(stop.to);
        true
    }

    /// Every arrow between two controls that could stop at a control that is not `reached` and lies ahead.
    fn stops<'a>(
        &'a self,
        places: &'a [Rectangle],
        reached: &'a [bool],
    ) -> impl Iterator<Item = Stop> + 'a {
        let from = (0..places.len()).filter(|index| reached[*index]);
        let pairs = from.flat_map(|from| {
            let at = (0..places.len()).filter(|index| !reached[*index]);
            at.map(move |at| (from, at))
        });
        pairs.flat_map(move |(from, at)| {
            DIRECTIONS.into_iter().filter_map(move |direction| {
                let turned = |index: usize| Oriented::new(places[index], direction);
                let to = self.next(from, direction)?;
                let ahead = turned(at).is_ahead_of(&turned(from));
                let onward = turned(to).is_ahead_of(&turned(at));
                let unused = self.next(at, direction).is_none_or(|already| already == to);
                ahead.then(|| Stop {
                    from,
                    at,
                    to,
                    direction,
                    harm: 2 * u8::from(!onward) + u8::from(!unused),
                    weight: turned(at).weight(&turned(from)),
                })
            })
        })
    }

    /// Which controls can be reached from `start`.
    fn reached(&self, start: usize) -> Vec<bool> {
        let mut reached = vec![false; self.0.len()];
        let mut open = vec![start];
        reached[start] = true;
        while let Some(index) = open.pop() {
            for to in self.0[index].into_iter().flatten() {
                if !std::mem::replace(&mut reached[to], true) {
                    open.push(to);
                }
            }
        }
        reached
    }
}

/// An arrow from one control to another that is made to stop between them.
struct Stop {
    from: usize,
    at: usize,
    to: usize,
    direction: Direction,
    /// 2: the way on leads back; 1: the arrow led elsewhere from there.
    harm: u8,
    weight: f32,
}

#[cfg(test)]
mod tests;
