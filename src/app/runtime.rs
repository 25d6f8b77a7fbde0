//! The tokio runtime: small, of fixed size, and alive for longer than the window.

use std::sync::OnceLock;

/// Threads that wait for network and time. The screen has its own, and so has what takes long; a second one
/// here would only be woken by the first, several times a second.
const WORKERS: usize = 1;
/// Outlives the window: what it was told to do last is still to be done when that is lost.
static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();

/// The runtime, once iced has asked for it.
pub(super) fn get() -> Option<&'static tokio::runtime::Runtime> {
    RUNTIME.get()
}

/// The same as iced's executor.
pub(super) struct Runtime(&'static tokio::runtime::Runtime);

impl iced::Executor for Runtime {
    fn new() -> Result<Self, std::io::Error> {
        if RUNTIME.get().is_none() {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(WORKERS)
                .thread_name("vestibule")
                .enable_all()
                .build()?;
            // Another thread may have been faster: then its runtime is as good.
            let _ = RUNTIME.set(runtime);
        }
        RUNTIME
            .get()
            .map(Self)
            .ok_or_else(|| std::io::Error::other("no runtime"))
    }

    fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        drop(self.0.spawn(future));
    }

    fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.0.block_on(future)
    }

    fn enter<R>(&self, f: impl FnOnce() -> R) -> R {
        let _guard = self.0.enter();
        f()
    }
}
