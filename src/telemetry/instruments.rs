//! The counters of the program as instruments of OpenTelemetry: looked at when something is sent, and never in between.

use opentelemetry::KeyValue;
use opentelemetry::metrics::MeterProvider;
use opentelemetry_sdk::metrics::SdkMeterProvider;

use crate::host::metrics;

/// Makes an instrument for each of what is counted and measured.
pub(super) fn register(provider: &SdkMeterProvider) {
    let meter = provider.meter("vestibule");
    for counter in metrics::COUNTERS {
        let _ = meter
            .u64_observable_counter(counter.name)
            .with_unit(counter.unit)
            .with_description(counter.help)
            .with_callback(move |observer| {
                for (value, count) in counter.read() {
                    let attribute = counter.attribute;
                    let attribute = attribute.map(|name| KeyValue::new(name, value.into_owned()));
                    observer.observe(count, attribute.as_slice());
                }
            })
            .build();
    }
    let _ = meter
        .u64_observable_gauge("vestibule.session.age")
        .with_unit("s")
        .with_description("Time since the person whose session is in use signed in")
        .with_callback(|observer| {
            if let Some(age) = metrics::session_age() {
                observer.observe(age, &[]);
            }
        })
        .build();
    let _ = meter
        .u64_observable_gauge("vestibule.troubles")
        .with_unit("{trouble}")
        .with_description("What is wrong at this moment")
        .with_callback(|observer| {
            for (event, count) in metrics::troubles() {
                observer.observe(count, &[KeyValue::new("event", event)]);
            }
        })
        .build();
    let _ = meter
        .u64_observable_gauge("vestibule.memory.usage")
        .with_unit("By")
        .with_description("Memory of the program (RSS)")
        .with_callback(|observer| {
            if let Some(bytes) = metrics::memory() {
                observer.observe(bytes, &[]);
            }
        })
        .build();
}
