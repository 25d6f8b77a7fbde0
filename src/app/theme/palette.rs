//! Colours, and the arithmetic that keeps every pair of them readable.

use iced::Color;

use crate::config;

/// Contrast every text must reach against what is behind it (WCAG 1.4.3).
const READABLE: f32 = 4.5;
/// Contrast of what tells something without words against what is beside it (WCAG 1.4.11).
const FIGURE: f32 = 3.0;
/// Contrast the main text must reach against the ground: panels wash out.
const STRONG: f32 = 7.0;

/// Modules of a QR code, in every theme: some readers cannot read light on dark.
pub const QR_DARK: Color = Color::from_rgb8(0x10, 0x10, 0x10);
/// Plate of a QR code, in every theme.
pub const QR_LIGHT: Color = Color::from_rgb8(0xeb, 0xeb, 0xeb);

/// Contrast from which a surface is told from the one around it, where a ring and words say what it is.
const SEEN: f32 = 1.2;
/// What is written on a surface of the owner's colour: dark or light.
const INKS: [Color; 2] = [
    Color::from_rgb8(0x10, 0x14, 0x18),
    Color::from_rgb8(0xeb, 0xeb, 0xeb),
];
/// Plates behind an owner's logo that needs one, light and dark, in every theme.
pub const PLATES: [Color; 2] = [INKS[1], INKS[0]];

/// Hues of tiles that stand for a missing picture, in red, green and blue.
const HUES: [(u8, u8, u8); 6] = [
    (0x3a, 0x6e, 0xa5),
    (0x8a, 0x4f, 0x7d),
    (0x2f, 0x7d, 0x6b),
    (0x9a, 0x5b, 0x34),
    (0x5b, 0x5f, 0xa8),
    (0x7a, 0x6a, 0x2c),
];
/// Share of the text colour in what is left of a line of progress.
const TRACK_SHARE: f32 = 0.16;
/// The same where it is to be told from the ground as clearly as from what is done.
const STRONG_TRACK_SHARE: f32 = 0.44;
/// Share of the hue in a tile.
const HUE_SHARE: f32 = 0.32;

/// The colours of one theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color,
    /// Surface of a control, a card, a panel.
    pub raised: Color,
    /// Main text, and the focus ring.
    pub text: Color,
    /// Text of less weight.
    pub muted: Color,
    /// The owner's accent as a surface: of what has the focus.
    pub accent: Color,
    /// Text on [`Palette::accent`].
    pub on_accent: Color,
    /// The owner's accent as words and lines: progress, what is to be noticed.
    pub accent_ink: Color,
    /// Words about something that went wrong.
    pub danger: Color,
    /// Words about something that went well.
    pub ok: Color,
    /// Ring around what has the focus.
    pub ring: Color,
    /// Line around a control that has not; most themes need none.
    pub outline: Color,
    /// Share of the text colour in [`Palette::track`].
    track_share: f32,
}

impl Palette {
    /// The colours of a theme with the owner's accent.
    pub fn new(theme: config::Theme, accent: Color) -> Self {
        match theme {
            config::Theme::Dark => Self {
                ground: Color::from_rgb8(0x10, 0x14, 0x18),
                raised: Color::from_rgb8(0x1b, 0x22, 0x29),
                text: Color::from_rgb8(0xeb, 0xeb, 0xeb),
                muted: Color::from_rgb8(0xa9, 0xb4, 0xbe),
                accent,
                on_accent: INKS[0],
                accent_ink: accent,
                danger: Color::from_rgb8(0xeb, 0x8b, 0x7b),
                ok: Color::from_rgb8(0x7b, 0xd8, 0x8f),
                ring: Color::from_rgb8(0xeb, 0xeb, 0xeb),
                outline: Color::TRANSPARENT,
                track_share: TRACK_SHARE,
            }
            .with_accent(accent),
            config::Theme::Light => Self {
                ground: Color::from_rgb8(0xeb, 0xeb, 0xeb),
                raised: Color::from_rgb8(0xd9, 0xdd, 0xe1),
                text: Color::from_rgb8(0x10, 0x14, 0x18),
                muted: Color::from_rgb8(0x46, 0x50, 0x5a),
                accent,
                on_accent: INKS[0],
                accent_ink: accent,
                danger: Color::from_rgb8(0x9c, 0x1c, 0x14),
                ok: Color::from_rgb8(0x10, 0x5c, 0x2a),
                ring: Color::from_rgb8(0x10, 0x14, 0x18),
                outline: Color::TRANSPARENT,
                track_share: TRACK_SHARE,
            }
            .with_accent(accent),
            config::Theme::HighContrast => Self {
                ground: Color::from_rgb8(0, 0, 0),
                raised: Color::from_rgb8(0x10, 0x10, 0x10),
                text: Color::from_rgb8(0xeb, 0xeb, 0xeb),
                muted: Color::from_rgb8(0xd8, 0xd8, 0xd8),
                accent: Color::from_rgb8(0xeb, 0xd7, 0x10),
                on_accent: Color::from_rgb8(0, 0, 0),
                accent_ink: Color::from_rgb8(0xeb, 0xd7, 0x10),
                danger: Color::from_rgb8(0xeb, 0xa0, 0x90),
                ok: Color::from_rgb8(0x8c, 0xe8, 0xa0),
                ring: Color::from_rgb8(0xeb, 0xd7, 0x10),
                outline: Color::from_rgb8(0xeb, 0xeb, 0xeb),
                track_share: STRONG_TRACK_SHARE,
            },
        }
    }

    /// Takes the owner's accent in, within what televisions show. As a surface it stays what it is: the words upon it are
    /// dark or light, and it moves towards the text colour only as far as it must for one of them to be read, and for it to
    /// be seen beside the ground. As words it moves until it can be read on the ground and on a raised surface, and as
    /// progress be told from what is left. The last step of either is the text colour itself.
    fn with_accent(mut self, wanted: Color) -> Self {
        let wanted = shown_on_television(wanted);
        let (text, around) = (self.text, [self.ground, self.raised]);
        let stands_off = |color, least| around.iter().all(|other| contrast(color, *other) >= least);
        self.accent = moved(wanted, text, |accent| {
            stands_off(accent, SEEN) && contrast(ink_on(accent), accent) >= READABLE
        });
        self.on_accent = ink_on(self.accent);
        let track = self.track();
        self.accent_ink = moved(wanted, text, |accent| {
            stands_off(accent, READABLE) && contrast(accent, track) >= FIGURE
        });
        self
    }

    /// The colour of a tile that stands for a missing picture; the same `name` has the same one.
    pub fn tint(&self, name: &str) -> Color {
        mix(self.raised, Self::hue(name), HUE_SHARE)
    }

    /// The hue of such a tile.
    pub fn hue(name: &str) -> Color {
        // FNV-1a: any spread will do, as long as it is the same after every start.
        let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        let (red, green, blue) = HUES[hash as usize % HUES.len()];
        Color::from_rgb8(red, green, blue)
    }

    /// Whether words are lighter than what they stand on.
    pub fn is_dark(&self) -> bool {
        luminance(self.ground) < luminance(self.text)
    }

    /// Whether all words that stand on the ground can be read on this colour as well.
    pub fn can_be_read_on(&self, surface: Color) -> bool {
        let lesser = [self.muted, self.accent_ink, self.danger, self.ok, self.ring];
        contrast(self.text, surface) >= STRONG
            && lesser.iter().all(|ink| contrast(*ink, surface) >= READABLE)
    }

    /// How far from black, or in a light theme from white, the channels of a picture may be for words upon it to be
    /// readable whatever it shows.
    pub fn quiet(&self) -> u8 {
        let all: [u8; 256] = std::array::from_fn(|far| far as u8);
        let readable = all.partition_point(|far| {
            let channel = if self.is_dark() { *far } else { u8::MAX - far };
            self.can_be_read_on(Color::from_rgb8(channel, channel, channel))
        });
        all[readable.saturating_sub(1)]
    }

    /// The colour of what is left of a line of progress.
    pub fn track(&self) -> Color {
        mix(self.raised, self.text, self.track_share)
    }
}

/// `color` on its way to another one, step by step, as far as it must go to be `right`.
fn moved(color: Color, to: Color, right: impl Fn(Color) -> bool) -> Color {
    const STEPS: u8 = 32;
    let mut steps = (0..STEPS).map(|step| mix(color, to, f32::from(step) / f32::from(STEPS)));
    steps.find(|step| right(*step)).unwrap_or(to)
}

/// The colour of words on a surface of any colour: dark or light, whichever can be read better.
pub fn ink_on(surface: Color) -> Color {
    let [dark, light] = INKS;
    if contrast(dark, surface) >= contrast(light, surface) {
        dark
    } else {
        light
    }
}

/// `color` with every channel within 16 to 235: beyond, televisions clip, and bright areas bloom.
fn shown_on_television(color: Color) -> Color {
    let within = |channel: f32| channel.clamp(16.0 / 255.0, 235.0 / 255.0);
    Color::from_rgb(within(color.r), within(color.g), within(color.b))
}

/// Reads `#rrggbb`.
pub fn parse(text: &str) -> Option<Color> {
    let digits = text
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some(Color::from_rgb8(red, green, blue))
}

/// Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio").
pub fn contrast(one: Color, other: Color) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A colour between two, on the same scale the display uses. `share` of 1 is `to`.
pub fn mix(from: Color, to: Color, share: f32) -> Color {
    let between = |from: f32, to: f32| from + (to - from) * share;
    Color::from_rgb(
        between(from.r, to.r),
        between(from.g, to.g),
        between(from.b, to.b),
    )
}

/// Relative luminance (WCAG 2.2).
pub fn luminance(color: Color) -> f32 {
    let linear = |channel: f32| {
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}

#[cfg(test)]
mod tests {
    use super::super::token;
    use super::*;

    const THEMES: [config::Theme; 3] = [
        config::Theme::Dark,
        config::Theme::Light,
        config::Theme::HighContrast,
    ];

    fn accents() -> impl Iterator<Item = Color> {
        [
            "#ffb454", "#ff6a3d", "#000000", "#101418", "#ffffff", "#0000ff", "#ff0000", "#00ff00",
            "#ffff00", "#808080", "#1b2229", "#ebebeb", "#d9dde1", "#777777", "#00a0a0",
        ]
        .into_iter()
        .map(|accent| parse(accent).unwrap())
    }

    /// What is drawn.
    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Drawn {
        /// What is read.
        Words,
        /// What tells something without words (WCAG 1.4.11).
        Figure,
        /// What a ring and words tell as well.
        Surface,
    }

    /// Contrast that a theme gives it at least (WCAG 1.4.3 and 1.4.11; for high contrast 1.4.6).
    fn least(theme: config::Theme, drawn: Drawn) -> f32 {
        match (drawn, theme) {
            (Drawn::Figure, _) | (Drawn::Surface, config::Theme::HighContrast) => FIGURE,
            (Drawn::Surface, _) => SEEN,
            (Drawn::Words, config::Theme::HighContrast) => STRONG,
            (Drawn::Words, _) => READABLE,
        }
    }

    /// Every colour upon every other that it is drawn upon. A further colour of the palette does not compile before it
    /// stands here.
    fn pairs(theme: config::Theme, palette: &Palette) -> Vec<(String, Color, Color, Drawn)> {
        use Drawn::{Figure, Surface, Words};
        let Palette {
            ground,
            raised,
            text,
            muted,
            accent,
            on_accent,
            accent_ink,
            danger,
            ok,
            ring,
            outline,
            track_share: _,
        } = *palette;
        let track = palette.track();
        let mut pairs = vec![
            ("words on accent".to_owned(), on_accent, accent, Words),
            ("QR code".to_owned(), QR_DARK, QR_LIGHT, Words),
            // How far it has come, and which part of a text is in view.
            ("accent on track".to_owned(), accent_ink, track, Figure),
            ("muted on track".to_owned(), muted, track, Figure),
        ];
        for (under, surface) in [("ground", ground), ("raised", raised)] {
            for (over, color, drawn) in [
                ("text", text, Words),
                ("muted", muted, Words),
                ("accent", accent_ink, Words),
                ("danger", danger, Words),
                ("ok", ok, Words),
                // What has the focus changes visibly, and by more than one sign (WCAG 2.4.13): the ring around it, and the
                // surface of a button or of a line in a list.
                ("ring", ring, Figure),
                ("focused surface", accent, Surface),
            ] {
                pairs.push((format!("{over} on {under}"), color, surface, drawn));
            }
            if theme == config::Theme::HighContrast {
                pairs.push((format!("outline on {under}"), outline, surface, Figure));
                pairs.push((format!("track on {under}"), track, surface, Figure));
            }
        }
        for (emblem, color) in [("text", text), ("danger", danger), ("accent", accent_ink)] {
            let disc = mix(ground, color, token::EMBLEM_INK);
            pairs.push((format!("emblem in {emblem}"), color, disc, Figure));
        }
        for name in 0..60 {
            let tint = palette.tint(&name.to_string());
            pairs.push((format!("initials on tile {name}"), text, tint, Words));
        }
        // The clock on black has one ink in every theme.
        let ink = mix(Color::BLACK, Color::WHITE, token::AMBIENT_INK);
        pairs.push(("ambient clock".to_owned(), ink, Color::BLACK, Words));
        pairs
    }

    #[test]
    fn contrast_is_that_of_the_wcag() {
        assert!((contrast(Color::BLACK, Color::WHITE) - 21.0).abs() < 0.01);
        let grey = parse("#767676").unwrap();
        assert!((contrast(grey, Color::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn every_pair_can_be_read_with_any_accent() {
        for theme in THEMES {
            for accent in accents() {
                let palette = Palette::new(theme, accent);
                for (pair, over, under, drawn) in pairs(theme, &palette) {
                    let (ratio, least) = (contrast(over, under), least(theme, drawn));
                    assert!(
                        ratio >= least,
                        "{theme:?} {accent:?}: {pair}: {ratio:.2} < {least}"
                    );
                }
                // Panels wash out.
                assert!(contrast(palette.text, palette.ground) >= STRONG);
            }
        }
    }

    #[test]
    fn as_a_surface_an_accent_is_left_alone_as_far_as_televisions_go() {
        let [dark, light] = INKS;
        for (theme, wanted, shown, words) in [
            (config::Theme::Dark, "#ebb454", "#ebb454", dark),
            (config::Theme::Dark, "#ffb454", "#ebb454", dark),
            (config::Theme::Dark, "#0000ff", "#1010eb", light),
            (config::Theme::Light, "#ffb454", "#ebb454", dark),
            (config::Theme::Light, "#ff6a3d", "#eb6a3d", dark),
            (config::Theme::Light, "#0a5c2a", "#105c2a", light),
        ] {
            let palette = Palette::new(theme, parse(wanted).unwrap());
            let name = format!("{theme:?} {wanted}");
            assert_eq!(
                palette.accent.into_rgba8(),
                parse(shown).unwrap().into_rgba8(),
                "{name}"
            );
            assert_eq!(palette.on_accent, words, "{name}");
        }
    }

    #[test]
    fn as_words_an_accent_is_moved_only_where_it_cannot_be_read() {
        let ink = |theme, accent| Palette::new(theme, parse(accent).unwrap()).accent_ink;
        let same = parse("#ebb454").unwrap().into_rgba8();
        assert_eq!(ink(config::Theme::Dark, "#ebb454").into_rgba8(), same);
        // Amber on light is as dark as words must be there.
        assert_ne!(ink(config::Theme::Light, "#ebb454").into_rgba8(), same);
    }

    #[test]
    fn r4_every_colour_is_within_what_televisions_show() {
        for theme in THEMES {
            for accent in accents() {
                let p = Palette::new(theme, accent);
                for color in [
                    p.ground,
                    p.raised,
                    p.text,
                    p.muted,
                    p.accent,
                    p.on_accent,
                    p.accent_ink,
                    p.danger,
                    p.ok,
                    p.ring,
                ] {
                    let channels = &color.into_rgba8()[..3];
                    let black = theme == config::Theme::HighContrast && color == Color::BLACK;
                    assert!(
                        black || channels.iter().all(|channel| (16..=235).contains(channel)),
                        "{theme:?} {accent:?}: {channels:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn b22_the_code_plate_is_dark_on_light() {
        assert!(contrast(QR_DARK, QR_LIGHT) > 15.0);
    }

    #[test]
    fn colours_are_six_digits() {
        assert_eq!(parse("#ff6a3d"), Some(Color::from_rgb8(0xff, 0x6a, 0x3d)));
        for wrong in [
            "", "#fff", "ff6a3d", "#ff6a3", "#ff6a3d0", "#gg0000", "#+f0000",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
