//! Every size and duration of the screens, in pixels at 1920x1080.

use std::time::Duration;

/// A length at 1920x1080. Only this file makes one; [`Look::px`](super::Look::px) turns it into pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Px(pub(super) f32);

impl Px {
    /// The smaller of two.
    pub fn min(self, other: Self) -> Self {
        if self.0 <= other.0 { self } else { other }
    }

    /// The length at 1920x1080.
    pub(in crate::app) fn at_1080p(self) -> f32 {
        self.0
    }
}

/// A text size at 1920x1080 and text scale 1. Only this file makes one;
/// [`Look::text`](super::Look::text) turns it into pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextSize(pub(super) f32);

/// The user code, where it fits.
pub const DISPLAY: TextSize = TextSize(168.0);
/// The smallest a user code on one line gets.
pub const DISPLAY_MIN: TextSize = TextSize(110.0);
/// The same on a narrow screen: better small than broken in two.
pub const DISPLAY_LEAST: TextSize = TextSize(56.0);
/// The one sentence of a screen.
pub const TITLE: TextSize = TextSize(64.0);
/// A row's or a step's heading.
pub const HEADING: TextSize = TextSize(44.0);
/// A long address.
pub const ADDRESS: TextSize = TextSize(39.0);
/// Running text and buttons.
pub const BODY: TextSize = TextSize(34.0);
/// Captions. Nothing is smaller.
pub const LABEL: TextSize = TextSize(28.0);
/// Height of a line, in text sizes.
pub const LINE: f32 = 1.3;
/// Height of each of two lines that stand where one does elsewhere, in text sizes.
pub const TIGHT_LINE: f32 = 1.15;
/// Height of a line of the user code, in text sizes.
pub const CODE_LINE: f32 = 1.15;
/// Gap between groups of the user code, in text sizes.
pub const CODE_GAP: f32 = 0.3;

/// Between a word and what belongs to it.
pub const GAP_XS: Px = Px(8.0);
/// Between lines of one thought.
pub const GAP_S: Px = Px(16.0);
/// Between controls.
pub const GAP_M: Px = Px(24.0);
/// Between parts of a screen.
pub const GAP_L: Px = Px(40.0);
/// Between halves of a screen.
pub const GAP_XL: Px = Px(56.0);

/// Least height of a control.
pub const CONTROL_HEIGHT: Px = Px(72.0);
/// Least height of a control for a finger, on a panel in reach of the hand: 9 mm on 7 inches of 800x480.
pub const FINGER: Px = Px(80.0);
/// Least height of what a finger hits, in millimetres, where the panel tells how large it is.
pub const FINGER_MM: f32 = 9.0;
/// A control is no higher for that: more would be a panel that tells nonsense.
pub const FINGER_MOST: Px = Px(168.0);
/// Room above and below the words of a control.
pub const CONTROL_PADDING_Y: Px = Px(14.0);
/// Room left and right of the words of a control.
pub const CONTROL_PADDING_X: Px = Px(32.0);
/// Width of the focus ring.
pub const RING: Px = Px(6.0);
/// Width of the line around a control without the focus, in themes that draw one.
pub const OUTLINE: Px = Px(3.0);
/// Gap between what has the focus and its ring.
pub const RING_GAP: Px = Px(4.0);

/// Side of an icon.
pub const ICON: Px = Px(40.0);
/// Share of a screen's width that a list of controls takes beside something else.
pub const MENU_SHARE: f32 = 0.44;
/// The most it takes where its words need more.
pub const MENU_MOST_SHARE: f32 = 0.6;
/// Height of the arrow that tells of more lines above or below.
pub const MENU_MORE: Px = Px(36.0);
/// Place of a value between its arrows, in text sizes: the arrows stand still while it changes.
pub const VALUE_WIDTH: f32 = 9.5;
/// Widest list of settings, at text scale 1.
pub const SETTINGS: Px = Px(1240.0);
/// Columns of a list of languages.
pub const LANGUAGE_COLUMNS: usize = 3;
/// The same on a screen that stands on end.
pub const LANGUAGE_COLUMNS_ON_END: usize = 2;
/// Length of the lines that mark a corner of the picture.
pub const CORNER: Px = Px(80.0);
/// Width of the lines that mark the edges of the picture.
pub const EDGE: Px = Px(6.0);

/// Tiles of "Who is watching?" side by side on a screen of 16:9.
pub const TILES: usize = 5;
/// The fewest anywhere.
pub const TILES_LEAST: usize = 2;
/// The most.
pub const TILES_MOST: usize = 8;
/// Diameter of a picture on a tile of "Who is watching?".
pub const TILE_PORTRAIT: Px = Px(160.0);
/// The same on a panel in reach of the hand, also on other screens.
pub const TILE_PORTRAIT_IN_REACH: Px = Px(112.0);
/// Side of an icon in the place of that picture.
pub const TILE_SYMBOL: Px = Px(64.0);
/// Side of an icon before the words under a name.
pub const TILE_MARK: Px = Px(28.0);
/// Room around what is on a tile.
pub const TILE_PADDING: Px = Px(20.0);
/// Width of a key of the PIN pad without its ring.
pub const PAD_KEY: Px = Px(132.0);
/// Diameter of the mark that stands for a digit of a PIN.
pub const PIN_MARK: Px = Px(36.0);
/// Width of the line around a mark that waits for its digit.
pub const PIN_MARK_LINE: Px = Px(4.0);

/// Between the line at the top and what stands below it: the room for the ring of a control in it comes to that.
pub const HEADER_GAP: Px = Px(8.0);
/// Width of the line between the name of the product and that of a place.
pub const HEADER_LINE: Px = Px(3.0);
/// Height of the logo.
pub const LOGO: Px = Px(56.0);
/// Share of the safe area's width that the product's name may take.
pub const TITLE_SHARE: f32 = 0.6;
/// Widest logo.
pub const LOGO_WIDTH: Px = Px(320.0);
/// Room around the logo on its plate, in the line at the top.
pub const LOGO_PADDING: Px = Px(8.0);
/// Widest logo on a screen that says one thing.
pub const LOGO_LARGE_WIDTH: Px = Px(470.0);
/// Highest logo there.
pub const LOGO_LARGE: Px = Px(320.0);
/// Room around it on its plate.
pub const LOGO_PLATE_PADDING: Px = Px(56.0);
/// Diameter of the emblem of a screen that says one thing.
pub const EMBLEM: Px = Px(420.0);
/// The same where there is less room.
pub const EMBLEM_LESSER: Px = Px(280.0);
/// The same where there is still less.
pub const EMBLEM_SMALL: Px = Px(180.0);
/// Share of its icon's colour in the disc of an emblem.
pub const EMBLEM_INK: f32 = 0.2;
/// Share of the emblem's diameter that its icon takes.
pub const EMBLEM_ICON: f32 = 0.54;
/// Share of the width that the half with the face takes.
pub const FACE_SHARE: f32 = 0.36;
/// Least width of the words beside a face, at text scale 1: the longest word of a control.
pub const WORDS_LEAST: Px = Px(560.0);
/// Widest running text, at text scale 1: about sixty characters.
pub const MEASURE: Px = Px(1180.0);

/// Cards that stand side by side whole.
pub const CARDS: usize = 5;
/// Posters and squares that stand side by side whole.
pub const NARROW_CARDS: usize = 7;
/// Cards of words that stand side by side whole: a line holds some thirty letters.
pub const TEXT_CARDS: usize = 3;
/// Width of a wide card's picture to its height.
pub const CARD_SHAPE: f32 = 16.0 / 9.0;
/// Width of a poster to its height.
pub const POSTER_SHAPE: f32 = 2.0 / 3.0;
/// Room around the words of a card of words.
pub const CARD_PADDING: Px = Px(22.0);
/// Side of the picture beside the words of a card of words.
pub const THUMBNAIL: Px = Px(88.0);
/// Lines of the title of a card of words.
pub const CARD_TITLE_LINES: usize = 3;
/// Lines of the text of a card of words.
pub const CARD_BODY_LINES: usize = 3;
/// Between cards; holds the ring and the growth of one that has the focus.
pub const CARD_GAP: Px = Px(40.0);
/// How much a card grows that has the focus.
pub const CARD_GROWTH: f32 = 1.06;
/// Between a picture and what stands above or below it; holds its ring and its growth.
pub const CARD_MARGIN: Px = Px(20.0);
/// Share of a heading's line that is left for what stands at its end.
pub const BESIDE_HEADING: f32 = 0.45;
/// Room left and right of the words of a badge.
pub const BADGE_PADDING: Px = Px(10.0);
/// Between rows.
pub const ROW_GAP: Px = Px(28.0);
/// The least between rows, where the next one would not be seen else.
pub const ROW_GAP_LEAST: Px = Px(12.0);
/// As much of a row's pictures tells that it is there.
pub const TELLS: Px = Px(24.0);
/// Cards that a row without cards takes the width of.
pub const NOTE_CARDS: usize = 2;
/// Height of the line that shows progress.
pub const PROGRESS: Px = Px(8.0);
/// Width of the line that shows progress, beside a caption.
pub const PROGRESS_WIDTH: Px = Px(84.0);
/// Diameter of the account's picture beside its name.
pub const AVATAR: Px = Px(52.0);
/// Room left of the picture in the account button.
pub const AVATAR_PADDING: Px = Px(10.0);
/// Widest name beside the account's picture, at text scale 1.
pub const NAME_WIDTH: Px = Px(420.0);
/// Least room in which a name there says anything.
pub const NAME_LEAST: Px = Px(90.0);
/// Most height of what a card says above its children.
pub const HERO: Px = Px(560.0);
/// Share of the width that the picture there takes at most.
pub const HERO_SHARE: f32 = 0.42;
/// Share of the height below the line at the top that the card in focus takes above the rows of home.
pub const HERO_ABOVE: f32 = 0.42;
/// The same on a screen that stands on end, where all are cards of words.
pub const HERO_ABOVE_WORDS: f32 = 0.26;
/// The least share that it gives way to for few rows to stand whole below it.
pub const HERO_ABOVE_LEAST: f32 = 0.3;
/// What it gives way by, as a share of the same, until a whole row stands below it and the next one shows.
pub const HERO_STEP: f32 = 0.02;
/// Share of the width that its words take beside its picture.
pub const HERO_WORDS: f32 = 0.5;
/// Share of the window's width that its picture takes at most, and its width to its height at most.
pub const HERO_PICTURE: (f32, f32) = (0.62, 3.0);
/// How far its picture fades out over its words on a screen that stands on end.
pub const HERO_FADING: Px = Px(140.0);
/// Lines of its text at most, beside a picture and without one.
pub const HERO_LINES: (usize, usize) = (4, 6);
/// Most pixels of its picture: one of a larger window is drawn enlarged.
pub const HERO_PIXELS: f32 = 1_200_000.0;
/// Width of the artwork on the detail screen.
pub const ARTWORK: Px = Px(820.0);
/// Share of the width that it takes at most beside words: that of [`ARTWORK`] on a screen of 16:9.
pub const ARTWORK_BESIDE: f32 = 0.4775;
/// Share of the height that it takes at most above words.
pub const ARTWORK_ABOVE: f32 = 0.4;
/// Width of a poster on the detail screen.
pub const ARTWORK_POSTER: Px = Px(480.0);
/// Width of a square picture on the detail screen.
pub const ARTWORK_SQUARE: Px = Px(560.0);
/// Width of the picture of a card of words on the detail screen.
pub const ARTWORK_SMALL: Px = Px(360.0);
/// Further lines of the detail screen that stand above its text where there is no room below the picture.
pub const FACTS_ABOVE: usize = 5;
/// Share of the artwork's width that the name of a fact below it takes.
pub const FACT_SHARE: f32 = 0.35;
/// Diameter of the account's picture on its screen.
pub const ACCOUNT_PORTRAIT: Px = Px(160.0);

/// Height of initials in a circle, to its diameter.
pub const INITIALS_SHARE: f32 = 0.4;

/// Side of the QR plate beside the steps: codes of 25 to 45 modules come out at 420 pixels or more.
pub const QR: Px = Px(561.0);
/// Its side on a screen that stands on end, as there is room.
pub const QR_ON_END: [Px; 3] = [Px(640.0), Px(720.0), Px(800.0)];
/// Its side on a panel in reach of the hand, where there is no room for more.
pub const QR_LESSER: Px = Px(480.0);
/// The same, where there is still less.
pub const QR_SMALL: Px = Px(400.0);
/// The most its corners are round: they stay clear of its quiet zone's modules.
pub const QR_RADIUS: Px = Px(16.0);
/// Share of the shorter side of a window that it takes at least.
pub const QR_LEAST_SHARE: f32 = 0.42;
/// Most of the width that the bigger QR code takes: the code stays beside it (RFC 8628 section 3.3.1).
pub const QR_SHARE: f32 = 0.6;
/// Share of the width that it takes on a screen that stands on end, as there is room.
pub const QR_ENLARGED: [f32; 3] = [1.0, 0.92, 0.84];
/// Width of a safe area that has room for buttons and words beside them, up to a text scale.
pub const ONE_LINE: Px = Px(1600.0);
/// That text scale.
pub const ONE_LINE_TEXT_SCALE: f32 = 1.3;
/// Share of the width that the QR code of an item's page takes beside words, and above them on a screen that stands on
/// end: it is read from across a room.
pub const PHONE_QR_SHARE: (f32, f32) = (0.46, 0.62);
/// Side of the QR plate with details for the owner.
pub const QR_DETAILS: Px = Px(360.0);
/// Side of the QR plate with the report of the diagnostics: it holds three times as much as an address.
pub const QR_REPORT: Px = Px(561.0);
/// Widest column of the steps: the longest code at its largest fits.
pub const STEPS: Px = Px(1560.0);
/// Column of a step's number.
pub const STEP_NUMBER: Px = Px(44.0);
/// Diameter of the ring that counts down.
pub const COUNTDOWN: Px = Px(52.0);
/// Width of that ring's stroke.
pub const COUNTDOWN_STROKE: Px = Px(7.0);
/// Diameter of the account's picture in the greeting.
pub const PORTRAIT: Px = Px(360.0);

/// How far a mouse must be moved for the pointer to show.
pub const POINTER_WAKE: Px = Px(8.0);
/// How far a finger may stray and still tap.
pub const TAP_SLOP: Px = Px(32.0);
/// How far something is pulled for one step: most of a card.
pub const PULL_STEP: Px = Px(240.0);
/// What is let go of at as many steps a second runs on.
pub const FLING: f32 = 1.5;
/// It runs on for no more steps.
pub const GLIDE_STEPS: u32 = 12;
/// Time in which its speed falls to some third.
pub const GLIDE: Duration = Duration::from_millis(350);
/// The speed of a finger is that of its last moments.
pub const FLING_WINDOW: Duration = Duration::from_millis(100);
/// As much of a touch pad's scrolling as a notch of a wheel.
pub const WHEEL_STEP: Px = Px(100.0);

/// Share of the window each side keeps free where the owner says nothing (EBU R 95).
pub const OVERSCAN_PERCENT: f32 = 5.0;
/// How far what stands still moves at least, so that no pixel shows the same for long.
pub const SHIFT: Px = Px(8.0);
/// How much of the light is taken from a dimmed screen; a phone still reads its code.
pub const DIM: f32 = 0.6;
/// How much of the text colour the clock on black has.
pub const AMBIENT_INK: f32 = 0.6;
/// Largest share of the window that each side may be told to keep free.
pub const OVERSCAN_PERCENT_MAX: f32 = 15.0;
/// Text scales a viewer can choose.
pub const TEXT_SCALES: [f32; 4] = [1.0, 1.15, 1.3, TEXT_SCALE_MAX];
/// Largest text scale.
pub const TEXT_SCALE_MAX: f32 = 1.5;

/// Changes that come by themselves are shown no faster than this: each one redraws the whole screen.
pub const FRAME: Duration = Duration::from_millis(16);
/// Time within which the movements of a mouse must come for the pointer to show.
pub const POINTER_WAKE_TIME: Duration = Duration::from_secs(1);
/// How long the pointer stays once the mouse rests.
pub const POINTER_REST: Duration = Duration::from_secs(4);
/// A tap this soon after another one was not meant.
pub const TAP_AGAIN: Duration = Duration::from_millis(300);
/// Length of a movement.
pub const MOTION: Duration = Duration::from_millis(120);
/// Between two pictures of a movement.
pub const GROWTH_FRAME: Duration = Duration::from_millis(40);
/// Moves closer together come from an arrow that is held, or from fast presses.
pub const HELD: Duration = Duration::from_millis(250);
/// The focus rests where it has stood for so long: only then is the card large above the rows, and what has the focus is read
/// aloud where everything is. Longer than [`HELD`]: whoever presses again and again would else be held up by the drawing of what
/// is passed by, a third of the window.
pub const REST: Duration = Duration::from_millis(300);
/// Its words wait for its picture for so long.
pub const PICTURE_WAIT: Duration = Duration::from_millis(400);
/// Largest window, in pixels, in which anything moves: drawing more takes longer than a picture may.
pub const MOVING: f32 = 1920.0 * 1080.0;
/// A start that takes longer than this says so.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// How long the diagnostics wait for an answer.
pub const ANSWER_LIMIT: Duration = Duration::from_secs(5);
/// How long the diagnostics wait for the next key of a remote that is being named.
pub const LISTEN: Duration = Duration::from_secs(20);
/// What stands still moves this often.
pub const SHIFT_EVERY: Duration = Duration::from_secs(60);
/// How long before it happens a sign-out for want of a key is announced.
pub const SIGN_OUT_WARNING: Duration = Duration::from_secs(60);
/// How long the greeting waits for an answer to a question.
pub const ANSWER: Duration = Duration::from_secs(20);
/// A key that is down for longer than this without moving anything does not repeat: compositors begin after 200 to 700 ms.
pub const REST_MOST: Duration = Duration::from_secs(1);
/// Lines of a caption, where there is room.
pub const CAPTION_LINES: usize = 2;
