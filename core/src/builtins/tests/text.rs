//! `str` and `bytes` natives against CPython 3.14's answers.

use crate::builtins::TYPES;
use crate::builtins::str::{self as text, chars};
use crate::exit::{ExitKind, Res};
use crate::heap::Heap;
use crate::interp::{Args, BinOp, HostHooks, Limits, Rt};
use crate::object::exception::{EXCEPTIONS, exc};
use crate::object::{Bytes, Dict, Exception, KIND_COUNT, KIND_NAMES, Str, Tuple, dict, kind, types};
use crate::value::Value;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

struct Silent;
impl HostHooks for Silent {
    fn write(&mut self, _: &[u8], _: bool) {}
}

/// A runtime with bare classes: names and native behaviour, no dispatch.
pub(super) fn rt() -> Rt {
    let limits = Limits { recursion: 100, output: Option::None };
    let mut rt = Rt::new(Heap::new(1 << 28), Box::new(Silent), limits, &Default::default()).expect("room");
    let names = KIND_NAMES.iter().copied().enumerate().skip(1);
    let excs = EXCEPTIONS.iter().map(|e| e.0).enumerate().map(|(i, n)| (i + exc::FIRST as usize, n));
    for (number, name) in names.chain(excs).collect::<Vec<_>>() {
        let base = if number < KIND_COUNT { number as u8 } else { kind::Exception };
        let t = types::new(&mut rt.heap, kind::Type as u32, number as u16, base).expect("room");
        t.name.set(rt.new_str(name).expect("room"));
        rt.types[number] = t.value();
        rt.heap.set_builtin_shape(number as u32, t.value()).expect("room");
    }
    for t in TYPES {
        rt.type_defs[t.kind as usize] = Some(t);
        rt.slots[t.kind as usize] = t.slots;
    }
    rt
}

/// What a native answered, as CPython's `repr` or the exception's type and message.
pub(super) fn show(rt: &mut Rt, r: Res<Value>) -> String {
    match r {
        Ok(v) => repr(rt, v),
        Err(e) if rt.caught(e, ExitKind::Raise) => {
            let e = rt.raised.get::<Exception>().expect("an exception");
            let name = rt.type_name(rt.raised).to_string();
            let args = e.args.get().get::<Tuple>().expect("args");
            let message = match *args.items() {
                [one] if one.get::<Str>().is_some() => one.get::<Str>().expect("str").lossy().to_string(),
                [one] => repr(rt, one),
                ref many => {
                    use text::codec::UnicodeError::*;
                    let which = if name.contains("Encode") { Encode } else { Decode };
                    let t = text::unicode_error_text(rt, which, many).expect("room").expect("five args");
                    t.get::<Str>().expect("str").lossy().to_string()
                }
            };
            name + ": " + &message
        }
        Err(e) if rt.caught(e, ExitKind::Call) => "<call>".to_string(),
        Err(e) => alloc::format!("{:?}", rt.exit_kind(e)),
    }
}

fn repr(rt: &mut Rt, v: Value) -> String {
    if let Some(n) = v.as_int() {
        return n.to_string();
    }
    if let Some(b) = v.as_bool() {
        return if b { "True".to_string() } else { "False".to_string() };
    }
    if v.is_none() {
        return "None".to_string();
    }
    let items = |rt: &mut Rt, items: &[Value]| -> String {
        items.iter().map(|&i| repr(rt, i)).collect::<Vec<_>>().join(", ")
    };
    if let Some(t) = v.get::<Tuple>() {
        return alloc::format!("({})", items(rt, t.items()));
    }
    if let Some(l) = v.get::<crate::object::List>() {
        return alloc::format!("[{}]", items(rt, l.items()));
    }
    if let Some(d) = v.get::<Dict>() {
        let pairs: Vec<String> =
            d.iter().map(|e| alloc::format!("{}: {}", repr(rt, e.key), repr(rt, e.value))).collect();
        return alloc::format!("{{{}}}", pairs.join(", "));
    }
    let r = rt.repr(v).expect("repr");
    r.get::<Str>().expect("str").lossy().to_string()
}

/// An argument of a test call.
#[derive(Clone)]
pub(super) enum A {
    S(&'static str),
    B(&'static [u8]),
    I(i64),
    F(f64),
    None,
    Tuple(Vec<A>),
    List(Vec<A>),
    Dict(Vec<(A, A)>),
    Raw(Value),
}
use A::*;

pub(super) fn value(rt: &mut Rt, a: &A) -> Value {
    match a {
        S(s) => rt.new_str(s).expect("room"),
        B(b) => crate::object::bytes::new(&mut rt.heap, b).expect("room").value(),
        I(n) => Value::int(*n),
        F(x) => crate::object::float::new(&mut rt.heap, *x).expect("room"),
        A::None => Value::NONE,
        A::Tuple(items) => {
            let items: Vec<Value> = items.iter().map(|i| value(rt, i)).collect();
            rt.new_tuple(&items).expect("room")
        }
        A::List(items) => {
            let items: Vec<Value> = items.iter().map(|i| value(rt, i)).collect();
            rt.new_list(&items).expect("room")
        }
        A::Dict(pairs) => {
            let d = dict::new(&mut rt.heap).expect("room");
            for (k, v) in pairs {
                let (k, v) = (value(rt, k), value(rt, v));
                let h = rt.hash(k).expect("hashable").expect("native");
                d.insert(&mut rt.heap, h, k, v).expect("room");
            }
            d.value()
        }
        Raw(v) => *v,
    }
}

/// Calls a method of a built-in type with bound argument slots.
pub(super) fn call(rt: &mut Rt, of: u8, name: &str, args: &[A]) -> String {
    let t = TYPES.iter().find(|t| t.kind == of).expect("type");
    let m = t.methods.iter().find(|m| m.name() == name).unwrap_or_else(|| panic!("{name}"));
    let slots: Vec<Value> = args.iter().map(|a| value(rt, a)).collect();
    let r = (m.func)(rt, Args::of(&slots));
    show(rt, r)
}

#[track_caller]
fn s(name: &str, args: &[A], want: &str) {
    let mut rt = rt();
    assert_eq!(call(&mut rt, kind::Str, name, args), want, "{name}");
}

fn op(op: BinOp, a: A, b: A) -> String {
    let mut rt = rt();
    let (a, b) = (value(&mut rt, &a), value(&mut rt, &b));
    let f = rt.slots_of(a).binary.expect("binary");
    let r = f(&mut rt, op, a, b);
    show(&mut rt, r)
}

#[test]
fn finding() {
    s("find", &[S("hello"), S("l")], "2");
    s("rfind", &[S("hello"), S("l")], "3");
    s("find", &[S("hello"), S(""), I(9)], "-1");
    s("find", &[S("hello"), S(""), I(5)], "5");
    s("find", &[S("héllo"), S("l"), I(-2)], "3");
    s("index", &[S("a"), S("b")], "ValueError: substring not found");
    s("find", &[S("a"), I(1)], "TypeError: find() argument 1 must be str, not int");
    s("count", &[S("aaaa"), S("aa")], "2");
    s("count", &[S("ééé"), S("")], "4");
    s("startswith", &[S("hello"), S("ell"), I(1)], "True");
    s("startswith", &[S("hello"), A::Tuple(alloc::vec![S("x"), S("he")])], "True");
    s(
        "startswith",
        &[S("a"), I(1)],
        "TypeError: startswith first arg must be str or a tuple of str, not int",
    );
    s("endswith", &[S("hello"), S("lo"), I(-2)], "True");
    s("replace", &[S("aXbX"), S("X"), S("--")], "'a--b--'");
    s("replace", &[S("abc"), S(""), S("-")], "'-a-b-c-'");
    s("replace", &[S("abc"), S(""), S("-"), I(2)], "'-a-bc'");
    s("partition", &[S("a=b=c"), S("=")], "('a', '=', 'b=c')");
    s("rpartition", &[S("a=b=c"), S("=")], "('a=b', '=', 'c')");
    s("rpartition", &[S("abc"), S("=")], "('', '', 'abc')");
    s("partition", &[S("a"), S("")], "ValueError: empty separator");
    s("removeprefix", &[S("abc"), S("a")], "'bc'");
    s("removesuffix", &[S("abc"), S("c")], "'ab'");
}

#[test]
fn splitting() {
    s("split", &[S(" a  b c ")], "['a', 'b', 'c']");
    s("split", &[S(" a  b c "), A::None, I(1)], "['a', 'b c ']");
    s("rsplit", &[S(" a  b c "), A::None, I(1)], "[' a  b', 'c']");
    s("split", &[S("a,b,,c"), S(",")], "['a', 'b', '', 'c']");
    s("split", &[S("a,b,,c"), S(","), I(1)], "['a', 'b,,c']");
    s("rsplit", &[S("a,b,,c"), S(","), I(2)], "['a,b', '', 'c']");
    s("split", &[S(""), S(",")], "['']");
    s("split", &[S("")], "[]");
    s("split", &[S("a"), I(1)], "TypeError: must be str or None, not int");
    s("splitlines", &[S("a\nb\r\nc\u{2028}d")], "['a', 'b', 'c', 'd']");
    s("splitlines", &[S("a\nb\r\n"), Raw(Value::TRUE)], "['a\\n', 'b\\r\\n']");
    s("join", &[S(", "), A::List(alloc::vec![S("a"), S("é"), S("c")])], "'a, é, c'");
    s("join", &[S(""), A::Tuple(alloc::vec![])], "''");
    s(
        "join",
        &[S(""), A::List(alloc::vec![I(1)])],
        "TypeError: sequence item 0: expected str instance, int found",
    );
    s("join", &[S(""), I(1)], "TypeError: can only join an iterable");
    s("strip", &[S("\u{3000} a b\n")], "'a b'");
    s("lstrip", &[S("xyxa"), S("xy")], "'a'");
    s("rstrip", &[S("aéé"), S("é")], "'a'");
    s("strip", &[S("a"), I(1)], "TypeError: strip arg must be None or str");
}

#[test]
fn case() {
    s("title", &[S("they're bill's FRIENDS")], "\"They'Re Bill'S Friends\"");
    s("title", &[S("ǆ ﬁ")], "'ǅ Fi'");
    s("lower", &[S("ΑΣ ΣΑΣ' Σ")], "\"ας σας' σ\"");
    s("upper", &[S("ßé")], "'SSÉ'");
    s("casefold", &[S("ßΣςᏸ")], "'ssσσᏰ'");
    s("swapcase", &[S("aÉ")], "'Aé'");
    s("capitalize", &[S("ǆAB")], "'ǅab'");
    s("isalpha", &[S("aé中")], "True");
    s("isalpha", &[S("Ⅷ")], "False");
    s("isnumeric", &[S("五½")], "True");
    s("isdigit", &[S("²٣")], "True");
    s("isdecimal", &[S("²")], "False");
    s("isidentifier", &[S("_é1")], "True");
    s("isidentifier", &[S("1a")], "False");
    s("istitle", &[S("A Bc")], "True");
    s("isupper", &[S("A1")], "True");
    s("isprintable", &[S("a\u{ad}")], "False");
    s("isspace", &[S(" \u{1c}\u{2003}")], "True");
}

#[test]
fn padding_and_translation() {
    s("center", &[S("ab"), I(5)], "'  ab '");
    s("center", &[S("a"), I(4)], "' a  '");
    s("ljust", &[S("a"), I(3), S("é")], "'aéé'");
    s("center", &[S("a"), I(5), S("xx")], "TypeError: The fill character must be exactly one character long");
    s("zfill", &[S("-42"), I(6)], "'-00042'");
    s("zfill", &[S("é"), I(3)], "'00é'");
    s("expandtabs", &[S("a\tbé\tc\n\td"), I(4)], "'a   bé  c\\n    d'");
    s("maketrans", &[S("ab"), S("xy"), S("z")], "{97: 120, 98: 121, 122: None}");
    let table = A::Dict(alloc::vec![(I(97), S("xx")), (I(98), A::None), (I(99), I(233))]);
    s("translate", &[S("abcda"), table], "'xxédxx'");
}

#[test]
fn percent() {
    let p = |f, a| op(BinOp::Mod, S(f), a);
    let t = |items: &[A]| A::Tuple(items.to_vec());
    assert_eq!(
        p("%d %s %5.1f|%-5d|%05d", t(&[I(3), S("x"), F(2.25), I(7), I(-42)])),
        "'3 x   2.2|7    |-0042'"
    );
    assert_eq!(p("%x %o %#X %+d", t(&[I(255), I(8), I(255), I(1)])), "'ff 10 0XFF +1'");
    assert_eq!(p("%r %a %c%c %%", t(&[S("é"), S("é"), I(65), S("é")])), "\"'é' '\\\\xe9' Aé %\"");
    assert_eq!(p("%*.*f", t(&[I(6), I(2), F(1.0)])), "'  1.00'");
    let d = A::Dict(alloc::vec![(S("a"), I(1)), (S("b(c)"), S("z"))]);
    assert_eq!(p("%(a)03d %(b(c))s", d), "'001 z'");
    assert_eq!(p("%.2s|%5.1s|%-3s|", t(&[S("abc"), S("éf"), S("x")])), "'ab|    é|x  |'");
    assert_eq!(p("%d", S("x")), "TypeError: %d format: a real number is required, not str");
    assert_eq!(p("%x", F(1.5)), "TypeError: %x format: an integer is required, not float");
    assert_eq!(p("%s %s", I(1)), "TypeError: not enough arguments for format string");
    assert_eq!(p("x", I(1)), "TypeError: not all arguments converted during string formatting");
    assert_eq!(p("é%z", I(1)), "ValueError: unsupported format character 'z' (0x7a) at index 2");
    assert_eq!(p("%(a", I(1)), "ValueError: incomplete format key");
    assert_eq!(p("%", I(1)), "ValueError: incomplete format");
    assert_eq!(p("%(a)s", I(1)), "TypeError: format requires a mapping");
    assert_eq!(
        p("%c", S("ab")),
        "TypeError: %c requires an int or a unicode character, not a string of length 2"
    );
    assert_eq!(p("%d", F(f64::NAN)), "ValueError: cannot convert float NaN to integer");
    assert_eq!(p("%5%", t(&[])), "TypeError: not enough arguments for format string");
}

#[test]
fn format_method() {
    let f = |fmt, args: &[A]| {
        let mut rt = rt();
        let mut all = alloc::vec![S(fmt), A::Dict(alloc::vec![(S("w"), S("10")), (S("a"), S("A"))])];
        all.extend(args.iter().cloned());
        call(&mut rt, kind::Str, "format", &all)
    };
    assert_eq!(f("{}-{a}-{{}}", &[S("x")]), "'x-A-{}'");
    assert_eq!(f("{0!r:>{w}}|", &[S("x")]), "\"       'x'|\"");
    assert_eq!(f("{1}{0}", &[S("x"), S("é")]), "'éx'");
    assert_eq!(f("{:>5}|{:^7}|{:*<4}", &[S("é"), S("ab"), S("q")]), "'    é|  ab   |q***'");
    // Attributes are frozen Python's work, of which a bare runtime has none unless it is packed.
    #[cfg(feature = "speed")]
    assert!(f("{0.real}", &[I(1)]).starts_with("SystemError: this build of Taipan lacks frozen function"));
    for (fmt, want) in [
        ("{", "ValueError: Single '{' encountered in format string"),
        ("}", "ValueError: Single '}' encountered in format string"),
        ("{0", "ValueError: expected '}' before end of string"),
        ("{0!}", "ValueError: unmatched '{' in format spec"),
        ("{0!x}", "ValueError: Unknown conversion specifier x"),
        ("{0!rx}", "ValueError: expected ':' after conversion specifier"),
        ("{}{1}", "ValueError: cannot switch from automatic field numbering to manual field specification"),
        ("{2}", "IndexError: Replacement index 2 out of range for positional args tuple"),
        ("{b}", "KeyError: b"),
        ("{:{:{a}}}", "ValueError: Max string recursion exceeded"),
        ("{a{b}}", "ValueError: unexpected '{' in field name"),
        ("{99999999999999999999}", "ValueError: Too many decimal digits in format string"),
        ("{:d}", "ValueError: Unknown format code 'd' for object of type 'str'"),
    ] {
        assert_eq!(f(fmt, &[S("x"), S("5")]), want, "{fmt}");
    }
}

#[test]
fn operators_and_subscripts() {
    assert_eq!(op(BinOp::Add, S("a"), S("é")), "'aé'");
    assert_eq!(op(BinOp::Add, S("a"), I(1)), "TypeError: can only concatenate str (not \"int\") to str");
    assert_eq!(op(BinOp::Mul, S("aé"), I(3)), "'aéaéaé'");
    assert_eq!(op(BinOp::Mul, S("a"), I(-1)), "''");
    let mut rt = rt();
    let long: String = (0..5000).map(|i| char::from_u32(0x61 + i % 500).expect("char")).collect();
    let v = rt.new_str(&long).expect("room");
    for i in [0i64, 1, 63, 64, 300, 2500, 4936, 4999, -1, -5000] {
        let at = if i < 0 { i + 5000 } else { i } as usize;
        let c = text::index::getitem(&mut rt, v, Value::int(i)).expect("char");
        assert_eq!(c.get::<Str>().expect("str").lossy().chars().next(), long.chars().nth(at), "{i}");
        let sv = v.get::<Str>().expect("str");
        let offset = sv.offset(&mut rt.heap, at).expect("offset");
        assert_eq!(sv.position(&mut rt.heap, offset).unwrap(), at);
    }
    let sl = |rt: &mut Rt, a: A, b: A, c: A| {
        let (a, b, c) = (value(rt, &a), value(rt, &b), value(rt, &c));
        crate::object::misc::new_slice(&mut rt.heap, a, b, c).expect("room").value()
    };
    let word = rt.new_str("héllo").expect("room");
    for (key, want) in [
        (sl(&mut rt, I(1), I(3), A::None), "'él'"),
        (sl(&mut rt, A::None, A::None, I(-1)), "'olléh'"),
        (sl(&mut rt, A::None, A::None, I(2)), "'hlo'"),
        (sl(&mut rt, I(9), A::None, A::None), "''"),
        (sl(&mut rt, A::None, A::None, I(0)), "ValueError: slice step cannot be zero"),
        (Value::int(9), "IndexError: string index out of range"),
        (Value::NONE, "TypeError: string indices must be integers, not 'NoneType'"),
    ] {
        let r = text::index::getitem(&mut rt, word, key);
        assert_eq!(show(&mut rt, r), want);
    }
}

#[test]
fn growing_text_stays_indexed() {
    let mut rt = rt();
    let mut v = rt.new_str("é").expect("room");
    let unit = rt.new_str("ü€a").expect("room");
    for _ in 0..2000 {
        let (a, b) = (v.get::<Str>().expect("str"), unit.get::<Str>().expect("str"));
        v = crate::object::string::concat(&mut rt.heap, a, b).expect("room").value();
        let s = v.get::<Str>().expect("str");
        let i = s.len() * 9 / 10;
        let c = text::char_at(&mut rt, s, i as i64).expect("char");
        let want = ["é", "ü", "€", "a"][if i == 0 { 0 } else { 1 + (i - 1) % 3 }];
        assert_eq!(c.get::<Str>().expect("str").lossy(), want);
    }
    rt.host_roots.push(v);
    rt.collect();
    assert!(v.get::<Str>().expect("str").lossy().ends_with("ü€a"));
}

#[test]
fn representation() {
    let r = |t: &'static str| {
        let mut rt = rt();
        let v = value(&mut rt, &S(t));
        show(&mut rt, Ok(v))
    };
    assert_eq!(r("it's"), "\"it's\"");
    assert_eq!(r("it's \"x\""), "'it\\'s \"x\"'");
    assert_eq!(
        r("\0\x7f\u{80}\u{ad}\u{378}\u{e000}\u{2028}😀\\\t\n"),
        "'\\x00\\x7f\\x80\\xad\\u0378\\ue000\\u2028😀\\\\\\t\\n'"
    );
    assert!(chars::is_printable('\u{300}' as u32) && !chars::is_printable(0xd800));
}

#[test]
fn codecs() {
    let enc = |t: &[u8], e: &'static str, h: &'static str| {
        let mut rt = rt();
        let v = rt.new_str_bytes(t).expect("room");
        call(&mut rt, kind::Str, "encode", &[Raw(v), S(e), S(h)])
    };
    // 'aé\udc80\ud800\U00012345z'
    let t = b"a\xc3\xa9\xed\xb2\x80\xed\xa0\x80\xf0\x92\x8d\x85z";
    assert_eq!(enc(t, "ascii", "replace"), "b'a????z'");
    assert_eq!(
        enc(t, "utf8", "surrogatepass"),
        "b'a\\xc3\\xa9\\xed\\xb2\\x80\\xed\\xa0\\x80\\xf0\\x92\\x8d\\x85z'"
    );
    assert_eq!(
        enc(t, "UTF_16_LE", "surrogatepass"),
        "b'a\\x00\\xe9\\x00\\x80\\xdc\\x00\\xd8\\x08\\xd8E\\xdfz\\x00'"
    );
    assert_eq!(enc(t, "latin-1", "xmlcharrefreplace"), "b'a\\xe9&#56448;&#55296;&#74565;z'");
    assert_eq!(enc(t, "ascii", "backslashreplace"), "b'a\\\\xe9\\\\udc80\\\\ud800\\\\U00012345z'");
    assert_eq!(
        enc(t, "ascii", "surrogateescape"),
        "UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-4: ordinal not in range(128)"
    );
    assert_eq!(
        enc(t, "latin-1", "surrogateescape"),
        "UnicodeEncodeError: 'latin-1' codec can't encode characters in position 3-4: ordinal not in range(256)"
    );
    assert_eq!(
        enc(t, "utf8", "surrogateescape"),
        "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 3: surrogates not allowed"
    );
    assert_eq!(enc(b"a", "foo", "strict"), "LookupError: unknown encoding: foo");
    let dec = |b: &'static [u8], e: &'static str, h: &'static str| {
        let mut rt = rt();
        let v = value(&mut rt, &B(b));
        let (e, h) = (value(&mut rt, &S(e)), value(&mut rt, &S(h)));
        assert!(v.get::<Bytes>().is_some());
        let r = text::codec::decode(&mut rt, v, e.get::<Str>(), h.get::<Str>());
        show(&mut rt, r)
    };
    assert_eq!(dec(b"a\xf0\x90\x28\xffz", "utf8", "replace"), "'a�(�z'");
    assert_eq!(dec(b"a\xf0\x90\x28\xffz", "ascii", "backslashreplace"), "'a\\\\xf0\\\\x90(\\\\xffz'");
    let err = |b, e| dec(b, e, "strict");
    for (b, e, want) in [
        (&b"\xff"[..], "utf8", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        (b"\xe2\x82", "utf8", "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data"),
        (
            b"a\xf0\x90\x28",
            "utf8",
            "'utf-8' codec can't decode bytes in position 1-2: invalid continuation byte",
        ),
        (b"a\xf0", "ascii", "'ascii' codec can't decode byte 0xf0 in position 1: ordinal not in range(128)"),
        (b"a", "utf-16", "'utf-16-le' codec can't decode byte 0x61 in position 0: truncated data"),
        (
            b"\0\xd8a\0",
            "utf-16-le",
            "'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate",
        ),
        (b"abc", "utf-32", "'utf-32-le' codec can't decode bytes in position 0-2: truncated data"),
    ] {
        assert_eq!(err(b, e), String::from("UnicodeDecodeError: ") + want);
    }
    let long: &'static [u8] = alloc::vec![b"ab\xc3\xa9\xff".repeat(3000)].concat().leak();
    assert!(dec(long, "utf8", "ignore").len() > 9000);
}

#[track_caller]
fn b(name: &str, args: &[A], want: &str) {
    let mut rt = rt();
    assert_eq!(call(&mut rt, kind::Bytes, name, args), want, "{name}");
}

#[test]
fn bytes_methods() {
    b("find", &[B(b"hello"), B(b"l")], "2");
    b("find", &[B(b"hello"), I(108)], "2");
    b("find", &[B(b"a"), I(256)], "ValueError: byte must be in range(0, 256)");
    b("find", &[B(b"a"), S("a")], "TypeError: argument should be integer or bytes-like object, not 'str'");
    b("index", &[B(b"a"), B(b"b")], "ValueError: subsection not found");
    b("split", &[B(b" a  b c ")], "[b'a', b'b', b'c']");
    b("split", &[B(b" a  b c "), A::None, I(1)], "[b'a', b'b c ']");
    b("rsplit", &[B(b" a  b c "), A::None, I(1)], "[b' a  b', b'c']");
    b("split", &[B(b"a,b,,c"), B(b",")], "[b'a', b'b', b'', b'c']");
    b("rsplit", &[B(b"a,b,,c"), B(b","), I(1)], "[b'a,b,', b'c']");
    b("splitlines", &[B(b"a\nb\r\nc\r")], "[b'a', b'b', b'c']");
    b("join", &[B(b"-"), A::List(alloc::vec![B(b"a"), B(b"b")])], "b'a-b'");
    b(
        "join",
        &[B(b""), A::List(alloc::vec![S("a")])],
        "TypeError: sequence item 0: expected a bytes-like object, str found",
    );
    b("strip", &[B(b" \ta ")], "b'a'");
    b("strip", &[B(b"   ")], "b''");
    b("replace", &[B(b"abc"), B(b""), B(b"-")], "b'-a-b-c-'");
    b("replace", &[B(b"aXbX"), B(b"X"), B(b"--"), I(1)], "b'a--bX'");
    b("partition", &[B(b"a=b"), B(b"=")], "(b'a', b'=', b'b')");
    b("center", &[B(b"a"), I(4), B(b"*")], "b'*a**'");
    b(
        "center",
        &[B(b"a"), I(5), B(b"xx")],
        "TypeError: center(): argument 2 must be a byte string of length 1, not a bytes object of length 2",
    );
    b("zfill", &[B(b"-4"), I(4)], "b'-004'");
    b("hex", &[B(b"abcdefg"), S(":"), I(-2)], "'6162:6364:6566:67'");
    b("hex", &[B(b"abcdefg"), S(":"), I(2)], "'61:6263:6465:6667'");
    b("hex", &[B(b"abc"), S("ab")], "ValueError: sep must be length 1.");
    b("title", &[B(b"ab cD")], "b'Ab Cd'");
    b("translate", &[B(b"abc"), A::None, B(b"b")], "b'ac'");
    b("decode", &[B(b"\xc3\xa9")], "'é'");
    let mut rt = rt();
    let cls = Raw(rt.builtin_type(kind::Bytes as u16).value());
    assert_eq!(call(&mut rt, kind::Bytes, "fromhex", &[cls.clone(), S(" 61 6b")]), "b'ak'");
    let odd = call(&mut rt, kind::Bytes, "fromhex", &[cls.clone(), S("1")]);
    assert_eq!(odd, "ValueError: fromhex() arg must contain an even number of hexadecimal digits");
    let bad = call(&mut rt, kind::Bytes, "fromhex", &[cls, S("a g")]);
    assert_eq!(bad, "ValueError: non-hexadecimal number found in fromhex() arg at position 1");
    let t = A::Tuple(alloc::vec![B(b"x"), I(3), S("é"), I(65)]);
    assert_eq!(op(BinOp::Mod, B(b"%s %03d %a %c"), t), "b\"x 003 '\\\\xe9' A\"");
    assert_eq!(op(BinOp::Mod, B(b"%c"), I(256)), "OverflowError: %c arg not in range(256)");
    assert_eq!(op(BinOp::Add, B(b"a"), S("b")), "TypeError: can't concat str to bytes");
    assert_eq!(op(BinOp::Mul, B(b"ab"), I(2)), "b'abab'");
}
