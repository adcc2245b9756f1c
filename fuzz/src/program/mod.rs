//! Random Python programs that come to an end: the same on every implementation, and made so that loops get hot and
//! then meet what they have not seen (other types, changed classes, globals and functions, exceptions, exits).
//!
//! A program is a function of the bytes it is made of. Its parts are patterns (`tables.rs`), whose holes are filled at
//! random; blocks, loops and definitions are made by code, since how often something runs has to be bounded.
//!
//! Invariants: `Maker::cost` is more than the statements that a run does, about; a function calls only functions
//! that stand before it, a method only those of a lower number.

mod blocks;
mod defs;
mod tables;

use arbitrary::Unstructured;
use tables::*;

/// Rounds that loops around a statement make together, at most.
const MOST_ROUNDS: u64 = 400;
/// Statements that a function does in one call, at most, if it is to be called again and again.
const MOST_CALLED: u64 = 150;
/// Statements of a whole run.
const MOST_IN_ALL: u64 = 30_000;

/// What every program begins with. `text` shows no address and no order of strs in sets.
const PRELUDE: &str = "\
import math
class Base: pass
class Problem(Exception): pass
def text(x, depth=0, len=len, abs=abs):
    if x is None or isinstance(x, (int, float, str)): s = repr(x)
    elif depth > 2: s = type(x).__name__
    elif isinstance(x, (list, tuple)): s = type(x).__name__ + '(' + ', '.join([text(v, depth + 1) for v in x[:20]]) + ')'
    elif isinstance(x, dict): s = '{' + ', '.join([text(k, 9) + ': ' + text(v, depth + 1) for k, v in list(x.items())[:20]]) + '}'
    elif isinstance(x, set): s = '{' + ', '.join(sorted([text(v, 9) for v in x])) + '}'
    elif isinstance(x, Base): s = type(x).__name__ + text(list(object.__getattribute__(x, '__dict__').items()), depth + 1)
    else: s = type(x).__name__
    return s if len(s) < 300 else s[:200] + '...' + s[-60:]
def show(*xs):
    print(*[text(x) for x in xs])
";

/// How exceptions are shown: by their class alone, or with what they say and where they were.
const ERR_BRIEF: &str = "\
def err(e):
    return type(e).__name__
";
const ERR_EXACT: &str = "\
def err(e):
    t = e.__traceback__
    at = []
    while t is not None:
        at.append(t.tb_lineno)
        t = t.tb_next
    return f'{type(e).__name__}: {str(e)[:80]} {at[:6]} {type(e.__context__).__name__}'
";

/// A program. With `exact` it shows also what differs between versions of Python: messages, and lines of tracebacks.
pub fn program(bytes: &[u8], exact: bool) -> String {
    let mut m = Maker::new(bytes);
    m.out.push_str(PRELUDE);
    m.out.push_str(if exact { ERR_EXACT } else { ERR_BRIEF });
    m.whole();
    m.out
}

/// Bytes that a seed stands for.
pub fn bytes_of_seed(seed: u64) -> Vec<u8> {
    let mut x = seed;
    let mut next = || {
        x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    };
    (0..2000).flat_map(|_| next().to_le_bytes()).collect()
}

/// A function that may be called.
struct Function {
    name: String,
    params: usize,
    /// Names of keyword-only parameters, and whether more arguments are taken.
    keyword: bool,
    stars: bool,
    cost: u64,
    generator: bool,
}

/// The names of a scope, by kind.
#[derive(Default, Clone)]
struct Scope {
    ints: Vec<String>,
    floats: Vec<String>,
    strs: Vec<String>,
    lists: Vec<String>,
    dicts: Vec<String>,
    sets: Vec<String>,
    pairs: Vec<String>,
    objects: Vec<String>,
    anything: Vec<String>,
    /// Ints that may be read only: variables of loops.
    counters: Vec<String>,
    /// Functions defined here, each with one int parameter.
    closures: Vec<String>,
    /// What may fail is as likely as what may not.
    wild: bool,
    /// Whether this is a function, which `return` leaves.
    function: bool,
    generator: bool,
    /// Whether this is the body of a method: it calls nothing.
    method: bool,
    loops: usize,
}

struct Maker<'a> {
    u: Unstructured<'a>,
    out: String,
    indent: usize,
    scope: Scope,
    functions: Vec<Function>,
    classes: Vec<String>,
    globals: Vec<String>,
    /// How often the place where code is made is run, for each run of its function.
    rounds: u64,
    cost: u64,
    fresh: usize,
    /// Texts of numbered holes of the pattern being filled.
    same: Vec<(String, String)>,
}

impl<'a> Maker<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Maker {
            u: Unstructured::new(bytes),
            out: String::new(),
            indent: 0,
            scope: Scope::default(),
            functions: Vec::new(),
            classes: Vec::new(),
            globals: Vec::new(),
            rounds: 1,
            cost: 0,
            fresh: 0,
            same: Vec::new(),
        }
    }

    /// A number below `n`; 0 when the bytes are used up.
    fn below(&mut self, n: usize) -> usize {
        if n < 2 { 0 } else { self.u.int_in_range(0..=n - 1).unwrap_or(0) }
    }
    /// True once in `n` times; never when the bytes are used up.
    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) + 1 == n
    }
    fn among(&mut self, table: &[&'static str]) -> &'static str {
        table[self.below(table.len())]
    }
    fn pick(&mut self, names: &[String], or: &str) -> String {
        if names.is_empty() { or.to_owned() } else { names[self.below(names.len())].clone() }
    }
    fn number(&mut self) -> usize {
        self.fresh += 1;
        self.fresh
    }

    fn line(&mut self, text: &str) {
        for _ in 0..self.indent {
            self.out.push_str("    ");
        }
        self.out.push_str(text);
        self.out.push('\n');
        self.cost += self.rounds;
    }

    /// Fills a pattern whose expressions are at most `depth` deep, and writes it as a line.
    fn filled_line(&mut self, pattern: &str, depth: usize) {
        let text = self.fill_anew(pattern, depth);
        self.line(&text);
    }

    fn any_line(&mut self, choices: &[&'static str]) {
        let text = self.among(choices);
        self.line(text);
    }
    fn any_filled(&mut self, choices: &[&'static str], depth: usize) {
        let pattern = self.among(choices);
        self.filled_line(pattern, depth);
    }

    /// Fills a pattern with numbered holes of its own.
    fn fill_anew(&mut self, pattern: &str, depth: usize) -> String {
        let outer = std::mem::take(&mut self.same);
        let text = self.fill(pattern, depth);
        self.same = outer;
        text
    }

    fn fill(&mut self, pattern: &str, depth: usize) -> String {
        let mut text = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find('{') {
            text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
            let is_hole = name.len() <= 2
                && rest[name.len()..].starts_with('}')
                && name.starts_with(|c: char| c.is_ascii_alphabetic());
            if !is_hole {
                text.push('{');
                continue;
            }
            rest = &rest[name.len() + 1..];
            text.push_str(&self.hole(&name, depth));
        }
        text.push_str(rest);
        text
    }

    fn hole(&mut self, name: &str, depth: usize) -> String {
        if let Some((_, text)) = self.same.iter().find(|(n, _)| n == name) {
            return text.clone();
        }
        let outer = std::mem::take(&mut self.same);
        let text = self.hole_anew(name.chars().next().unwrap_or('i'), depth.saturating_sub(1));
        self.same = outer;
        if name.len() == 2 {
            self.same.push((name.to_owned(), text.clone()));
        }
        text
    }

    fn hole_anew(&mut self, kind: char, depth: usize) -> String {
        match kind {
            'i' if self.scope.wild && self.one_in(12) || self.one_in(150) => {
                self.expression(INTS_WILD, depth, Self::int_atom)
            }
            'i' => self.expression(INTS, depth, Self::int_atom),
            'f' => self.expression(FLOATS, depth, Self::float_atom),
            'b' => self.expression(BOOLS, depth + 1, |m| m.among(&["True", "False"]).to_owned()),
            's' => self.expression(STRS, depth, Self::str_atom),
            'l' => self.expression(LISTS, depth, |m| m.variable('L')),
            'd' => self.expression(DICTS, depth, |m| m.variable('D')),
            'q' => self.expression(SETS, depth, |m| m.variable('Q')),
            'u' => self.expression(PAIRS, depth, |m| m.variable('U')),
            'o' => self.expression(OBJECTS, depth, |m| m.variable('O')),
            'y' => self.expression(ITERABLES, depth + 1, |m| m.variable('L')),
            'z' => self.expression(ANYTHING, depth + 1, |m| m.variable('Z')),
            'c' => self.call(depth, false),
            'e' => self.call(depth, true),
            'C' => self.pick(&self.classes.clone(), "Base"),
            'G' => self.pick(&self.globals.clone(), "gi0"),
            'g' => {
                let n = self.below(self.functions.len());
                self.functions.get(n).map_or("text".to_owned(), |f| f.name.clone())
            }
            'k' => ["0", "1", "2", "3", "5", "-1", "-2", "7"][self.below(8)].to_owned(),
            'h' => ["1", "3", "13", "31", "59", "60", "61", "64"][self.below(8)].to_owned(),
            'M' => self.among(MODULI).to_owned(),
            'r' => self.among(COMPARISONS).to_owned(),
            name => self.variable(name),
        }
    }

    /// An expression of a table, or what ends the nesting.
    fn expression(&mut self, table: &[&'static str], depth: usize, atom: fn(&mut Self) -> String) -> String {
        // Without bytes everything is an atom, so that programs end.
        if depth == 0 || self.u.is_empty() || self.below(5) < 2 {
            return atom(self);
        }
        let pattern = self.among(table);
        let iterates = [" for ", "sum(", "list(", "sorted("].iter().any(|w| pattern.contains(w));
        self.cost += if iterates { 8 * self.rounds } else { 0 };
        self.fill_anew(pattern, depth)
    }

    fn int_atom(&mut self) -> String {
        match self.below(8) {
            0 => format!("{}", self.below(10)),
            1 if self.one_in(3) => format!("({})", self.among(BORDERS)),
            2 | 3 if !self.scope.counters.is_empty() => self.pick(&self.scope.counters.clone(), "0"),
            4 => self.pick(&self.globals.clone(), "0"),
            _ => self.variable('I'),
        }
    }
    fn float_atom(&mut self) -> String {
        match self.below(4) {
            0 => format!("({})", self.among(FLOAT_LITERALS)),
            _ => self.variable('F'),
        }
    }
    fn str_atom(&mut self) -> String {
        match self.below(3) {
            0 => self.among(STR_LITERALS).to_owned(),
            _ => self.variable('S'),
        }
    }

    /// A name that may be assigned.
    fn variable(&mut self, kind: char) -> String {
        let names = match kind {
            'I' => &self.scope.ints,
            'F' => &self.scope.floats,
            'S' => &self.scope.strs,
            'L' => &self.scope.lists,
            'D' => &self.scope.dicts,
            'Q' => &self.scope.sets,
            'U' => &self.scope.pairs,
            'O' => &self.scope.objects,
            _ => &self.scope.anything,
        };
        self.pick(&names.clone(), "zz")
    }

    /// A call of a function, or a generator, that is not too much work here; else an atom.
    fn call(&mut self, depth: usize, generator: bool) -> String {
        let rounds = self.rounds;
        let fits = |f: &&Function| f.generator == generator && f.cost * rounds <= 4 * MOST_ROUNDS;
        let found: Vec<usize> = match self.scope.method {
            true => Vec::new(),
            false => (0..self.functions.len()).filter(|&n| fits(&&self.functions[n])).collect(),
        };
        let closures = self.scope.closures.clone();
        if !generator && !closures.is_empty() && (found.is_empty() || self.one_in(3)) {
            let name = self.pick(&closures, "abs");
            self.cost += 4 * rounds;
            return self.fill_anew(&format!("{name}({{i}})"), depth);
        }
        if found.is_empty() {
            return if generator { "iter([1, 2, 3])".to_owned() } else { self.int_atom() };
        }
        let n = found[self.below(found.len())];
        let f = &self.functions[n];
        let (name, params, keyword, stars) = (f.name.clone(), f.params, f.keyword, f.stars);
        self.cost += f.cost * rounds;
        let mut given = params;
        let mut args = Vec::new();
        if self.one_in(30) {
            // Too few or too many: defaults, or a TypeError.
            given = self.below(params + 2);
        }
        for n in 0..given {
            args.push(match self.below(24) {
                0 => self.fill_anew("{z}", depth),
                1 if n + 1 == params && n + 1 == given => self.fill_anew(&format!("p{n}={{i}}"), depth),
                2 => self.fill_anew("{f}", depth),
                _ => self.fill_anew("{i}", depth),
            });
        }
        if stars && self.one_in(3) && !args.iter().any(|a| a.starts_with('p') && a.contains('=')) {
            args.push(self.fill_anew("*{l}[:3]", depth));
        }
        if keyword && self.one_in(2) {
            args.push(self.fill_anew("key={i}", depth));
        }
        if stars && self.one_in(4) {
            args.push(self.fill_anew("other={i}", depth));
        }
        if keyword && self.one_in(6) && !args.iter().any(|a| a.starts_with("key=")) {
            args.push("**{'key': 4}".to_owned());
        }
        format!("{name}({})", args.join(", "))
    }
}
