//! Statements with blocks: loops, conditions, handlers, `with`, functions in functions, and late changes.

use super::tables::*;
use super::{MOST_IN_ALL, MOST_ROUNDS, Maker};

impl Maker<'_> {
    /// A block of about `n` statements, `depth` blocks deep at most.
    pub(super) fn block(&mut self, n: usize, depth: usize) {
        self.indent += 1;
        let start = self.out.len();
        for _ in 0..n {
            self.statement(depth);
        }
        if self.out.len() == start {
            self.line("pass");
        }
        self.indent -= 1;
    }

    fn statement(&mut self, depth: usize) {
        if self.u.is_empty() {
            return;
        }
        if depth == 0 || self.below(10) < 6 {
            return self.simple();
        }
        match self.below(16) {
            0..=2 => self.condition(depth),
            3..=7 => self.repeat(depth),
            8..=10 => self.handler(depth),
            11 => self.with(depth),
            12 => self.closure(),
            13 | 14 => self.change(),
            _ if self.scope.generator => self.give(depth),
            _ => self.condition(depth),
        }
    }

    fn simple(&mut self) {
        if self.scope.generator && self.one_in(6) {
            return self.give(2);
        }
        let wild = if self.scope.wild { self.one_in(7) } else { self.one_in(60) };
        let pattern = self.among(if wild { LINES_WILD } else { LINES });
        let depth = 2 + self.below(3);
        self.filled_line(pattern, depth);
    }

    fn give(&mut self, depth: usize) {
        let pattern = [
            "yield {i}",
            "yield {i}",
            "{I} = yield {i}",
            "{I} = (yield {i}) or {i}",
            "yield {z}",
            "yield from {y}",
        ];
        let n = self.below(pattern.len());
        self.filled_line(pattern[n], depth);
    }

    fn condition(&mut self, depth: usize) {
        self.filled_line("if {b}:", 3);
        let n = 1 + self.below(3);
        self.block(n, depth - 1);
        if self.one_in(3) {
            self.filled_line("elif {b}:", 2);
            self.block(1, depth - 1);
        }
        if self.one_in(2) {
            self.line("else:");
            let n = 1 + self.below(2);
            self.block(n, depth - 1);
        }
    }

    /// A loop, if there may be one more around here.
    pub(super) fn repeat(&mut self, depth: usize) {
        let most = (MOST_ROUNDS / self.rounds).min(MOST_IN_ALL.saturating_sub(self.cost) / 20 / self.rounds);
        if most < 3 || self.scope.loops > 3 {
            return self.simple();
        }
        let number = self.number();
        let var = format!("j{number}");
        let wanted = [4, 9, 20, 40, 90, 200][self.below(6)];
        let rounds = (wanted as u64).min(most);
        if self.one_in(4) {
            return self.while_loop(&var, rounds, depth);
        }
        let (target, iterable, rounds, guard) = self.iteration(&var, rounds);
        self.line(&format!("for {target} in {iterable}:"));
        self.scope.counters.push(var.clone());
        self.body(rounds, depth, guard.as_deref(), &var);
        self.scope.counters.pop();
        if self.one_in(6) {
            self.line("else:");
            self.block(1, 0);
        }
    }

    /// What a `for` names and goes through, how many rounds that are, and a line that keeps it from growing.
    fn iteration(&mut self, var: &str, rounds: u64) -> (String, String, u64, Option<String>) {
        let two = format!("{var}, v{var}");
        match self.below(14) {
            0..=5 => {
                let range = match self.below(5) {
                    0 => format!("range({rounds}, 0, -1)"),
                    1 => format!("range({}, {})", 3, rounds + 3),
                    2 => format!("range(-2, {}, 2)", 2 * rounds - 2),
                    3 => format!("range(2 ** 60 - {}, 2 ** 60 + {})", rounds / 2, rounds - rounds / 2),
                    _ => format!("range({rounds})"),
                };
                (var.to_owned(), range, rounds, None)
            }
            6 => {
                let list = self.variable('L');
                let guard = format!("if len({list}) > 30: break");
                (var.to_owned(), list, 12.min(rounds.max(3)), Some(guard))
            }
            7 => (two, self.fill_anew("enumerate({l})", 2), 10, None),
            8 => (two, self.fill_anew("zip(range(30), {y})", 2), 10, None),
            9 => (two, self.fill_anew("{d}.items()", 2), 8, None),
            10 => (var.to_owned(), self.fill_anew(&format!("{{l}} * {}", rounds / 5 + 1), 2), rounds, None),
            11 => (var.to_owned(), self.fill_anew("{e}", 2), 10, None),
            12 => (
                var.to_owned(),
                self.fill_anew(&format!("zip(range({rounds}), [{{i}}] * {rounds})"), 2),
                rounds,
                None,
            ),
            _ => (var.to_owned(), self.fill_anew("{y}", 2), 10, None),
        }
    }

    fn while_loop(&mut self, var: &str, rounds: u64, depth: usize) {
        self.line(&format!("{var} = 0"));
        match self.below(4) {
            0 => {
                let text = self.fill_anew(&format!("while {var} < {rounds} and {{b}}:"), 2);
                self.line(&text);
            }
            1 => self.line("while True:"),
            _ => self.line(&format!("while {var} < {rounds}:")),
        }
        let step = format!("{var} += 1\n{}if {var} > {rounds}: break", "    ".repeat(self.indent + 1));
        self.scope.counters.push(var.to_owned());
        self.body(rounds, depth, Some(&step), var);
        self.scope.counters.pop();
    }

    /// The body of a loop: with a handler in it, often, and a late change.
    fn body(&mut self, rounds: u64, depth: usize, first: Option<&str>, var: &str) {
        let outer = self.rounds;
        self.rounds *= rounds.max(1);
        self.scope.loops += 1;
        self.indent += 1;
        if let Some(first) = first {
            self.line(first);
        }
        let tried = self.below(3) > 0;
        if tried {
            self.line("try:");
        } else {
            self.indent -= 1;
        }
        let n = 1 + self.below(4);
        self.block(n, depth - 1);
        self.indent += 1;
        for _ in 0..[1, 1, 1, 0, 2][self.below(5)] {
            self.late(rounds, var);
        }
        if self.one_in(4) && rounds > 3 {
            let what = self.among(LEAVES);
            let what = if what.starts_with("return") && !self.scope.function { "break" } else { what };
            let text = self.fill_anew(&format!("if {var} == {}: {what}", rounds * 3 / 4), 2);
            self.line(&text);
        }
        if self.one_in(2) {
            self.simple();
        }
        if self.rounds < 60 && self.one_in(4) || self.one_in(40) {
            self.filled_line("show({i}, {f}, {z})", 1);
        }
        self.indent -= 1;
        if tried {
            self.except(0);
            self.indent -= 1;
        }
        self.scope.loops -= 1;
        self.rounds = outer;
    }

    /// A change in one round of many.
    fn late(&mut self, rounds: u64, var: &str) {
        let at = [rounds / 2, rounds * 2 / 3, rounds - 1, rounds / 3, 3][self.below(5)];
        let what = self.among(CHANGES);
        let what = if self.scope.method { "{I} = {f}" } else { what };
        let condition = match self.below(6) {
            0 => format!("if {var} > {at}: "),
            1 => format!("if {var} % 7 == {}: ", at % 7),
            2 => "if {b} and {b} and {b}: ".to_owned(),
            _ => format!("if {var} == {at}: "),
        };
        self.filled_line(&(condition + what), 2);
    }

    /// A change that the number of times that this place was reached decides.
    fn change(&mut self) {
        if self.scope.method {
            return self.simple();
        }
        let at = [2, 3, 5, 9, 20, 33, 61][self.below(7)];
        let what = self.among(CHANGES);
        let n = self.number() % 3;
        self.line(&format!("ticks[{n}] += 1"));
        self.filled_line(&format!("if ticks[{n}] == {at}: {what}"), 2);
    }

    /// A statement whose failure is not the end of what follows.
    pub(super) fn handled(&mut self, depth: usize) {
        if self.one_in(6) {
            return self.statement(depth);
        }
        self.line("try:");
        self.block(1, depth);
        self.line("except Exception as e: z1 = err(e)");
    }

    fn handler(&mut self, depth: usize) {
        self.line("try:");
        let n = 1 + self.below(3);
        self.block(n, depth - 1);
        if self.one_in(3) {
            self.indent += 1;
            self.filled_line("if {b} and {b}: raise Problem({i})", 2);
            self.indent -= 1;
        }
        self.except(depth - 1);
    }

    /// The rest of a `try`.
    fn except(&mut self, depth: usize) {
        let finally = self.one_in(5);
        if !(finally && self.one_in(2)) {
            if self.one_in(3) {
                let what = self.among(HANDLED);
                self.line(&format!("except {what} as e:"));
                self.indent += 1;
                self.any_filled(
                    &[
                        "{Z} = err(e)",
                        "{I} += 1",
                        "raise",
                        "raise Problem('again') from e",
                        "{Z} = str(e)[:0]",
                    ],
                    1,
                );
                self.indent -= 1;
                self.block(0, 0);
            }
            self.line("except Exception as e:");
            self.indent += 1;
            let n = self.below(3);
            self.filled_line(["{Z} = err(e)", "{I} = {k}", "{S} = err(e)[:9]"][n], 1);
            self.indent -= 1;
            let n = self.below(2);
            self.block(n, depth);
            if self.one_in(6) {
                self.line("else:");
                self.block(1, depth);
            }
        }
        if finally {
            self.line("finally:");
            self.block(1, 0);
            if self.scope.loops > 0 && self.one_in(4) {
                self.indent += 1;
                self.filled_line("if {b} and {b}: break", 2);
                self.indent -= 1;
            }
        }
    }

    fn with(&mut self, depth: usize) {
        let text = ["with Guard({i}) as {I}:", "with Guard({i}), Guard({i}) as {I}:", "with Guard({k}):"]
            [self.below(3)];
        self.filled_line(text, 2);
        let n = 1 + self.below(3);
        self.block(n, depth - 1);
    }

    /// A function in a function, which shares variables with it.
    fn closure(&mut self) {
        if !self.scope.function || self.scope.method {
            return self.simple();
        }
        let name = format!("h{}", self.number());
        let shared = self.variable('I');
        if shared.starts_with('g') {
            return self.simple();
        }
        self.line(&format!("def {name}(v, w=1):"));
        self.indent += 1;
        if self.one_in(2) {
            self.line(&format!("nonlocal {shared}"));
            self.filled_line(&format!("{shared} = ({shared} + v * w) % {{M}}"), 1);
        }
        let body = [
            "return v + {i}",
            "return {I} - v * w",
            "return [{i} for u in range(v % 4)][0] if v % 4 else w",
            "return (lambda: {i} + v)()",
        ];
        let n = self.below(body.len());
        let calls = std::mem::replace(&mut self.scope.method, true);
        let known = std::mem::take(&mut self.scope.closures);
        self.filled_line(body[n], 2);
        self.scope.closures = known;
        self.scope.method = calls;
        self.indent -= 1;
        self.scope.closures.push(name);
    }
}
