//! Stage tests of specialization: which form after how many runs, back to what on a miss.
//!
//! A VM runs a program that defines `f`, calls it from Rust a number of times, and the adaptive listing tells the forms
//! of its instructions.

use taipan::{Value, Vm};

struct Stage(Vm);

impl Stage {
    fn new(source: &str) -> Stage {
        let mut vm = Vm::builder().hash_seed(1).build().expect("a VM");
        vm.run_source("s.py", source).expect("the program runs");
        Stage(vm)
    }

    /// Calls `f(args)` `n` times; the results are not looked at.
    fn call(&mut self, n: usize, args: &[Value]) -> &mut Stage {
        for _ in 0..n {
            let _ = self.0.call("f", args);
        }
        self
    }

    /// Calls a function of the program that takes no arguments.
    fn run(&mut self, function: &str, n: usize) -> &mut Stage {
        for _ in 0..n {
            let _ = self.0.call(function, &[]);
        }
        self
    }

    /// Operations of function `name`, in order.
    fn ops(&self, name: &str) -> Vec<String> {
        let listing = self.0.disassemble_adaptive();
        let head = format!("function {name} (");
        let lines =
            listing.lines().skip_while(|l| !l.starts_with(&head)).skip(1).take_while(|l| !l.is_empty());
        lines.filter_map(|l| l.split_whitespace().nth(2).map(str::to_owned)).collect()
    }

    /// The one operation of `f` whose name begins with one of `family`.
    fn form(&self, family: &[&str]) -> String {
        let ops = self.ops("f");
        let found: Vec<_> = ops.iter().filter(|op| family.iter().any(|p| op.starts_with(p))).collect();
        assert_eq!(found.len(), 1, "one of {family:?} in {ops:?}");
        found[0].clone()
    }

    fn is_warm(&self) -> bool {
        self.0.disassemble_adaptive().contains("function f (warm")
    }
}

const ADD: &str = "def f(a, b):\n    return a + b\n";

#[test]
fn code_is_cold_until_its_second_entry_and_specialized_by_it() {
    let mut s = Stage::new(ADD);
    s.call(1, &[1.into(), 2.into()]);
    assert!(!s.is_warm());
    assert_eq!(s.form(&["Add"]), "Add");
    s.call(1, &[1.into(), 2.into()]);
    assert!(s.is_warm());
    assert_eq!(s.form(&["Add"]), "AddInt");
}

#[test]
fn operands_choose_the_form() {
    let forms: [(Value, Value, &str); 6] = [
        (1.into(), 2.into(), "AddInt"),
        (1.0.into(), 2.0.into(), "AddFloat"),
        (1.into(), 2.0.into(), "AddMixed"),
        ("a".into(), "b".into(), "AddStr"),
        (Value::List(vec![]), Value::List(vec![]), "AddList"),
        (Value::Tuple(vec![]), Value::Tuple(vec![]), "Add"),
    ];
    for (a, b, want) in forms {
        let mut s = Stage::new(ADD);
        s.call(3, &[a, b]);
        assert_eq!(s.form(&["Add"]), want);
    }
}

#[test]
fn a_miss_keeps_the_form_until_its_counter_is_used_up() {
    let mut s = Stage::new(ADD);
    s.call(2, &[1.into(), 2.into()]);
    // 52 misses wait; the 53rd looks at its operands and takes their form.
    s.call(52, &["a".into(), "b".into()]);
    assert_eq!(s.form(&["Add"]), "AddInt");
    s.call(1, &["a".into(), "b".into()]);
    assert_eq!(s.form(&["Add"]), "AddStr");
    let stats = s.0.stats().interpreter;
    assert_eq!((stats.misses >= 53, stats.deoptimized), (true, 0));
}

#[test]
fn operands_without_a_form_bring_the_generic_one_back() {
    let mut s = Stage::new(ADD);
    s.call(2, &[1.into(), 2.into()]);
    s.call(53, &[Value::Tuple(vec![]), Value::Tuple(vec![])]);
    assert_eq!(s.form(&["Add"]), "Add");
    assert_eq!(s.0.stats().interpreter.deoptimized, 1);
    // The next attempt comes after the first wait.
    s.call(2, &[1.0.into(), 2.0.into()]);
    assert_eq!(s.form(&["Add"]), "AddFloat");
}

#[test]
fn waits_grow_after_failures() {
    let mut s = Stage::new(ADD);
    let tuples = [Value::Tuple(vec![]), Value::Tuple(vec![])];
    // The attempt at warm-up fails and waits 1; then 6, then 30.
    s.call(2, &tuples).call(2, &tuples);
    s.call(6, &[1.into(), 2.into()]);
    assert_eq!(s.form(&["Add"]), "Add", "it waits for 6 runs");
    s.call(1, &[1.into(), 2.into()]);
    assert_eq!(s.form(&["Add"]), "AddInt");
}

#[test]
fn an_int_that_overflows_is_a_miss_with_the_right_result() {
    let mut s = Stage::new(ADD);
    s.call(2, &[1.into(), 2.into()]);
    let big = Value::Int(i64::MAX);
    assert_eq!(s.0.call("f", &[big, 1.into()]).unwrap(), Value::BigInt(false, vec![1 << 63]));
    assert_eq!(s.form(&["Add"]), "AddInt");
}

#[test]
fn comparisons_and_loops() {
    let mut s = Stage::new(
        "def f(x):\n    n = 0\n    for v in x:\n        if v < 3:\n            n += 1\n    return n\n",
    );
    s.call(3, &[Value::List(vec![1.into(), 5.into()])]);
    assert_eq!(s.form(&["ForLoop"]), "ForLoopList");
    let ops = s.ops("f");
    assert!(ops.iter().any(|op| op.starts_with("GeIJump") || op.starts_with("LtIJump")), "{ops:?}");
    assert!(ops.iter().any(|op| op.ends_with("JumpInt") || op.ends_with("JumpNotInt")), "{ops:?}");
    assert!(ops.contains(&"AddIInt".to_owned()), "{ops:?}");
    for (source, want) in [
        ("range(9)", "ForLoopCount"),
        ("range(-9, 9)", "ForLoopCount"),
        ("range(9, 0, -2)", "ForLoopRange"),
        ("(1, 2)", "ForLoopTuple"),
        ("{1: 2}", "ForLoopIter"),
        ("'ab'", "ForLoopIter"),
        ("(i for i in (1, 2))", "ForLoopGen"),
    ] {
        let mut s = Stage::new(&format!("def f():\n    for v in {source}:\n        pass\n"));
        s.run("f", 3);
        assert_eq!(s.form(&["ForLoop"]), want, "{source}");
    }
}

const POINT: &str = "
class P:
    k = 7
    def __init__(self, x):
        self.x = x
    @property
    def double(self):
        return 2 * self.x
    def get(self):
        return self.x
class Q(P):
    def __init__(self, x):
        self.q = x
        self.x = x
class R(P):
    def __init__(self, x):
        self.a = self.b = self.x = x
p, q, r = P(1), Q(2), R(3)
def same(x):
    return x
";

fn attribute(expression: &str) -> Stage {
    Stage::new(&format!(
        "{POINT}\ndef f(o):\n    return {expression}\ndef on_p():\n    return f(p)\ndef on_q():\n    return f(q)\ndef on_r():\n    return f(r)\n"
    ))
}

#[test]
fn attributes_by_where_they_are_found() {
    for (expression, want) in [
        ("o.x", "LoadAttrSlot"),
        ("o.k", "LoadAttrClass"),
        ("o.double", "LoadAttrProperty"),
        ("o.get", "LoadAttrMethod"),
        ("P.k", "LoadAttrType"),
    ] {
        let mut s = attribute(expression);
        s.run("on_p", 3);
        assert_eq!(s.form(&["LoadAttr"]), want, "{expression}");
    }
}

#[test]
fn several_shapes_make_an_attribute_site_polymorphic() {
    let mut s = attribute("o.x");
    s.run("on_p", 3);
    assert_eq!(s.form(&["LoadAttr"]), "LoadAttrSlot");
    for _ in 0..60 {
        s.run("on_q", 1).run("on_p", 1);
    }
    assert_eq!(s.form(&["LoadAttr"]), "LoadAttrPoly");
    let before = s.0.stats().interpreter.misses;
    s.run("on_p", 100).run("on_q", 100);
    assert_eq!(s.0.stats().interpreter.misses, before, "both shapes hit");
    assert_eq!(s.0.call("on_q", &[]).unwrap(), Value::Int(2));
    for _ in 0..120 {
        s.run("on_r", 1).run("on_q", 1).run("on_p", 1);
    }
    assert_eq!(s.0.call("on_r", &[]).unwrap(), Value::Int(3));
}

#[test]
fn methods_and_calls() {
    let mut s = attribute("o.get()");
    s.run("on_p", 3);
    assert_eq!(s.form(&["LoadMethod"]), "LoadMethodShape");
    assert_eq!(s.form(&["CallMethod"]), "CallMethodPy");
    for (expression, want) in [
        ("same(o)", "CallPy"),
        ("P(o)", "CallClassInit"),
        ("len('ab')", "CallLen"),
        ("isinstance(o, P)", "CallIsInstance"),
        ("abs(-1)", "CallNative"),
        ("type(o)", "CallType1"),
    ] {
        let mut s = attribute(expression);
        s.run("on_p", 3);
        assert_eq!(s.form(&["Call"]), want, "{expression}");
    }
}

#[test]
fn functions_of_modules() {
    let mut s = Stage::new("import math\ndef f():\n    return math.floor(2.5)\n");
    s.run("f", 3);
    assert_eq!(s.form(&["CallMethod"]), "CallMethodFreeNative");
    let before = s.0.stats().interpreter.misses;
    s.run("f", 50);
    assert_eq!(s.0.stats().interpreter.misses, before, "it hits");
    assert_eq!(s.0.call("f", &[]).unwrap(), Value::Int(2));
}

#[test]
fn callees_of_many_kinds() {
    let mut s = Stage::new(
        "class C:\n    def __call__(self, x):\n        return x\n    def m(self, x, y=3):\n        return y\n\
         def g(x, y=2):\n    return y\nc = C()\ndef f(callee):\n    return callee(1)\n\
         def plain():\n    return f(g)\ndef any():\n    return [f(h) for h in (c, abs, c.__call__, g, int)]\n",
    );
    s.run("plain", 3);
    assert_eq!(s.form(&["Call"]), "CallPyDefaults");
    s.run("any", 60);
    assert_eq!(s.form(&["Call"]), "CallAny");
    let before = s.0.stats().interpreter.misses;
    s.run("any", 50);
    assert_eq!(s.0.stats().interpreter.misses, before, "every callee hits");
}

#[test]
fn loops_over_pairs_that_go_apart_at_once() {
    for (source, want) in [
        ("enumerate('ab')", "ForLoopPairs"),
        ("{1: 2}.items()", "ForLoopPairs"),
        ("zip('ab', 'cd')", "ForLoopPairs"),
    ] {
        let mut s = Stage::new(&format!("def f():\n    for x, y in {source}:\n        pass\n    return y\n"));
        s.run("f", 3);
        assert_eq!(s.form(&["ForLoop"]), want, "{source}");
    }
}

#[test]
fn a_changed_class_is_noticed() {
    let mut s = Stage::new(&format!(
        "{POINT}\ndef f(o):\n    return o.get()\ndef on_p():\n    return f(p)\ndef change():\n    P.get = lambda self: 'new'\n"
    ));
    s.run("on_p", 5).run("change", 1);
    assert_eq!(s.0.call("on_p", &[]).unwrap().as_str(), Some("new"));
}

#[test]
fn globals_and_builtins() {
    let mut s = Stage::new(
        "k = 1\ndef f():\n    return k\ndef change():\n    global k, extra\n    k = 2\n    extra = 0\n",
    );
    s.run("f", 3);
    assert_eq!(s.form(&["LoadGlobal"]), "LoadGlobalModule");
    s.run("change", 1);
    assert_eq!(s.0.call("f", &[]).unwrap(), Value::Int(2));

    let mut s = Stage::new("def f():\n    return len\ndef shadow():\n    global len\n    len = 5\n");
    s.run("f", 3);
    assert_eq!(s.form(&["LoadGlobal"]), "LoadGlobalBuiltin");
    s.run("shadow", 1);
    assert_eq!(s.0.call("f", &[]).unwrap(), Value::Int(5));
}

#[test]
fn subscripts_and_membership() {
    for (source, args, want) in [
        ("a[b]", [Value::List(vec![7.into()]), 0.into()], "GetItemListInt"),
        ("a[b]", [Value::Tuple(vec![7.into()]), 0.into()], "GetItemTupleInt"),
        ("a[b]", ["xyz".into(), 1.into()], "GetItemStrInt"),
        ("a[b]", [Value::Dict(vec![("k".into(), 1.into())]), "k".into()], "GetItemDict"),
        ("b in a", [Value::Dict(vec![]), "k".into()], "InDict"),
        ("b in a", ["xyz".into(), "y".into()], "InStr"),
        ("b not in a", [Value::Tuple(vec![7.into()]), 7.into()], "NotInItems"),
    ] {
        let mut s = Stage::new(&format!("def f(a, b):\n    return {source}\n"));
        s.call(3, &args);
        assert_eq!(s.form(&["GetItem", "In", "NotIn"]), want, "{source} {args:?}");
    }
}

#[test]
fn a_loop_warms_up_in_mid_run() {
    let s = Stage::new(
        "def f(n):\n    t = 0\n    while n > 0:\n        t += n\n        n -= 1\n    return t\nf(10)\n",
    );
    assert!(s.is_warm());
    let ops = s.ops("f");
    assert!(ops.contains(&"SubIInt".to_owned()), "{ops:?}");
}
