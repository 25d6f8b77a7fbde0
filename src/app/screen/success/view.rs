//! How the greeting looks.

use iced::widget::column;

use super::{Message, Step, Success, SuccessControl, greeting_name, shown};
use crate::app::focus::HasId;
use crate::app::i18n::fl;
use crate::app::pictures::Pictures;
use crate::app::renderer::Element;
use crate::app::screen::account::{self, greeting_portrait};
use crate::app::theme::{Look, Px, TextSize, token};
use crate::app::widget::halves::{self, Halves, has_room_for_a_face, standing, words_width};
use crate::app::widget::{Chrome, button, fitting, frame, named, text};

/// A way to greet.
#[derive(Debug, Clone, Copy)]
struct Greeting {
    /// Sizes of the name.
    title: &'static [TextSize],
    /// Size of a question.
    question: TextSize,
    /// Whether there is a picture of the person.
    portrait: bool,
    /// Whether it is said what comes of no answer.
    hint: bool,
    /// Above the buttons.
    gap: Px,
    /// Between lines of them.
    between: Px,
}

/// Ways to greet, the best one first: a small window, a long name and long words have no room for all.
const GREETINGS: [Greeting; 4] = [
    Greeting {
        title: &[token::TITLE, token::HEADING],
        question: token::HEADING,
        portrait: true,
        hint: true,
        gap: token::GAP_L,
        between: token::GAP_S,
    },
    Greeting {
        title: &[token::HEADING, token::BODY],
        question: token::BODY,
        portrait: true,
        hint: true,
        gap: token::GAP_S,
        between: token::GAP_XS,
    },
    Greeting {
        title: &[token::HEADING, token::BODY],
        question: token::BODY,
        portrait: false,
        hint: true,
        gap: token::GAP_S,
        between: token::GAP_XS,
    },
    Greeting {
        title: &[token::BODY],
        question: token::BODY,
        portrait: false,
        hint: false,
        gap: token::GAP_XS,
        between: token::GAP_XS,
    },
];

impl Success {
    /// Draws the screen.
    pub fn view<'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
        pictures: &Pictures,
    ) -> Element<'a, Message> {
        let hello = match greeting_name(&self.account) {
            Some(name) => fl!("success-hello", name = name),
            None => fl!("success-hello-nameless"),
        };
        let under = match self.step {
            Step::Leaving => fl!("success-signing-out"),
            Step::Keeping => fl!("success-keeping"),
            Step::Asking => fl!("success-ask"),
            Step::Greeting => fl!("success-signed-in"),
        };
        let ways = GREETINGS.map(|way| self.greeting(look, pictures, &hello, &under, way));
        frame(look, chrome, fitting(ways.into()))
    }

    /// One way to greet, in the words of `hello` and `under`.
    fn greeting<'a>(
        &'a self,
        look: &Look,
        pictures: &Pictures,
        hello: &str,
        under: &str,
        way: Greeting,
    ) -> Element<'a, Message> {
        let (under, more) = match self.step {
            Step::Asking => {
                let hint = text::body(look, fl!("success-ask-hint")).color(look.palette.muted);
                let under = text::heading(look, under.to_owned()).size(look.text(way.question));
                (under, way.hint.then_some(hint))
            }
            Step::Greeting | Step::Keeping | Step::Leaving => {
                let warning = self.warning();
                let warning =
                    warning.map(|words| text::body(look, words).color(look.palette.accent_ink));
                let under = text::body(look, under.to_owned()).color(look.palette.muted);
                (under, warning)
            }
        };
        let portrait = way.portrait && has_room_for_a_face(look);
        let room = words_width(look, portrait);
        let hello = text::sentence(look, hello, way.title, room);
        let shown = shown(self.step).iter();
        let controls = shown.map(|control| self.control(look, words(*control), *control));
        let said = column![standing(look, hello), standing(look, under)]
            .push(more.map(|more| standing(look, more)))
            .spacing(look.px(token::GAP_XS));
        Halves {
            face: portrait.then(|| {
                let side = greeting_portrait(look);
                let face = account::portrait(look, &self.account, pictures, side);
                halves::in_its_half(look, named("portrait", face))
            }),
            said,
            gap: way.gap,
            controls: (!self.is_busy()).then(|| halves::controls(look, controls, way.between)),
        }
        .view(look)
    }

    fn control<'a>(
        &self,
        look: &Look,
        words: String,
        control: SuccessControl,
    ) -> Element<'a, Message> {
        button(look, control.id(), words, self.focus.has(control))
    }
}

/// What a button says.
pub(super) fn words(control: SuccessControl) -> String {
    match control {
        SuccessControl::Continue => fl!("success-continue"),
        SuccessControl::OnlyThisTime => fl!("success-ask-no"),
        SuccessControl::Stay => fl!("account-stay"),
        SuccessControl::NotYou => fl!("success-not-you"),
    }
}
