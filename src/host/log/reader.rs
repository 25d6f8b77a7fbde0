//! Whatever reads the log: it gets what it takes. A journal whose disk hangs, or a pipe that nobody empties, is no reason for
//! a screen to stand still, nor for a refresh to wait: what is not taken is lost, and counted.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// How long a reader that was in time so far may take for a line.
const PATIENCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 200_000_000,
};
/// One that was not has no more time until it takes a line again.
const NONE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 0,
};
/// What a pipe takes at once where poll(2) says that it takes anything (`PIPE_BUF`, pipe(7)).
const PIECE: usize = 4096;

/// A reader, as far as it took what it was given.
#[derive(Debug, Default)]
pub(super) struct Reader {
    lost: AtomicU64,
}

impl Reader {
    /// How many lines were lost since one was taken. Nothing where a line that is written to `file` now would have to wait,
    /// which counts as lost.
    pub(super) fn takes(&self, file: impl AsFd) -> Option<u64> {
        let lost = self.lost.load(Ordering::Relaxed);
        let patience = if lost == 0 { PATIENCE } else { NONE };
        if is_ready(file, patience) {
            return Some(self.lost.swap(0, Ordering::Relaxed));
        }
        let _ = self.lost.fetch_add(1, Ordering::Relaxed);
        None
    }

    /// Writes a line to `file`, behind what `told` says of lines that were lost, or loses it.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn write(
        &self,
        mut file: impl Write + AsFd,
        line: &str,
        told: impl FnOnce(u64) -> String,
    ) -> io::Result<()> {
        let Some(lost) = self.takes(&file) else {
            return Ok(());
        };
        let line = match lost {
            0 => line.to_owned(),
            lost => told(lost) + line,
        };
        for (number, piece) in line.as_bytes().chunks(PIECE).enumerate() {
            // The rest of a line is lost with its reader.
            if number > 0 && self.takes(&file).is_none() {
                return Ok(());
            }
            file.write_all(piece)?;
        }
        Ok(())
    }
}

fn is_ready(file: impl AsFd, patience: Timespec) -> bool {
    let mut files = [PollFd::new(&file, PollFlags::OUT)];
    match poll(&mut files, Some(&patience)) {
        Ok(ready) => ready > 0,
        // A signal came: what is ready is so now.
        Err(Errno::INTR) => poll(&mut files, Some(&NONE)).is_ok_and(|ready| ready > 0),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read, pipe};
    use std::os::unix::net::UnixDatagram;
    use std::time::{Duration, Instant};

    use rustix::fs::{OFlags, fcntl_setfl};

    use super::*;

    fn told(lost: u64) -> String {
        format!("({lost} lost)")
    }

    #[test]
    fn a_pipe_that_nobody_empties_stops_nobody_and_gets_what_comes_later() {
        let (mut reads, mut writes) = pipe().unwrap();
        fcntl_setfl(&writes, OFlags::NONBLOCK).unwrap();
        let mut filled = 0;
        loop {
            match writes.write(&[b'x'; PIECE]) {
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => panic!("{error}"),
            }
        }
        // From here on a write would wait for ever.
        fcntl_setfl(&writes, OFlags::empty()).unwrap();
        let reader = Reader::default();
        let begun = Instant::now();
        for _ in 0..1_000 {
            reader.write(&writes, "lost\n", told).unwrap();
        }
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "{:?}",
            begun.elapsed()
        );
        reads.read_exact(&mut vec![0; filled]).unwrap();
        let long = "y".repeat(3 * PIECE) + "\n";
        reader.write(&writes, &long, told).unwrap();
        reader.write(&writes, "short\n", told).unwrap();
        drop(writes);
        let mut rest = String::new();
        let _ = reads.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, format!("(1000 lost){long}short\n"));
    }

    #[test]
    fn a_journal_whose_queue_is_full_takes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("socket");
        let journal = UnixDatagram::bind(&place).unwrap();
        let sender = UnixDatagram::unbound().unwrap();
        sender.connect(&place).unwrap();
        let reader = Reader::default();
        assert_eq!(reader.takes(&sender), Some(0));
        sender.set_nonblocking(true).unwrap();
        while sender.send(b"line").is_ok() {}
        assert_eq!((reader.takes(&sender), reader.takes(&sender)), (None, None));
        let _ = journal.recv(&mut [0; 16]).unwrap();
        assert_eq!(reader.takes(&sender), Some(2));
    }
}
