//! The last question before a sign-out for want of a key, where the owner wants one.

use iced::Element;
use iced::widget::Space;

use crate::app::i18n::fl;
use crate::app::theme::Look;
use crate::app::widget::icon::Icon;
use crate::app::widget::status_page::StatusPage;
use crate::app::widget::{Chrome, frame};

/// Says in how many `seconds` the person is signed out, or, at none, that it is happening.
pub fn view<'a, Message: 'a>(
    look: &Look,
    chrome: &'a Chrome,
    seconds: Option<u64>,
) -> Element<'a, Message> {
    let (title, hint) = match seconds {
        Some(seconds) => (
            fl!("still-there-title"),
            format!(
                "{}\n{}",
                fl!("still-there-seconds", seconds = seconds),
                fl!("still-there-hint")
            ),
        ),
        None => (fl!("still-there-leaving"), String::new()),
    };
    let said = StatusPage {
        title: title.into(),
        color: look.palette.text,
        emblem: Icon::Person,
        hint: hint.into(),
        detail: None,
        code: None,
    };
    frame(look, chrome, said.view(look, || Space::new().into()))
}
