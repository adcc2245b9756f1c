//! Definitions: classes, functions, generators, and the program around them.

use super::tables::*;
use super::{Function, MOST_CALLED, Maker, Scope};

fn names(prefix: &str, n: usize) -> Vec<String> {
    (0..n).map(|i| format!("{prefix}{i}")).collect()
}

/// The manager that `with` uses: it swallows a `Problem` now and then.
const GUARD: &str = "\
class Guard:
    def __init__(self, n):
        self.n = n
    def __enter__(self):
        return self.n
    def __exit__(self, kind, e, tb):
        return kind is Problem and self.n % 2 == 0
";

impl Maker<'_> {
    /// All of a program behind the prelude.
    pub(super) fn whole(&mut self) {
        self.out.push_str(GUARD);
        self.line("ticks = [0, 0, 0]");
        self.globals = names("gi", 3);
        let first = self.among(BORDERS);
        self.line(&format!("gi0, gi1, gi2 = 1, {first}, 7"));
        for n in 0..2 + self.below(2) {
            self.class(n);
        }
        for n in 0..1 + self.below(3) {
            self.function(n, false);
        }
        for n in 0..1 + self.below(2) {
            self.function(10 + n, true);
        }
        if self.one_in(2) {
            self.recursive();
        }
        for n in 0..1 + self.below(2) {
            self.function(20 + n, false);
        }
        for n in 0..1 + self.below(3) {
            self.scenario(n);
        }
        if self.one_in(3) {
            self.top_level();
        }
        self.line("show(gi0, gi1, gi2, ticks)");
    }

    fn class(&mut self, n: usize) {
        let name = format!("C{n}");
        let base = match n {
            0 => "Base".to_owned(),
            n if self.one_in(2) => format!("C{}", n - 1),
            _ => "Base".to_owned(),
        };
        self.line(&format!("class {name}({base}):"));
        self.indent += 1;
        self.scope = Scope { wild: self.one_in(4), ..Scope::default() };
        if self.one_in(5) {
            self.line("__slots__ = ('n', 'f')");
        }
        self.filled_line("cv = {k}", 1);
        let plain = base == "Base" || self.one_in(3);
        if plain {
            self.line("def __init__(self, n, f=0.5):");
            self.line("    self.n = n");
            self.line("    self.f = f");
            self.any_line(&[
                "    self.s = 'c'; self.items = [n, 1, 2]",
                "    self.items = [1, n]; self.s = 'd'",
            ]);
        }
        self.methods(plain);
        for _ in 0..self.below(5) {
            let (head, result) = SPECIALS[self.below(SPECIALS.len())];
            self.method_scope(&["self.n".to_owned()]);
            self.line(&format!("def {head}:"));
            self.filled_line(&format!("    return {result}"), 2);
        }
        self.indent -= 1;
        self.classes.push(name);
    }

    fn method_scope(&mut self, ints: &[String]) {
        let wild = self.scope.wild;
        let mut ints = ints.to_vec();
        ints.push("self.n".to_owned());
        self.scope = Scope {
            ints,
            floats: vec!["self.f".to_owned()],
            strs: vec!["self.s".to_owned()],
            lists: vec!["self.items".to_owned()],
            dicts: vec!["{1: 2, 3: 4}".to_owned()],
            sets: vec!["{1, 2, 5}".to_owned()],
            pairs: vec!["(3, 4)".to_owned()],
            objects: vec!["self".to_owned()],
            anything: vec!["self.cv".to_owned(), "self.n".to_owned()],
            method: true,
            function: true,
            wild,
            ..Scope::default()
        };
    }

    /// The methods that calls name. Their bodies name attributes only, so that no two call each other.
    fn methods(&mut self, all: bool) {
        let v = ["v".to_owned()];
        let heads = [
            ("def m0(self, v):", "m0"),
            ("def m1(self, v=2, *rest):", "m1"),
            ("def m2(self, v):", "m2"),
            ("@property\n    def p(self):", "p"),
            ("@staticmethod\n    def st(v):", "st"),
            ("@classmethod\n    def cm(cls, v):", "cm"),
            ("def me(self):", "me"),
        ];
        for (head, name) in heads {
            if !all && self.one_in(2) {
                continue;
            }
            self.method_scope(&v);
            self.line(head);
            match name {
                "m0" => self.method_body("{i}"),
                "m1" => {
                    let result = self.among(&["self.m0(v) + {i}", "self.m0({i}) - v", "self.n * v"]);
                    self.method_body(result)
                }
                "m2" => self.line("    return v + self.f"),
                "p" => {
                    self.any_line(&[
                        "    return self.n + 1",
                        "    return self.cv",
                        "    return len(self.items)",
                    ]);
                    if self.one_in(2) {
                        self.line("@p.setter\n    def p(self, v):\n        self.n = v");
                    }
                }
                "st" => self.line("    return v + 1"),
                "cm" => self.line("    return cls.cv + v"),
                _ => self.line("    return self"),
            }
        }
    }

    fn method_body(&mut self, result: &str) {
        self.indent += 1;
        if self.one_in(2) {
            let what = [
                "self.n += v",
                "self.items.append(v); del self.items[8:]",
                "self.f = self.f + 0.5",
                "if v == 17: raise Problem(v)",
                "self.last = v",
                "if v < 0: return v",
                "for w in range(3): self.n ^= w",
            ];
            let n = self.below(what.len());
            self.line(what[n]);
        }
        // The only names are expressions that may be read.
        self.scope.ints.retain(|n| n == "v" || n == "self.n");
        let text = self.read_only(result);
        self.line(&format!("return {text}"));
        self.indent -= 1;
    }

    fn read_only(&mut self, pattern: &str) -> String {
        self.scope.objects.clear();
        self.scope.objects.push("Base()".to_owned());
        self.fill_anew(pattern, 2)
    }

    /// Names of a function's own, all of them set.
    fn locals(&mut self, params: usize) {
        let wild = self.one_in(3);
        let p = names("p", params);
        self.scope = Scope {
            ints: [names("a", 3), p].concat(),
            floats: names("x", 2),
            strs: names("s", 2),
            lists: names("l", 2),
            dicts: names("d", 1),
            sets: names("q", 1),
            pairs: names("u", 1),
            objects: names("o", 2),
            anything: names("z", 2),
            function: true,
            wild,
            ..Scope::default()
        };
        self.indent += 1;
        if self.one_in(3) {
            self.line("global gi0, gi1");
            self.scope.ints.extend(names("gi", 2));
        }
        let number = self.int_literal();
        self.line(&format!("a0, a1, a2 = 0, 1, {number}"));
        let n = self.below(FLOAT_LITERALS.len());
        self.line(&format!("x0, x1 = 0.0, {}; s0, s1 = 'ab', 'c'", FLOAT_LITERALS[n]));
        self.line("l0 = [1, 2, 3, 4, 5, 6]; l1 = [3, 1, 2]; d0 = {0: 1, 1: 2, 2: 5, 3: 4}; q0 = {1, 2, 9}; u0 = (1, 2)");
        let one = self.pick(&self.classes.clone(), "Base");
        let two = self.pick(&self.classes.clone(), "Base");
        self.line(&format!("o0 = {one}(4); o1 = {two}(2, 1.5); z0 = z1 = None"));
        self.indent -= 1;
    }

    fn int_literal(&mut self) -> &'static str {
        if self.one_in(2) { self.among(BORDERS) } else { "3" }
    }

    fn function(&mut self, n: usize, generator: bool) {
        let name = format!("f{n}");
        let params = self.below(4);
        let (keyword, stars) = (self.one_in(3), self.one_in(3));
        let mut list: Vec<String> = names("p", params);
        for p in list.iter_mut().skip(1) {
            p.push_str("=2");
        }
        if stars {
            list.push("*rest".to_owned());
        } else if keyword {
            list.push("*".to_owned());
        }
        if keyword {
            list.push("key=5".to_owned());
        }
        if stars {
            list.push("**more".to_owned());
        }
        self.line(&format!("def {name}({}):", list.join(", ")));
        let before = std::mem::replace(&mut self.cost, 0);
        let simple = self.one_in(3) && !generator;
        if simple {
            self.small_scope(params);
        } else {
            self.locals(params);
        }
        self.scope.generator = generator;
        if keyword {
            self.scope.counters.push("key".to_owned());
        }
        if stars {
            self.scope.counters.push("len(rest)".to_owned());
        }
        if generator {
            self.indent += 1;
            self.line("yield 1");
            self.indent -= 1;
        }
        let body = if simple { self.below(2) } else { 2 + self.below(4) };
        self.block(body, if simple { 0 } else { 2 });
        self.indent += 1;
        self.any_filled(
            if generator {
                &["yield {i}"]
            } else {
                &[
                    "return {i}",
                    "return {i}",
                    "return {i}",
                    "return {i}",
                    "return {i}",
                    "return {f}",
                    "return {z}",
                    "return {u}",
                ]
            },
            3,
        );
        self.indent -= 1;
        let cost = self.cost.max(2);
        self.cost += before;
        if cost < MOST_CALLED * 4 {
            self.functions.push(Function { name, params, keyword, stars, cost, generator });
        } else {
            self.functions.push(Function { name, params, keyword, stars, cost: cost * 2, generator });
        }
    }

    /// A function's parameters and one local name only: what traces inline.
    fn small_scope(&mut self, params: usize) {
        let mut ints = names("p", params);
        ints.push("a0".to_owned());
        let pick = |text: &str| vec![text.to_owned()];
        self.scope = Scope {
            ints,
            floats: pick("x0"),
            strs: pick("s0"),
            lists: pick("l0"),
            dicts: pick("d0"),
            sets: pick("q0"),
            pairs: pick("u0"),
            objects: pick("o0"),
            anything: pick("z0"),
            function: true,
            ..Scope::default()
        };
        let class = self.pick(&self.classes.clone(), "Base");
        self.line(&format!("    a0 = 3; x0 = 1.5; s0 = 'b'; l0 = [1, 2]; d0 = {{}}; q0 = {{3}}; u0 = (1, 2); o0 = {class}(1); z0 = None"));
    }

    /// Recursion of a bounded depth, and of an unbounded one, which is caught.
    fn recursive(&mut self) {
        self.line("def rec(p0, p1=1):");
        self.line("    if p0 <= 0 or p0 > 14 or not isinstance(p0, int): return p1");
        let body = [
            "return rec(p0 - 1, p1) + 1",
            "return rec(p0 - 1, p1 + p0) * 3 % 1009",
            "return rec(p0 - 1) + rec(p0 - 2, p1) if p0 < 9 else rec(8)",
            "t = rec(p0 - 1, p1); gi = t + p0; return gi",
            "return max(rec(p0 - 1, p1), p0)",
        ];
        let n = self.below(body.len());
        self.line(&format!("    {}", body[n]));
        let (name, cost) = ("rec".to_owned(), 40);
        self.functions.push(Function {
            name,
            params: 2,
            keyword: false,
            stars: false,
            cost,
            generator: false,
        });
        if self.one_in(3) {
            self.line("def deep(p0=0):");
            self.any_line(&[
                "    return deep(p0 + 1) + 1",
                "    try: return deep(p0 + 1)\n    finally: ticks[0] += 1",
                "    return max(p0, *[deep(p0 + 1)])",
            ]);
            self.line(
                "for r in range(3):\n    try: deep()\n    except RecursionError as e: show(type(e).__name__)",
            );
        }
    }

    /// A function with loops, called several times, with changes between.
    fn scenario(&mut self, n: usize) {
        self.line(&format!("def scene{n}(p0, p1=2):"));
        let before = std::mem::replace(&mut self.cost, 0);
        self.locals(2);
        self.scope.anything.push("p1".to_owned());
        let statements = 1 + self.below(4);
        self.indent += 1;
        for _ in 0..statements {
            self.handled(3);
        }
        self.repeat(3);
        self.indent -= 1;
        self.line("    return (a0, a1, a2, x0, x1, s0, s1, l0, l1, d0, q0, u0, o0, o1, z0, z1)");
        let cost = self.cost.max(1);
        self.cost += before;
        let calls = (6000 / cost).clamp(2, 12);
        self.scope = Scope { ints: names("gi", 3), ..self.scope.clone() };
        self.line(&format!("for r in range({calls}):"));
        self.line("    try:");
        let arguments = [
            "r",
            "r * 3, r",
            "r, 2.5 if r > 2 else 2",
            "2 ** 60 - 3 + r",
            "r, p1='s' if r == 3 else 1",
            "r % 2 == 0",
            "r / 2",
        ];
        let argument = arguments[self.below(arguments.len())];
        self.line(&format!("        show(r, scene{n}({argument}))"));
        self.line("    except Exception as e: show(r, err(e))");
        self.cost += cost * calls;
        if self.one_in(2) {
            let what = self.among(CHANGES).to_owned();
            let is_global = ["globals", "{C}", "{g}"].iter().any(|w| what.starts_with(w));
            let what = if is_global { what } else { "globals()['{G}'] = {z}".to_owned() };
            let text = self.global_change(&what);
            self.line(&format!("    if r == {}: {text}", calls / 2));
        }
    }

    /// A change in which no name is local.
    fn global_change(&mut self, pattern: &str) -> String {
        let pick = |text: &str| vec![text.to_owned()];
        self.scope = Scope {
            ints: names("gi", 3),
            floats: pick("2.5"),
            strs: pick("'t'"),
            lists: pick("[1, 2]"),
            dicts: pick("{1: 2}"),
            sets: pick("{4}"),
            pairs: pick("(1, 2)"),
            objects: pick("C0(3)"),
            anything: pick("gi1"),
            method: true,
            ..Scope::default()
        };
        self.fill_anew(pattern, 1)
    }

    /// Loops over global names.
    fn top_level(&mut self) {
        let start = self.out.len();
        self.locals(0);
        let text = self.out.split_off(start);
        for line in text.lines().filter(|l| !l.contains("global ")) {
            self.line(line.trim_start());
        }
        self.scope.function = false;
        self.scope.ints.extend(names("gi", 3));
        self.line("try:");
        self.block(2, 2);
        self.indent += 1;
        self.repeat(2);
        self.indent -= 1;
        self.line("except Exception as e: show(err(e))");
        self.line("show(a0, a1, a2, x0, x1, s0, s1, l0, l1, d0, q0, u0, o0, o1, z0, z1)");
    }
}
