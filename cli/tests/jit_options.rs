//! What the options about the JIT show: counters, and names of machine code for perf.

use std::process::{Command, Output};

const PROGRAM: &str = "
def work(n):
    t = 0
    for i in range(n):
        t += i if i % 3 else -i
    return t
print(work(2000))
";

fn taipan(options: &[&str]) -> (u32, Output) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taipan"));
    command.arg("run").args(options).args(["-c", PROGRAM]);
    let child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn();
    let child = child.expect("the program starts");
    let id = child.id();
    let output = child.wait_with_output().expect("the program ends");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "666334\n");
    (id, output)
}

/// The number of a field in the counters.
fn number(stats: &str, key: &str) -> u64 {
    let (_, after) =
        stats.split_once(&format!("\"{key}\": ")).unwrap_or_else(|| panic!("no {key} in {stats}"));
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("{key} is no number in {stats}"))
}

fn stats(options: &[&str]) -> String {
    let all: Vec<&str> = ["--stats=json"].iter().chain(options).copied().collect();
    String::from_utf8_lossy(&taipan(&all).1.stderr).into_owned()
}

#[test]
fn counters_of_the_interpreter_are_zero_for_the_jit() {
    let text = stats(&["--jit=off"]);
    for key in [
        "traces_compiled",
        "side_traces",
        "code_bytes",
        "guards_recorded",
        "exits_taken",
        "trace_compile_ns_total",
    ] {
        assert_eq!(number(&text, key), 0, "{key}");
    }
}

#[test]
#[cfg(all(any(target_arch = "x86_64", target_arch = "aarch64"), unix))]
fn counters_of_compiled_code_agree_with_each_other() {
    let text = stats(&["--jit-threshold=5", "--jit-count-guards"]);
    let of = |key: &str| number(&text, key);
    assert!(of("traces_compiled") >= 2 && of("side_traces") >= 1, "{text}");
    assert!(of("side_traces") < of("traces_compiled"), "{text}");
    assert!(of("guards_recorded") >= of("guards_left") / 2, "the loop's copy doubles guards at most: {text}");
    assert!(of("exits_compiled") >= of("traces_compiled"), "{text}");
    assert!(of("exits_taken") >= of("traces_entered"), "who enters leaves: {text}");
    assert!(of("guards_executed") > 2000, "each iteration has guards: {text}");
    assert!(of("code_bytes") > 0, "{text}");
    assert!(of("trace_compile_ns_median") > 0, "{text}");
    assert!(of("trace_compile_ns_median") <= of("trace_compile_ns_p99"), "{text}");
    assert!(of("trace_compile_ns_p99") <= of("trace_compile_ns_total"), "{text}");
    let (_, aborted) = text.split_once("\"aborted\": {").expect("reasons of recordings given up");
    let counts = aborted.split(['}', ',']).filter_map(|f| f.split_once(": ")?.1.parse::<u64>().ok());
    assert_eq!(counts.sum::<u64>(), of("traces_aborted"), "{text}");
}

#[test]
#[cfg(all(any(target_arch = "x86_64", target_arch = "aarch64"), unix))]
fn perf_finds_names_of_machine_code() {
    let (id, _) = taipan(&["--jit-threshold=5", "--perf-map"]);
    let path = format!("/tmp/perf-{id}.map");
    let map = std::fs::read_to_string(&path).expect("the map is there");
    std::fs::remove_file(&path).expect("the map goes");
    assert!(map.lines().count() >= 2, "{map}");
    let mut pieces: Vec<(u64, u64)> = Vec::new();
    for line in map.lines() {
        let mut fields = line.splitn(3, ' ');
        let mut hex = || u64::from_str_radix(fields.next().unwrap_or(""), 16).expect("a hexadecimal number");
        pieces.push((hex(), hex()));
        let name = fields.next().expect("a name");
        // `work` and its loop stand in lines 2 to 5.
        assert!((2..=5).any(|n| name.starts_with(&format!("py:work <string>:{n} ("))), "{name}");
    }
    pieces.sort_unstable();
    assert!(pieces.iter().all(|p| p.1 > 0), "{map}");
    assert!(pieces.windows(2).all(|p| p[0].0 + p[0].1 <= p[1].0), "pieces overlap: {map}");
}

#[test]
fn code_that_finds_no_room_is_interpreted() {
    let text = stats(&["--jit-threshold=5", "--jit-code-bytes=0"]);
    assert_eq!(number(&text, "traces_compiled"), 0);
}

#[test]
fn a_forced_exit_is_not_noticed() {
    for exit in 0..8 {
        for after in [0, 7] {
            taipan(&["--jit-threshold=5", &format!("--jit-force-exit={exit}:{after}")]);
        }
    }
}
