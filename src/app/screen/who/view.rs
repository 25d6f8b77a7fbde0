//! Draws the tiles.

use iced::border;
use iced::widget::text::Wrapping;
use iced::widget::{Space, column, container, row};
use iced::{Background, Center, Fill, Rectangle, Size};

use super::{Tile, TileKind, Who, WhoControl, columns, tile_name};
use crate::app::i18n::fl;
use crate::app::renderer::{Element, Row};
use crate::app::screen::account::{portrait, tile_portrait};
use crate::app::screen::welcome::Notice;
use crate::app::theme::{Look, SANS, TextSize, token};
use crate::app::widget::clamp::lines;
use crate::app::widget::control::{self, ControlSurface, ring_room, ringed};
use crate::app::widget::draw_list::{DrawList, LineAlign, Primitive, TextLine};
use crate::app::widget::frame::body_below;
use crate::app::widget::icon::{Icon, icon};
use crate::app::widget::menu::{VisibleRange, more};
use crate::app::widget::status_page::StatusPage;
use crate::app::widget::{Chrome, button, clamp, frame, halves, named, text};

impl Who {
    /// Draws the screen.
    pub fn view<'a, Message: 'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
    ) -> Element<'a, Message> {
        match self.asking {
            Some(_) => frame(look, chrome, self.question(look)),
            None => frame(look, chrome, self.tile_grid(look)),
        }
    }

    fn tile_grid<'a, Message: 'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let notice = self.words(look).map(|words| {
            container(text::body(look, words).color(look.palette.accent_ink))
                .max_width(look.measure())
        });
        let title = text::title(look, fl!("who-title")).size(look.text(title_size(look)));
        let above = column![title].push(notice).spacing(look.px(token::GAP_XS));
        let all = (self.tiles.len() + 1).div_ceil(self.columns);
        let focused = match self.focus.focused() {
            Some(WhoControl::Tile(index)) => index / self.columns,
            _ => all - 1,
        };
        let window = VisibleRange::around(focused, all, self.rows_that_fit(look, all));
        let last = window.first + window.count;
        let rows = (window.first..last).map(|index| self.row(look, index).into());
        let scrolls = window.count < all;
        let tiles = column![]
            .push(scrolls.then(|| more(look, window.first > 0, Icon::Above)))
            .extend(rows)
            .push(scrolls.then(|| more(look, last < all, Icon::Below)));
        let page = column![
            container(above).padding([0.0, ring_room(look)]),
            Space::new().height(look.px(token::GAP_M)),
            tiles,
        ];
        container(page).center_y(Fill).into()
    }

    fn row<'a, Message: 'a>(&'a self, look: &Look, index: usize) -> Row<'a, Message> {
        let start = index * self.columns;
        let end = (start + self.columns).min(self.tiles.len() + 1);
        row((start..end).map(|index| match self.tiles.get(index) {
            Some(tile) => self.account_tile(look, index, tile),
            None => self.add_tile(look),
        }))
    }

    fn account_tile<'a, Message: 'a>(
        &'a self,
        look: &Look,
        index: usize,
        of: &'a Tile,
    ) -> Element<'a, Message> {
        let focused = self.focus.has(WhoControl::Tile(index));
        let side = portrait_side(look);
        let picture = match of.account() {
            Some(account) => portrait(look, account, &self.pictures, side),
            None => symbol(look, Icon::Retry),
        };
        let name = of.called();
        let (mark, under) = match &of.kind {
            TileKind::Ready { pin: true, .. } => (Some(Icon::Lock), fl!("who-pin")),
            TileKind::Ready { pin: false, .. } => (None, String::new()),
            TileKind::Guest { .. } => (None, fl!("who-guest")),
            TileKind::Broken => (None, fl!("who-broken")),
        };
        let face = TileFace {
            name: &name,
            mark,
            under,
        };
        let height = self.tile_height(look);
        named(tile_name(of), tile(look, picture, &face, focused, height))
    }

    fn add_tile<'a, Message: 'a>(&self, look: &Look) -> Element<'a, Message> {
        let focused = self.focus.has(WhoControl::Add);
        let picture = symbol(look, Icon::Add);
        let face = TileFace {
            name: &fl!("who-add"),
            mark: None,
            under: String::new(),
        };
        let height = self.tile_height(look);
        named("add", tile(look, picture, &face, focused, height))
    }

    /// What there is to say above the tiles, as much as leaves room for a line of them.
    fn words(&self, look: &Look) -> Option<String> {
        let words = self.notice.as_ref().map(Notice::words)?;
        let size = look.text(token::BODY);
        let around = line(look, title_size(look)) + look.px(token::GAP_XS) + look.px(token::GAP_M);
        let arrows = 2.0 * look.px(token::MENU_MORE);
        let left = body_below(look).height - around - arrows - self.tile_height(look);
        let most = (left / line(look, token::BODY)).floor().max(1.0) as usize;
        Some(clamp(&words, size, notice_width(look), most))
    }

    fn rows_that_fit(&self, look: &Look, all: usize) -> usize {
        let notice = self.words(look).map_or(0.0, |words| {
            let lines = lines(&words, look.text(token::BODY), notice_width(look)) as f32;
            look.px(token::GAP_XS) + lines * line(look, token::BODY)
        });
        let above = line(look, title_size(look)) + notice + look.px(token::GAP_M);
        let left = body_below(look).height - above;
        let tile = self.tile_height(look);
        let rows = |height: f32| (height / tile).floor().max(1.0) as usize;
        if rows(left) >= all {
            all
        } else {
            rows(left - 2.0 * look.px(token::MENU_MORE))
        }
    }

    /// Whether some tile says more than a name: then all have the room for it.
    fn says_more(&self) -> bool {
        let plain = |tile: &Tile| matches!(tile.kind, TileKind::Ready { pin: false, .. });
        !self.tiles.iter().all(plain)
    }

    /// Height of a tile with its ring.
    fn tile_height(&self, look: &Look) -> f32 {
        let more = if self.says_more() {
            line(look, token::LABEL)
        } else {
            0.0
        };
        portrait_side(look)
            + look.px(token::GAP_S)
            + line(look, token::BODY)
            + more
            + 2.0 * (look.px(token::TILE_PADDING) + ring_room(look))
    }

    fn question<'a, Message: 'a>(&self, look: &Look) -> Element<'a, Message> {
        let control = |control, id: &'static str, words: String| {
            button(look, id, words, self.focus.has(control))
        };
        let said = StatusPage {
            title: fl!("who-broken-title").into(),
            color: look.palette.text,
            emblem: Icon::Warning,
            hint: fl!("who-broken-hint").into(),
            detail: None,
            code: None,
        };
        let controls = || {
            let shown = [
                control(WhoControl::SignIn, "sign_in", fl!("who-sign-in-again")),
                control(WhoControl::Remove, "remove", fl!("who-remove")),
                control(WhoControl::Back, "back", fl!("who-back")),
            ];
            halves::controls(look, shown, token::GAP_S)
        };
        said.view(look, controls)
    }
}

/// Size of the question above the tiles.
fn title_size(look: &Look) -> TextSize {
    if look.is_in_reach() {
        token::HEADING
    } else {
        token::TITLE
    }
}

/// Width of what is said above the tiles.
fn notice_width(look: &Look) -> f32 {
    look.measure()
        .min(look.safe().width - 2.0 * ring_room(look))
}

/// Diameter of a picture.
pub(super) fn portrait_side(look: &Look) -> f32 {
    tile_portrait(look)
}

/// Width of a tile with its ring.
fn tile_width(look: &Look) -> f32 {
    (look.safe().width / columns(look) as f32).floor()
}

/// Height of a line of text.
fn line(look: &Look, size: TextSize) -> f32 {
    (look.text(size) * token::LINE).ceil()
}

/// What a tile says.
struct TileFace<'a> {
    name: &'a str,
    /// Before what stands under the name.
    mark: Option<Icon>,
    under: String,
}

/// A tile: a picture, a name, and what there is to know.
fn tile<'a, Message: 'a>(
    look: &Look,
    picture: Element<'a, Message>,
    face: &TileFace<'_>,
    focused: bool,
    height: f32,
) -> Element<'a, Message> {
    let surface = ControlSurface::new(look, control::Fill::None, focused);
    let padding = look.px(token::TILE_PADDING);
    let room = tile_width(look) - 2.0 * (padding + ring_room(look));
    // A drawing measures what it cuts.
    let size = Size::new(room, line(look, token::BODY));
    let name = container(DrawList::new(vec![Primitive::Text(TextLine {
        place: Rectangle::with_size(size),
        text: face.name.to_owned(),
        size: look.text(token::BODY),
        font: look.font(SANS),
        color: surface.ink,
        align: LineAlign::Middle,
    })]))
    .width(size.width)
    .height(size.height);
    let side = look.px(token::TILE_MARK);
    let mark = face
        .mark
        .map(|mark| icon(look, mark, token::TILE_MARK, surface.muted));
    let under_room = room - mark.as_ref().map_or(0.0, |_| side + look.px(token::GAP_XS));
    let under = clamp(&face.under, look.text(token::LABEL), under_room, 1);
    let under = text::label(look, under)
        .color(surface.muted)
        .wrapping(Wrapping::None);
    let content = column![
        picture,
        Space::new().height(look.px(token::GAP_S)),
        name,
        row![]
            .push(mark)
            .push(under)
            .spacing(look.px(token::GAP_XS))
            .align_y(Center),
    ]
    .align_x(Center)
    .width(Fill);
    let control = container(content).padding(padding).width(Fill).height(Fill);
    let control = surface.under(control);
    container(ringed(look, control, focused))
        .width(tile_width(look))
        .height(height)
        .into()
}

/// An icon where others have a picture.
fn symbol<'a, Message: 'a>(look: &Look, which: Icon) -> Element<'a, Message> {
    let palette = look.palette;
    let side = portrait_side(look);
    container(icon(look, which, token::TILE_SYMBOL, palette.text))
        .center(side)
        .style(move |_| container::Style {
            background: Some(Background::Color(palette.raised)),
            border: border::rounded(side / 2.0),
            ..container::Style::default()
        })
        .into()
}
