//! What the crates that draw say in their logs and panics, and what it means.
//!
//! They tell in no other way which adapter was taken, and that a picture was not presented.

/// What a panic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// What draws: a driver, or the crate above it.
    Renderer,
    /// The window system.
    Display,
    /// Something else.
    Program,
}

/// Crates that draw, as the path of their sources begins.
const DRAWING: [&str; 13] = [
    "wgpu",
    "naga",
    "iced_wgpu",
    "iced_renderer",
    "iced_graphics",
    "iced_tiny_skia",
    "tiny-skia",
    "softbuffer",
    "glow",
    "khronos-egl",
    "ash",
    "gpu-alloc",
    "gpu-descriptor",
];

/// Crates that open the window.
const SHOWING: [&str; 7] = [
    "winit",
    "iced_winit",
    "x11",
    "x11rb",
    "wayland",
    "smithay-client-toolkit",
    "xkbcommon-dl",
];

/// How a panic begins that says why the CPU cannot draw on a window: iced asks for a surface and takes no for no answer.
pub const NO_SURFACE: &str = "no surface to draw on";

/// What a panic in the source file `place` with these words is about.
pub fn blame(place: &str, words: &str) -> Blame {
    // The loop of the window tells so of a surface without memory.
    if one_of(&DRAWING, place).is_some()
        || words.starts_with("wgpu error")
        || words.starts_with(NO_SURFACE)
        || words == "OutOfMemory"
    {
        Blame::Renderer
    } else if one_of(&SHOWING, place).is_some() {
        Blame::Display
    } else {
        Blame::Program
    }
}

/// The folder of a crate among `crates` in the path of a source file.
fn one_of<'a>(crates: &[&str], place: &'a str) -> Option<&'a str> {
    place.split('/').find(|folder| {
        crates.iter().any(|name| {
            // `wgpu-27.0.1` and `wgpu-hal-27.0.4`, and not `ashpd-0.11`.
            let rest = folder.strip_prefix(name);
            rest.is_some_and(|rest| rest.starts_with('-'))
        })
    })
}

/// The words of a panic, with the crate that they come from where that is one that draws.
pub fn told(place: &str, words: &str) -> String {
    let words = in_one_line(words);
    match one_of(&DRAWING, place) {
        Some(source) => format!("{words} ({source})"),
        None => words,
    }
}

/// Names of what draws with the CPU and is taken for a GPU.
const SOFTWARE: [&str; 6] = [
    "llvmpipe",
    "lavapipe",
    "softpipe",
    "swrast",
    "swiftshader",
    "software rasterizer",
];

/// What a line of the log tells against the GPU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Complaint {
    /// It does not draw.
    Failure(String),
    /// A picture was late, which may happen once to a window that nobody sees.
    Doubt(String),
}

/// What a line of a log with this `target` tells against the GPU.
pub fn complaint(target: &str, line: &str) -> Option<Complaint> {
    let from = |name: &str| target == name || target.starts_with(&format!("{name}::"));
    if from("iced_wgpu") {
        let adapter = line.strip_prefix("Selected: AdapterInfo")?;
        let name = member(adapter, "name").unwrap_or("without a name");
        let lower = name.to_lowercase();
        let is_software = member(adapter, "device_type") == Some("Cpu")
            || SOFTWARE.iter().any(|known| lower.contains(known));
        let what = format!("what stands for a GPU draws with the CPU: {name}");
        return is_software.then_some(Complaint::Failure(what));
    }
    if from("iced_winit") && line.ends_with("when presenting surface.") {
        return Some(Complaint::Doubt(in_one_line(line)));
    }
    let failed = (from("wgpu_hal") && line.contains("swap_buffers failed"))
        || (from("wgpu_hal") && line.starts_with("make_current("))
        || (from("wgpu_core") && line.starts_with("acquire error"))
        || (from("wgpu_core") && line.starts_with("surface configuration failed"));
    failed.then(|| Complaint::Failure(in_one_line(line)))
}

/// A member of what `{:#?}` writes: a line `    name: "value",`.
fn member<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let value = text.lines().find_map(|line| {
        let rest = line.trim().strip_prefix(name)?;
        rest.strip_prefix(": ")
    })?;
    Some(value.trim_end_matches(',').trim_matches('"'))
}

/// Characters of an error that are kept.
const LONGEST: usize = 300;

/// The words of an error of several lines.
pub fn in_one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && *line != "Caused by:");
    let line = lines.collect::<Vec<_>>().join(": ");
    line.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_blamed_on_whoever_wrote_it() {
        let home = "/home/me/.cargo/registry/src/index-1949cf8c6b5b557f";
        for (place, words, expected) in [
            (
                "wgpu-27.0.1/src/backend/wgpu_core.rs",
                "wgpu error: Validation Error",
                Blame::Renderer,
            ),
            ("wgpu-hal-27.0.4/src/gles/egl.rs", "x", Blame::Renderer),
            (
                "iced_wgpu-0.14.0/src/window/compositor.rs",
                "Create surface",
                Blame::Renderer,
            ),
            ("ash-0.38.0/src/entry.rs", "x", Blame::Renderer),
            (
                "iced_winit-0.14.1/src/lib.rs",
                "OutOfMemory",
                Blame::Renderer,
            ),
            (
                "iced_winit-0.14.1/src/lib.rs",
                "Create event loop: Os(..)",
                Blame::Display,
            ),
            (
                "winit-0.30.13/src/platform_impl/linux/mod.rs",
                "x",
                Blame::Display,
            ),
            ("ashpd-0.11.0/src/lib.rs", "x", Blame::Program),
        ] {
            let place = format!("{home}/{place}");
            assert_eq!(blame(&place, words), expected, "{place} {words}");
        }
        assert_eq!(blame("src/app/state.rs", "x"), Blame::Program);
        let place = format!("{home}/khronos-egl-6.0.0/src/lib.rs");
        assert_eq!(told(&place, "no surface"), "no surface (khronos-egl-6.0.0)");
        assert_eq!(told("src/app/state.rs", "x"), "x");
        assert_eq!(blame("library/core/src/panicking.rs", "x"), Blame::Program);
    }

    #[test]
    fn a_rasteriser_is_no_gpu_whatever_its_type() {
        let selected = |name: &str, kind: &str| {
            let line = format!(
                "Selected: AdapterInfo {{\n    name: \"{name}\",\n    vendor: 65541,\n    device_type: {kind},\n}}"
            );
            complaint("iced_wgpu::window::compositor", &line)
        };
        for (name, kind) in [
            ("llvmpipe (LLVM 15.0.6, 256 bits)", "Cpu"),
            ("Something new", "Cpu"),
            ("softpipe", "Other"),
            ("SwiftShader Device (LLVM 10.0.0)", "Other"),
        ] {
            let complaint = selected(name, kind);
            assert!(
                matches!(&complaint, Some(Complaint::Failure(what)) if what.contains(name)),
                "{complaint:?}"
            );
        }
        assert_eq!(selected("V3D 4.2", "Other"), None);
        assert_eq!(selected("AMD Radeon RX 6600", "DiscreteGpu"), None);
        let other = "Selected format: Bgra8Unorm with alpha mode: Auto";
        assert_eq!(complaint("iced_wgpu::window::compositor", other), None);
    }

    #[test]
    fn a_picture_that_was_not_presented_is_a_failure_and_an_adapter_passed_over_is_none() {
        for (target, line) in [
            (
                "wgpu_hal::gles::egl",
                "swap_buffers failed: EGL_BAD_SURFACE",
            ),
            ("wgpu_core::present", "acquire error: lost"),
        ] {
            let failure = Complaint::Failure(line.to_owned());
            assert_eq!(complaint(target, line), Some(failure));
        }
        let late = "Error Timeout when presenting surface.";
        let doubt = Complaint::Doubt(late.to_owned());
        assert_eq!(complaint("iced_winit", late), Some(doubt));
        for (target, line) in [
            (
                "wgpu_hal::gles::egl",
                "error in choose_first_config: NotInitialized",
            ),
            (
                "wgpu_hal::vulkan::instance",
                "GENERAL [Loader Message (0x0)]",
            ),
            ("wgpu", "Handling wgpu errors as fatal by default"),
            ("vestibule", "swap_buffers failed"),
        ] {
            assert_eq!(complaint(target, line), None, "{line}");
        }
    }

    #[test]
    fn an_error_of_several_lines_is_one_sentence() {
        assert_eq!(
            in_one_line(
                "wgpu error: Validation Error\n\nCaused by:\n  In Surface::configure\n    bad\n"
            ),
            "wgpu error: Validation Error: In Surface::configure: bad"
        );
    }
}
