//! One file per command; every outcome becomes an exit code.
