//! `--stats`: counters, for people or as one JSON object on the last line.

use crate::args::StatsFormat;
use std::io::Write;
use taipan::Stats;

pub fn stats(s: &Stats, format: StatsFormat) {
    let rows: Vec<(&str, u64)> = vec![
        ("fuel_used", s.fuel_used),
        ("output_bytes", s.output_bytes),
        ("peak_heap_bytes", s.peak_heap_bytes),
        ("heap_bytes", s.heap_bytes),
        ("gc_runs", s.collections),
        ("gc_freed_cells", s.freed_cells),
        ("specialized", s.interpreter.specialized),
        ("missed", s.interpreter.misses),
        ("deoptimized", s.interpreter.deoptimized),
        ("traces_compiled", s.jit.traces),
        ("side_traces", s.jit.side_traces),
        ("trace_compile_ns_total", s.jit.compile_ns_total),
        ("trace_compile_ns_median", s.jit.compile_ns_median),
        ("trace_compile_ns_p99", s.jit.compile_ns_p99),
        ("code_bytes", s.jit.code_bytes),
        ("guards_recorded", s.jit.guards_recorded),
        ("guards_left", s.jit.guards_left),
        ("traces_retired", s.jit.retired),
        ("traces_freed", s.jit.freed),
        ("trace_bytes", s.jit.trace_bytes),
        ("links_to_bodies", s.jit.to_bodies),
        ("invalidated", s.jit.invalidated),
        ("traces_entered", s.jit.entered),
        ("exits_taken", s.jit.exits_taken),
        ("exits_compiled", s.jit.exits),
        ("guards_executed", s.guards_executed),
        ("traces_aborted", s.jit.aborted.iter().sum()),
    ];
    let aborted = s.jit.aborted.iter().zip(taipan::ABORTS).filter(|(n, _)| **n > 0);
    let text = match format {
        StatsFormat::Text => {
            let counters = rows.iter().map(|(name, n)| format!("{name:<24}{n:>16}\n"));
            counters.chain(aborted.map(|(n, why)| format!("  {why:<22}{n:>16}\n"))).collect::<String>()
        }
        StatsFormat::Json => {
            let field = |name: &str, n: u64| format!("\"{name}\": {n}");
            let fields: Vec<String> = rows.iter().map(|(name, n)| field(name, *n)).collect();
            let reasons: Vec<String> = aborted.map(|(n, why)| field(&why.replace(' ', "_"), *n)).collect();
            let (fields, reasons) = (fields.join(", "), reasons.join(", "));
            let deciles = s.jit.compile_ns_deciles;
            format!("{{{fields}, \"trace_compile_ns_deciles\": {deciles:?}, \"aborted\": {{{reasons}}}}}\n")
        }
    };
    let _ = std::io::stderr().write_all(text.as_bytes());
}
