//! How the diagnostics screen looks.

use iced::widget::{Space, column, container, row};
use iced::{Center, Fill, Size};
use tracing::Level;

use super::facts::{Line, Tone};
use super::{Diagnostics, Message, Page};
use crate::app::focus::HasId;
use crate::app::i18n::fl;
use crate::app::remote::{Button, KeyReport};
use crate::app::renderer::Element;
use crate::app::system_events;
use crate::app::theme::{Look, MONO, Px, token};
use crate::app::widget::clamp::lines;
use crate::app::widget::control::{control_height, ring_room};
use crate::app::widget::frame::body_below;
use crate::app::widget::icon::Icon;
use crate::app::widget::menu::more;
use crate::app::widget::{
    Chrome, button, buttons, clamp, fitting_at_the_top, frame_at, left_to_right, named, qr, text,
};

/// The share of the width that the names of the values may take; longer ones are broken.
const NAMES: f32 = 0.4;
/// Lines that one value may take.
const VALUE_LINES: usize = 2;

impl Diagnostics {
    /// Draws the screen.
    pub fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        let page = match self.page.focused() {
            Some(Page::Device) | None => self.device(look),
            Some(Page::Connection) => self.connection(look),
            Some(Page::Log) => self.log(look),
            Some(Page::Remote) => self.remote(look),
        };
        let body = column![
            self.tabs(look),
            container(page).padding([0.0, ring_room(look)]).height(Fill),
        ]
        .spacing(look.px(token::GAP_S));
        frame_at(look, chrome, &fl!("account-diagnostics"), body)
    }

    fn tabs<'a>(&self, look: &Look) -> Element<'a, Message> {
        let control = |page: Page, words: String| {
            let focused = self.page.has(page) && !self.hearing.is_on();
            button(look, page.id(), words, focused)
        };
        let hint = self.hint();
        let tabs = tabs().map(|(page, words)| control(page, words));
        if has_hint_apart(look) {
            let hint = container(text::label(look, hint)).padding([0.0, ring_room(look)]);
            return column![buttons(look, tabs), hint]
                .spacing(look.px(token::GAP_XS))
                .into();
        }
        let hint = text::label(look, hint).align_x(look.end());
        row(tabs)
            .push(
                container(hint)
                    .width(Fill)
                    .align_x(iced::Right)
                    .padding(iced::Padding::default().right(ring_room(look))),
            )
            .spacing(look.px(token::GAP_S))
            .height(control_height(look) + 2.0 * ring_room(look))
            .align_y(Center)
            .into()
    }

    /// What else can be done on the page.
    fn hint(&self) -> String {
        match self.page.focused() {
            Some(Page::Device | Page::Connection) | None if self.findings.is_none() => {
                fl!("diagnostics-checking")
            }
            Some(Page::Device | Page::Connection) | None => fl!("diagnostics-again"),
            Some(Page::Log) => fl!("diagnostics-scroll"),
            Some(Page::Remote) if self.hearing.is_on() => fl!("diagnostics-stop"),
            Some(Page::Remote) => fl!("diagnostics-start"),
        }
    }

    fn device<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let lines = self.facts.of_the_box(self.findings.as_ref());
        let sides = [
            (token::QR_REPORT, true),
            (token::QR_LESSER, false),
            (token::QR_SMALL, false),
        ];
        let ways = sides.into_iter().flat_map(|(side, says)| {
            table_sizes(look).map(|size| {
                self.device_in(look, (side, says), |width| table(look, &lines, width, size))
            })
        });
        // What fits in no size is shown in parts.
        let side = if look.is_on_end() {
            token::QR_SMALL
        } else {
            token::QR_LESSER
        };
        let side = side.min(self.largest_report(look));
        let height = if look.is_on_end() {
            self.height(look) - look.px(side) - look.px(token::GAP_L)
        } else {
            self.height(look)
        };
        let parts = self.device_in(look, (side, false), |width| {
            part_of_table(look, &lines, Size::new(width, height), self.above)
        });
        fitting_at_the_top(ways.chain([parts]).collect())
    }

    /// The largest report that is no higher than a page.
    fn largest_report(&self, look: &Look) -> Px {
        let sides = [token::QR_LESSER, token::QR_SMALL];
        let fits = sides
            .into_iter()
            .find(|side| look.px(*side) <= self.height(look));
        fits.unwrap_or(token::QR_DETAILS)
    }

    /// The lines with the report beside them, or below them on a screen that stands on end.
    fn device_in<'a>(
        &'a self,
        look: &Look,
        (side, says): (Px, bool),
        table: impl Fn(f32) -> Element<'a, Message>,
    ) -> Element<'a, Message> {
        let side = look.px(side);
        let report = self.report.as_ref().map(|report| {
            let words = text::label(look, fl!("diagnostics-report")).align_x(look.middle());
            let words = says.then(|| container(words).center_x(side));
            column![named("report_qr", qr(look, report, side))]
                .push(words)
                .spacing(look.px(token::GAP_S))
        });
        let report = column![].push(report);
        if look.is_on_end() {
            let report = container(report).center_x(Fill);
            return column![table(self.width(look)), report]
                .spacing(look.px(token::GAP_L))
                .into();
        }
        let width = self.width(look) - side - look.px(token::GAP_XL);
        row![
            container(table(width)).width(width),
            container(report).width(side)
        ]
        .spacing(look.px(token::GAP_XL))
        .into()
    }

    fn connection<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let lines = self.facts.of_the_way(self.findings.as_ref());
        if lines.is_empty() {
            return text::body(look, fl!("diagnostics-nothing")).into();
        }
        let size = Size::new(self.width(look), self.height(look));
        let ways = table_sizes(look).map(|written| table(look, &lines, size.width, written));
        let parts = part_of_table(look, &lines, size, self.above);
        fitting_at_the_top(ways.into_iter().chain([parts]).collect())
    }

    /// The log, newest first, as much as there is room for. It speaks English, and so from left to right.
    fn log<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        if self.lines.is_empty() {
            return text::body(look, fl!("diagnostics-no-lines")).into();
        }
        let size = look.text(token::LABEL);
        let height = size * token::LINE;
        let gap = look.px(token::GAP_XS);
        let width = self.width(look);
        let mut room = self.height(look) + gap;
        let mut shown = column![].spacing(gap);
        for line in self.lines.iter().skip(self.above) {
            let words = format!(
                "{}  {}  {}",
                system_events::time_of(line.at),
                line.level,
                line.text
            );
            let one = clamp(&words, size, width, 1);
            let (words, lines) = if one == words {
                (one, 1.0)
            } else {
                (clamp(&words, size, width, 2), 2.0)
            };
            room -= lines * height + gap;
            if room < 0.0 {
                break;
            }
            let color = match line.level {
                Level::ERROR => look.palette.danger,
                Level::WARN => look.palette.accent_ink,
                _ => look.palette.muted,
            };
            shown = shown.push(text::label(look, words).color(color));
        }
        left_to_right(look, shown.width(Fill))
    }

    fn remote<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        if !self.hearing.is_on() {
            return column![
                text::title(look, fl!("diagnostics-remote-title")),
                text::body(look, fl!("diagnostics-remote-hint")).color(look.palette.muted),
            ]
            .spacing(look.px(token::GAP_S))
            .max_width(look.measure())
            .into();
        }
        let arrivals = self.hearing.arrivals();
        let most = arrivals.len().saturating_sub(1);
        let ways = [
            (Some(token::TITLE), true, most),
            (Some(token::HEADING), true, 2),
            (Some(token::HEADING), true, 1),
            (Some(token::HEADING), true, 0),
            (Some(token::BODY), false, 0),
            (None, false, 0),
        ];
        let ways = ways.map(|(title, says, earlier)| {
            let leave = text::body(look, fl!("diagnostics-remote-leave"));
            let leave = leave.color(look.palette.muted);
            let latest = arrivals.first().map(|arrival| lesson(look, arrival));
            let earlier = arrivals.iter().skip(1).take(earlier).map(|arrival| {
                text::label(look, sentence(arrival))
                    .wrapping(iced::widget::text::Wrapping::None)
                    .into()
            });
            let title = title.map(|size| {
                text::title(look, fl!("diagnostics-remote-listening")).size(look.text(size))
            });
            column![]
                .push(title)
                .push(says.then_some(leave))
                .push(says.then(|| Space::new().height(look.px(token::GAP_M))))
                .push(latest)
                .push(says.then(|| Space::new().height(look.px(token::GAP_S))))
                .extend(earlier)
                .spacing(look.px(token::GAP_S))
                .into()
        });
        fitting_at_the_top(ways.into())
    }

    /// Height of a page: what is left below the tabs.
    fn height(&self, look: &Look) -> f32 {
        let tabs = control_height(look) + 2.0 * ring_room(look);
        let tabs = if has_hint_apart(look) {
            let letters = look.text(token::LABEL);
            let lines = lines(&self.hint(), letters, self.width(look)) as f32;
            let between = (tab_lines(look) - 1.0) * look.px(token::GAP_S);
            tab_lines(look) * tabs
                + between
                + lines * letters * token::LINE
                + look.px(token::GAP_XS)
        } else {
            tabs
        };
        body_below(look).height - tabs - look.px(token::GAP_S)
    }

    fn width(&self, look: &Look) -> f32 {
        look.safe().width - 2.0 * ring_room(look)
    }
}

/// Whether the tabs have no room for words beside them, nor, in long languages, for themselves on one line.
fn has_hint_apart(look: &Look) -> bool {
    !look.has_one_line()
}

/// The pages with their names.
fn tabs() -> [(Page, String); 4] {
    [
        (Page::Device, fl!("diagnostics-device")),
        (Page::Connection, fl!("diagnostics-connection")),
        (Page::Log, fl!("diagnostics-log")),
        (Page::Remote, fl!("diagnostics-remote")),
    ]
}

/// Lines that the tabs take, one beside the other as far as there is room.
fn tab_lines(look: &Look) -> f32 {
    let (room, gap) = (look.safe().width, look.px(token::GAP_S));
    let (mut lines, mut taken) = (1.0, 0.0);
    for (_, words) in tabs() {
        let width = button::width(look, &words);
        if taken > 0.0 && taken + gap + width > room {
            (lines, taken) = (lines + 1.0, width);
        } else {
            taken += if taken > 0.0 { gap + width } else { width };
        }
    }
    lines
}

/// What the last key is, and the line that makes it do something.
fn lesson<'a>(look: &Look, arrival: &KeyReport) -> Element<'a, Message> {
    let color = match arrival.button {
        Some(_) => look.palette.ok,
        None => look.palette.accent_ink,
    };
    let action = arrival.button.and_then(Button::action);
    let line = arrival.line(action.unwrap_or("select"));
    let words = match arrival.button {
        Some(_) => fl!("diagnostics-remote-known"),
        None => fl!("diagnostics-remote-line"),
    };
    let teach = line.map(|line| {
        let written = text::label(look, format!("[remote]\n{line}"))
            .font(look.font(MONO))
            .color(look.palette.text);
        column![
            text::label(look, words),
            left_to_right(look, container(written).width(Fill)),
        ]
        .spacing(look.px(token::GAP_XS))
    });
    column![text::heading(look, sentence(arrival)).color(color)]
        .push(teach)
        .spacing(look.px(token::GAP_S))
        .into()
}

/// What arrived, and what it does.
pub(super) fn sentence(arrival: &KeyReport) -> String {
    let Some(key) = arrival.key() else {
        return fl!("diagnostics-remote-nameless");
    };
    match arrival.button {
        Some(button) => match button.action() {
            Some(action) => fl!("diagnostics-remote-does", key = key, action = action),
            None => fl!("diagnostics-remote-digit", key = key),
        },
        None => fl!("diagnostics-remote-unknown", key = key),
    }
}

/// How large a table is written.
#[derive(Debug, Clone, Copy)]
struct TableSize {
    letters: f32,
    gap: f32,
}

/// From the usual size to that without the viewer's text scale: a line that is missing helps nobody.
fn table_sizes(look: &Look) -> [TableSize; 3] {
    let (usual, least) = (look.text(token::LABEL), look.unscaled_text(token::LABEL));
    [(usual, look.px(token::GAP_XS)), (usual, 0.0), (least, 0.0)]
        .map(|(letters, gap)| TableSize { letters, gap })
}

/// Lines with what each is about before it.
fn table<'a>(look: &Look, lines: &[Line], width: f32, size: TableSize) -> Element<'a, Message> {
    let columns = Columns::new(look, lines, width, size);
    column(lines.iter().map(|line| columns.line(look, line)))
        .spacing(size.gap)
        .into()
}

/// As many of these lines as have room in the size that the viewer wants, from the one at `above`, with arrows where there are
/// more.
fn part_of_table<'a>(
    look: &Look,
    lines: &[Line],
    size: Size,
    above: usize,
) -> Element<'a, Message> {
    let written = TableSize {
        letters: look.text(token::LABEL),
        gap: 0.0,
    };
    let columns = Columns::new(look, lines, size.width, written);
    let mut left = size.height - 2.0 * look.px(token::MENU_MORE);
    let fits = |line: &&Line| {
        left -= columns.height(line);
        left >= 0.0
    };
    let shown: Vec<_> = lines.iter().skip(above).take_while(fits).collect();
    let last = above + shown.len();
    column![more(look, above > 0, Icon::Above)]
        .extend(shown.into_iter().map(|line| columns.line(look, line)))
        .push(more(look, last < lines.len(), Icon::Below))
        .width(size.width)
        .into()
}

/// Where the names and the values of a table stand.
#[derive(Debug, Clone, Copy)]
struct Columns {
    called: f32,
    gap: f32,
    value: f32,
    letters: f32,
}

impl Columns {
    fn new(look: &Look, lines: &[Line], width: f32, size: TableSize) -> Self {
        // As wide as the longest name, which differs from language to language.
        let names = lines
            .iter()
            .map(|line| text::label_width(look, &line.called));
        let called = names.fold(0.0, f32::max).ceil().min(width * NAMES);
        let gap = look.px(token::GAP_M);
        Self {
            called,
            gap,
            value: width - called - gap,
            letters: size.letters,
        }
    }

    fn line<'a>(self, look: &Look, line: &Line) -> Element<'a, Message> {
        let color = match line.tone {
            Tone::Plain => look.palette.text,
            Tone::Bad => look.palette.danger,
        };
        let written = |words: String| text::label(look, words).size(self.letters);
        row![
            container(written(line.called.clone())).width(self.called),
            container(written(self.cut(line)).color(color)).width(self.value),
        ]
        .spacing(self.gap)
        .into()
    }

    fn cut(self, line: &Line) -> String {
        clamp(&line.value, self.letters, self.value, VALUE_LINES)
    }

    /// The most that a line takes.
    fn height(self, line: &Line) -> f32 {
        let called = lines(&line.called, self.letters, self.called);
        let value = lines(&self.cut(line), self.letters, self.value);
        called.max(value) as f32 * (self.letters * token::LINE).ceil()
    }
}
