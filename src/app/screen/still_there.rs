//! The last question before a sign-out for want of a key, where the owner wants one.

use iced::widget::Space;

use crate::app::i18n::fl;
use crate::app::renderer::Element;
use crate::app::screen_reader::Reading;
use crate::app::theme::Look;
use crate::app::widget::icon::Icon;
use crate::app::widget::status_page::StatusPage;
use crate::app::widget::{Chrome, frame};

/// What there is to hear of it. Seconds are told in steps: a voice needs some itself.
pub fn reading(seconds: Option<u64>) -> Reading {
    let Some(seconds) = seconds else {
        return Reading::new("still_there", fl!("still-there-leaving"));
    };
    let step = match seconds {
        0..=5 => 5,
        6..=10 => 10,
        _ => seconds.div_ceil(30) * 30,
    };
    Reading::new("still_there", fl!("still-there-title"))
        .text([fl!("still-there-hint")])
        .states([fl!("still-there-seconds", seconds = step)])
}

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
