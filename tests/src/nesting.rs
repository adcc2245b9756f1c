//! Sources with every kind of nesting and chain that the grammar allows, at depths that no stack
//! survives. They are generated because the largest have megabytes.

/// How a source of depth `n` is made.
type Make = fn(usize) -> String;

const DEPTHS: [usize; 3] = [10_000, 100_000, 1_000_000];

/// Indentation grows with the square of the depth, so these are shallower.
const BLOCK_DEPTHS: [usize; 3] = [90, 500, 2_000];

const KINDS: &[(&str, Make)] = &[
    ("parens", |n| around("x = ", "(", "1", ")", n)),
    ("lists", |n| around("x = ", "[", "", "]", n)),
    ("dicts", |n| around("x = ", "{0:", "0", "}", n)),
    ("sets", |n| around("x = ", "{", "1", "}", n)),
    ("tuples", |n| around("x = ", "(", "1", ",)", n)),
    ("calls", |n| around("f = lambda x: x\nx = ", "f(", "1", ")", n)),
    ("subscripts_inside", |n| around("x = [0]\ny = ", "x[", "0", "]", n)),
    ("call_chain", |n| format!("def f(): return f\nf{}", "()".repeat(n))),
    ("attribute_chain", |n| format!("class A: pass\na = A()\na.b = a\na{}", ".b".repeat(n))),
    ("subscript_chain", |n| format!("x = []\nx.append(x)\nx{}", "[0]".repeat(n))),
    ("unary_minus", |n| format!("x = {}1", "-".repeat(n))),
    ("unary_not", |n| format!("x = {}1", "not ".repeat(n))),
    ("unary_invert", |n| format!("x = {}1", "~".repeat(n))),
    ("plus_chain", |n| format!("x = 1{}", "+1".repeat(n))),
    ("mixed_chain", |n| format!("x = 1{}", "+1*2-3".repeat(n / 3))),
    ("power_chain", |n| format!("x = 1{}", "**1".repeat(n))),
    ("and_chain", |n| format!("x = 1{}", " and 1".repeat(n))),
    ("and_or_chain", |n| format!("x = 1{}", " and 0 or 1".repeat(n / 2))),
    ("compare_chain", |n| format!("x = 1{}", "<2".repeat(n))),
    ("in_chain", |n| format!("x = 1{}", " in []".repeat(n))),
    ("conditional_chain", |n| format!("x = {}1", "1 if 0 else ".repeat(n))),
    ("conditional_left", |n| around("x = ", "(", "1", " if 1 else 0)", n)),
    ("lambda_chain", |n| format!("x = {}1", "lambda: ".repeat(n))),
    ("lambda_defaults", |n| format!("x = {}1{}", "lambda a=(".repeat(n), "): a".repeat(n))),
    ("walrus", |n| around("", "(x := ", "1", ")", n)),
    ("comprehensions", |n| around("x = ", "[", "1", " for i in [1]]", n)),
    ("comprehension_clauses", |n| format!("x = [1{}]", " for i in [1]".repeat(n))),
    ("comprehension_ifs", |n| format!("x = [1 for i in [1]{}]", " if 1".repeat(n))),
    ("generators", |n| around("x = ", "(", "1", " for i in [1])", n)),
    ("fstring_nesting", |n| around("x = ", "f'{", "1", "}'", n)),
    ("fstring_fields", |n| format!("x = f'{}'", "{1}".repeat(n))),
    ("fstring_specs", |n| around("x = ", "f'{1:{", "1", "}}'", n)),
    ("string_concatenation", |n| format!("x = {}", "'a' ".repeat(n))),
    ("fstring_concatenation", |n| format!("x = {}", "f'{1}' ".repeat(n))),
    ("yields", |n| around("def f():\n    x = ", "(yield ", "1", ")", n)),
    ("stars", |n| around("x = ", "[*", "[]", "]", n)),
    ("star_chain", |n| format!("print({}1)", "*".repeat(n))),
    ("unpack_targets", |n| format!("{}x{} = 1", "[".repeat(n), "]".repeat(n))),
    ("assign_chain", |n| format!("{}1", "x = ".repeat(n))),
    ("del_targets", |n| format!("del {}x{}", "(".repeat(n), ")".repeat(n))),
    ("decorators", |n| format!("{}def f(): pass", "@print\n".repeat(n))),
    ("elif_chain", |n| format!("x = 1\nif x == 0: pass\n{}", "elif x == 2: pass\n".repeat(n))),
    ("except_chain", |n| format!("try: pass\n{}", "except ValueError: pass\n".repeat(n))),
    ("with_items", |n| format!("with {}1: pass", "1, ".repeat(n))),
    ("for_targets", |n| format!("for {}x in []: pass", "x, ".repeat(n))),
    ("parameters", |n| format!("def f({}): pass", numbered("a", n))),
    ("arguments", |n| format!("print({})", "1,".repeat(n))),
    ("keyword_arguments", |n| format!("dict({})", numbered_with("a", "=1", n))),
    ("statements", |n| "x=1\n".repeat(n)),
    ("semicolons", |n| "x=1;".repeat(n)),
    ("functions", |n| "def f(): pass\n".repeat(n)),
    ("names", |n| (0..n).map(|i| format!("v{i}=1\n")).collect()),
    ("constants", |n| format!("x = [{}]", numbered("", n))),
    ("long_name", |n| format!("{} = 1", "x".repeat(n))),
    ("long_number", |n| format!("x = {}", "7".repeat(n))),
    ("long_string", |n| format!("x = '{}'", "\\n".repeat(n))),
    ("comment", |n| format!("#{}\n", "#".repeat(n))),
    ("blank_lines", |n| "\n".repeat(n)),
    ("continuation_lines", |n| format!("x = 1{}", " \\\n +1".repeat(n))),
    ("open_parens", |n| "(".repeat(n)),
    ("open_lists", |n| "[".repeat(n)),
    ("open_dicts", |n| "{1:".repeat(n)),
    ("open_calls", |n| "f(".repeat(n)),
    ("open_fstrings", |n| "f'{".repeat(n)),
    ("close_parens", |n| ")".repeat(n)),
    ("mixed_open", |n| "([{".repeat(n / 3)),
    ("slices", |n| format!("x = [][{}1]", "1:2,".repeat(n))),
    ("imports", |n| format!("import math{}", ", math".repeat(n))),
    ("import_dots", |n| format!("import a{}", ".a".repeat(n))),
    ("globals", |n| format!("def f():\n    global a{}", ", a".repeat(n))),
    ("annotation", |n| around("x: ", "(", "int", ") = 1", n).replace(") = 1", ")") + " = 1"),
    ("nul_bytes", |n| "\0".repeat(n)),
    ("await_chain", |n| format!("async def f(): {}x", "await ".repeat(n))),
    ("dict_values", |n| format!("x = {{{}}}", "1:1,".repeat(n))),
    ("bool_parens", |n| around("x = ", "(1 and ", "1", ")", n)),
    ("arith_parens", |n| around("x = ", "(1 + ", "1", ")", n)),
    ("compare_parens", |n| around("x = ", "(1 < ", "1", ")", n)),
];

const BLOCKS: &[(&str, &str)] = &[
    ("ifs", "if 1:"),
    ("whiles", "while 1:"),
    ("fors", "for i in [1]:"),
    ("defs", "def f():"),
    ("classes", "class A:"),
    ("withs", "with a:"),
    ("tries", "try:"),
];

/// One source, not yet made: a million levels take megabytes.
pub struct Source {
    /// What nests, and how deep.
    pub name: String,
    depth: usize,
    make: How,
}

enum How {
    Expression(Make),
    Blocks(&'static str),
}

impl Source {
    /// The text.
    pub fn text(&self) -> String {
        match self.make {
            How::Expression(make) => make(self.depth),
            How::Blocks(head) => blocks(head, self.depth),
        }
    }
}

/// Every kind at every depth.
pub fn sources() -> Vec<Source> {
    let mut all = Vec::new();
    for &(name, make) in KINDS {
        for depth in DEPTHS {
            all.push(Source { name: format!("nesting/{name}_{depth}"), depth, make: How::Expression(make) });
        }
    }
    for &(name, head) in BLOCKS {
        for depth in BLOCK_DEPTHS {
            all.push(Source { name: format!("nesting/{name}_{depth}"), depth, make: How::Blocks(head) });
        }
    }
    all
}

fn around(before: &str, open: &str, inner: &str, close: &str, n: usize) -> String {
    format!("{before}{}{inner}{}", open.repeat(n), close.repeat(n))
}

fn numbered(prefix: &str, n: usize) -> String {
    numbered_with(prefix, "", n)
}

fn numbered_with(prefix: &str, suffix: &str, n: usize) -> String {
    (0..n).map(|i| format!("{prefix}{i}{suffix},")).collect()
}

/// Blocks within blocks, each indented by one more space; `try` gets its handlers on the way out.
fn blocks(head: &str, n: usize) -> String {
    let mut source: String = (0..n).map(|i| format!("{}{head}\n", " ".repeat(i))).collect();
    source += &format!("{}pass\n", " ".repeat(n));
    if head == "try:" {
        for i in (0..n).rev() {
            source += &format!("{}finally: pass\n", " ".repeat(i));
        }
    }
    source
}
