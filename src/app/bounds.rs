//! Where the named parts of the screen stand, measured when it is laid out.

use std::any::Any;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use iced::advanced::widget::{self, Operation};
use iced::{Point, Rectangle, Size, Task};

use super::theme::Look;
use super::widget::named::PartName;
use super::widget::rtl::reflected;

/// The places of the controls, for arrows to follow.
///
/// They are measured once for each set of controls on each size of screen, not with every redraw: which
/// control is beside which does not change with what they say.
#[derive(Debug, Default)]
pub(super) struct ControlBounds {
    found: Arc<Mutex<BTreeMap<String, Rectangle>>>,
    of: Option<Measured>,
}

/// What the places were measured for.
#[derive(Debug, PartialEq)]
struct Measured {
    screen: &'static str,
    ids: Vec<Cow<'static, str>>,
    look: (Size, f32, f32, bool),
}

impl ControlBounds {
    /// Measures the screen once it is laid out, if it is not the one that was measured last.
    /// Makes no message.
    pub(super) fn look<Message: Send + 'static>(
        &mut self,
        screen: &'static str,
        ids: Vec<Cow<'static, str>>,
        look: &Look,
    ) -> Option<Task<Message>> {
        // One control has nothing beside it.
        if ids.len() < 2 {
            return None;
        }
        let fresh = Measured {
            screen,
            ids,
            look: (
                look.window(),
                look.text(super::theme::token::BODY),
                look.least_control(),
                look.right_to_left(),
            ),
        };
        if self.of.as_ref() == Some(&fresh) {
            return None;
        }
        self.of = Some(fresh);
        self.found().clear();
        let found = Arc::clone(&self.found);
        let (mirrored, width) = (look.right_to_left(), look.window().width);
        let measured = measure(move |places| {
            // As it would be laid out from left to right.
            let places = places.iter().map(|(name, place)| {
                let place = if mirrored {
                    reflected(*place, width)
                } else {
                    *place
                };
                (name.clone(), place)
            });
            *found.lock().unwrap_or_else(PoisonError::into_inner) = places.collect();
        });
        Some(measured.discard())
    }

    /// Where everything stands; nothing before it has been measured.
    pub(super) fn found(&self) -> MutexGuard<'_, BTreeMap<String, Rectangle>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The names of what stands at `point`, the innermost first.
pub(super) fn at(point: Point) -> Task<Vec<String>> {
    measure(move |places| names_at(point, places))
}

fn names_at(point: Point, places: &BTreeMap<String, Rectangle>) -> Vec<String> {
    let mut hit: Vec<_> = places
        .iter()
        .filter(|(_, place)| place.contains(point))
        .collect();
    // What is inside of another is smaller.
    hit.sort_by(|(_, one), (_, other)| one.area().total_cmp(&other.area()));
    hit.into_iter().map(|(name, _)| name.clone()).collect()
}

/// Walks the screen once it has been laid out. `tell` is told where every named part is, in pixels of the
/// layout; what it answers is the message.
pub(super) fn measure<T: Send + 'static>(
    tell: impl Fn(&BTreeMap<String, Rectangle>) -> T + Send + 'static,
) -> Task<T> {
    widget::operate(Measure {
        tell,
        places: BTreeMap::new(),
    })
}

struct Measure<Tell> {
    tell: Tell,
    places: BTreeMap<String, Rectangle>,
}

impl<T, Tell: Fn(&BTreeMap<String, Rectangle>) -> T + Send> Operation<T> for Measure<Tell> {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn custom(&mut self, _: Option<&widget::Id>, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(name) = PartName::of(state) {
            let _ = self.places.insert(name.to_owned(), bounds);
        }
    }

    fn finish(&self) -> widget::operation::Outcome<T> {
        widget::operation::Outcome::Some((self.tell)(&self.places))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_names_what_is_there_from_the_inside_out() {
        let place = |x, width| Rectangle {
            x,
            y: 0.0,
            width,
            height: 100.0,
        };
        let places = BTreeMap::from([
            ("list".to_owned(), place(0.0, 1000.0)),
            ("card".to_owned(), place(100.0, 200.0)),
            ("other".to_owned(), place(400.0, 200.0)),
        ]);
        let at = |x| names_at(Point::new(x, 50.0), &places);
        assert_eq!(at(150.0), ["card", "list"]);
        assert_eq!(at(350.0), ["list"]);
        assert!(at(1500.0).is_empty());
    }
}
