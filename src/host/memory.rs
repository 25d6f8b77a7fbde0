//! How much memory this program takes.

/// Blocks of at least this many bytes get pages of their own, which go back to the kernel when they are freed:
/// pictures, pages of an answer.
#[cfg(target_env = "gnu")]
const OWN_PAGES: libc::c_int = 64 * 1024;

/// Has the C library's allocator keep little of what was freed. By itself it gives every thread that decodes
/// pictures an arena of its own and keeps what was freed there: 45 MiB at 4K. And with each large block that is freed
/// it keeps larger ones among the small, where their room stays. To be called before there are other threads.
pub fn keep_little_of_what_was_freed() {
    #[cfg(target_env = "gnu")]
    for (parameter, value) in [(libc::M_ARENA_MAX, 2), (libc::M_MMAP_THRESHOLD, OWN_PAGES)] {
        // SAFETY: it sets one number of the allocator, which has a lock of its own for that.
        #[allow(unsafe_code)]
        let _ = unsafe { libc::mallopt(parameter, value) };
    }
}

/// Gives back to the kernel what was freed between what is in use. Others may have to wait some milliseconds for memory
/// meanwhile: to be called after a large piece of work, on a thread that does not draw.
pub fn give_back_what_was_freed() {
    // SAFETY: it touches nothing but what is free, under the locks of the allocator.
    #[cfg(target_env = "gnu")]
    #[allow(unsafe_code)]
    let _ = unsafe { libc::malloc_trim(0) };
}

/// Memory of this process, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Its share: what it has alone, and its part of what it shares with others (PSS).
    pub share: u64,
    /// All of it that is in memory (RSS).
    pub resident: u64,
}

/// What the kernel says of this process; nothing where it does not.
pub fn of_this_process() -> Option<Memory> {
    parse(&std::fs::read_to_string("/proc/self/smaps_rollup").ok()?)
}

fn parse(rollup: &str) -> Option<Memory> {
    let bytes = |name: &str| {
        let line = rollup.lines().find_map(|line| line.strip_prefix(name))?;
        let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        kibibytes.checked_mul(1024)
    };
    Some(Memory {
        share: bytes("Pss:")?,
        resident: bytes("Rss:")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_words_are_understood() {
        let rollup = "55d4-7ffc ---p 00000000 00:00 0    [rollup]\n\
                      Rss:               31744 kB\n\
                      Pss:               24012 kB\n\
                      Pss_Dirty:         12000 kB\n";
        let memory = parse(rollup);
        assert_eq!(
            memory,
            Some(Memory {
                share: 24_012 * 1024,
                resident: 31_744 * 1024
            })
        );
        assert_eq!(parse(""), None);
        assert_eq!(parse("Rss: x kB\nPss: 1 kB"), None);
    }
}
