//! The program `taipan` as a user runs it: arguments, exit statuses, messages, statistics.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn taipan(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_taipan")).args(args).stdin(Stdio::null()).output().expect("it runs")
}

fn status(args: &[&str]) -> i32 {
    taipan(args).status.code().expect("it exits")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A program in a file that is removed at the end.
struct Script(std::path::PathBuf);

impl Script {
    fn new(name: &str, source: &[u8]) -> Script {
        let path = std::env::temp_dir().join(format!("taipan-cli-{}-{name}.py", std::process::id()));
        std::fs::write(&path, source).expect("a temporary file");
        Script(path)
    }
    fn path(&self) -> &str {
        self.0.to_str().expect("a path of text")
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn code_file_and_standard_input() {
    assert_eq!(out(&taipan(&["-c", "print('hi')"])), "hi\n");
    assert_eq!(out(&taipan(&["run", "-c", "print('hi')"])), "hi\n");
    let script = Script::new("argv", b"import sys\nprint(sys.argv[1:], sys.argv[0][-3:])\n");
    for args in [&["run", script.path(), "a", "--fuel"][..], &[script.path(), "a", "--fuel"]] {
        assert_eq!(out(&taipan(args)), "['a', '--fuel'] .py\n");
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_taipan"))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("a pipe").write_all(b"print(6 * 7)").expect("it reads");
    assert_eq!(out(&child.wait_with_output().expect("it ends")), "42\n");
}

#[test]
fn exit_statuses() {
    assert_eq!(status(&["-c", "pass"]), 0);
    assert_eq!(status(&["-c", "1 / 0"]), 1);
    assert_eq!(status(&["-c", "x ="]), 1);
    assert_eq!(status(&["-c", "import sys; sys.exit(5)"]), 5);
    assert_eq!(status(&["-c", "import sys; sys.exit('bye')"]), 1);
    assert_eq!(status(&["-c", "raise KeyboardInterrupt"]), 130);
    assert_eq!(status(&["--fuel", "1000", "-c", "while True: pass"]), 3);
    assert_eq!(status(&["--timeout", "0.05", "-c", "while True: pass"]), 3);
    assert_eq!(status(&["--max-output", "10", "-c", "print('x' * 100)"]), 3);
    assert_eq!(status(&["--max-memory", "16000000", "-c", "x = [0] * 10**9"]), 1);
    assert_eq!(status(&["--max-recursion", "50", "-c", "def f(): f()\nf()"]), 1);
    assert_eq!(status(&["--no-such-option"]), 2);
    assert_eq!(status(&["--fuel", "many", "-c", "pass"]), 2);
    assert_eq!(status(&["--help"]), 0);
    assert_eq!(status(&["--version"]), 0);
}

#[test]
fn messages_are_cpythons() {
    let o = taipan(&["/no/such/file.py"]);
    assert_eq!(o.status.code(), Some(2));
    assert_eq!(err(&o), "taipan: can't open file '/no/such/file.py': [Errno 2] No such file or directory\n");
    let script = Script::new("division", b"def f(x):\n    return 1 / x\n\nf(0)\n");
    let want = format!(
        "Traceback (most recent call last):\n  File \"{0}\", line 4, in <module>\n    f(0)\n    ~^^^\n  File \"{0}\", line 2, in f\n    return 1 / x\n           ~~^~~\nZeroDivisionError: division by zero\n",
        script.path()
    );
    assert_eq!(err(&taipan(&[script.path()])), want);
    let script = Script::new("syntax", b"x = 1\nif x = 2:\n    pass\n");
    let o = taipan(&[script.path()]);
    assert_eq!(o.status.code(), Some(1));
    let text = err(&o);
    assert!(
        text.contains(
            "line 2\n    if x = 2:\n       ^^^^^\nSyntaxError: invalid syntax. Maybe you meant '==' or ':='"
        ),
        "{text}"
    );
    let script = Script::new("encoding", b"x = '\xff'\n");
    let o = taipan(&[script.path()]);
    assert_eq!(o.status.code(), Some(1));
    assert!(err(&o).contains("SyntaxError"), "{}", err(&o));
}

#[test]
fn limits_say_so_in_one_line() {
    for (args, words) in [(["--fuel", "1000"], "fuel"), (["--timeout", "0.05"], "time")] {
        let o = taipan(&[args[0], args[1], "-c", "while True: pass"]);
        let text = err(&o);
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn statistics_are_one_json_object_on_the_last_line() {
    let code = "import sys\nprint('x', file=sys.stderr)\nfor i in range(100): pass\n1 / 0";
    let o = taipan(&["--stats=json", "-c", code]);
    assert_eq!(o.status.code(), Some(1));
    let text = err(&o);
    let last = text.lines().last().expect("a line");
    assert!(last.starts_with('{') && last.ends_with('}'), "{last}");
    for key in ["fuel_used", "peak_heap_bytes", "gc_runs", "specialized", "missed", "deoptimized"] {
        assert!(last.contains(&format!("\"{key}\": ")), "{key} in {last}");
    }
    assert_eq!(last.matches('{').count(), last.matches('}').count());
    assert!(err(&taipan(&["--stats", "-c", "pass"])).contains("fuel_used"));
}

#[test]
fn listings() {
    let plain = out(&taipan(&["dis", "-c", "print(1)"]));
    assert!(plain.contains("LoadGlobal") && plain.contains("Call"), "{plain}");
    let adaptive = out(&taipan(&["dis", "--adaptive", "-c", "t = 0\nfor i in range(9): t += i\nprint(t)"]));
    assert!(adaptive.starts_with("36\n"), "{adaptive}");
    assert!(adaptive.contains("ForLoopCount"), "{adaptive}");
}

#[test]
fn fuel_in_slices_changes_nothing() {
    let code = "print(sum(i * i for i in range(1000)))";
    let whole = taipan(&["--stats", "-c", code]);
    let sliced = taipan(&["--stats", "--fuel", "1000000", "--fuel-slice", "77", "-c", code]);
    assert_eq!(out(&whole), out(&sliced));
    let used = |o: &Output| err(o).lines().find(|l| l.starts_with("fuel_used")).map(str::to_owned);
    assert_eq!(used(&whole), used(&sliced));
}
