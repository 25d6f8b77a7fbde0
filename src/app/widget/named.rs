//! A name for a part of the screen, so that `--ui-log` can tell where it is.

use std::any::Any;
use std::borrow::Cow;

use iced::Rectangle;
use iced::advanced::widget::Operation;

use crate::app::renderer::Element;

use super::wrapper::{Wrapper, wrap};

/// The name a [`named`] element tells operations, through [`Operation::custom`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartName(Cow<'static, str>);

impl PartName {
    /// A name for a part that is drawn by a widget of its own.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self(name.into())
    }

    /// The name inside what an operation was given, if that is one.
    pub fn of(state: &mut dyn Any) -> Option<&str> {
        state.downcast_ref::<Self>().map(|name| &*name.0)
    }
}

/// Names `content`. Changes neither how it looks nor how it behaves.
pub fn named<'a, Message: 'a>(
    name: impl Into<Cow<'static, str>>,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    wrap(PartName(name.into()), content)
}

impl<Message> Wrapper<Message> for PartName {
    fn announce(&mut self, place: Rectangle, operation: &mut dyn Operation) {
        operation.custom(None, place, self);
    }
}
