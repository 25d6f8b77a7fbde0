//! Which renderer draws: the GPU where there is one, else the CPU.
//!
//! iced takes a CPU rasteriser such as llvmpipe for a GPU and then draws slower and with five times the
//! memory of its own software renderer (iced#3011), so the choice is made here, before it starts.

use std::ffi::OsString;
use std::path::Path;

/// What the operator asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// The GPU where this machine has one.
    #[default]
    Auto,
    /// The GPU, or nothing.
    Gpu,
    /// The CPU.
    Software,
}

/// Why the choice cannot be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// This build has no GPU renderer.
    #[error(
        "this build has no GPU renderer; use --renderer software, or build with the cargo feature \"gpu\""
    )]
    NotBuilt,
}

/// What iced reads to choose its renderer: a list, tried in order.
const BACKEND: &str = "ICED_BACKEND";
/// What winit multiplies every size on X11 with.
const X11_SCALE: &str = "WINIT_X11_SCALE_FACTOR";

/// The value of `ICED_BACKEND`; `None` leaves the operator's own in place.
///
/// # Errors
/// [`Error::NotBuilt`] where a GPU is demanded of a build without one.
fn decide(
    choice: Choice,
    operators_own: Option<&OsString>,
    built: bool,
    render_node: bool,
) -> Result<Option<&'static str>, Error> {
    match choice {
        Choice::Software => Ok(Some("tiny-skia")),
        Choice::Gpu if built => Ok(Some("wgpu")),
        Choice::Gpu => Err(Error::NotBuilt),
        Choice::Auto if operators_own.is_some_and(|value| !value.is_empty()) => Ok(None),
        Choice::Auto if built && render_node => Ok(Some("wgpu,tiny-skia")),
        Choice::Auto => Ok(Some("tiny-skia")),
    }
}

/// What was settled, as iced reads it: names of renderers, tried in order; nothing where iced decides.
pub fn settled() -> Option<String> {
    std::env::var(BACKEND)
        .ok()
        .filter(|names| !names.is_empty())
}

/// Whether a folder of device nodes has a GPU's render node.
fn has_render_node(dri: &Path) -> bool {
    std::fs::read_dir(dri).is_ok_and(|nodes| {
        nodes
            .flatten()
            .any(|node| node.file_name().to_string_lossy().starts_with("renderD"))
    })
}

/// Settles renderer and scale for the window of this process.
///
/// Call it from the main thread before any other thread is started: it changes the environment. Sizes
/// come from the window's real size, so the factor that X11 derives from the millimetres a television
/// claims to have is switched off, unless the operator set one.
///
/// # Errors
/// [`Error::NotBuilt`] where a GPU is demanded of a build without one.
pub fn apply(choice: Choice) -> Result<(), Error> {
    let backend = decide(
        choice,
        std::env::var_os(BACKEND).as_ref(),
        cfg!(feature = "gpu"),
        has_render_node(Path::new("/dev/dri")),
    )?;
    tracing::debug!(?choice, ?backend, "renderer");
    if let Some(backend) = backend {
        set(BACKEND, backend);
    }
    if std::env::var_os(X11_SCALE).is_none() {
        set(X11_SCALE, "1");
    }
    Ok(())
}

fn set(name: &str, value: &str) {
    // SAFETY: `apply` is called by the main thread while it is the only one, so nobody reads the
    // environment meanwhile. iced and winit offer no other way to be told.
    #[allow(unsafe_code)]
    unsafe {
        std::env::set_var(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gpu_is_used_only_where_there_is_one() {
        let own = OsString::from("wgpu");
        let none = OsString::new();
        let soft = Ok(Some("tiny-skia"));
        for (choice, operators_own, built, node, expected) in [
            (Choice::Auto, None, true, true, Ok(Some("wgpu,tiny-skia"))),
            (Choice::Auto, None, true, false, soft),
            (Choice::Auto, None, false, true, soft),
            (Choice::Auto, Some(&own), true, false, Ok(None)),
            (Choice::Auto, Some(&none), true, false, soft),
            (Choice::Software, Some(&own), true, true, soft),
            (Choice::Gpu, None, true, false, Ok(Some("wgpu"))),
            (Choice::Gpu, None, false, true, Err(Error::NotBuilt)),
        ] {
            assert_eq!(
                decide(choice, operators_own, built, node),
                expected,
                "{choice:?} {operators_own:?} built {built} node {node}"
            );
        }
    }

    #[test]
    fn a_card_without_a_render_node_is_no_gpu() {
        let dri = tempfile::tempdir().unwrap();
        assert!(!has_render_node(&dri.path().join("absent")));
        std::fs::write(dri.path().join("card0"), "").unwrap();
        assert!(!has_render_node(dri.path()));
        std::fs::write(dri.path().join("renderD128"), "").unwrap();
        assert!(has_render_node(dri.path()));
    }
}
