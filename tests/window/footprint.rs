//! What a process has of its machine: memory, descriptors, threads, and what it wrote.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;

/// One look at a process.
#[derive(Debug, Clone)]
pub(crate) struct Footprint {
    /// Its share of memory (PSS), in KiB.
    pub(crate) share: u64,
    /// Memory that no file stands behind, in KiB: heap, stacks, pictures.
    pub(crate) anonymous: u64,
    /// Open descriptors, by what they lead to.
    pub(crate) descriptors: BTreeMap<String, usize>,
    /// Threads, by name.
    pub(crate) threads: BTreeMap<String, usize>,
    /// KiB that it had the kernel write to the disk, since its start.
    pub(crate) written: u64,
}

impl Footprint {
    /// What the kernel says of the process.
    pub(crate) fn of(process: u32) -> Self {
        let of_process = |name: &str| format!("/proc/{process}/{name}");
        let read = |name: &str| fs::read_to_string(of_process(name)).unwrap();
        let (rollup, io) = (read("smaps_rollup"), read("io"));
        let entries = |name: &str| fs::read_dir(of_process(name)).unwrap().flatten();
        let leads_to = |entry: fs::DirEntry| {
            let target = fs::read_link(entry.path()).ok()?;
            let target = target.to_string_lossy().into_owned();
            // "socket:[123]", "pipe:[123]", "anon_inode:[eventpoll]"
            Some(match target.split_once(":[") {
                Some((kind, number))
                    if number.starts_with(|first: char| first.is_ascii_digit()) =>
                {
                    kind.to_owned()
                }
                _ => target,
            })
        };
        let name_of = |entry: fs::DirEntry| {
            let name = fs::read_to_string(entry.path().join("comm")).ok()?;
            Some(name.trim_end().to_owned())
        };
        Self {
            share: number(&rollup, "Pss:"),
            anonymous: number(&rollup, "Anonymous:"),
            descriptors: counted(entries("fd").filter_map(leads_to)),
            threads: counted(entries("task").filter_map(name_of)),
            written: number(&io, "write_bytes:") / 1024,
        }
    }

    /// Whether there are as many descriptors and threads of each kind.
    pub(crate) fn is_level_with(&self, other: &Self) -> bool {
        self.descriptors == other.descriptors && self.threads == other.threads
    }
}

impl fmt::Display for Footprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = |counts: &BTreeMap<String, usize>| counts.values().sum::<usize>();
        write!(
            formatter,
            "{} KiB shared out, {} KiB anonymous, {} descriptors, {} threads",
            self.share,
            self.anonymous,
            sum(&self.descriptors),
            sum(&self.threads),
        )
    }
}

fn number(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let digits = line.unwrap().trim().trim_end_matches(" kB");
    digits.parse().unwrap()
}

fn counted(names: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_insert(0) += 1;
    }
    counts
}
