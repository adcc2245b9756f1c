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
    __neg__ __pos__ __invert__ __abs__ __bool__ __len__ __length_hint__ __hash__ __repr__ __str__ __format__ __bytes__
    __int__ __float__ __complex__ __index__ __round__ __trunc__ __floor__ __ceil__ __divmod__ __rdivmod__
    __getitem__ __setitem__ __delitem__ __contains__ __iter__ __next__ __reversed__ __missing__
    __getattr__ __getattribute__ __setattr__ __delattr__ __get__ __set__ __delete__ __set_name__ __dir__
    __new__ __init__ __del__ __call__ __init_subclass__ __class_getitem__ __instancecheck__ __subclasscheck__ __prepare__ __mro_entries__
    __enter__ __exit__ __await__ __aiter__ __anext__ __aenter__ __aexit__
    __class__ __dict__ __doc__ __name__ __qualname__ __module__ __bases__ __base__ __mro__ __slots__ __weakref__ __subclasses__
    __classcell__ __annotations__ __annotate__ __type_params__ __code__ __globals__ __closure__ __defaults__ __kwdefaults__ __wrapped__
    __func__ __self__ __cause__ __context__ __traceback__ __suppress_context__ __notes__ __objclass__
    __file__ __path__ __package__ __loader__ __spec__ __builtins__ __main__ __import__ __build_class__ __debug__ __all__ __match_args__
    __reduce__ __reduce_ex__ __getstate__ __sizeof__ __subclasshook__ __firstlineno__ __static_attributes__ __orig_bases__ __abstractmethods__
    args name obj value code msg filename lineno offset text end_lineno end_offset print_file_and_line path keys items values append
    builtins sys stdout stderr stdin write flush metaclass send throw close sep end file mro fget fset fdel start stop step
    real imag numerator denominator join key
}
