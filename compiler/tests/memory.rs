//! The memory that compiling takes per byte of source: the promise `reserve` is asked for.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use taipan_compiler::{Options, compile};

struct Counting;
static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system allocator unchanged; only counters are kept beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, l: Layout) -> *mut u8 {
        let now = NOW.fetch_add(l.size(), Relaxed) + l.size();
        PEAK.fetch_max(now, Relaxed);
        // SAFETY: the caller's contract is the system allocator's.
        unsafe { System.alloc(l) }
    }
    unsafe fn dealloc(&self, p: *mut u8, l: Layout) {
        NOW.fetch_sub(l.size(), Relaxed);
        // SAFETY: `p` came from `alloc` above, hence from the system allocator, with this layout.
        unsafe { System.dealloc(p, l) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Sources that make much of little: unit text, repeated.
const UNITS: &[&str] = &[
    "1\n",
    "x\n",
    "x;",
    "()\n",
    "[]\n",
    "-x\n",
    "x()\n",
    "x.y\n",
    "x[0]\n",
    "a,",
    "1,",
    "0,",
    "[],",
    "(),",
    "{},",
    "'',",
    "f'',",
    "f'{x}',",
    "f'{x}' ",
    "'' ",
    "'a' ",
    "x=",
    "x=1\n",
    "x+=1\n",
    "x:y\n",
    "pass\n",
    "def f():0\n",
    "def f(a,b):0\n",
    "class A:0\n",
    "lambda:0,",
    "[x for x in y],",
    "(x for x in y),",
    "if x:y\n",
    "while x:y\n",
    "while x:break\n",
    "for x in y:z\n",
    "try:x\nfinally:y\n",
    "try:x\nexcept:y\n",
    "with x:y\n",
    "with x as y:z\n",
    "match x:\n case 1:0\n",
    "match x:\n case 1|a.b:0\n",
    "match x:\n case[a,*b]:0\n",
    "match x:\n case{1:a,**b}:0\n",
    "match x:\n case A(b,c=d):0\n",
    "import a\n",
    "import a.b as c\n",
    "from a import b\n",
    "del x\n",
    "global x\n",
    "assert x\n",
    "assert x,y\n",
    "raise\n",
    "return\n",
    "x and y,",
    "x<y<z,",
    "x if y else z,",
    "*x,",
    "f(*x)\n",
    "f(**x)\n",
    "f(x=1)\n",
    "x.y()\n",
    "@x\n",
    "a:=1,",
    "(a:=1),",
    "{1:2},",
    "{1:2,**x},",
    "{1,2},",
    "x[1:2]\n",
    "x[1:2:3]\n",
    "(",
    ")",
    "[",
    "f'{",
    "\\\n",
    "#\n",
    "\n",
    "not x\n",
    "x=y=1\n",
    "a,b=b,a\n",
    "a,*b=c\n",
    "1.5,",
    "1j,",
    "b'',",
    "...,",
    "None\n",
    "x is None\n",
    "x in y\n",
    "yield\n",
    "é\n",
    "$",
    "'\n",
    "0x1,",
    "99999999999999999999,",
    "x\n y\n",
    "if x:\n y\n",
    " x\n",
    "x y\n",
    "x:=1\n",
    "def f(a=1,*b,c=2,**d):return a\n",
    "def f():\n def g():x\n x=1\n return g\n",
    "x.a=1\n",
    "x.a+=1\n",
    "x[0]+=1\n",
    "x[0]=1\n",
    "print(x)\n",
];

/// Sources that make copies: nested `finally`, mangled names, closures through many functions, qualified names.
fn copies() -> Vec<String> {
    let deep = |head: &str, n: usize, leaf: &str| {
        let lines = (0..n).map(|i| format!("{}{head}\n", " ".repeat(i)));
        let inner = leaf.lines().map(|l| format!("{}{l}\n", " ".repeat(n)));
        lines.chain(inner).collect::<String>()
    };
    let finally = |n: usize, leaf: &str| {
        let lines = (0..n).map(|i| format!("{0}try:x\n{0}finally:\n", " ".repeat(i)));
        let inner = leaf.lines().map(|l| format!("{}{l}\n", " ".repeat(n)));
        lines.chain(inner).collect::<String>()
    };
    let names: Vec<String> = (0..20_000).map(|i| format!("a{i}")).collect();
    let private: String = (0..2000).map(|i| format!(" __{i:x}q=0\n")).collect();
    let methods = " def f():0\n".repeat(3000);
    vec![
        finally(18, &"x()\n".repeat(200)),
        finally(10, &"def f():0\n".repeat(2000)),
        finally(19, "x\n"),
        format!(
            "def f({}):\n{}",
            names.join(","),
            deep(" def f():", 60, &format!("return {}", names.join(",")))
        ),
        format!("class {}:\n{private}", "C".repeat(20_000)),
        format!("class {}:\n{methods}", "C".repeat(20_000)),
        format!("class {}:\n{}", "C".repeat(5000), " def f():__x\n".repeat(3000)),
        deep("def f():", 95, &"x=[y for y in z]\n".repeat(2000)),
        format!("def f():\n{}", " return [x for x in y]\n".repeat(10)),
        (0..20_000).map(|i| format!("[x{i} for x{i} in y]\n")).collect(),
        (0..3000).map(|i| format!("try:\n try:x{i}\n except:y\nfinally:z\n")).collect(),
    ]
}

#[test]
fn copies_stay_within_the_promise() {
    let _one_at_a_time = LOCK.lock();
    for source in copies() {
        let started = std::time::Instant::now();
        let (peak, granted) = peak_of(&source);
        assert!(peak <= granted, "{:?}: {peak} bytes of {granted}", source.get(..60));
        assert!(started.elapsed().as_secs() < 5, "{:?} took long", source.get(..60));
    }
}

static LOCK: std::sync::Mutex<()> = std::sync::Mutex::new(());

/// Peak memory while compiling, and what was asked for.
fn peak_of(source: &str) -> (usize, usize) {
    let opts = Options { max_source: 8 << 20, ..Options::default() };
    let mut granted = 0;
    let before = NOW.load(Relaxed);
    PEAK.store(before, Relaxed);
    let result = compile(source.as_bytes(), &opts, &mut |n| {
        granted = n;
        true
    });
    let peak = PEAK.load(Relaxed) - before;
    drop(result);
    (peak, granted)
}

#[test]
fn memory_stays_within_the_promise() {
    let _one_at_a_time = LOCK.lock();
    let mut worst: Vec<(usize, String)> = Vec::new();
    let wrapped = |unit: &str, n: usize| {
        let many = unit.repeat(n);
        let indented = format!("def f():\n {}", unit.replace('\n', "\n ")).repeat(n);
        [
            many.clone(),
            format!("[{many}]\n"),
            format!("f({many})\n"),
            format!("x = {many}\n"),
            format!("def f(a):\n while a: {many}\n"),
            indented,
        ]
    };
    for unit in UNITS {
        for size in [4 << 10, 65 << 10, 300 << 10] {
            for source in wrapped(unit, size / unit.len()) {
                let (peak, granted) = peak_of(&source);
                assert!(peak <= granted, "{unit:?} {}: {peak} bytes of {granted}", source.len());
                worst.push((
                    peak.saturating_sub(256 << 10) / source.len(),
                    format!("{unit:?} {}", source.len()),
                ));
            }
        }
    }
    worst.sort();
    worst.reverse();
    worst.truncate(12);
    println!("bytes per byte of source: {worst:?}");
}
