//! Object layouts: what follows the header of each kind of cell, and the operations that need no interpreter.
//!
//! Every layout is `repr(C)`, begins with a `Header`, and keeps its mutable fields in `Cell`s; variable parts are
//! raw buffers owned by the cell (`EXT` cells, freed by [`drop_ext`]) or lie inside it.
//!
//! Invariants: operations here never run guest code and never collect; those that allocate take the heap, reserve
//! first, and have no effect when they fail. A borrowed slice of a container (`items()`) is not held across a call
//! that may change that container.

pub mod bytes;
pub mod dict;
pub mod exception;
pub mod float;
pub mod func;
pub mod generator;
pub mod hash;
pub mod instance;
pub mod int;
pub mod iter;
pub mod list;
pub mod misc;
pub mod set;
mod sip;
pub mod string;
pub mod trace;
pub mod tuple;
pub mod types;
pub(crate) mod watch;

pub use bytes::Bytes;
pub use dict::Dict;
pub use exception::{Exception, Traceback};
pub use float::FloatBox;
pub use func::{BoundMethod, Builtin, CellObj, Code, Function};
pub use generator::Generator;
pub use instance::{Instance, Slots};
pub use int::BigInt;
pub use iter::SeqIter;
pub use list::List;
pub use misc::{Module, Pair, Property, Range, Slice, Wrapper};
pub use set::Set;
pub use string::Str;
pub use trace::{check_children, drop_ext, trace_cell};
pub use tuple::Tuple;
pub use types::Type;

macro_rules! kinds {
    ($( $(#[doc = $d:literal])* $name:ident = $text:literal; )*) => {
        /// Numbers of the built-in types. A cell's `kind` is the number whose layout it has; the shape number of a
        /// built-in type's own instances is the same number.
        #[allow(non_upper_case_globals, missing_docs)]
        pub mod kind {
            #[repr(u8)]
            #[allow(dead_code, reason = "the first number is a free cell's, which no constant names")]
            enum Numbers { Free, $($name,)* Count }
            $( $(#[doc = $d])* pub const $name: u8 = Numbers::$name as u8; )*
            /// Number of kinds, the free one included.
            pub const COUNT: usize = Numbers::Count as usize;
        }
        /// Type names by number.
        pub const KIND_NAMES: [&str; kind::COUNT] = ["<free>", $($text,)*];
    };
}

kinds! {
    /// Plain instances, and `object` itself.
    Object = "object";
    Type = "type";
    /// Also the type of immediate ints.
    Int = "int";
    Bool = "bool";
    Float = "float";
    Complex = "complex";
    NoneType = "NoneType";
    NotImplementedType = "NotImplementedType";
    EllipsisType = "ellipsis";
    Str = "str";
    Bytes = "bytes";
    ByteArray = "bytearray";
    Tuple = "tuple";
    List = "list";
    Dict = "dict";
    Set = "set";
    FrozenSet = "frozenset";
    Range = "range";
    Slice = "slice";
    Function = "function";
    Builtin = "builtin_function_or_method";
    /// Method of a built-in type, unbound.
    MethodDescriptor = "method_descriptor";
    WrapperDescriptor = "wrapper_descriptor";
    ClassMethodDescriptor = "classmethod_descriptor";
    BoundMethod = "method";
    Code = "code";
    Cell = "cell";
    Generator = "generator";
    Coroutine = "coroutine";
    AsyncGenerator = "async_generator";
    Module = "module";
    Traceback = "traceback";
    Frame = "frame";
    Exception = "BaseException";
    Property = "property";
    StaticMethod = "staticmethod";
    ClassMethod = "classmethod";
    Super = "super";
    /// `__slots__` member.
    Member = "member_descriptor";
    /// Computed attribute of a built-in type.
    GetSet = "getset_descriptor";
    MappingProxy = "mappingproxy";
    /// Growable buffer behind strings; not visible to guests.
    StrBuf = "<strbuf>";
    /// Overflow attributes of an instance; not visible to guests.
    Slots = "<slots>";
    ListIter = "list_iterator";
    TupleIter = "tuple_iterator";
    StrIter = "str_iterator";
    StrAsciiIter = "str_ascii_iterator";
    BytesIter = "bytes_iterator";
    RangeIter = "range_iterator";
    SetIter = "set_iterator";
    DictKeyIter = "dict_keyiterator";
    DictValueIter = "dict_valueiterator";
    DictItemIter = "dict_itemiterator";
    DictRevKeyIter = "dict_reversekeyiterator";
    DictRevValueIter = "dict_reversevalueiterator";
    DictRevItemIter = "dict_reverseitemiterator";
    ListRevIter = "list_reverseiterator";
    /// Old-style iteration by `__getitem__`.
    GetItemIter = "iterator";
    CallableIter = "callable_iterator";
    DictKeys = "dict_keys";
    DictValues = "dict_values";
    DictItems = "dict_items";
    Enumerate = "enumerate";
    Zip = "zip";
    Map = "map";
    Filter = "filter";
    Reversed = "reversed";
    WeakRef = "ReferenceType";
    MemoryView = "memoryview";
    SimpleNamespace = "SimpleNamespace";
    /// Host object.
    Host = "host_object";
    GenericAlias = "GenericAlias";
    Union = "Union";
    TypeVar = "TypeVar";
    /// Type of bound slot wrappers, which are `Builtin` cells.
    MethodWrapper = "method-wrapper";
}

/// Number of kinds.
pub const KIND_COUNT: usize = kind::COUNT;

/// Implements [`crate::heap::HeapType`] for layouts of this module.
macro_rules! heap_type {
    ($($t:ty => $k:ident),* $(,)?) => { $(
        // SAFETY: the layout is `repr(C)`, begins with a `Header`, and its constructor is the only maker of cells of
        // this kind.
        unsafe impl crate::heap::HeapType for $t {
            const KIND: u8 = crate::object::kind::$k;
        }
    )* };
}
pub(crate) use heap_type;
