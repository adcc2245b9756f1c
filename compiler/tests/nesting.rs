//! Every way to nest, at the pre-scan's caps, beyond them and absurdly deep, on a 256 KB stack.

use taipan_compiler::{CompileError, Options, compile};

/// Compiles on a small stack.
fn on_small_stack(source: String) -> Result<(), CompileError> {
    let run = move || {
        let opts = Options { max_source: 1 << 30, ..Options::default() };
        compile(source.as_bytes(), &opts, &mut |_| true).map(drop)
    };
    let thread = std::thread::Builder::new().stack_size(256 << 10).spawn(run).expect("a thread");
    thread.join().expect("no panic")
}

fn wrap(n: usize, open: &str, middle: &str, close: &str) -> String {
    format!("{}{middle}{}\n", open.repeat(n), close.repeat(n))
}

fn indented(n: usize, head: &str) -> String {
    // Quadratic: for 10^6 the lines stop growing, which is deep enough.
    let n = n.min(2000);
    (0..n).map(|i| format!("{}{head}\n", " ".repeat(i))).chain([" ".repeat(n) + "pass\n"]).collect()
}

fn pattern(text: String) -> String {
    format!("match x:\n case {}:\n  pass\n", text.trim_end())
}

type Kind = (&'static str, fn(usize) -> String);

const KINDS: &[Kind] = &[
    ("parentheses", |n| wrap(n, "(", "1", ")")),
    ("lists", |n| wrap(n, "[", "1", "]")),
    ("tuples", |n| wrap(n, "(", "1", ",)")),
    ("sets", |n| wrap(n, "{", "1", "}")),
    ("dicts", |n| wrap(n, "{1:", "1", "}")),
    ("calls inside", |n| wrap(n, "f(", "1", ")")),
    ("keyword calls inside", |n| wrap(n, "f(x=", "1", ")")),
    ("star calls inside", |n| wrap(n, "f(*", "x", ")")),
    ("subscripts inside", |n| wrap(n, "a[", "1", "]")),
    ("slices inside", |n| wrap(n, "a[1:", "1", "]")),
    ("list comprehensions", |n| wrap(n, "[", "x", " for x in y]")),
    ("comprehension iterables", |n| wrap(n, "[x for x in ", "y", "]")),
    ("generator expressions", |n| wrap(n, "(", "x", " for x in y)")),
    ("walrus", |n| wrap(n, "(x := ", "1", ")")),
    ("binary", |n| format!("x{}\n", "+x".repeat(n))),
    ("binary of constants", |n| format!("1{}\n", "+1".repeat(n))),
    ("strings", |n| format!("'a'{}\n", "+'a'".repeat(n))),
    ("mixed binary", |n| format!("x{}\n", "+x*x".repeat(n))),
    ("power", |n| format!("x{}\n", "**x".repeat(n))),
    ("minus", |n| format!("{}x\n", "-".repeat(n))),
    ("not", |n| format!("{}x\n", "not ".repeat(n))),
    ("if not", |n| format!("if {}x: pass\n", "not ".repeat(n))),
    ("and", |n| format!("x{}\n", " and x".repeat(n))),
    ("and or", |n| format!("x{}\n", " and x or y".repeat(n))),
    ("comparison", |n| format!("x{}\n", " < x".repeat(n))),
    ("in", |n| format!("x{}\n", " in x".repeat(n))),
    ("conditional", |n| format!("{}x\n", "x if x else ".repeat(n))),
    ("conditional in a condition", |n| format!("if {}x: pass\n", "x if x else ".repeat(n))),
    ("lambda", |n| format!("{}x\n", "lambda: ".repeat(n))),
    ("lambda with parameters", |n| format!("{}x\n", "lambda a, b: ".repeat(n))),
    ("lambda defaults", |n| wrap(n, "lambda a=", "1", ": 1")),
    ("attributes", |n| format!("x{}\n", ".a".repeat(n))),
    ("calls", |n| format!("x{}\n", "()".repeat(n))),
    ("methods", |n| format!("x{}\n", ".a()".repeat(n))),
    ("subscripts", |n| format!("x{}\n", "[0]".repeat(n))),
    ("attribute target", |n| format!("x{} = 1\n", ".a".repeat(n))),
    ("delete", |n| format!("del {}\n", wrap(n, "(", "x", ",)").trim_end())),
    ("unpacking", |n| format!("{} = 1\n", wrap(n, "(", "x", ",)").trim_end())),
    ("stars", |n| format!("print({}x)\n", "*".repeat(n))),
    ("await", |n| format!("{}x\n", "await ".repeat(n))),
    ("yield", |n| format!("def f(): {}x\n", "yield ".repeat(n))),
    ("yield in parentheses", |n| format!("def f(): {}", wrap(n, "(yield ", "x", ")"))),
    ("f-strings", |n| wrap(n, "f'{", "1", "}'")),
    ("f-string specs", |n| wrap(n, "f'{x:{", "1", "}}'")),
    ("format specs", |n| format!("f'{}{}'\n", "{x:".repeat(n), "}".repeat(n))),
    ("if", |n| indented(n, "if x:")),
    ("while", |n| indented(n, "while x:")),
    ("for", |n| indented(n, "for x in y:")),
    ("def", |n| indented(n, "def f():")),
    ("class", |n| indented(n, "class f:")),
    ("with", |n| indented(n, "with x:")),
    ("try", |n| indented(n, "try:")),
    ("if on a line", |n| "if x: ".repeat(n)),
    ("class on a line", |n| "class x: ".repeat(n)),
    ("semicolons and ifs", |n| "if x: y; ".repeat(n)),
    ("elif", |n| format!("if x: pass\n{}", "elif x: pass\n".repeat(n))),
    ("else if", |n| {
        let n = n.min(2000);
        (0..n)
            .map(|i| format!("{0}if x: pass\n{0}else:\n", " ".repeat(i)))
            .chain([" ".repeat(n) + "pass\n"])
            .collect()
    }),
    ("decorators", |n| format!("{}def f(): pass\n", "@d\n".repeat(n))),
    ("assignments", |n| format!("{}1\n", "x = ".repeat(n))),
    ("annotations", |n| format!("{}1\n", "x: ".repeat(n))),
    ("opened", |n| "(".repeat(n)),
    ("opened lists", |n| "[".repeat(n)),
    ("opened on lines", |n| "(\n".repeat(n)),
    ("opened f-strings", |n| "f'{".repeat(n)),
    ("opened triple f-strings", |n| "f'''{".repeat(n)),
    ("closed", |n| ")".repeat(n)),
    ("matches", |n| format!("match x:\n case {}:\n  pass\n", wrap(n, "[", "x", "]").trim_end())),
    ("class patterns", |n| pattern(wrap(n, "A(", "x", ")"))),
    ("keyword patterns", |n| pattern(wrap(n, "A(b=", "x", ")"))),
    ("mapping patterns", |n| pattern(wrap(n, "{1: ", "x", "}"))),
    ("or-patterns", |n| pattern(wrap(n, "(1 | ", "2", ")"))),
    ("as-patterns", |n| pattern(wrap(n, "(", "_", " as x)"))),
    ("alternatives", |n| pattern(format!("1{}", " | 1".repeat(n)))),
    ("dotted patterns", |n| pattern(format!("x{}", ".y".repeat(n)))),
    ("match", |n| {
        let n = n.min(2000);
        let heads = (0..n).map(|i| format!("{0}match x:\n{0} case 1:\n", "  ".repeat(i)));
        heads.chain(["  ".repeat(n) + "pass\n"]).collect()
    }),
    ("strings in a row", |n| "'' ".repeat(n)),
    ("backslashes", |n| "\\\n".repeat(n)),
    ("dots", |n| ".".repeat(n)),
    ("global names", |n| format!("global x{}\n", ", x".repeat(n))),
];

#[test]
fn nothing_overflows_the_stack() {
    for (name, make) in KINDS {
        for n in
            [1, 10, 49, 99, 100, 149, 198, 199, 200, 201, 330, 499, 500, 501, 900, 997, 998, 999, 1000, 1001]
        {
            let result = on_small_stack(make(n));
            if n == 1 && !matches!(*name, "closed" | "dots" | "backslashes") {
                let opened = name.starts_with("opened")
                    || matches!(*name, "stars" | "matches" | "await" | "annotations");
                let unfinished = name.ends_with("on a line") || *name == "try";
                assert!(result.is_ok() || opened || unfinished, "{name}: {result:?}");
            }
        }
        let deep = on_small_stack(make(1_000_000));
        let flat = [
            "elif",
            "decorators",
            "assignments",
            "strings in a row",
            "global names",
            "and",
            "and or",
            "annotations",
            "semicolons and ifs",
        ];
        assert!(deep.is_err() || flat.contains(name), "{name} at a million");
    }
}
