//! A screen as the window sees it: under a pointer, and drawn for this size of the window alone.

use iced::{Element, Rectangle, Size, mouse::Interaction};

use super::through::{Touch, through};

/// `content`, which was made for a window of this size, under a pointer that looks like `pointer` everywhere.
///
/// A window that changes its size is drawn once before the program hears of it. What was made for the size before
/// would stand there in the wrong scale; there is only ground instead.
pub fn in_window<'a, Message: 'a>(
    size: Size,
    pointer: Interaction,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    through(InWindow { size, pointer }, content)
}

struct InWindow {
    size: Size,
    pointer: Interaction,
}

impl Touch for InWindow {
    fn shows(&self, place: Rectangle) -> bool {
        place.size() == self.size
    }

    fn pointer(&self, _: Interaction) -> Interaction {
        self.pointer
    }
}
