//! How large the panel is, in millimetres: from what it says of itself (EDID, VESA E-EDID 1.4 section 3), where it says it.
//!
//! Neither winit nor the display servers pass this on reliably; the kernel keeps the panel's own words for each connector.
//! Panels without any (most on DSI ribbons) stay unknown, as do those that tell a ratio in place of a size.

use std::fs;
use std::io::Read as _;
use std::path::Path;

/// Where the kernel keeps connectors.
const CONNECTORS: &str = "/sys/class/drm";
/// Connectors that are looked at.
const MOST: usize = 32;
/// The first block; what follows tells nothing of the size.
const BLOCK: usize = 128;
/// How it begins.
const HEAD: [u8; 8] = [0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0];
/// Sizes that are a ratio, in millimetres as they are read.
const RATIOS: [(u32, u32); 6] = [
    (160, 90),
    (160, 100),
    (1600, 900),
    (1600, 1000),
    (16, 9),
    (16, 10),
];

/// A panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panel {
    /// Width and height in pixels of its best mode.
    pub pixels: (u32, u32),
    /// Width and height in millimetres.
    pub millimetres: (u32, u32),
}

/// The panels that are connected and say how large they are.
pub fn panels() -> Vec<Panel> {
    panels_in(Path::new(CONNECTORS))
}

fn panels_in(folder: &Path) -> Vec<Panel> {
    let Ok(connectors) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let panels = connectors.flatten().take(MOST).filter_map(|connector| {
        let connector = connector.path();
        let status = fs::read_to_string(connector.join("status")).ok()?;
        if status.trim() != "connected" {
            return None;
        }
        let mut block = [0; BLOCK];
        let mut file = fs::File::open(connector.join("edid")).ok()?;
        file.read_exact(&mut block).ok()?;
        panel(&block)
    });
    panels.collect()
}

/// What the first block of a panel's EDID tells.
fn panel(block: &[u8; BLOCK]) -> Option<Panel> {
    let sum = block.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    if block[..8] != HEAD || sum != 0 {
        return None;
    }
    // The first detailed timing is that of the best mode.
    let timing: [u32; 18] = std::array::from_fn(|at| block[54 + at].into());
    if timing[0] == 0 && timing[1] == 0 {
        return None;
    }
    let pixels = (
        timing[2] | (timing[4] & 0xf0) << 4,
        timing[5] | (timing[7] & 0xf0) << 4,
    );
    let exact = (
        timing[12] | (timing[14] & 0xf0) << 4,
        timing[13] | (timing[14] & 0x0f) << 8,
    );
    let rough = (u32::from(block[21]) * 10, u32::from(block[22]) * 10);
    let is_size = |(width, height): &(u32, u32)| {
        *width > 0 && *height > 0 && !RATIOS.contains(&(*width, *height))
    };
    let millimetres = Some(exact)
        .filter(is_size)
        .or(Some(rough).filter(is_size))?;
    (pixels.0 > 0 && pixels.1 > 0).then_some(Panel {
        pixels,
        millimetres,
    })
}

/// Pixels to a millimetre in a window of `width` by `height` pixels that covers one of these panels; nothing where several
/// come into question that differ, or none does. A panel on its side counts as well.
pub fn pixels_per_millimetre(panels: &[Panel], (width, height): (u32, u32)) -> Option<f32> {
    let covers =
        |panel: &&Panel| panel.pixels == (width, height) || panel.pixels == (height, width);
    let density = |panel: &Panel| {
        let (long, wide) = (panel.pixels.0.max(panel.pixels.1), panel.millimetres);
        long as f32 / wide.0.max(wide.1) as f32
    };
    let mut found = panels.iter().filter(covers).map(density);
    let first = found.next()?;
    found
        .all(|other| (other / first - 1.0).abs() < 0.1)
        .then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block as a panel of this size has it.
    fn block(pixels: (u16, u16), exact: (u16, u16), rough: (u8, u8)) -> [u8; BLOCK] {
        let mut block = [0; BLOCK];
        block[..8].copy_from_slice(&HEAD);
        (block[21], block[22]) = rough;
        let low = |value: u16| value.to_le_bytes()[0];
        let high = |value: u16| value.to_le_bytes()[1];
        block[54] = 1;
        (block[56], block[58]) = (low(pixels.0), high(pixels.0) << 4);
        (block[59], block[61]) = (low(pixels.1), high(pixels.1) << 4);
        (block[66], block[67]) = (low(exact.0), low(exact.1));
        block[68] = high(exact.0) << 4 | high(exact.1);
        let sum = block.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
        block[BLOCK - 1] = sum.wrapping_neg();
        block
    }

    #[test]
    fn a_panel_tells_its_size_and_a_ratio_is_none() {
        for (exact, rough, millimetres) in [
            ((223, 125), (22, 13), Some((223, 125))),
            ((1209, 680), (121, 68), Some((1209, 680))),
            // A television that tells its form, and one that tells nothing.
            ((160, 90), (16, 9), None),
            ((16, 9), (88, 49), Some((880, 490))),
            ((0, 0), (0, 0), None),
        ] {
            let found = panel(&block((1920, 1080), exact, rough));
            assert_eq!(found.map(|panel| panel.millimetres), millimetres);
            assert!(found.is_none_or(|panel| panel.pixels == (1920, 1080)));
        }
        let mut broken = block((1920, 1080), (223, 125), (22, 13));
        broken[40] ^= 1;
        assert_eq!(panel(&broken), None);
    }

    #[test]
    fn connected_panels_are_found_and_odd_files_skipped() {
        let folder = tempfile::tempdir().unwrap();
        let edid = block((1024, 600), (154, 86), (15, 9));
        for (name, status, bytes) in [
            ("card0-DSI-1", "connected\n", &edid[..]),
            ("card0-HDMI-A-1", "disconnected\n", &edid[..]),
            ("card0-HDMI-A-2", "connected\n", &edid[..90]),
            ("version", "", &[]),
        ] {
            let connector = folder.path().join(name);
            fs::create_dir(&connector).unwrap();
            fs::write(connector.join("status"), status).unwrap();
            fs::write(connector.join("edid"), bytes).unwrap();
        }
        let panels = panels_in(folder.path());
        assert_eq!(panels.len(), 1);
        let density = |width, height| pixels_per_millimetre(&panels, (width, height));
        assert!((density(1024, 600).unwrap() - 6.65).abs() < 0.01);
        assert_eq!(density(600, 1024), density(1024, 600));
        assert_eq!(density(1920, 1080), None);
        assert!(panels_in(&folder.path().join("none")).is_empty());
    }

    #[test]
    fn two_panels_that_differ_leave_it_open() {
        let of = |millimetres| Panel {
            pixels: (1920, 1080),
            millimetres,
        };
        let known = |panels: &[Panel]| pixels_per_millimetre(panels, (1920, 1080)).is_some();
        assert!(known(&[of((223, 125)), of((223, 126))]));
        assert!(!known(&[of((223, 125)), of((1209, 680))]));
    }
}
