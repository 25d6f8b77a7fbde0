//! What the pointer looks like above a screen, whatever is on it.

use iced::{Element, mouse::Interaction};

use super::through::{Touch, through};

/// `content` under a pointer that looks like `pointer` everywhere.
pub fn under_pointer<'a, Message: 'a>(
    pointer: Interaction,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    through(Pointed(pointer), content)
}

struct Pointed(Interaction);

impl Touch for Pointed {
    fn pointer(&self, _: Interaction) -> Interaction {
        self.0
    }
}
