//! The render nodes of this machine: a GPU that a program may draw with, seen from the kernel.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What the folder of device nodes holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Nodes {
    /// No render node: a card without one cannot draw for a program.
    #[default]
    None,
    /// There are some, and none lets itself be opened; why not.
    Closed(String),
    /// One at least can be opened.
    Open {
        /// What tells this GPU and its driver from others, and from a later state of the same.
        key: String,
    },
}

impl Nodes {
    /// Those in `dri`.
    pub(super) fn of(dri: &Path) -> Self {
        let nodes = fs::read_dir(dri).into_iter().flatten().flatten();
        let mut nodes: Vec<PathBuf> = nodes
            .filter(|node| node.file_name().to_string_lossy().starts_with("renderD"))
            .map(|node| node.path())
            .collect();
        nodes.sort();
        let mut refused = None;
        let mut open = false;
        for node in &nodes {
            match OpenOptions::new().read(true).write(true).open(node) {
                Ok(_) => open = true,
                Err(error) => {
                    let _ = refused.get_or_insert_with(|| refusal(node, &error));
                }
            }
        }
        match refused {
            _ if open => Self::Open { key: key(&nodes) },
            Some(why) => Self::Closed(why),
            None => Self::None,
        }
    }

    /// What tells this GPU and its driver from others; empty where none can be opened.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Open { key } => key.clone(),
            Self::None | Self::Closed(_) => String::new(),
        }
    }
}

/// Why a node stays closed, and what helps.
fn refusal(node: &Path, error: &std::io::Error) -> String {
    let help = if error.kind() == std::io::ErrorKind::PermissionDenied {
        "; to draw with the GPU this user must be in its group, mostly render"
    } else {
        ""
    };
    format!("{}: {error}{help}", node.display())
}

/// Kernel, its driver of each node, and the libraries: a failure counts for these alone, so that one that has been
/// repaired is tried again.
fn key(nodes: &[PathBuf]) -> String {
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut key = format!("{} {}", env!("CARGO_PKG_VERSION"), kernel.trim());
    for node in nodes {
        let name = node.file_name().unwrap_or_default().to_string_lossy();
        let device = Path::new("/sys/class/drm").join(&*name).join("device");
        let driver = fs::read_link(device.join("driver")).unwrap_or_default();
        let driver = driver.file_name().unwrap_or_default().to_string_lossy();
        let device = fs::read_to_string(device.join("modalias")).unwrap_or_default();
        key.push_str(&format!(" {name}={driver}:{}", device.trim()));
    }
    key.push_str(&format!(" libraries={}", drivers_changed().unwrap_or(0)));
    key
}

/// When the drivers of this machine, or the libraries they need, were last installed, in seconds: a package that
/// brings others renames files in their folders.
fn drivers_changed() -> Option<u64> {
    let libraries = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let libraries = libraries.map(|folder| folder.path());
    // Debian's `x86_64-linux-gnu`; others have them in `/usr/lib` itself.
    let folders = libraries
        .filter(|folder| folder.to_string_lossy().contains("-linux-"))
        .flat_map(|folder| [folder.join("dri"), folder]);
    let others = [
        "/usr/lib",
        "/usr/lib64",
        "/usr/lib/dri",
        "/usr/share/glvnd/egl_vendor.d",
        "/usr/share/vulkan/icd.d",
    ];
    let changed = folders
        .chain(others.map(PathBuf::from))
        .filter_map(|folder| {
            let changed = fs::metadata(folder).ok()?.modified().ok()?;
            Some(changed.duration_since(UNIX_EPOCH).ok()?.as_secs())
        });
    changed.max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_without_a_render_node_is_no_gpu() {
        let dri = tempfile::tempdir().unwrap();
        assert_eq!(Nodes::of(&dri.path().join("absent")), Nodes::None);
        fs::write(dri.path().join("card0"), "").unwrap();
        assert_eq!(Nodes::of(dri.path()), Nodes::None);
        fs::write(dri.path().join("renderD128"), "").unwrap();
        assert!(matches!(Nodes::of(dri.path()), Nodes::Open { .. }));
    }

    #[test]
    fn a_node_that_cannot_be_opened_is_told() {
        let dri = tempfile::tempdir().unwrap();
        // Root may open what nobody else may; nobody can write to a folder.
        fs::create_dir(dri.path().join("renderD128")).unwrap();
        let Nodes::Closed(why) = Nodes::of(dri.path()) else {
            panic!("open");
        };
        assert!(why.contains("renderD128"), "{why}");
        // Another one is as good.
        fs::write(dri.path().join("renderD129"), "").unwrap();
        let nodes = Nodes::of(dri.path());
        assert!(nodes.key().contains("renderD129"), "{nodes:?}");
    }

    #[test]
    fn a_refusal_names_the_group() {
        let node = Path::new("/dev/dri/renderD128");
        let refused = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        assert!(refusal(node, &refused).contains("render"), "{refused}");
        let none = std::io::Error::from_raw_os_error(6);
        assert!(!refusal(node, &none).contains("group"));
    }
}
