//! Exceptions and tracebacks.

use super::func::Code;
use crate::exit::Res;
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// Layout of `BaseException` and all its subclasses.
#[repr(C)]
#[derive(Debug)]
pub struct Exception {
    pub(crate) header: Header,
    /// `args` (tuple).
    pub args: Cell<Value>,
    /// `__cause__`, or None.
    pub cause: Cell<Value>,
    /// `__context__`, or None.
    pub context: Cell<Value>,
    /// `__traceback__`, or None.
    pub traceback: Cell<Value>,
    /// `__suppress_context__`.
    pub suppress: Cell<bool>,
    /// `name` of NameError, AttributeError, ImportError; `value` of StopIteration; `code` of SystemExit; else unbound.
    pub extra: Cell<Value>,
    /// `obj` of AttributeError; else unbound.
    pub obj: Cell<Value>,
    pub(crate) ext: Cell<Value>,
}
super::heap_type!(Exception => Exception, Traceback => Traceback);

/// A new exception of shape `shape` with `args`.
pub fn new(heap: &mut Heap, shape: u32, args: Value) -> Res<Gc<Exception>> {
    heap.new_object(shape, 0, |header| Exception {
        header,
        args: Cell::new(args),
        cause: Cell::new(Value::NONE),
        context: Cell::new(Value::NONE),
        traceback: Cell::new(Value::NONE),
        suppress: Cell::new(false),
        extra: Cell::new(Value::UNBOUND),
        obj: Cell::new(Value::UNBOUND),
        ext: Cell::new(Value::UNBOUND),
    })
}

/// One entry of a traceback: a frame's code and the instruction that raised or called.
#[repr(C)]
#[derive(Debug)]
pub struct Traceback {
    pub(crate) header: Header,
    /// The next inner entry, or None.
    pub next: Cell<Value>,
    pub(crate) code: Gc<Code>,
    /// Instruction index.
    pub at: u32,
}

/// A new entry in front of `next`.
pub fn new_traceback(heap: &mut Heap, next: Value, code: Gc<Code>, at: u32) -> Res<Gc<Traceback>> {
    heap.new_object(super::kind::Traceback as u32, 0, |header| Traceback {
        header,
        next: Cell::new(next),
        code,
        at,
    })
}

macro_rules! exceptions {
    ($( $name:ident : $base:ident; )*) => {
        /// Numbers of the built-in exception types; they continue the kinds' numbers.
        #[allow(non_upper_case_globals, missing_docs)]
        pub mod exc {
            #[repr(u16)]
            enum Numbers { First = 127, $($name,)* End }
            $( pub const $name: u16 = Numbers::$name as u16; )*
            /// First number.
            pub const FIRST: u16 = Numbers::First as u16 + 1;
            /// One past the last number.
            pub const END: u16 = Numbers::End as u16;
        }
        /// Name and base of each exception type, in numeric order; bases precede.
        pub const EXCEPTIONS: &[(&str, u16)] = &[ $( (stringify!($name), exceptions!(@base $base)), )* ];
    };
    (@base BaseException) => { super::kind::Exception as u16 };
    (@base $base:ident) => { exc::$base };
}

exceptions! {
    Exception: BaseException;
    GeneratorExit: BaseException;
    KeyboardInterrupt: BaseException;
    SystemExit: BaseException;
    BaseExceptionGroup: BaseException;
    ArithmeticError: Exception;
    FloatingPointError: ArithmeticError;
    OverflowError: ArithmeticError;
    ZeroDivisionError: ArithmeticError;
    AssertionError: Exception;
    AttributeError: Exception;
    BufferError: Exception;
    EOFError: Exception;
    ImportError: Exception;
    ModuleNotFoundError: ImportError;
    LookupError: Exception;
    IndexError: LookupError;
    KeyError: LookupError;
    MemoryError: Exception;
    NameError: Exception;
    UnboundLocalError: NameError;
    OSError: Exception;
    BlockingIOError: OSError;
    ChildProcessError: OSError;
    ConnectionError: OSError;
    BrokenPipeError: ConnectionError;
    FileExistsError: OSError;
    FileNotFoundError: OSError;
    InterruptedError: OSError;
    IsADirectoryError: OSError;
    NotADirectoryError: OSError;
    PermissionError: OSError;
    ProcessLookupError: OSError;
    TimeoutError: OSError;
    ReferenceError: Exception;
    RuntimeError: Exception;
    NotImplementedError: RuntimeError;
    RecursionError: RuntimeError;
    PythonFinalizationError: RuntimeError;
    StopIteration: Exception;
    StopAsyncIteration: Exception;
    SyntaxError: Exception;
    IndentationError: SyntaxError;
    TabError: IndentationError;
    SystemError: Exception;
    TypeError: Exception;
    ValueError: Exception;
    UnicodeError: ValueError;
    UnicodeDecodeError: UnicodeError;
    UnicodeEncodeError: UnicodeError;
    UnicodeTranslateError: UnicodeError;
    Warning: Exception;
    BytesWarning: Warning;
    DeprecationWarning: Warning;
    EncodingWarning: Warning;
    FutureWarning: Warning;
    ImportWarning: Warning;
    PendingDeprecationWarning: Warning;
    ResourceWarning: Warning;
    RuntimeWarning: Warning;
    SyntaxWarning: Warning;
    UnicodeWarning: Warning;
    UserWarning: Warning;
    ExceptionGroup: Exception;
}
