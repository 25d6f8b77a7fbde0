//! Which renderer draws: the GPU where there is one that can, else the CPU.
//!
//! iced takes a CPU rasteriser such as llvmpipe for a GPU and then draws slower and with five times the
//! memory of its own software renderer (iced#3011), and it gives up where a driver fails later than at its
//! first question. So the choice is made here, before iced starts; a GPU that was not demanded is on trial
//! for as long as it draws ([`Trial`]); and one that fails is left: the same process begins anew, with the
//! CPU ([`restart`]), and the next starts remember it ([`record`]).

mod failure;
mod record;
mod render_nodes;
mod trial;

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

pub use self::failure::{Blame, Complaint, NO_SURFACE, blame, complaint, in_one_line, told};
use self::record::{Judgement, Record};
use self::render_nodes::Nodes;
pub use self::trial::{Failure, PROOF, Trial};

/// What the operator asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// The GPU where this machine has one that can draw.
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
/// What libxkbcommon says past our log, at each start of a box without tables for its locale.
const XKB_LOG: &str = "XKB_LOG_LEVEL";
/// The table of the sequences of keys that type one letter (Compose(5)). libX11 and libxkbcommon read it each, thousands
/// of lines, before there is a window, and nothing is typed into this program but digits.
const COMPOSE: &str = "XCOMPOSEFILE";
/// Why this process has left the GPU: what it tells itself when it begins anew.
const LEFT: &str = "VESTIBULE_GPU_LEFT";
/// Device nodes of graphics.
const DRI: &str = "/dev/dri";

/// The GPU on trial in this process.
static TRIAL: OnceLock<Trial> = OnceLock::new();

/// What is known before anything is drawn.
#[derive(Debug, Clone, Default)]
struct Known {
    /// The operator has named renderers for iced.
    operators_own: bool,
    /// This build has a GPU renderer.
    built: bool,
    /// The compositor has handed over one connection: there is none left to begin anew with.
    one_connection: bool,
    /// This process has left the GPU, and why.
    left: Option<String>,
    nodes: Nodes,
    /// What earlier starts say about this GPU.
    earlier: Judgement,
    /// There is a place for what this start will say.
    remembers: bool,
}

/// Who draws.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Plan {
    /// The renderer that the operator named.
    Operators,
    /// The CPU, and why where that was not asked for.
    Software(Option<String>),
    /// The GPU, whatever comes of it.
    Gpu,
    /// The GPU for as long as nothing goes wrong, after so many starts that came to no good end.
    Trial(u8),
}

/// # Errors
/// [`Error::NotBuilt`] where a GPU is demanded of a build without one.
fn decide(choice: Choice, known: &Known) -> Result<Plan, Error> {
    let software = |why: &str| Ok(Plan::Software(Some(why.to_owned())));
    match choice {
        Choice::Software => Ok(Plan::Software(None)),
        Choice::Gpu if known.built => Ok(Plan::Gpu),
        Choice::Gpu => Err(Error::NotBuilt),
        Choice::Auto => {
            if let Some(why) = &known.left {
                return software(why);
            }
            if known.operators_own {
                return Ok(Plan::Operators);
            }
            if !known.built {
                return software("this build has no GPU renderer");
            }
            match &known.nodes {
                Nodes::None => return software("this machine has no GPU"),
                Nodes::Closed(why) => return software(why),
                Nodes::Open { .. } => {}
            }
            if known.one_connection {
                return software("the compositor hands over a single connection");
            }
            match &known.earlier {
                Judgement::Leave(why) => software(why),
                // A driver that kills the process would do so at every start.
                Judgement::Try { .. } if !known.remembers => software(
                    "the cache directory cannot be written, so that a GPU that fails would be tried again at every start; `--renderer gpu` tries it all the same",
                ),
                Judgement::Try { strikes } => Ok(Plan::Trial(*strikes)),
            }
        }
    }
}

/// What was settled, as iced reads it: names of renderers, tried in order; nothing where iced decides.
pub fn settled() -> Option<String> {
    std::env::var(BACKEND)
        .ok()
        .filter(|names| !names.is_empty())
}

/// The GPU on trial in this process, where there is one.
pub fn trial() -> Option<&'static Trial> {
    TRIAL.get()
}

/// Settles renderer and scale for the window of this process. What is found out about a GPU is kept in
/// `cache_dir`.
///
/// Call it from the main thread before any other thread is started: it changes the environment. Sizes
/// come from the window's real size, so the factor that X11 derives from the millimetres a television
/// claims to have is switched off, whatever a desktop has set it to: winit ends over what it cannot read.
///
/// # Errors
/// [`Error::NotBuilt`] where a GPU is demanded of a build without one.
pub fn apply(choice: Choice, cache_dir: Option<&Path>) -> Result<(), Error> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value: OsString| !value.is_empty());
    let nodes = match choice {
        Choice::Auto => Nodes::of(Path::new(DRI)),
        Choice::Gpu | Choice::Software => Nodes::None,
    };
    let file = cache_dir.map(record::RecordFile::new);
    let record = Record::now(nodes.key());
    let known = Known {
        operators_own: is_set(BACKEND),
        built: cfg!(feature = "gpu"),
        one_connection: is_set("WAYLAND_SOCKET"),
        left: std::env::var(LEFT).ok().filter(|why| !why.is_empty()),
        earlier: match &nodes {
            Nodes::Open { .. } => {
                record.judge(file.as_ref().and_then(record::RecordFile::read).as_ref())
            }
            Nodes::None | Nodes::Closed(_) => Judgement::default(),
        },
        remembers: file
            .as_ref()
            .is_some_and(record::RecordFile::can_be_written),
        nodes,
    };
    let plan = decide(choice, &known)?;
    match &plan {
        Plan::Operators | Plan::Software(None) | Plan::Gpu => tracing::debug!(?plan, "renderer"),
        Plan::Trial(_) => tracing::info!("a GPU is tried"),
        Plan::Software(Some(why)) if known.left.is_some() || known.is_worth_a_warning() => {
            tracing::warn!(%why, "the CPU draws");
        }
        Plan::Software(Some(why)) => tracing::info!(%why, "the CPU draws"),
    }
    match plan {
        Plan::Operators => {}
        Plan::Software(_) => set(BACKEND, "tiny-skia"),
        Plan::Gpu => set(BACKEND, "wgpu"),
        Plan::Trial(strikes) => {
            set(BACKEND, "wgpu");
            let _ = TRIAL.set(Trial::begin(file, record.with_strikes(strikes)));
        }
    }
    if let Some(factor) = std::env::var_os(X11_SCALE).filter(|factor| factor != "1") {
        tracing::info!(
            ?factor,
            "{X11_SCALE} has no effect: the window's own pixels count"
        );
    }
    set(X11_SCALE, "1");
    if std::env::var_os(XKB_LOG).is_none() && !tracing::enabled!(tracing::Level::DEBUG) {
        set(XKB_LOG, "critical");
    }
    if std::env::var_os(COMPOSE).is_none() {
        set(COMPOSE, "/dev/null");
    }
    Ok(())
}

impl Known {
    /// There is a GPU, and the operator may want to know why it does not draw.
    fn is_worth_a_warning(&self) -> bool {
        match &self.nodes {
            Nodes::None => false,
            Nodes::Closed(_) => true,
            Nodes::Open { .. } => !self.remembers || matches!(self.earlier, Judgement::Leave(_)),
        }
    }
}

/// Starts this program anew in the same process, with the CPU: for a service manager, and for a compositor
/// that ends with its program, nothing has ended. Whatever is open is closed, sessions are on disk.
///
/// Returns only where that is not possible.
pub fn restart(why: &str) -> io::Error {
    let mut arguments = std::env::args_os();
    let name = arguments.next().unwrap_or_else(|| "vestibule".into());
    // The name by which others know the process follows the file's. It may have been replaced meanwhile.
    let program = std::env::current_exe().ok().filter(|file| file.exists());
    Command::new(program.unwrap_or_else(|| PathBuf::from("/proc/self/exe")))
        .arg0(name)
        .args(arguments)
        .env(LEFT, why)
        .env_remove(BACKEND)
        .exec()
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

    fn gpu() -> Known {
        Known {
            built: true,
            remembers: true,
            nodes: Nodes::Open { key: String::new() },
            ..Known::default()
        }
    }

    #[test]
    fn the_gpu_is_tried_only_where_there_is_one_that_may_draw() {
        let software = |why: &str| Ok(Plan::Software(Some(why.to_owned())));
        let closed = || Nodes::Closed("renderD128: Permission denied".to_owned());
        let auto = |change: &dyn Fn(&mut Known)| {
            let mut known = gpu();
            change(&mut known);
            decide(Choice::Auto, &known)
        };
        assert_eq!(auto(&|_| {}), Ok(Plan::Trial(0)));
        assert_eq!(
            auto(&|known| known.earlier = Judgement::Try { strikes: 2 }),
            Ok(Plan::Trial(2))
        );
        assert_eq!(
            auto(&|known| known.operators_own = true),
            Ok(Plan::Operators)
        );
        assert_eq!(
            auto(&|known| known.built = false),
            software("this build has no GPU renderer")
        );
        assert_eq!(
            auto(&|known| known.nodes = Nodes::None),
            software("this machine has no GPU")
        );
        assert_eq!(
            auto(&|known| known.nodes = closed()),
            software("renderD128: Permission denied")
        );
        assert_eq!(
            auto(&|known| known.one_connection = true),
            software("the compositor hands over a single connection")
        );
        let earlier = || Judgement::Leave("it failed".to_owned());
        assert_eq!(
            auto(&|known| known.earlier = earlier()),
            software("it failed")
        );
        // What this process has just seen wins over everything, also over names that were not its own.
        assert_eq!(
            auto(&|known| {
                known.left = Some("it hangs".to_owned());
                known.operators_own = true;
            }),
            software("it hangs")
        );
    }

    #[test]
    fn what_is_asked_for_is_done_whatever_is_known() {
        let mut bad = gpu();
        bad.nodes = Nodes::None;
        bad.left = Some("it hangs".to_owned());
        bad.earlier = Judgement::Leave("it failed".to_owned());
        assert_eq!(decide(Choice::Gpu, &bad), Ok(Plan::Gpu));
        for known in [gpu(), bad] {
            assert_eq!(
                decide(Choice::Software, &known),
                Ok(Plan::Software(None)),
                "{known:?}"
            );
        }
        let mut without = gpu();
        without.built = false;
        assert_eq!(decide(Choice::Gpu, &without), Err(Error::NotBuilt));
    }

    #[test]
    fn a_gpu_that_does_not_draw_is_warned_of_and_none_is_not() {
        assert!(!Known::default().is_worth_a_warning());
        let mut known = gpu();
        assert!(!known.is_worth_a_warning());
        known.earlier = Judgement::Leave("it failed".to_owned());
        assert!(known.is_worth_a_warning());
        known.nodes = Nodes::Closed(String::new());
        assert!(known.is_worth_a_warning());
    }
}
