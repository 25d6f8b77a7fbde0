//! iced's software renderer under a name of ours: iced asks a renderer's type for its compositor, and that of
//! `iced_tiny_skia` is bound to its own.

use iced::advanced::graphics::geometry;
use iced::advanced::graphics::{compositor, text as raw_text};
use iced::advanced::renderer::{self, Headless, Quad};
use iced::advanced::{image, text};
use iced::{Background, Color, Font, Pixels, Point, Rectangle, Size, Transformation};
use iced_tiny_skia::{Geometry, Layer};

use super::compositor::Compositor;

/// Draws on the CPU.
#[derive(Debug)]
pub struct SoftwareRenderer(iced_tiny_skia::Renderer);

impl SoftwareRenderer {
    pub(super) fn new(font: Font, text_size: Pixels) -> Self {
        Self(iced_tiny_skia::Renderer::new(font, text_size))
    }

    /// What is to be drawn, from the lowest layer to the highest.
    pub(super) fn layers(&mut self) -> &[Layer] {
        self.0.layers()
    }

    /// What paints it.
    pub(super) fn painter(&mut self) -> &mut iced_tiny_skia::Renderer {
        &mut self.0
    }
}

/// A window and more than what is beside it: what reaches over its edge ends there by itself, and is not to be multiplied
/// with a mask for that.
fn beyond(window: Rectangle) -> Rectangle {
    window.expand([window.height, window.width])
}

impl renderer::Renderer for SoftwareRenderer {
    fn start_layer(&mut self, bounds: Rectangle) {
        self.0.start_layer(bounds);
    }

    fn end_layer(&mut self) {
        self.0.end_layer();
    }

    fn start_transformation(&mut self, transformation: Transformation) {
        self.0.start_transformation(transformation);
    }

    fn end_transformation(&mut self) {
        self.0.end_transformation();
    }

    fn fill_quad(&mut self, quad: Quad, background: impl Into<Background>) {
        self.0.fill_quad(quad, background);
    }

    fn reset(&mut self, window: Rectangle) {
        self.0.reset(beyond(window));
    }

    fn allocate_image(
        &mut self,
        handle: &image::Handle,
        callback: impl FnOnce(Result<image::Allocation, image::Error>) + Send + 'static,
    ) {
        self.0.allocate_image(handle, callback);
    }
}

impl text::Renderer for SoftwareRenderer {
    type Font = Font;
    type Paragraph = raw_text::Paragraph;
    type Editor = raw_text::Editor;

    const ICON_FONT: Font = iced_tiny_skia::Renderer::ICON_FONT;
    const CHECKMARK_ICON: char = iced_tiny_skia::Renderer::CHECKMARK_ICON;
    const ARROW_DOWN_ICON: char = iced_tiny_skia::Renderer::ARROW_DOWN_ICON;
    const ICED_LOGO: char = iced_tiny_skia::Renderer::ICED_LOGO;
    const SCROLL_UP_ICON: char = iced_tiny_skia::Renderer::SCROLL_UP_ICON;
    const SCROLL_DOWN_ICON: char = iced_tiny_skia::Renderer::SCROLL_DOWN_ICON;
    const SCROLL_LEFT_ICON: char = iced_tiny_skia::Renderer::SCROLL_LEFT_ICON;
    const SCROLL_RIGHT_ICON: char = iced_tiny_skia::Renderer::SCROLL_RIGHT_ICON;

    fn default_font(&self) -> Font {
        self.0.default_font()
    }

    fn default_size(&self) -> Pixels {
        self.0.default_size()
    }

    fn fill_paragraph(
        &mut self,
        text: &Self::Paragraph,
        position: Point,
        color: Color,
        clip_bounds: Rectangle,
    ) {
        self.0.fill_paragraph(text, position, color, clip_bounds);
    }

    fn fill_editor(
        &mut self,
        editor: &Self::Editor,
        position: Point,
        color: Color,
        clip_bounds: Rectangle,
    ) {
        self.0.fill_editor(editor, position, color, clip_bounds);
    }

    fn fill_text(
        &mut self,
        text: text::Text,
        position: Point,
        color: Color,
        clip_bounds: Rectangle,
    ) {
        self.0.fill_text(text, position, color, clip_bounds);
    }
}

impl image::Renderer for SoftwareRenderer {
    type Handle = image::Handle;

    fn load_image(&self, handle: &image::Handle) -> Result<image::Allocation, image::Error> {
        self.0.load_image(handle)
    }

    fn measure_image(&self, handle: &image::Handle) -> Option<Size<u32>> {
        self.0.measure_image(handle)
    }

    fn draw_image(&mut self, image: image::Image, bounds: Rectangle, clip_bounds: Rectangle) {
        self.0.draw_image(image, bounds, clip_bounds);
    }
}

impl geometry::Renderer for SoftwareRenderer {
    type Geometry = Geometry;
    type Frame = iced_tiny_skia::geometry::Frame;

    fn new_frame(&self, bounds: Rectangle) -> Self::Frame {
        self.0.new_frame(bounds)
    }

    fn draw_geometry(&mut self, geometry: Geometry) {
        self.0.draw_geometry(geometry);
    }
}

impl compositor::Default for SoftwareRenderer {
    type Compositor = Compositor;
}

impl Headless for SoftwareRenderer {
    async fn new(font: Font, text_size: Pixels, backend: Option<&str>) -> Option<Self> {
        let renderer = <iced_tiny_skia::Renderer as Headless>::new(font, text_size, backend);
        renderer.await.map(Self)
    }

    fn name(&self) -> String {
        self.0.name()
    }

    fn screenshot(&mut self, size: Size<u32>, scale_factor: f32, ground: Color) -> Vec<u8> {
        self.0.screenshot(size, scale_factor, ground)
    }
}
