//! The tables: for the terminal, as JSON, and for `docs/benchmarks.md`.

use super::Figures;
use super::measure::{Memory, Ratios, Row};

/// Prints everything.
pub fn print(figures: &Figures) {
    let heads: String =
        ["interp", "jit", "jit:interp"].map(|h| format!("{h:>11}{:>16}", "quartiles")).concat();
    println!("\n{:<20}{heads}{:>9}{:>9}", "program", "seconds", "CPython");
    for row in &figures.rows {
        let columns = [&row.interpreter, &row.jit, &row.gain].map(column).concat();
        println!("{:<20}{columns}{:>9.3}{:>9.3}", row.name, row.seconds, row.cpython_seconds);
    }
    println!(
        "\n{:<20}{:>12}{:>8}{:>10}{:>10}{:>8}{:>7}{:>10}{:>15}{:>11}{:>8}",
        "program",
        "compile ms",
        "share",
        "median us",
        "p99 us",
        "traces",
        "side",
        "code KB",
        "guards",
        "exits",
        "RSS"
    );
    for row in &figures.rows {
        let c = &row.code;
        println!(
            "{:<20}{:>12.2}{:>7.2}%{:>10.1}{:>10.1}{:>8}{:>7}{:>10.1}{:>15}{:>11}{:>8.2}",
            row.name,
            c.compile_ns as f64 / 1e6,
            share(row),
            c.compile_ns_median as f64 / 1e3,
            c.compile_ns_p99 as f64 / 1e3,
            c.traces,
            c.side_traces,
            c.bytes as f64 / 1e3,
            c.guards,
            c.exits_taken,
            row.rss
        );
    }
    println!();
    for line in summary(figures) {
        println!("{line}");
    }
}

fn column(ratios: &Ratios) -> String {
    let spread = format!("{:.2}-{:.2}", ratios.quantile(0.25), ratios.quantile(0.75));
    format!("{:>10.2}x{spread:>16}", ratios.median())
}

/// Percent of the JIT's time that went into compiling.
fn share(row: &Row) -> f64 {
    row.code.compile_ns as f64 / 1e9 / row.seconds * 100.0
}

/// Geometric mean of the rows' medians.
fn mean(rows: &[Row], of: impl Fn(&Row) -> &Ratios) -> f64 {
    let logs: f64 = rows.iter().map(|r| of(r).median().ln()).sum();
    (logs / rows.len() as f64).exp()
}

/// Nanoseconds that half of all programs' traces took to compile at most: each decile of a program stands for a tenth of its
/// traces.
fn compile_median(rows: &[Row]) -> Option<f64> {
    let mut times: Vec<(u64, f64)> = Vec::new();
    for row in rows {
        let weight = row.code.traces as f64;
        times.extend(row.code.compile_ns_deciles.iter().map(|&ns| (ns, weight)));
    }
    times.sort_unstable_by_key(|t| t.0);
    let half = times.iter().map(|t| t.1).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    let found = times.iter().find(|t| {
        sum += t.1;
        sum >= half
    });
    found.map(|t| t.0 as f64)
}

/// Means, losses, start-up and memory, a line each.
fn summary(figures: &Figures) -> Vec<String> {
    let rows = &figures.rows;
    let mut lines = Vec::new();
    if !rows.is_empty() {
        lines.push(format!(
            "Geometric means of {} programs: interpreter {:.2}, JIT {:.2}, JIT by interpreter {:.2}.",
            rows.len(),
            mean(rows, |r| &r.interpreter),
            mean(rows, |r| &r.jit),
            mean(rows, |r| &r.gain)
        ));
        let lost = |r: &&Row| r.gain.median() < 1.0;
        let losses: Vec<String> =
            rows.iter().filter(lost).map(|r| format!("{} {:.2}", r.name, r.gain.median())).collect();
        if !losses.is_empty() {
            lines.push(format!("The JIT loses on: {}.", losses.join(", ")));
        }
    }
    if let Some(ns) = compile_median(rows) {
        let traces: u64 = rows.iter().map(|r| r.code.traces).sum();
        lines.push(format!(
            "Compile time per trace, median of the {traces} traces of all programs: {:.0} us.",
            ns / 1e3
        ));
    }
    if let Some(s) = &figures.startup {
        let (ms, mb) = (s.median * 1e3, s.peak / 1e6);
        lines.push(format!("Start-up: {ms:.2} ms, {mb:.1} MB (CPython {:.2} ms).", s.cpython * 1e3));
    }
    let memory =
        |m: &Memory| format!("{}: {:.1} MB, CPython {:.1} MB.", m.name, m.taipan / 1e6, m.cpython / 1e6);
    lines.extend(figures.memory.iter().map(memory));
    lines
}

/// The tables for the documentation.
pub fn markdown(figures: &Figures) -> String {
    let (version, pairs) = (&figures.python.version, figures.pairs);
    let mut out = format!(
        "CPython {version}, {} cores, {}; medians of {pairs} rounds, quartiles in brackets.\n\n",
        std::thread::available_parallelism().map_or(1, |n| n.get()),
        std::env::consts::ARCH
    );
    out += "| program | interpreter : CPython | JIT : CPython | JIT : interpreter |\n|---|---|---|---|\n";
    let cell = |r: &Ratios| format!("{:.2} [{:.2}-{:.2}]", r.median(), r.quantile(0.25), r.quantile(0.75));
    for row in &figures.rows {
        let [a, b, c] = [&row.interpreter, &row.jit, &row.gain].map(cell);
        out += &format!("| {} | {a} | {b} | {c} |\n", row.name);
    }
    out += "\n| program | compile ms | share of time | traces (side) | code KB | guards executed | exits taken | peak RSS by interpreter's |\n";
    out += "|---|---|---|---|---|---|---|---|\n";
    for row in &figures.rows {
        let c = &row.code;
        out += &format!(
            "| {} | {:.2} | {:.2} % | {} ({}) | {:.1} | {} | {} | {:.2} |\n",
            row.name,
            c.compile_ns as f64 / 1e6,
            share(row),
            c.traces,
            c.side_traces,
            c.bytes as f64 / 1e3,
            c.guards,
            c.exits_taken,
            row.rss
        );
    }
    out += "\n";
    for line in summary(figures) {
        out += &format!("{line}\n\n");
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

/// Everything, as one JSON object.
pub fn json(figures: &Figures) -> String {
    let ratios = |name: &str, r: &Ratios| {
        let all: Vec<String> = r.all().iter().map(|r| format!("{r:.4}")).collect();
        format!(r#""{name}":{{"ratio":{:.4},"ratios":[{}]}}"#, r.median(), all.join(","))
    };
    let programs = figures.rows.iter().map(|row| {
        let c = &row.code;
        let times = [
            ratios("interpreter", &row.interpreter),
            ratios("jit", &row.jit),
            ratios("jit_by_interpreter", &row.gain),
            format!(r#""seconds":{:.4},"cpython_seconds":{:.4}"#, row.seconds, row.cpython_seconds),
            format!(r#""rss_ratio":{:.4},"compile_ns_total":{}"#, row.rss, c.compile_ns),
            format!(r#""compile_ns_median":{},"compile_ns_p99":{}"#, c.compile_ns_median, c.compile_ns_p99),
            format!(r#""traces":{},"side_traces":{},"code_bytes":{}"#, c.traces, c.side_traces, c.bytes),
            format!(r#""guards_executed":{},"exits_taken":{}"#, c.guards, c.exits_taken),
        ];
        format!(r#""{}":{{{}}}"#, row.name, times.join(","))
    });
    let mut parts = vec![
        format!(r#""python":"{}","comparable":{}"#, figures.python.version, figures.python.comparable),
        format!(r#""rounds":{}"#, figures.pairs),
        format!(r#""programs":{{{}}}"#, programs.collect::<Vec<_>>().join(",\n")),
    ];
    if !figures.rows.is_empty() {
        let rows = &figures.rows;
        parts.push(format!(
            r#""geometric_mean":{{"interpreter":{:.4},"jit":{:.4},"jit_by_interpreter":{:.4}}}"#,
            mean(rows, |r| &r.interpreter),
            mean(rows, |r| &r.jit),
            mean(rows, |r| &r.gain)
        ));
    }
    if let Some(s) = &figures.startup {
        let (ms, cpython, peak) = (s.median * 1e3, s.cpython * 1e3, s.peak);
        parts.push(format!(r#""startup":{{"ms":{ms:.3},"peak_bytes":{peak},"cpython_ms":{cpython:.3}}}"#));
    }
    let memory = figures
        .memory
        .iter()
        .map(|m| format!(r#""{}":{{"bytes":{},"cpython_bytes":{}}}"#, m.name, m.taipan, m.cpython));
    parts.push(format!(r#""memory":{{{}}}"#, memory.collect::<Vec<_>>().join(",")));
    format!("{{{}}}\n", parts.join(",\n"))
}
