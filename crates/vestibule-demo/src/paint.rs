//! A small painter: shapes with soft edges on an RGB surface. Enough for abstract pictures.

/// A colour; components 0 to 1.
pub(super) type Colour = [f32; 3];

/// A colour from `0xrrggbb`.
pub(super) fn rgb(hex: u32) -> Colour {
    [16, 8, 0].map(|shift| ((hex >> shift) & 0xff) as f32 / 255.0)
}

/// The colour `t` of the way from `a` to `b`.
pub(super) fn mix(a: Colour, b: Colour, t: f32) -> Colour {
    let t = t.clamp(0.0, 1.0);
    [0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * t)
}

/// A surface to paint on.
pub(super) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<Colour>,
}

impl Canvas {
    /// A surface with a vertical gradient.
    pub(super) fn new(width: usize, height: usize, top: Colour, bottom: Colour) -> Self {
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let colour = mix(top, bottom, y as f32 / height as f32);
            pixels.extend(std::iter::repeat_n(colour, width));
        }
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Width in pixels.
    pub(super) fn width(&self) -> f32 {
        self.width as f32
    }

    /// Height in pixels.
    pub(super) fn height(&self) -> f32 {
        self.height as f32
    }

    /// Paints within a box of pixels; `cover` says how much of a pixel is covered.
    fn fill(
        &mut self,
        (left, top, right, bottom): (f32, f32, f32, f32),
        colour: Colour,
        cover: impl Fn(f32, f32) -> f32,
    ) {
        let within = |value: f32, most: usize| (value.max(0.0) as usize).min(most);
        let columns = within(left.floor(), self.width)..within(right.ceil() + 1.0, self.width);
        for y in within(top.floor(), self.height)..within(bottom.ceil() + 1.0, self.height) {
            for x in columns.clone() {
                let part = cover(x as f32 + 0.5, y as f32 + 0.5);
                if part > 0.0
                    && let Some(pixel) = self.pixels.get_mut(y * self.width + x)
                {
                    *pixel = mix(*pixel, colour, part);
                }
            }
        }
    }

    /// A disc.
    pub(super) fn disc(&mut self, (cx, cy): (f32, f32), radius: f32, colour: Colour, alpha: f32) {
        self.ellipse((cx, cy), (radius, radius), colour, alpha);
    }

    /// An ellipse with upright axes.
    pub(super) fn ellipse(
        &mut self,
        (cx, cy): (f32, f32),
        (rx, ry): (f32, f32),
        colour: Colour,
        alpha: f32,
    ) {
        let area = (cx - rx, cy - ry, cx + rx, cy + ry);
        let thin = rx.min(ry);
        self.fill(area, colour, |x, y| {
            let distance = (((x - cx) / rx).hypot((y - cy) / ry) - 1.0) * thin;
            (0.5 - distance).clamp(0.0, 1.0) * alpha
        });
    }

    /// A ring of some thickness around a centre.
    pub(super) fn ring(
        &mut self,
        (cx, cy): (f32, f32),
        radius: f32,
        thickness: f32,
        colour: Colour,
        alpha: f32,
    ) {
        let reach = radius + thickness;
        let area = (cx - reach, cy - reach, cx + reach, cy + reach);
        self.fill(area, colour, |x, y| {
            let distance = ((x - cx).hypot(y - cy) - radius).abs() - thickness / 2.0;
            (0.5 - distance).clamp(0.0, 1.0) * alpha
        });
    }

    /// A light that fades with the distance.
    pub(super) fn glow(&mut self, (cx, cy): (f32, f32), radius: f32, colour: Colour, alpha: f32) {
        let area = (cx - radius, cy - radius, cx + radius, cy + radius);
        self.fill(area, colour, |x, y| {
            let near = 1.0 - (x - cx).hypot(y - cy) / radius;
            near.max(0.0).powi(2) * alpha
        });
    }

    /// An upright rectangle.
    pub(super) fn rect(&mut self, area: (f32, f32, f32, f32), colour: Colour, alpha: f32) {
        let (left, top, right, bottom) = area;
        self.fill(area, colour, |x, y| {
            let distance = (left - x).max(x - right).max((top - y).max(y - bottom));
            (0.5 - distance).clamp(0.0, 1.0) * alpha
        });
    }

    /// Everything below the line `edge(x)`.
    pub(super) fn below(&mut self, colour: Colour, alpha: f32, edge: impl Fn(f32) -> f32) {
        let area = (0.0, 0.0, self.width(), self.height());
        self.fill(area, colour, |x, y| {
            (y - edge(x) + 0.5).clamp(0.0, 1.0) * alpha
        });
    }

    /// A band around the line `middle(x)`.
    pub(super) fn band(
        &mut self,
        thickness: f32,
        colour: Colour,
        alpha: f32,
        middle: impl Fn(f32) -> f32,
    ) {
        let area = (0.0, 0.0, self.width(), self.height());
        self.fill(area, colour, |x, y| {
            (thickness / 2.0 - (y - middle(x)).abs() + 0.5).clamp(0.0, 1.0) * alpha
        });
    }

    /// The surface as PNG; `None` only if the encoder fails.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        use image::ImageEncoder as _;
        use image::codecs::png::{CompressionType, FilterType, PngEncoder};
        let bytes: Vec<u8> = self
            .pixels
            .iter()
            .flat_map(|pixel| pixel.map(|part| (part * 255.0).round().clamp(0.0, 255.0) as u8))
            .collect();
        let mut png = Vec::new();
        PngEncoder::new_with_quality(&mut png, CompressionType::Default, FilterType::Adaptive)
            .write_image(
                &bytes,
                u32::try_from(self.width).ok()?,
                u32::try_from(self.height).ok()?,
                image::ExtendedColorType::Rgb8,
            )
            .ok()?;
        Some(png)
    }
}
