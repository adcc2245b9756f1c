//! Numbers without an interpreter: operators, text, conversions, `math`, and the words of their errors.

#[cfg(feature = "math")]
use crate::builtins::math;
use crate::builtins::{INTRINSICS, bool, float as float_type, int as int_type, none, number_ops};
use crate::exit::{ExitKind, Res};
use crate::heap::Heap;
use crate::interp::{Args, BinOp, CmpOp, HostHooks, Limits, NativeDef, Rt, TypeDef, UnOp};
use crate::num::parse;
use crate::object::exception::{EXCEPTIONS, Exception, exc};
use crate::object::{Bytes, KIND_NAMES, Str, Tuple, float, int, kind, types};
use crate::value::Value;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

struct NoHost;
impl HostHooks for NoHost {
    fn write(&mut self, _: &[u8], _: bool) {}
}

fn runtime() -> Rt {
    let heap = Heap::new(64 << 20);
    match Rt::new(heap, Box::new(NoHost), Limits { recursion: 1000, output: None }, &Default::default()) {
        Ok(mut rt) => {
            for t in [&int_type::INT, &bool::BOOL, &float_type::FLOAT, &none::NONE_TYPE] {
                rt.slots[t.kind as usize] = t.slots;
            }
            for k in [kind::Object, kind::Int, kind::Bool, kind::Float, kind::NoneType] {
                let t = types::new(&mut rt.heap, kind::Type as u32, k as u16, k).unwrap();
                t.name.set(rt.new_str(KIND_NAMES[k as usize]).unwrap());
                rt.types[k as usize] = t.value();
            }
            rt
        }
        Err(e) => panic!("{e:?}"),
    }
}

/// A value from Python's text of it: numbers, strings in quotes, True, False, None, lists and tuples of numbers.
fn val(rt: &mut Rt, text: &str) -> Value {
    let text = text.trim();
    match text {
        "True" => return Value::TRUE,
        "False" => return Value::FALSE,
        "None" => return Value::NONE,
        "-" => return Value::UNBOUND,
        _ => {}
    }
    if let Some(s) = text.strip_prefix('\'') {
        return rt.new_str(s.trim_end_matches('\'')).unwrap();
    }
    if let Some(s) = text.strip_prefix("b'") {
        return crate::object::bytes::new(&mut rt.heap, s.trim_end_matches('\'').as_bytes()).unwrap().value();
    }
    if let Some(s) = text.strip_prefix('[') {
        let items: Vec<Value> = s.trim_end_matches(']').split_whitespace().map(|t| val(rt, t)).collect();
        return rt.new_list(&items).unwrap();
    }
    if let (Some(rest), true) = (text.strip_prefix('-'), text.contains("**")) {
        let v = val(rt, rest);
        return number_ops::unary(rt, UnOp::Neg, v).unwrap();
    }
    if let Some((a, b)) = text.split_once("**") {
        let (a, b) = (val(rt, a), val(rt, b));
        return number_ops::binary(rt, BinOp::Pow, a, b).unwrap();
    }
    let mut poll = || false;
    let mut lim = crate::num::Limits::new(1 << 20, &mut poll);
    match parse::parse_int(text.as_bytes(), 10, 0, &mut lim) {
        Ok(parse::ParsedInt::Small(n)) => int::from_i64(&mut rt.heap, n).unwrap(),
        Ok(parse::ParsedInt::Big(n)) => int::from_mag(&mut rt.heap, n.neg, &n.mag).unwrap(),
        Err(_) => {
            let x = crate::num::float::parse(text.as_bytes(), &mut lim).unwrap();
            float::new(&mut rt.heap, x).unwrap()
        }
    }
}

fn show(rt: &mut Rt, v: Value) -> String {
    if let Some(t) = v.get::<Tuple>() {
        let items: Vec<String> = t.items().to_vec().into_iter().map(|v| show(rt, v)).collect();
        return format!("({})", items.join(", "));
    }
    if let Some(s) = v.get::<Str>() {
        return format!("'{}'", s.lossy());
    }
    if let Some(b) = v.get::<Bytes>() {
        return format!("{:02x?}", b.bytes());
    }
    if v == Value::NOT_IMPLEMENTED {
        return "NotImplemented".to_string();
    }
    let s = (rt.slots_of(v).repr.unwrap())(rt, v).unwrap();
    s.get::<Str>().unwrap().lossy().to_string()
}

/// The result as text, or `Error: message`.
fn outcome(rt: &mut Rt, r: Res<Value>) -> String {
    match r {
        Ok(v) => show(rt, v),
        Err(e) if rt.caught(e, ExitKind::Raise) => {
            let e = rt.raised.get::<Exception>().unwrap();
            let name = EXCEPTIONS[(e.header.shape.get() - exc::FIRST as u32) as usize].0;
            let args = e.args.get().get::<Tuple>().unwrap().items().to_vec();
            let words = args.iter().map(|&v| show(rt, v)).collect::<Vec<_>>().join(", ");
            format!("{name}: {}", words.trim_matches('\''))
        }
        Err(e) => format!("{:?}", rt.exit_kind(e)),
    }
}

fn call(rt: &mut Rt, f: &NativeDef, args: &str) -> String {
    let values: Vec<Value> =
        if args.is_empty() { Vec::new() } else { args.split(", ").map(|t| val(rt, t)).collect() };
    let r = (f.func)(rt, Args::of(Box::leak(values.into_boxed_slice())));
    outcome(rt, r)
}

fn find<'a>(defs: &'a [NativeDef], name: &str) -> &'a NativeDef {
    defs.iter().find(|d| d.name() == name).unwrap()
}

fn binary(a: &str, op: BinOp, b: &str) -> String {
    let rt = &mut runtime();
    let (a, b) = (val(rt, a), val(rt, b));
    let r = number_ops::binary(rt, op, a, b);
    outcome(rt, r)
}

#[test]
fn operators() {
    use BinOp::*;
    let cases = [
        ("1152921504606846975", Add, "1", "1152921504606846976"),
        ("9223372036854775807", Add, "1", "9223372036854775808"),
        ("-1152921504606846976", Sub, "1", "-1152921504606846977"),
        ("2**60", Mul, "2**60", "1329227995784915872903807060280344576"),
        ("3", Mul, "-2**70", "-3541774862152233910272"),
        ("-5", FloorDiv, "3", "-2"),
        ("5", Mod, "-3", "-1"),
        ("2**100", FloorDiv, "-7", "-181092942889747057356671886483"),
        ("2**100", Mod, "-7", "-5"),
        ("7", Mod, "2**100", "7"),
        ("-7", Mod, "2**100", "1267650600228229401496703205369"),
        ("-7", FloorDiv, "2**100", "-1"),
        ("1", TrueDiv, "3", "0.3333333333333333"),
        ("0", TrueDiv, "-5", "-0.0"),
        ("2**400", TrueDiv, "2**399", "2.0"),
        ("10**400", TrueDiv, "1", "OverflowError: integer division result too large for a float"),
        ("10**400", TrueDiv, "1.0", "OverflowError: int too large to convert to float"),
        ("1", Shl, "64", "18446744073709551616"),
        ("1", Shl, "-1", "ValueError: negative shift count"),
        ("1", Shl, "10**30", "OverflowError: too many digits in integer"),
        ("1", Shl, "9223372036854775807", "NeedGc"),
        ("0", Shl, "10**30", "0"),
        ("-1", Shr, "10**30", "-1"),
        ("2**100", Shr, "98", "4"),
        ("-2**63", Xor, "1", "-9223372036854775807"),
        ("True", And, "False", "False"),
        ("True", Or, "2", "3"),
        ("True", Add, "True", "2"),
        ("2", Pow, "-1", "0.5"),
        ("0", Pow, "-1", "ZeroDivisionError: zero to a negative power"),
        ("-2", Pow, "63", "-9223372036854775808"),
        ("3", Pow, "100", "515377520732011331036461129765621272702107522001"),
        ("2", Pow, "10**30", "NeedGc"),
        ("-1", Pow, "10**30", "1"),
        ("-8", Pow, "0.5", "ValueError: complex results are not supported"),
        ("10.0", Pow, "400", "OverflowError: 34, 'Numerical result out of range"),
        ("1", FloorDiv, "0", "ZeroDivisionError: division by zero"),
        ("1", Mod, "0.0", "ZeroDivisionError: division by zero"),
        ("5.5", FloorDiv, "-2", "-3.0"),
        ("-7", Mod, "2.5", "0.5"),
        ("1e308", Mul, "10", "inf"),
        ("1.5", Shl, "1", "NotImplemented"),
        ("0", FloorDiv, "2**63", "0"),
        ("0", Mod, "-2**63", "0"),
        ("5", FloorDiv, "-2**64", "-1"),
        ("-5", Mod, "2**63", "9223372036854775803"),
        ("-9223372036854775808", FloorDiv, "-1", "9223372036854775808"),
        ("-9223372036854775808", Mod, "-1", "0"),
        ("2**64", Mul, "0", "0"),
        ("2**64", Sub, "2**64", "0"),
        ("0", Pow, "10**30", "0"),
        ("2**64", Pow, "0", "1"),
        ("2**64", Pow, "-1", "5.421010862427522e-20"),
        ("2**64", Shr, "2**64", "0"),
        ("-2**64", Shr, "2**64", "-1"),
        ("1", Shr, "-2**64", "ValueError: negative shift count"),
        ("1", Add, "'a'", "NotImplemented"),
        ("1", MatMul, "1", "NotImplemented"),
    ];
    for (a, op, b, want) in cases {
        assert_eq!(binary(a, op, b), want, "{a} {op:?} {b}");
    }
}

#[test]
fn long_operands_agree_with_each_other() {
    let rt = &mut runtime();
    let (a, b) = (val(rt, "7**9000"), val(rt, "11**2500"));
    let q = number_ops::binary(rt, BinOp::FloorDiv, a, b).unwrap();
    let r = number_ops::binary(rt, BinOp::Mod, a, b).unwrap();
    let back = number_ops::binary(rt, BinOp::Mul, q, b).unwrap();
    let back = number_ops::binary(rt, BinOp::Add, back, r).unwrap();
    assert_eq!(number_ops::compare(rt, CmpOp::Eq, a, back).unwrap(), Value::TRUE);
    let less = number_ops::binary(rt, BinOp::Sub, a, back).unwrap();
    assert_eq!(less, Value::ZERO);
    // A short quotient of long numbers, and a short remainder.
    let a1 = number_ops::binary(rt, BinOp::Add, a, Value::int(5)).unwrap();
    assert_eq!(number_ops::binary(rt, BinOp::FloorDiv, a1, a).unwrap(), Value::int(1));
    assert_eq!(number_ops::binary(rt, BinOp::Mod, a1, a).unwrap(), Value::int(5));
    assert_eq!(number_ops::binary(rt, BinOp::Mod, a, Value::int(7)).unwrap(), Value::ZERO);
    let shifted = number_ops::binary(rt, BinOp::Shl, a, Value::int(1000)).unwrap();
    let back = number_ops::binary(rt, BinOp::Shr, shifted, Value::int(1000)).unwrap();
    assert_eq!(number_ops::compare(rt, CmpOp::Eq, a, back).unwrap(), Value::TRUE);
}

#[test]
fn unary_and_compare() {
    let rt = &mut runtime();
    for (op, a, want) in [
        (UnOp::Neg, "-1152921504606846976", "1152921504606846976"),
        (UnOp::Invert, "2**63", "-9223372036854775809"),
        (UnOp::Invert, "True", "-2"),
        (UnOp::Abs, "-2**70", "1180591620717411303424"),
        (UnOp::Pos, "True", "1"),
        (UnOp::Neg, "0.0", "-0.0"),
        (UnOp::Invert, "1.5", "NotImplemented"),
    ] {
        let v = val(rt, a);
        let r = number_ops::unary(rt, op, v);
        assert_eq!(outcome(rt, r), want, "{op:?} {a}");
    }
    for (a, op, b, want) in [
        ("9007199254740993", CmpOp::Gt, "9007199254740992.0", "True"),
        ("2**70", CmpOp::Eq, "1180591620717411303424.0", "True"),
        ("nan", CmpOp::Ne, "nan", "True"),
        ("nan", CmpOp::Le, "1", "False"),
        ("1", CmpOp::Lt, "'a'", "NotImplemented"),
    ] {
        let (x, y) = (val(rt, a), val(rt, b));
        let r = number_ops::compare(rt, op, x, y);
        assert_eq!(outcome(rt, r), want, "{a} {op:?} {b}");
    }
}

#[test]
fn builtin_functions() {
    let rt = &mut runtime();
    for (f, args, want) in [
        ("bin", "-10", "'-0b1010'"),
        ("hex", "2**64", "'0x10000000000000000'"),
        ("oct", "8", "'0o10'"),
        ("divmod", "-5, 3", "(-2, 1)"),
        ("divmod", "5.5, 2", "(2.0, 1.5)"),
        ("divmod", "2**100, -7", "(-181092942889747057356671886483, -5)"),
        ("divmod", "1, 0", "ZeroDivisionError: division by zero"),
        ("pow", "3, -1, 7", "5"),
        ("pow", "3, -1, -7", "-2"),
        ("pow", "-3, 3, -5", "-2"),
        ("pow", "2, 10, 1", "0"),
        ("pow", "2, 3, 0", "ValueError: pow() 3rd argument cannot be 0"),
        ("pow", "2, -1, 4", "ValueError: base is not invertible for the given modulus"),
        ("pow", "2.0, 3, 4", "TypeError: pow() 3rd argument not allowed unless all arguments are integers"),
        ("pow", "3, 10**30, 10**20", "1"),
        ("divmod", "0, -2**63", "(0, 0)"),
        ("pow", "3, -1, 1", "0"),
        ("pow", "0, 0, -1", "0"),
        ("pow", "5, 3, -9223372036854775808", "-9223372036854775683"),
        ("round", "0, -1", "0"),
        ("round", "95, -2", "100"),
        ("round", "50, -2", "0"),
        ("round", "150, -2", "200"),
        ("round", "25, -1", "20"),
        ("round", "-15, -1", "-20"),
        ("round", "5, -1", "0"),
        ("round", "15, -1", "20"),
        ("round", "2**70, -5", "1180591620717411300000"),
        ("round", "15, -10**30", "0"),
        ("round", "2.5", "2"),
        ("round", "2.675, 2", "2.67"),
        ("round", "1234.5, -2", "1200.0"),
        ("round", "True", "1"),
        ("round", "nan", "ValueError: cannot convert float NaN to integer"),
        ("round", "1.7e308, -308", "OverflowError: rounded value too large to represent"),
    ] {
        assert_eq!(call(rt, find(number_ops::DEFS, f), args), want, "{f}({args})");
    }
    assert_eq!(INTRINSICS.iter().filter(|d| d.iter().any(|d| d.name() == "_int_value")).count(), 1);
}

fn construct(t: &TypeDef, args: &str) -> String {
    let rt = &mut runtime();
    call(rt, t.new.as_ref().unwrap(), args)
}

#[test]
fn int_from_text() {
    let long = format!("None, '{}'", "1".repeat(4301));
    for (args, want) in [
        ("None", "0"),
        ("None, ' 1_0 '", "10"),
        ("None, 'z', 36", "35"),
        ("None, ' -0x_ff', 0", "-255"),
        ("None, '010', 0", "ValueError: invalid literal for int() with base 0: '010"),
        ("None, b'12', 3", "5"),
        ("None, '\u{661}\u{662}'", "12"),
        ("None, '\u{3000}12\u{2003}'", "12"),
        ("None, '\u{e9}'", "ValueError: invalid literal for int() with base 10: '\u{e9}"),
        ("None, 'z', 37", "ValueError: int() base must be >= 2 and <= 36, or 0"),
        ("None, 12, 10", "TypeError: int() can't convert non-string with explicit base"),
        ("None, -, 10", "TypeError: int() missing string argument"),
        ("None, -1.9", "-1"),
        ("None, 1e22", "10000000000000000000000"),
        ("None, inf", "OverflowError: cannot convert float infinity to integer"),
        ("None, True", "1"),
        (
            &long,
            "ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; \
             use sys.set_int_max_str_digits() to increase the limit",
        ),
    ] {
        assert_eq!(construct(&int_type::INT, args), want, "int({args})");
    }
}

#[test]
fn int_to_text_has_a_digit_limit() {
    let rt = &mut runtime();
    let most = val(rt, "10**4300");
    let most = number_ops::binary(rt, BinOp::Sub, most, Value::int(1)).unwrap();
    assert_eq!(show(rt, most), "9".repeat(4300));
    for text in ["10**4300", "-10**4300", "10**4301", "10**100000"] {
        let v = val(rt, text);
        let r = (int_type::INT.slots.repr.unwrap())(rt, v);
        assert_eq!(
            outcome(rt, r),
            "ValueError: Exceeds the limit (4300 digits) for integer string conversion; use \
             sys.set_int_max_str_digits() to increase the limit"
        );
    }
}

#[test]
fn float_from_text() {
    for (args, want) in [
        ("None", "0.0"),
        ("None, ' 1_0.5 '", "10.5"),
        ("None, b'1.5'", "1.5"),
        ("None, '-inf'", "-inf"),
        ("None, '\u{661}.\u{665}'", "1.5"),
        ("None, '1__0'", "ValueError: could not convert string to float: '1__0"),
        ("None, 10**400", "OverflowError: int too large to convert to float"),
        ("None, 3", "3.0"),
    ] {
        assert_eq!(construct(&float_type::FLOAT, args), want, "float({args})");
    }
}

#[test]
fn formats() {
    let rt = &mut runtime();
    for (v, spec, want) in [
        ("255", "'#x'", "'0xff'"),
        ("1234567", "'_'", "'1_234_567'"),
        ("True", "'>6'", "'     1'"),
        ("3", "'.2f'", "'3.00'"),
        ("3.14159", "'.2f'", "'3.14'"),
        ("5", "'s'", "ValueError: Unknown format code 's' for object of type 'int"),
        ("5", "'.2d'", "ValueError: Precision not allowed in integer format specifier"),
        ("10**30", "'c'", "OverflowError: Python int too large to convert to C long"),
        ("10**400", "'f'", "OverflowError: int too large to convert to float"),
        ("5", "'>1000000000000'", "NeedGc"),
    ] {
        let (v, s) = (val(rt, v), val(rt, spec));
        let r = int_type::format_value(rt, v, s);
        assert_eq!(outcome(rt, r), want, "format({v:?}, {spec})");
    }
}

#[test]
fn methods() {
    let rt = &mut runtime();
    for (f, args, want) in [
        ("bit_length", "-2**70", "71"),
        ("bit_count", "-5", "2"),
        ("to_bytes", "258, 2", "[01, 02]"),
        ("to_bytes", "258, 2, 'little'", "[02, 01]"),
        ("to_bytes", "256", "OverflowError: int too big to convert"),
        ("to_bytes", "-1", "OverflowError: can't convert negative int to unsigned"),
        ("to_bytes", "-1, 1, -, True", "[ff]"),
        ("to_bytes", "0, 0, -, True", "[]"),
        ("to_bytes", "5, -1", "ValueError: length argument must be non-negative"),
        ("to_bytes", "5, 2, 'bad'", "ValueError: byteorder must be either 'little' or 'big"),
        ("from_bytes", "None, b'AB'", "16706"),
        ("from_bytes", "None, b'AB', 'little'", "16961"),
        ("__pow__", "5, 2, 7", "4"),
        ("__rpow__", "5, 2, 3", "2"),
        ("__divmod__", "5, 2.5", "NotImplemented"),
        ("__rdivmod__", "5, 17", "(3, 2)"),
        ("__sizeof__", "10**30", "40"),
        ("as_integer_ratio", "True", "(1, 1)"),
        ("__round__", "15, -1", "20"),
    ] {
        assert_eq!(call(rt, find(int_type::INT.methods, f), args), want, "int.{f}({args})");
    }
    for (f, args, want) in [
        ("hex", "1.5", "'0x1.8000000000000p+0'"),
        ("fromhex", "None, '0x1p3'", "8.0"),
        ("fromhex", "None, 'zz'", "ValueError: invalid hexadecimal floating-point string"),
        ("fromhex", "None, '0x1p5000'", "OverflowError: hexadecimal value too large to represent as a float"),
        ("as_integer_ratio", "1.5", "(3, 2)"),
        ("as_integer_ratio", "inf", "OverflowError: cannot convert Infinity to integer ratio"),
        ("is_integer", "2.0", "True"),
        ("__floor__", "-0.5", "-1"),
        ("__ceil__", "1e22", "10000000000000000000000"),
        ("__divmod__", "5.5, 2", "(2.0, 1.5)"),
        (
            "__pow__",
            "5.5, 2, 3",
            "TypeError: pow() 3rd argument not allowed unless all arguments are integers",
        ),
    ] {
        assert_eq!(call(rt, find(float_type::FLOAT.methods, f), args), want, "float.{f}({args})");
    }
}

#[cfg(feature = "math")]
#[test]
fn math_of_floats() {
    let rt = &mut runtime();
    for (f, args, want) in [
        ("acos", "2", "ValueError: expected a number in range from -1 up to 1, got 2.0"),
        ("sin", "inf", "ValueError: expected a finite input, got inf"),
        ("sqrt", "-1", "ValueError: expected a nonnegative input, got -1.0"),
        ("sqrt", "-0.0", "-0.0"),
        ("sqrt", "10**400", "OverflowError: int too large to convert to float"),
        ("exp", "1000", "OverflowError: math range error"),
        ("log", "0", "ValueError: expected a positive input"),
        ("log", "-1.0", "ValueError: expected a positive input, got -1.0"),
        ("log", "10**400", "921.0340371976182"),
        ("log", "2, 1", "ZeroDivisionError: division by zero"),
        ("log", "8, 2", "3.0"),
        ("log2", "2**1000", "1000.0"),
        ("log1p", "-1", "ValueError: expected argument value > -1, got -1.0"),
        ("gamma", "0", "ValueError: expected a noninteger or positive integer, got 0.0"),
        ("gamma", "5", "24.0"),
        ("lgamma", "1e308", "OverflowError: math range error"),
        ("floor", "1e20", "100000000000000000000"),
        ("ceil", "True", "1"),
        ("trunc", "-1.9", "-1"),
        ("fma", "inf, 0, 1", "ValueError: invalid operation in fma"),
        ("fma", "1e308, 10, 0", "OverflowError: overflow in fma"),
        ("nextafter", "1, 2, 5", "1.000000000000001"),
        ("nextafter", "1, 2, -1", "ValueError: steps must be a non-negative integer"),
        ("ldexp", "1, -1080", "0.0"),
        ("ldexp", "1, 10**30", "OverflowError: math range error"),
        ("ldexp", "1, 1.5", "TypeError: Expected an int as second argument to ldexp."),
        ("pow", "0, -1", "ValueError: math domain error"),
        ("pow", "-8, 0.5", "ValueError: math domain error"),
        ("pow", "10, 400", "OverflowError: math range error"),
        ("pow", "0, -inf", "inf"),
        ("fmod", "5, 0", "ValueError: math domain error"),
        ("remainder", "5, 3", "-1.0"),
        ("modf", "-inf", "(-0.0, -inf)"),
        ("frexp", "8", "(0.5, 4)"),
        ("atan2", "0, -0.0", "3.141592653589793"),
        ("cbrt", "-8", "-2.0"),
        ("exp2", "0.5", "1.4142135623730951"),
        ("degrees", "1", "57.29577951308232"),
        ("nextafter", "5e-324, -1, 2", "-5e-324"),
        ("nextafter", "-5e-324, 1", "-0.0"),
        ("lgamma", "-1", "ValueError: expected a noninteger or positive integer, got -1.0"),
        ("atanh", "1", "ValueError: expected a number between -1 and 1, got 1.0"),
        ("acosh", "-inf", "ValueError: expected argument value not less than 1, got -inf"),
        ("log", "-inf", "ValueError: expected a positive input, got -inf"),
        ("log", "nan", "nan"),
        ("pow", "1, nan", "1.0"),
        ("pow", "-inf, -3", "-0.0"),
        ("remainder", "inf, 1", "ValueError: math domain error"),
        ("ldexp", "1.5, -1074", "1e-323"),
        ("isclose", "1, 2, -1", "ValueError: tolerances must be non-negative"),
        ("isclose", "1, 2, 0.5", "True"),
        ("ulp", "1", "2.220446049250313e-16"),
    ] {
        assert_eq!(call(rt, find(math::MATH.functions, f), args), want, "{f}({args})");
    }
}

#[cfg(feature = "math")]
#[test]
fn math_of_ints_and_sequences() {
    let rt = &mut runtime();
    for (f, args, want) in [
        ("factorial", "20", "2432902008176640000"),
        ("factorial", "-1", "ValueError: factorial() not defined for negative values"),
        ("factorial", "10**15", "NeedGc"),
        ("comb", "5, 2", "10"),
        ("comb", "-1, 2", "ValueError: n must be a non-negative integer"),
        ("comb", "10**30, 2", "499999999999999999999999999999500000000000000000000000000000"),
        ("comb", "10**30, 10**29", "OverflowError: min(n - k, k) must not exceed 9223372036854775807"),
        ("comb", "10**18, 10**17", "NeedGc"),
        ("perm", "5", "120"),
        ("perm", "5, 6", "0"),
        ("perm", "10**30, 10**29", "OverflowError: k must not exceed 9223372036854775807"),
        ("gcd", "", "0"),
        ("gcd", "12, 18, 27", "3"),
        ("gcd", "2**100, 6**50", "1125899906842624"),
        ("lcm", "-4", "4"),
        ("lcm", "4, 6, 10", "60"),
        ("lcm", "0, 4", "0"),
        ("isqrt", "10**30", "1000000000000000"),
        ("isqrt", "-1", "ValueError: isqrt() argument must be nonnegative"),
        ("fsum", "[0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1]", "1.0"),
        ("fsum", "[inf -inf]", "ValueError: -inf + inf in fsum"),
        ("fsum", "[1e308 1e308]", "OverflowError: intermediate overflow in fsum"),
        ("prod", "[1 2.5 4]", "10.0"),
        ("prod", "[2 3], 5", "30"),
        ("sumprod", "[1 2], [3 4]", "11"),
        ("sumprod", "[0.1 0.1 0.1], [1.0 1 1.0]", "0.30000000000000004"),
        ("sumprod", "[inf -inf], [1 1]", "nan"),
        ("sumprod", "[1], [1 2]", "ValueError: Inputs are not the same length"),
        ("dist", "[1 2], [4 6]", "5.0"),
        ("dist", "[1], [1 2]", "ValueError: both points must have the same number of dimensions"),
        ("hypot", "3, 4", "5.0"),
        ("hypot", "inf, nan", "inf"),
        ("hypot", "", "0.0"),
    ] {
        assert_eq!(call(rt, find(math::MATH.functions, f), args), want, "{f}({args})");
    }
}

#[test]
fn work_is_charged_before_it_is_done() {
    let rt = &mut runtime();
    let a = val(rt, "3**200000");
    rt.fuel = 1000;
    let e = number_ops::binary(rt, BinOp::Mul, a, a).unwrap_err();
    assert_eq!(rt.exit_kind(e), ExitKind::Stop);
    assert_eq!(rt.fuel, 1000);
}

#[test]
fn decimal_digits_of_other_scripts() {
    use crate::builtins::num_text::decimal_digit;
    assert_eq!(decimal_digit('7'), Some(7));
    assert_eq!(decimal_digit('\u{669}'), Some(9));
    assert_eq!(decimal_digit('\u{66a}'), None);
    assert_eq!(decimal_digit('\u{1fbf9}'), Some(9));
    assert_eq!(decimal_digit('\u{b2}'), None);
}
