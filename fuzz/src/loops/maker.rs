//! Makes programs of loops from bytes.
//!
//! Invariant: what a program does is bounded by its statements and `ROUNDS`; once the bytes are used up the shortest
//! choices are taken, so it is bounded too.

use super::tables::*;
use arbitrary::Unstructured;

const PRELUDE: &str = "\
class Problem(Exception): pass
def num(x): return x if type(x) is int and -2 ** 62 < x < 2 ** 62 else x if type(x) is float else 1
def whole(x): return x if type(x) is int and -2 ** 62 < x < 2 ** 62 else 3
def flat(x): return type(x).__name__ if type(x) in (list, tuple) else x
gz = 0
class P:
    z = 4
    def __init__(self, a, b): self.a = a; self.b = b
    def __repr__(self): return type(self).__name__
    @property
    def p(self): return self.a
";

/// Calls `f`, and prints what it answers, or how and where it failed.
const SHOW: &str = "\
def show(n, *args):
    try: print(n, str(f(n, *args))[:400])
    except Exception as e:
        at, t = [], e.__traceback__
        while t is not None and len(at) < 5:
            at.append(t.tb_lineno)
            t = t.tb_next
        print(n, type(e).__name__, str(e)[:100], at)
";

/// How often the main loop goes round in the calls of `f`.
const SIZES: [usize; 7] = [5, 24, 9, 40, 17, 3, 30];
/// Rounds of inner loops for one of the outer, at most.
const ROUNDS: usize = 16;
/// Statements of a program, at most.
const STATEMENTS: usize = 36;
const COUNTERS: [&str; 3] = ["i", "j", "k"];

/// The program that `bytes` stand for.
pub fn program(bytes: &[u8]) -> String {
    let mut m = Maker {
        u: Unstructured::new(bytes),
        out: PRELUDE.to_owned(),
        indent: 0,
        variables: Vec::new(),
        full: false,
        generator: false,
        loops: 0,
        rounds: 1,
        left: STATEMENTS,
        same: Vec::new(),
    };
    m.whole();
    m.out
}

struct Maker<'a> {
    u: Unstructured<'a>,
    out: String,
    indent: usize,
    /// The variables of the function that is being made.
    variables: Vec<&'static str>,
    /// It has the containers.
    full: bool,
    generator: bool,
    /// Loops around the place where code is made, and how often they go round for one round of the outermost.
    loops: usize,
    rounds: usize,
    /// Statements that may still be made.
    left: usize,
    /// Texts of numbered holes of the pattern being filled.
    same: Vec<(String, String)>,
}

impl Maker<'_> {
    /// A number below `n`; 0 when the bytes are used up.
    fn below(&mut self, n: usize) -> usize {
        if n < 2 { 0 } else { usize::from(self.u.arbitrary::<u8>().unwrap_or(0)) % n }
    }
    /// True once in `n` times; never when the bytes are used up.
    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) + 1 == n
    }
    fn among<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(&"    ".repeat(self.indent));
        self.out.push_str(text);
        self.out.push('\n');
    }
    fn filled(&mut self, pattern: &str) {
        let text = self.fill(pattern, 2);
        self.line(&text);
    }

    /// A pattern with its holes filled, with expressions at most `depth` deep.
    fn fill(&mut self, pattern: &str, depth: usize) -> String {
        let outer = std::mem::take(&mut self.same);
        let mut text = String::new();
        let mut rest = pattern;
        while let Some((before, behind)) = rest.split_once('{') {
            text.push_str(before);
            match behind.split_once('}') {
                Some((name, after)) if is_hole(name) => {
                    text.push_str(&self.hole(name, depth));
                    rest = after;
                }
                _ => {
                    text.push('{');
                    rest = behind;
                }
            }
        }
        self.same = outer;
        text + rest
    }

    fn hole(&mut self, name: &str, depth: usize) -> String {
        if let Some((_, text)) = self.same.iter().find(|(n, _)| n == name) {
            return text.clone();
        }
        let text = match name.chars().next() {
            Some('v' | 'V') => self.variable(),
            Some('e') => self.expression(depth),
            Some('c') => {
                let pattern = self.among(CONDITIONS);
                self.fill(pattern, depth.saturating_sub(1))
            }
            Some('n') => self.number("num", depth),
            Some('w') => self.number("whole", depth),
            Some('i') => self.counter(),
            Some('k') => self.among(&["0", "1", "2", "3", "5"]).to_owned(),
            Some('m') => self.among(&["2", "3", "5", "7", "11", "13", "23"]).to_owned(),
            _ => self.among(CONSTANTS).to_owned(),
        };
        if name.len() == 2 {
            self.same.push((name.to_owned(), text.clone()));
        }
        text
    }

    fn variable(&mut self) -> String {
        let n = self.below(self.variables.len());
        self.variables[n].to_owned()
    }
    fn counter(&mut self) -> String {
        match self.loops {
            0 => "7".to_owned(),
            n => COUNTERS[self.below(n.min(COUNTERS.len()))].to_owned(),
        }
    }
    /// What a function of the prelude makes a number of.
    fn number(&mut self, function: &str, depth: usize) -> String {
        match self.below(5) {
            0 => self.counter(),
            1 if depth > 0 => format!("{function}({})", self.expression(depth - 1)),
            _ => format!("{function}({})", self.variable()),
        }
    }
    fn expression(&mut self, depth: usize) -> String {
        if depth == 0 || self.below(4) == 0 {
            return match self.below(4) {
                0 => self.among(CONSTANTS).to_owned(),
                _ => self.variable(),
            };
        }
        let pattern = if self.full && self.one_in(2) { self.among(FULL) } else { self.among(PLAIN) };
        self.fill(pattern, depth - 1)
    }

    fn whole(&mut self) {
        let (first, second) = (self.among(METHODS), self.among(METHODS));
        self.line(&format!("    def m(self, x): {first}"));
        self.line("class Q(P):");
        self.line(&format!("    def m(self, x): {second}"));
        self.helper("h(x, y)", "return {v}");
        self.generator = true;
        self.helper("g(n, x)", "yield {v}");
        self.generator = false;
        self.line("def r(n, x):");
        self.filled_with(&["x"], "    return x if n <= 0 else r(n - 1, {e})");
        self.main();
        self.out.push_str(SHOW);
        for _ in 0..4 + self.below(4) {
            let size = self.among(&SIZES);
            let args: Vec<_> = (0..self.variables.len()).map(|_| self.among(CONSTANTS)).collect();
            self.line(&format!("show({size}, {})", args.join(", ")));
        }
    }

    fn filled_with(&mut self, variables: &[&'static str], pattern: &str) {
        self.variables = variables.to_vec();
        self.filled(pattern);
    }

    /// A short function that has its parameters only.
    fn helper(&mut self, head: &str, last: &str) {
        self.variables = if self.generator { vec!["x"] } else { vec!["x", "y"] };
        self.line(&format!("def {head}:"));
        self.indent += 1;
        if self.generator {
            self.line("for i in range(n):");
            self.indent += 1;
            self.loops = 1;
        }
        for _ in 0..self.below(4) {
            self.step();
        }
        self.filled(last);
        if self.generator {
            self.indent -= 1;
            self.loops = 0;
        }
        self.indent -= 1;
    }

    fn main(&mut self) {
        let n = 2 + self.below(3);
        self.variables = ["a", "b", "c", "e"][..n].to_vec();
        self.full = true;
        let all = self.variables.join(", ");
        self.line(&format!("def f(n, {all}):"));
        self.indent = 1;
        self.line("global gz");
        self.line(
            "xs = [1, 2, None, 3.5, 'x']; ys = [0, 0.5, 'y']; d = {0: 1, 1: None, 2: 2.5}; s = {1, 2, 3}",
        );
        self.line("o = P(1, None); q = Q(2, 0); w = 'ab'; t = (1, 'z')");
        if self.one_in(4) {
            self.closure();
        }
        for _ in 0..1 + self.below(2) {
            self.outermost();
        }
        self.line(&format!("return {all}, xs, o.a, o.b, q.a, d, s, w, t, gz"));
        self.indent = 0;
        self.full = false;
    }

    /// A function that shares variables with `f`, in the place of `h`.
    fn closure(&mut self) {
        self.line("def h(x, y):");
        self.indent += 1;
        let shared = self.variable();
        self.line(&format!("nonlocal {shared}"));
        let outer = std::mem::take(&mut self.variables);
        self.variables = vec!["x", "y"];
        self.variables.extend(outer.iter().filter(|v| **v == shared));
        self.full = false;
        for _ in 0..1 + self.below(2) {
            self.step();
        }
        self.filled("return {v}");
        self.full = true;
        self.variables = outer;
        self.indent -= 1;
    }

    /// A loop that gets hot.
    fn outermost(&mut self) {
        let head = match self.below(16) {
            0 => "for i in range(n, 0, -1):",
            1 => "for i in range(-n, n, 3):",
            2 => "for i in range(2 ** 60 - n // 2, 2 ** 60 + n // 2):",
            3 => "for i, {V} in enumerate(xs * (n // 5 + 1)):",
            4 => "for i, {V} in enumerate(g(n, {v})):",
            5 => "for i, {V} in zip(range(n), ys * n):",
            6 => "for i in set(range(n)):",
            7 => "for i in list(range(n)):",
            8 => "for i, {V} in {y: y % 3 for y in range(n)}.items():",
            9 => "while i < n and ({c} or i < 40):",
            10 => "while True:",
            _ => "for i in range(n):",
        };
        let counts = head.starts_with("while");
        if counts {
            self.line("i = 0");
        }
        self.rounds = 1;
        self.repeat(head, counts.then_some("i += 1; \nif i > n: break"));
    }

    /// A loop with its body; `first` are lines that the body begins with.
    fn repeat(&mut self, head: &str, first: Option<&str>) {
        self.filled(head);
        self.loops += 1;
        self.indent += 1;
        for line in first.unwrap_or("").lines() {
            self.line(line);
        }
        self.block(5);
        self.indent -= 1;
        self.loops -= 1;
        if self.one_in(6) {
            self.line("else:");
            self.indent += 1;
            self.step();
            self.indent -= 1;
        }
    }

    /// Up to `most` statements, at least one.
    fn block(&mut self, most: usize) {
        for _ in 0..1 + self.below(most) {
            self.statement();
        }
    }
    fn indented(&mut self, most: usize) {
        self.indent += 1;
        self.block(most);
        self.indent -= 1;
    }

    fn statement(&mut self) {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 || self.indent > 6 {
            return self.step();
        }
        match self.below(12) {
            0..=2 => self.condition(),
            3 | 4 if self.rounds < ROUNDS && self.loops < COUNTERS.len() => self.inner(),
            5 => self.handler(),
            6 => {
                let what = self.among(&["continue", "break", "continue", "return {v}"]);
                self.filled(&format!("if {{c}} and {{i}} % {{m}} == {{k}}: {what}"));
            }
            7 if self.one_in(6) => self.filled_among(FAILING),
            8 | 9 => self.filled_among(CHANGES),
            _ => self.step(),
        }
    }
    fn filled_among(&mut self, table: &[&'static str]) {
        let pattern = self.among(table);
        self.filled(pattern);
    }
    fn step(&mut self) {
        self.filled_among(STEPS);
    }

    fn condition(&mut self) {
        self.filled("if {c}:");
        self.indented(3);
        if self.one_in(4) {
            self.filled("elif {c}:");
            self.indented(2);
        }
        if self.one_in(3) {
            self.line("else:");
            self.indented(2);
        }
    }

    fn inner(&mut self) {
        let var = COUNTERS[self.loops];
        let rounds = 2 + self.below(5);
        let outer = self.rounds;
        self.rounds *= rounds;
        match self.below(8) {
            0 => {
                self.line(&format!("{var} = 0"));
                self.repeat(&format!("while {var} < {rounds} and {{c}}:"), Some(&format!("{var} += 1")));
            }
            1 | 2 => {
                let items = self.among(ITEMS);
                self.repeat(&format!("for {var}, {{V}} in enumerate({items}):"), None);
            }
            3 | 4 => {
                // The variable itself goes through the items, and a counter stays what it was.
                let items = self.among(ITEMS);
                self.line(&format!("{var} = i"));
                self.repeat(&format!("for {{V}} in {items}:"), None);
            }
            5 => self.repeat(&format!("for {var} in range({rounds}, {{k}}, -1):"), None),
            6 => self.repeat(&format!("for {var} in range({{i}} % {rounds}):"), None),
            _ => self.repeat(&format!("for {var} in range({rounds}):"), None),
        }
        self.rounds = outer;
    }

    fn handler(&mut self) {
        self.line("try:");
        self.indent += 1;
        if self.one_in(2) {
            self.block(2);
        }
        self.filled_among(FAILING);
        self.indent -= 1;
        if self.one_in(3) {
            let classes = self.among(&["ZeroDivisionError", "(KeyError, TypeError)", "Problem"]);
            self.line(&format!("except {classes}:"));
            self.indented(1);
        }
        self.line("except Exception as x:");
        self.indent += 1;
        let what = ["{V} = type(x).__name__", "{V} = {i}", "pass", "{V} = {v}", "continue"];
        self.filled_among(&what);
        self.indent -= 1;
        if self.one_in(4) {
            self.line("finally:");
            self.indent += 1;
            self.step();
            self.indent -= 1;
        }
    }
}

/// Whether what stands between braces is a hole: a letter, and perhaps a digit.
fn is_hole(name: &str) -> bool {
    let mut chars = name.chars();
    let letter = chars.next().is_some_and(|c| "vVecnwikmj".contains(c));
    letter && chars.next().is_none_or(|c| c.is_ascii_digit()) && chars.next().is_none()
}
