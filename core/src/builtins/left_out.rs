//! What stands in for the parts that a build leaves out: the same names, which raise an error that tells the feature.
//!
//! A module here takes the place of the module of its name in `builtins` or `builtins/str`, where that is declared; the
//! code that uses it does not change. Types keep their places, without methods, since an object's class needs one.

use crate::exit::{Exit, Res};
use crate::interp::{GetSetDef, NativeFn, Rt};
use crate::object::exception::exc;
use crate::value::Value;

impl Rt {
    /// Something that needs a feature which this build is without.
    #[cold]
    pub(crate) fn left_out(&mut self, feature: &str) -> Exit {
        let message = format_args!("this build of Taipan is without feature '{feature}' of taipan-core");
        self.raise(exc::NotImplementedError, message)
    }

    /// An int beyond 64 bits where there are none.
    #[cold]
    pub(crate) fn too_wide(&mut self) -> Exit {
        let message = format_args!(
            "int beyond 64 bits: this build of Taipan is without feature 'bigint' of taipan-core"
        );
        self.raise(exc::OverflowError, message)
    }
}

/// What stands in a table with a part that a build may leave out: the part, or an error that tells the feature.
macro_rules! parts {
    ($($name:ident $feature:literal;)*) => { $(
        pub(super) const fn $name(f: NativeFn) -> NativeFn {
            if cfg!(feature = $feature) { f } else { |rt, _| Err(rt.left_out($feature)) }
        }
    )* };
}
parts! {
    introspection "introspection";
    math "math";
    strings "strings";
}

/// An attribute that needs feature `introspection`.
pub(super) const fn attribute(name: &'static str, get: fn(&mut Rt, Value) -> Res<Value>) -> GetSetDef {
    let left_out: fn(&mut Rt, Value) -> Res<Value> = |rt, _| {
        let message = format_args!("this build of Taipan is without feature 'introspection' of taipan-core");
        Err(rt.raise(exc::AttributeError, message))
    };
    GetSetDef { name, get: if cfg!(feature = "introspection") { get } else { left_out }, set: None }
}

/// Attributes that only builds with feature `introspection` have.
pub(super) const fn introspective(list: &'static [GetSetDef]) -> &'static [GetSetDef] {
    if cfg!(feature = "introspection") { list } else { &[] }
}

/// A docstring, which only builds with feature `introspection` have.
pub(super) const fn doc(text: &'static str) -> &'static str {
    if cfg!(feature = "introspection") { text } else { "" }
}

/// A type that cannot be made.
#[cfg(any(not(feature = "bytes"), not(feature = "sets")))]
const fn left_out(kind: u8, name: &'static str, new: crate::interp::NativeFn) -> crate::interp::TypeDef {
    crate::interp::TypeDef {
        kind,
        doc: "",
        base: crate::object::kind::Object,
        new: Some(crate::interp::def(name, "*args, **kwargs", new)),
        methods: &[],
        getset: &[],
        slots: &crate::interp::Slots::NONE,
        subclassable: false,
    }
}

/// Without feature `bytes`.
#[cfg(not(feature = "bytes"))]
pub mod bytes {
    use super::left_out;
    use crate::exit::Res;
    use crate::interp::{Args, Rt, TypeDef};
    use crate::value::Value;

    /// `bytes`.
    pub static BYTES: TypeDef = left_out(crate::object::kind::Bytes, "bytes", new);

    fn new(rt: &mut Rt, _: Args) -> Res<Value> {
        Err(rt.left_out("bytes"))
    }
}

#[cfg(not(feature = "bytes"))]
pub(super) mod int_bytes {
    use crate::exit::Res;
    use crate::interp::{Args, Rt};
    use crate::value::Value;

    pub fn to_bytes(rt: &mut Rt, _: Args) -> Res<Value> {
        Err(rt.left_out("bytes"))
    }

    pub use to_bytes as from_bytes;
}

#[cfg(not(feature = "bytes"))]
pub(super) mod codec {
    use crate::exit::Res;
    use crate::heap::Gc;
    use crate::interp::{Args, Rt};
    use crate::object::Str;
    use crate::value::Value;

    pub fn encode_method(rt: &mut Rt, _: Args) -> Res<Value> {
        Err(rt.left_out("bytes"))
    }

    #[allow(missing_docs)]
    pub enum UnicodeError {
        Encode,
        Decode,
        Translate,
    }

    pub fn decode(rt: &mut Rt, _: Value, _: Option<Gc<Str>>, _: Option<Gc<Str>>) -> Res<Value> {
        Err(rt.left_out("bytes"))
    }

    /// Errors of codecs do not occur.
    pub fn unicode_error_text(_: &mut Rt, _: UnicodeError, _: &[Value]) -> Res<Option<Value>> {
        Ok(None)
    }
}

/// Without feature `sets`.
#[cfg(not(feature = "sets"))]
pub mod set {
    use super::left_out;
    use crate::exit::Res;
    use crate::interp::{Args, Rt, TypeDef};
    use crate::object::kind;
    use crate::value::Value;

    /// `set`.
    pub static SET: TypeDef = left_out(kind::Set, "set", new);
    /// `frozenset`.
    pub static FROZENSET: TypeDef = left_out(kind::FrozenSet, "frozenset", new);

    fn new(rt: &mut Rt, _: Args) -> Res<Value> {
        Err(rt.left_out("sets"))
    }

    /// `{item, …}`.
    pub fn build_set(rt: &mut Rt, _: &[Value]) -> Res<Value> {
        Err(rt.left_out("sets"))
    }

    /// There is no set to add to.
    pub fn set_add(rt: &mut Rt, _: Value, _: Value) -> Res<()> {
        Err(rt.left_out("sets"))
    }

    /// There is no set to add to.
    pub fn set_update(rt: &mut Rt, _: Value, _: Value) -> Res<()> {
        Err(rt.left_out("sets"))
    }
}

#[cfg(not(feature = "format"))]
pub(super) mod format_method {
    use crate::exit::Res;
    use crate::interp::{Args, Rt};
    use crate::value::Value;

    pub fn format(rt: &mut Rt, _: Args) -> Res<Value> {
        Err(rt.left_out("format"))
    }

    pub use format as format_map;
}

#[cfg(not(feature = "format"))]
pub(super) mod percent {
    use crate::exit::Res;
    use crate::interp::Rt;
    use crate::value::Value;

    pub fn str_percent(rt: &mut Rt, _: Value, _: Value) -> Res<Value> {
        Err(rt.left_out("format"))
    }

    #[cfg(feature = "bytes")]
    pub fn bytes_percent(rt: &mut Rt, _: crate::heap::Gc<crate::object::Bytes>, _: Value) -> Res<Value> {
        Err(rt.left_out("format"))
    }
}

#[cfg(not(feature = "bigint"))]
pub(super) mod big_int {
    use crate::builtins::int_ops::float_pow;
    use crate::builtins::num_support::fail;
    use crate::exit::Res;
    use crate::interp::{BinOp, Rt, UnOp};
    use crate::num::NumError;
    use crate::object::float;
    use crate::object::int::{self, Big, IntRef};
    use crate::value::Value;

    /// A result of words that does not fit one.
    pub fn wide(rt: &mut Rt, _: impl FnOnce() -> i128) -> Res<Value> {
        Err(rt.too_wide())
    }

    /// What is left when the operation on words gave no result.
    #[cold]
    pub fn binary(rt: &mut Rt, op: BinOp, a: IntRef, b: IntRef) -> Res<Value> {
        let (IntRef::Small(x), IntRef::Small(y)) = (a, b);
        match op {
            BinOp::Shl | BinOp::Shr if y < 0 => Err(fail(rt, NumError::NegativeShift)),
            BinOp::Shl if x == 0 => Ok(Value::ZERO),
            BinOp::TrueDiv if y == 0 => Err(fail(rt, NumError::ZeroDivision)),
            BinOp::TrueDiv => {
                let q = crate::num::bigint::divide_words(x.unsigned_abs(), y.unsigned_abs());
                float::new(&mut rt.heap, if (x < 0) != (y < 0) { -q } else { q })
            }
            BinOp::Pow if y < 0 => float_pow(rt, x as f64, y as f64),
            _ => Err(rt.too_wide()),
        }
    }

    pub fn divmod(rt: &mut Rt, _: IntRef, _: IntRef) -> Res<(Value, Value)> {
        Err(rt.too_wide())
    }

    pub fn unary(_: &mut Rt, _: UnOp, _: Value, b: Big) -> Res<Value> {
        match b {}
    }

    /// Its products would be too wide.
    pub fn pow_mod(rt: &mut Rt, _: IntRef, _: IntRef, _: IntRef) -> Res<Value> {
        Err(rt.left_out("bigint"))
    }

    /// `round(a, -places)`: half to even, to a multiple of `10**places`.
    pub fn round_tens(rt: &mut Rt, _: Value, a: IntRef, places: u64) -> Res<Value> {
        let IntRef::Small(n) = a;
        let unit = u32::try_from(places).ok().and_then(|p| 10u64.checked_pow(p));
        let Some(unit) = unit else { return Ok(Value::ZERO) };
        let (q, r) = (n.unsigned_abs() / unit, n.unsigned_abs() % unit);
        let up = r > unit - r || (r == unit - r && q & 1 == 1);
        let rounded = (q + up as u64).checked_mul(unit).and_then(|m| i64::try_from(m).ok());
        match rounded {
            Some(m) => int::from_i64(&mut rt.heap, if n < 0 { -m } else { m }),
            None => Err(rt.too_wide()),
        }
    }
}

/// `x ** y` for the exponents that need no function of `math`.
#[cfg(not(any(feature = "math", feature = "speed")))]
pub(super) fn pow(x: f64, y: f64) -> Option<Result<f64, crate::num::float::PowError>> {
    use crate::num::float::PowError;
    let power = match y {
        0.0 => 1.0,
        1.0 => x,
        2.0 => x * x,
        -1.0 if x == 0.0 => return Some(Err(PowError::ZeroDivision)),
        -1.0 => 1.0 / x,
        0.5 if x < 0.0 && x.is_finite() => return Some(Err(PowError::Complex)),
        0.5 => libm::sqrt(x.abs()),
        _ => return None,
    };
    Some(if power.is_infinite() && x.is_finite() { Err(PowError::Overflow) } else { Ok(power) })
}
