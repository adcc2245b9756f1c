//! Text formatting of numbers and strings: the format-spec mini-language and `str % args`.
//!
//! `spec` parses a spec, `int`, `float` and `string` write a value under it, [`percent`] is the
//! printf-style counterpart, [`quick`] knows the commonest of both; `layout` puts sign, prefix, grouping and padding together for all of them.

mod float;
mod int;
mod layout;
pub mod percent;
pub mod quick;
mod spec;
mod string;

pub use float::format_float;
pub use int::format_int;
pub use spec::{Align, Sign, Spec, SpecError, Target, parse};
pub use string::{StrLayout, format_str, str_layout};
