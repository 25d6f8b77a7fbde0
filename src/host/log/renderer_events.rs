//! Hears what the crates that draw say of a GPU on trial.

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::Context;

use crate::host::renderer;

/// Passes complaints on to the trial of the GPU.
pub(super) struct RendererEvents;

/// What it has to hear.
pub(super) fn filter() -> Targets {
    Targets::new()
        // The adapter that was taken.
        .with_target("iced_wgpu", LevelFilter::INFO)
        .with_target("iced_winit", LevelFilter::ERROR)
        .with_target("wgpu_core", LevelFilter::ERROR)
        .with_target("wgpu_hal", LevelFilter::ERROR)
}

impl<S: Subscriber> Layer<S> for RendererEvents {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let Some(trial) = renderer::trial() else {
            return;
        };
        let mut line = Line::default();
        event.record(&mut line);
        // Its first line comes before it asks for an adapter.
        if line.target.starts_with("iced_wgpu") {
            trial.touch();
        }
        if let Some(complaint) = renderer::complaint(&line.target, &line.message) {
            trial.complain(complaint);
        }
    }
}

/// A line of the crate `log`: it carries its target as a field.
#[derive(Default)]
struct Line {
    target: String,
    message: String,
}

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "log.target" {
            value.clone_into(&mut self.target);
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            self.message = format!("{value:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing::Level;

    #[test]
    fn it_hears_of_the_adapter_and_of_failures_and_of_nothing_else() {
        let filter = filter();
        assert!(filter.would_enable("iced_wgpu::window::compositor", &Level::INFO));
        assert!(filter.would_enable("wgpu_hal::gles::egl", &Level::ERROR));
        assert!(!filter.would_enable("wgpu_hal::gles::egl", &Level::WARN));
        assert!(!filter.would_enable("vestibule", &Level::ERROR));
    }
}
