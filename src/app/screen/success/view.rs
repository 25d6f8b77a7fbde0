//! How the greeting looks.

use iced::widget::{Space, column, container, row};
use iced::{Center, Element};

use super::{Message, Step, Success, SuccessControl, greeting_name, shown};
use crate::app::focus::HasId;
use crate::app::i18n::fl;
use crate::app::pictures::Pictures;
use crate::app::screen::account::{greeting_portrait, portrait};
use crate::app::theme::{Look, Px, TextSize, token};
use crate::app::widget::control::ring_room;
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
        let gap = look.px(token::GAP_L);
        let side = greeting_portrait(look);
        let whole = look.safe().width - 2.0 * ring_room(look);
        let beside = way.portrait && !look.is_on_end();
        let width = if beside { whole - side - gap } else { whole };
        let said = column![
            text::fitted(look, hello.to_owned(), way.title, width),
            under,
        ]
        .push(more)
        .spacing(look.px(token::GAP_XS))
        .width(width);
        let shown = shown(self.step).iter();
        let controls = shown.map(|control| self.control(look, words(*control), *control));
        let controls = (!self.is_busy()).then(|| {
            row(controls)
                .spacing(look.px(token::GAP_S))
                .wrap()
                .vertical_spacing(look.px(way.between))
        });
        let portrait = way
            .portrait
            .then(|| named("portrait", portrait(look, &self.account, pictures, side)));
        let who: Element<'a, Message> = if look.is_on_end() {
            column![].push(portrait).push(said).spacing(gap).into()
        } else {
            let who = row![].push(portrait).push(said);
            who.spacing(gap).align_y(Center).into()
        };
        column![
            container(who).padding([0.0, ring_room(look)]),
            Space::new().height(look.px(way.gap)),
        ]
        .push(controls)
        .into()
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

fn words(control: SuccessControl) -> String {
    match control {
        SuccessControl::Continue => fl!("success-continue"),
        SuccessControl::OnlyThisTime => fl!("success-ask-no"),
        SuccessControl::Stay => fl!("account-stay"),
        SuccessControl::NotYou => fl!("success-not-you"),
    }
}
