//! Whether a touch screen is plugged in, as the kernel tells it.

use std::fs;
use std::path::Path;

/// Where the kernel keeps input devices.
const INPUTS: &str = "/sys/class/input";
/// Entries that are looked at.
const MOST: usize = 256;
/// `INPUT_PROP_DIRECT` (linux/input-event-codes.h): what is touched is what is shown.
const DIRECT: u32 = 1;
/// `BTN_TOUCH`: a pen tablet that is a screen has it, too.
const TOUCH: u32 = 0x14a;

/// Whether one is there. Some have to be touched to be known: then the first finger tells.
pub fn is_there() -> bool {
    is_in(Path::new(INPUTS))
}

fn is_in(folder: &Path) -> bool {
    let Ok(inputs) = fs::read_dir(folder) else {
        return false;
    };
    inputs.flatten().take(MOST).any(|input| {
        let name = input.file_name();
        let bits = |file: &str| fs::read_to_string(input.path().join(file)).unwrap_or_default();
        name.to_string_lossy().starts_with("input")
            && has(&bits("properties"), DIRECT)
            && has(&bits("capabilities/key"), TOUCH)
    })
}

/// Whether a bit is set in words of 64 bits, the highest first, as the kernel writes them in hexadecimal. A kernel of 32
/// bits has words of 32.
fn has(bits: &str, bit: u32) -> bool {
    let size = if cfg!(target_pointer_width = "32") {
        32
    } else {
        64
    };
    let word = bits
        .split_ascii_whitespace()
        .rev()
        .nth((bit / size) as usize);
    let word = word.and_then(|word| u64::from_str_radix(word, 16).ok());
    word.is_some_and(|word| word >> (bit % size) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn a_touch_screen_is_told_from_a_touch_pad_and_a_keyboard() {
        let touch = "400 0 0 0 0 0";
        for (properties, keys, expected) in [
            ("2\n", touch, true),
            ("1\n", touch, false),
            (
                "0\n",
                "402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe",
                false,
            ),
            ("2\n", "0\n", false),
            ("", "", false),
            ("2\n", "no numbers", false),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let input = folder.path().join("input4");
            fs::create_dir_all(input.join("capabilities")).unwrap();
            fs::write(input.join("properties"), properties).unwrap();
            fs::write(input.join("capabilities/key"), keys).unwrap();
            assert_eq!(is_in(folder.path()), expected, "{properties} {keys}");
        }
        assert!(!is_in(Path::new("/nonexistent")));
    }
}
