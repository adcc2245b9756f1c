//! Names the runtime itself looks up, interned once per VM on first use.

macro_rules! names {
    ($($n:ident)*) => {
        /// A name the runtime knows by number.
        #[allow(non_camel_case_types, missing_docs)]
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u16)]
        pub enum Name { $($n,)* }
        impl Name {
            /// Number of names.
            pub const COUNT: usize = [$(Name::$n,)*].len();
            /// All names in order.
            pub const ALL: [Name; Name::COUNT] = [$(Name::$n,)*];
            /// The text.
            pub const fn text(self) -> &'static str {
                match self { $(Name::$n => stringify!($n),)* }
            }
        }
    };
}

names! {
    __add__ __sub__ __mul__ __matmul__ __truediv__ __floordiv__ __mod__ __pow__ __lshift__ __rshift__ __and__ __or__ __xor__
    __radd__ __rsub__ __rmul__ __rmatmul__ __rtruediv__ __rfloordiv__ __rmod__ __rpow__ __rlshift__ __rrshift__ __rand__ __ror__ __rxor__
    __iadd__ __isub__ __imul__ __imatmul__ __itruediv__ __ifloordiv__ __imod__ __ipow__ __ilshift__ __irshift__ __iand__ __ior__ __ixor__
    __lt__ __le__ __eq__ __ne__ __gt__ __ge__
    __neg__ __pos__ __invert__ __abs__ __bool__ __len__ __hash__ __repr__ __str__ __format__ __bytes__
    __int__ __float__ __index__
    __getitem__ __setitem__ __delitem__ __contains__ __iter__ __next__ __missing__
    __getattr__ __getattribute__ __setattr__ __delattr__ __get__ __set__ __delete__
    __new__ __init__ __call__ __init_subclass__ __class_getitem__ __instancecheck__ __subclasscheck__
    __enter__ __exit__
    __class__ __dict__ __doc__ __name__ __qualname__ __module__ __slots__
    __classcell__ __match_args__
    __main__ __build_class__
    builtins stdout stderr
}
