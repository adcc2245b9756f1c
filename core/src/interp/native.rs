//! Built-in functions and types: their static definitions and how natives see their arguments.
//!
//! Definitions lie in rodata; function objects are made on first use. A native runs to completion on the host stack
//! and never calls guest code: where it would have to, it asks the interpreter to call something in its place
//! ([`Rt::delegate`], [`Rt::tail_call`]), usually a function of frozen Python.
//!
//! Invariants of every native: allocate and check before the first effect (it may be run again after `NeedGc` or a
//! pause for fuel); charge work that grows with the arguments before doing it ([`Rt::charge`]); look at
//! [`Rt::poll`] in loops that may take longer than a millisecond.

use super::Rt;
use crate::exit::Res;
use crate::value::Value;

/// Arguments of a native, already bound to its parameters: one slot per parameter of the signature, unbound where
/// an optional one was not given. With `*args`, the other parameters come first and the extra positional ones
/// follow; with `**kwargs`, a dict (or unbound) stands after the named parameters.
#[derive(Clone, Copy, Debug)]
pub struct Args {
    first: *const Value,
    len: usize,
}

impl Args {
    /// # Safety
    /// `first` points to `len` values that stay in place while the native runs (VM stack).
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) const unsafe fn new(first: *const Value, len: usize) -> Args {
        Args { first, len }
    }
    /// Arguments for a native that a test calls itself.
    #[cfg(test)]
    pub(crate) fn of(slots: &[Value]) -> Args {
        // SAFETY: tests keep the slice while the native runs.
        unsafe { Args::new(slots.as_ptr(), slots.len()) }
    }
    /// Number of slots.
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn len(self) -> usize {
        self.len
    }
    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }
    /// Slot `i`; unbound if there is none or it was not given.
    #[cfg_attr(feature = "speed", inline(always))]
    #[cfg_attr(not(feature = "speed"), inline(never))]
    pub fn at(self, i: usize) -> Value {
        // SAFETY: `i < len`; the slots stay in place while the native runs.
        if i < self.len { unsafe { *self.first.add(i) } } else { Value::UNBOUND }
    }
    /// Slot `i` if it was given.
    #[cfg_attr(feature = "speed", inline(always))]
    #[cfg_attr(not(feature = "speed"), inline(never))]
    pub fn opt(self, i: usize) -> Option<Value> {
        let v = self.at(i);
        if v.is_unbound() { None } else { Some(v) }
    }
    /// Slot `i`, or `default` if it was not given.
    #[cfg_attr(feature = "speed", inline(always))]
    #[cfg_attr(not(feature = "speed"), inline(never))]
    pub fn or(self, i: usize, default: Value) -> Value {
        self.opt(i).unwrap_or(default)
    }
    /// Slots from `i` on (the extra positional arguments of a `*args` native).
    pub fn rest(self, i: usize) -> Args {
        let i = i.min(self.len);
        // SAFETY: still inside the same slots.
        unsafe { Args::new(self.first.add(i), self.len - i) }
    }
    /// The slots as a slice; not held across anything that pushes frames.
    pub fn slice(&self) -> &[Value] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: as for `at`.
        unsafe { core::slice::from_raw_parts(self.first, self.len) }
    }
}

/// The code of a native.
pub type NativeFn = fn(&mut Rt, Args) -> Res<Value>;

/// Shape of a native's parameters, computed at compile time from its signature text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sig {
    /// The text, as in Python: `"self, key, /, default=None, *, flag=False"`, `"*args, sep=' '"`.
    pub text: &'static str,
    /// Positional parameters (positional-only ones included).
    pub pos: u8,
    /// Positional-only parameters.
    pub posonly: u8,
    /// Positional parameters without a default.
    pub required: u8,
    /// Keyword-only parameters.
    pub kwonly: u8,
    /// Has `*args`.
    pub varargs: bool,
    /// Has `**kwargs`.
    pub varkw: bool,
}

impl Sig {
    /// Parses a signature. Parameters are separated by `", "`; defaults contain no comma.
    pub const fn parse(text: &'static str) -> Sig {
        let t = text.as_bytes();
        let mut s = Sig { text, pos: 0, posonly: 0, required: 0, kwonly: 0, varargs: false, varkw: false };
        let (mut i, mut keyword_only) = (0, false);
        while i < t.len() {
            let start = i;
            let mut has_default = false;
            while i < t.len() && t[i] != b',' {
                has_default |= t[i] == b'=';
                i += 1;
            }
            let star = t[start] == b'*';
            if t[start] == b'/' {
                s.posonly = s.pos;
            } else if star && i - start > 1 && t[start + 1] == b'*' {
                s.varkw = true;
            } else if star {
                s.varargs = i - start > 1;
                keyword_only = true;
            } else if keyword_only {
                s.kwonly += 1;
            } else {
                s.pos += 1;
                if !has_default {
                    s.required += 1;
                }
            }
            i += 2;
        }
        s
    }

    /// Named parameters in slot order (positional, then keyword-only).
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.text
            .split(',')
            .map(|p| p.trim_start_matches(' '))
            .filter(|p| !p.is_empty() && !p.starts_with('*') && *p != "/")
            .map(|p| p.split('=').next().unwrap_or(p))
    }
    /// Slots before the extra positional arguments.
    #[inline]
    pub const fn slots(&self) -> usize {
        self.pos as usize + self.kwonly as usize + self.varkw as usize
    }
    /// Whether only positional arguments without surprises can be given (no keywords, no `*args`).
    #[inline]
    pub const fn is_plain(&self) -> bool {
        !self.varargs && !self.varkw && self.kwonly == 0
    }
}

/// A built-in function or method; [`def`] and its like make it. There are hundreds, so it is packed.
#[derive(Debug)]
pub struct NativeDef {
    /// Code.
    pub func: NativeFn,
    name: *const u8,
    /// The text of the signature.
    text: *const u8,
    name_len: u8,
    text_len: u8,
    /// The numbers of [`Sig`] in its order: 3, 3, 3, 3, 1 and 1 bits; then the [`Binding`].
    shape: u16,
}
// SAFETY: it is a constant, and what it points to are static texts.
unsafe impl Sync for NativeDef {}

impl NativeDef {
    const fn new(name: &'static str, sig: &'static str, func: NativeFn, binding: Binding) -> NativeDef {
        let s = Sig::parse(sig);
        assert!(
            s.pos < 8 && s.kwonly < 8 && sig.len() < 256 && name.len() < 256,
            "a signature that does not fit its place"
        );
        let counts = s.pos as u16 | (s.posonly as u16) << 3 | (s.required as u16) << 6;
        let shape = counts | (s.kwonly as u16) << 9 | (s.varargs as u16) << 12 | (s.varkw as u16) << 13;
        NativeDef {
            func,
            name: name.as_ptr(),
            text: sig.as_ptr(),
            name_len: name.len() as u8,
            text_len: sig.len() as u8,
            shape: shape | (binding as u16) << 14,
        }
    }

    /// Name.
    pub const fn name(&self) -> &'static str {
        // SAFETY: `new` took pointer and length from a static str.
        unsafe { text_at(self.name, self.name_len) }
    }

    /// How an attribute look-up on an instance binds it.
    pub const fn binding(&self) -> Binding {
        match self.shape >> 14 {
            0 => Binding::Method,
            1 => Binding::Class,
            _ => Binding::Static,
        }
    }

    /// Parameters; a method's first is `self` (a class method's `cls`).
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn sig(&self) -> Sig {
        let n = |at: u32, bits: u32| (self.shape >> at & ((1 << bits) - 1)) as u8;
        // SAFETY: `new` took pointer and length from a static str.
        let text = unsafe { text_at(self.text, self.text_len) };
        Sig {
            text,
            pos: n(0, 3),
            posonly: n(3, 3),
            required: n(6, 3),
            kwonly: n(9, 3),
            varargs: n(12, 1) != 0,
            varkw: n(13, 1) != 0,
        }
    }
}

/// # Safety
/// The pointer and length are those of a static str.
#[cfg_attr(feature = "speed", inline(always))]
const unsafe fn text_at(start: *const u8, len: u8) -> &'static str {
    // SAFETY: the caller's promise.
    unsafe { core::str::from_utf8_unchecked(core::slice::from_raw_parts(start, len as usize)) }
}

/// How a built-in type's function binds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Binding {
    /// To the instance.
    Method,
    /// To the class.
    Class,
    /// Not at all.
    Static,
}

/// A method of a built-in type, or a module-level function.
pub const fn def(name: &'static str, sig: &'static str, func: NativeFn) -> NativeDef {
    NativeDef::new(name, sig, func, Binding::Method)
}
/// A class method.
pub const fn class_def(name: &'static str, sig: &'static str, func: NativeFn) -> NativeDef {
    NativeDef::new(name, sig, func, Binding::Class)
}
/// A static method.
pub const fn static_def(name: &'static str, sig: &'static str, func: NativeFn) -> NativeDef {
    NativeDef::new(name, sig, func, Binding::Static)
}

/// A computed attribute of a built-in type.
#[derive(Debug)]
pub struct GetSetDef {
    /// Name.
    pub name: &'static str,
    /// Getter: the object.
    pub get: fn(&mut Rt, Value) -> Res<Value>,
    /// Setter: the object and the value, unbound to delete; `None` makes it read-only.
    pub set: Option<fn(&mut Rt, Value, Value) -> Res<()>>,
}

/// A binary operator, in the order of the instruction table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    MatMul,
    TrueDiv,
    FloorDiv,
    Mod,
    Pow,
    Shl,
    Shr,
    And,
    Or,
    Xor,
}

impl BinOp {
    /// All operators in order.
    pub const ALL: [BinOp; 13] = [
        BinOp::Add,
        BinOp::Sub,
        BinOp::Mul,
        BinOp::MatMul,
        BinOp::TrueDiv,
        BinOp::FloorDiv,
        BinOp::Mod,
        BinOp::Pow,
        BinOp::Shl,
        BinOp::Shr,
        BinOp::And,
        BinOp::Or,
        BinOp::Xor,
    ];
    /// As messages show it.
    pub const fn symbol(self) -> &'static str {
        ["+", "-", "*", "@", "/", "//", "%", "** or pow()", "<<", ">>", "&", "|", "^"][self as usize]
    }
    /// As messages show the in-place form.
    pub const fn inplace_symbol(self) -> &'static str {
        ["+=", "-=", "*=", "@=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "|=", "^="][self as usize]
    }
}

/// A rich comparison, in the order of the instruction table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum CmpOp {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}

impl CmpOp {
    /// All comparisons in order.
    pub const ALL: [CmpOp; 6] = [CmpOp::Lt, CmpOp::Le, CmpOp::Eq, CmpOp::Ne, CmpOp::Gt, CmpOp::Ge];
    /// As messages show it.
    pub const fn symbol(self) -> &'static str {
        ["<", "<=", "==", "!=", ">", ">="][self as usize]
    }
    /// The comparison with operands exchanged.
    pub const fn swapped(self) -> CmpOp {
        [CmpOp::Gt, CmpOp::Ge, CmpOp::Eq, CmpOp::Ne, CmpOp::Lt, CmpOp::Le][self as usize]
    }
    /// Whether an ordering satisfies it.
    pub const fn holds(self, o: core::cmp::Ordering) -> bool {
        match self {
            CmpOp::Lt => o.is_lt(),
            CmpOp::Le => o.is_le(),
            CmpOp::Eq => o.is_eq(),
            CmpOp::Ne => o.is_ne(),
            CmpOp::Gt => o.is_gt(),
            CmpOp::Ge => o.is_ge(),
        }
    }
}

/// A unary operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum UnOp {
    Neg,
    Pos,
    Invert,
    Abs,
}

/// What a built-in type's instances can do natively. Each entry receives an object whose *payload* is that type
/// (instances of guest subclasses included); overriding by guest code is dealt with before a slot is called. The
/// special methods (`__len__`, `__add__`, …) of the type are made from its slots.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Slots {
    /// `repr(v)`; a str.
    pub repr: Option<fn(&mut Rt, Value) -> Res<Value>>,
    /// `str(v)` where it differs from `repr`.
    pub str: Option<fn(&mut Rt, Value) -> Res<Value>>,
    /// `format(v, spec)`; spec is a str.
    pub format: Option<fn(&mut Rt, Value, Value) -> Res<Value>>,
    pub len: Option<fn(&mut Rt, Value) -> Res<usize>>,
    /// Truth, where it is not `len != 0` or always true.
    pub truth: Option<fn(&mut Rt, Value) -> Res<bool>>,
    pub getitem: Option<fn(&mut Rt, Value, Value) -> Res<Value>>,
    /// Object, key, value; unbound value deletes.
    pub setitem: Option<fn(&mut Rt, Value, Value, Value) -> Res<()>>,
    /// Container, item.
    pub contains: Option<fn(&mut Rt, Value, Value) -> Res<bool>>,
    /// A new iterator (for `iter(v)` called as a function; loops use iteration states).
    pub iter: Option<fn(&mut Rt, Value) -> Res<Value>>,
    /// The next item, or unbound at the end.
    pub next: Option<fn(&mut Rt, Value) -> Res<Value>>,
    /// `a op b`; called for the left and then for the right operand's type. `NotImplemented` if it does not know.
    pub binary: Option<fn(&mut Rt, BinOp, Value, Value) -> Res<Value>>,
    /// `a op= b` where it differs from `binary`.
    pub inplace: Option<fn(&mut Rt, BinOp, Value, Value) -> Res<Value>>,
    pub unary: Option<fn(&mut Rt, UnOp, Value) -> Res<Value>>,
    /// `a op b`, a bool or `NotImplemented`. (`==` of values that `object::hash::eq` can compare never comes here.)
    pub compare: Option<fn(&mut Rt, CmpOp, Value, Value) -> Res<Value>>,
}

impl Slots {
    /// No behaviour of its own.
    pub const NONE: Slots = Slots {
        repr: None,
        str: None,
        format: None,
        len: None,
        truth: None,
        getitem: None,
        setitem: None,
        contains: None,
        iter: None,
        next: None,
        binary: None,
        inplace: None,
        unary: None,
        compare: None,
    };
}

/// A built-in type.
#[derive(Debug)]
pub struct TypeDef {
    /// Its number (`object::kind`).
    pub kind: u8,
    /// Docstring, or "".
    pub doc: &'static str,
    /// Number of the base (`kind::Object` for most).
    pub base: u8,
    /// Instances made by calling the class: class first, then the call's arguments (signature without `cls`…
    /// `*args, **kwargs` like natives: slots follow the class). `None`: cannot be created by calling.
    pub new: Option<NativeDef>,
    /// Methods.
    pub methods: &'static [NativeDef],
    /// Computed attributes.
    pub getset: &'static [GetSetDef],
    /// Native behaviour.
    pub slots: &'static Slots,
    /// May be a base class.
    pub subclassable: bool,
}

impl crate::object::Builtin {
    /// The static definition; `None` for a host function.
    pub fn native(&self) -> Option<&'static NativeDef> {
        // SAFETY: `def` is null or the address of a `NativeDef` in rodata (`object::func::Builtin`).
        unsafe { self.def.cast::<NativeDef>().as_ref() }
    }
}
