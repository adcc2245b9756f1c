//! The format-spec grammar of CPython 3.14 and the errors it can give.
//!
//! `[[fill]align][sign]["z"]["#"]["0"][width][grouping]["." [precision][grouping]][type]`

use crate::num::{NumError, Sink};

/// Where the text stands in its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `^`
    Center,
    /// `=`: padding between sign and digits
    AfterSign,
}

/// What is written before a number that is not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `-`: nothing
    Minus,
    /// `+`
    Plus,
    /// a blank
    Space,
}

/// What is to be formatted; decides the default type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An `int` (default type `d`).
    Int,
    /// A `float` (no default type).
    Float,
    /// A `str` (default type `s`).
    Str,
}

/// A parsed format spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The padding character.
    pub fill: char,
    /// The alignment, if given.
    pub align: Option<Align>,
    /// The sign option, if given.
    pub sign: Option<Sign>,
    /// `z`: negative zero is written as zero.
    pub no_neg_zero: bool,
    /// `#`
    pub alternate: bool,
    /// A `0` before the width, without a fill character: numbers pad after the sign.
    pub zero_pad: bool,
    /// The least width.
    pub width: usize,
    /// `,` or `_` between groups of integer digits.
    pub grouping: Option<char>,
    /// The precision, if given.
    pub precision: Option<usize>,
    /// `,` or `_` between groups of fraction digits.
    pub frac_grouping: Option<char>,
    /// The type character, or the target's default; `'\0'` for a float without one.
    pub kind: char,
}

/// Why a spec is refused. [`SpecError::write_message`] gives CPython's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SpecError {
    /// Width or precision does not fit a word.
    TooManyDigits,
    /// Both `,` and `_`.
    BothSeparators,
    /// A point without a precision.
    MissingPrecision,
    /// More than one character where the type should be.
    Invalid,
    /// A type the object does not know.
    UnknownCode(char),
    /// A separator with a type that takes none.
    Separator(char, char),
    /// A precision for an integer.
    IntPrecision,
    /// `z` for an integer.
    IntNegZero,
    /// A sign with `c`.
    CharSign,
    /// `#` with `c`.
    CharAlternate,
    /// `c` with a number that is no character (`OverflowError`).
    CharRange,
    /// A sign for a string.
    StrSign,
    /// A blank sign for a string.
    StrSpace,
    /// `z` for a string.
    StrNegZero,
    /// `#` for a string.
    StrAlternate,
    /// `=` for a string.
    StrAlign,
    /// A precision beyond a C int.
    PrecisionTooBig,
    /// An integer too large for a float presentation (`OverflowError`).
    IntTooLarge,
    /// The number kernel or the sink failed.
    Num(NumError),
}

impl From<NumError> for SpecError {
    fn from(e: NumError) -> Self {
        SpecError::Num(e)
    }
}

impl SpecError {
    /// Whether CPython raises `OverflowError` rather than `ValueError`.
    pub fn is_overflow(self) -> bool {
        matches!(self, SpecError::CharRange | SpecError::IntTooLarge)
    }

    /// Writes the exception's message. `spec` is the whole spec, `type_name` the object's type.
    pub fn write_message(self, spec: &str, type_name: &str, out: &mut dyn Sink) -> Result<(), NumError> {
        let fixed = match self {
            SpecError::TooManyDigits => "Too many decimal digits in format string",
            SpecError::BothSeparators => "Cannot specify both ',' and '_'.",
            SpecError::MissingPrecision => "Format specifier missing precision",
            SpecError::IntPrecision => "Precision not allowed in integer format specifier",
            SpecError::IntNegZero => "Negative zero coercion (z) not allowed in integer format specifier",
            SpecError::CharSign => "Sign not allowed with integer format specifier 'c'",
            SpecError::CharAlternate => "Alternate form (#) not allowed with integer format specifier 'c'",
            SpecError::CharRange => "%c arg not in range(0x110000)",
            SpecError::StrSign => "Sign not allowed in string format specifier",
            SpecError::StrSpace => "Space not allowed in string format specifier",
            SpecError::StrNegZero => "Negative zero coercion (z) not allowed in string format specifier",
            SpecError::StrAlternate => "Alternate form (#) not allowed in string format specifier",
            SpecError::StrAlign => "'=' alignment not allowed in string format specifier",
            SpecError::PrecisionTooBig => "precision too big",
            SpecError::IntTooLarge => "int too large to convert to float",
            SpecError::Num(NumError::Memory) => "out of memory",
            SpecError::Num(_) => "number formatting failed",
            SpecError::Invalid => {
                return push_all(
                    out,
                    &["Invalid format specifier '", spec, "' for object of type '", type_name, "'"],
                );
            }
            SpecError::UnknownCode(c) => {
                out.push_str("Unknown format code '")?;
                push_code(out, c)?;
                return push_all(out, &["' for object of type '", type_name, "'"]);
            }
            SpecError::Separator(sep, c) => {
                out.push_str("Cannot specify '")?;
                out.push_fill(sep, 1)?;
                out.push_str("' with '")?;
                push_code(out, c)?;
                return out.push_str("'.");
            }
        };
        out.push_str(fixed)
    }
}

fn push_all(out: &mut dyn Sink, parts: &[&str]) -> Result<(), NumError> {
    parts.iter().try_for_each(|p| out.push_str(p))
}

/// A type character: itself if printable ASCII, else `\x` and its code in hexadecimal.
fn push_code(out: &mut dyn Sink, c: char) -> Result<(), NumError> {
    if ('!'..='\x7f').contains(&c) {
        return out.push_fill(c, 1);
    }
    out.push_str("\\x")?;
    push_hex(out, c as u32)
}

/// `v` in hexadecimal, without leading zeros.
pub(super) fn push_hex(out: &mut dyn Sink, v: u32) -> Result<(), NumError> {
    let digits = (32 - v.leading_zeros()).div_ceil(4).max(1);
    (0..digits)
        .rev()
        .try_for_each(|i| out.push_fill(char::from_digit(v >> (4 * i) & 15, 16).unwrap_or('0'), 1))
}

/// The characters of a spec, one at a time.
struct Cursor<'a> {
    rest: &'a str,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn advance(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next();
        self.rest = chars.as_str();
        c
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.advance();
        }
        found
    }

    /// A run of digits, if there is one.
    fn number(&mut self) -> Result<Option<usize>, SpecError> {
        let mut value = None;
        while let Some(d) = self.peek().and_then(|c| c.to_digit(10)) {
            let v = value.unwrap_or(0u64).checked_mul(10).and_then(|v| v.checked_add(d as u64));
            value = Some(v.filter(|&v| v <= i64::MAX as u64).ok_or(SpecError::TooManyDigits)?);
            self.advance();
        }
        // The same digits are too many on every target; what no memory can hold is more than there is.
        Ok(value.map(|v| v.min(isize::MAX as u64) as usize))
    }

    /// A grouping option; a second, different one is an error.
    fn grouping(&mut self) -> Result<Option<char>, SpecError> {
        let comma = self.eat(',');
        if self.peek() == Some('_') {
            if comma {
                return Err(SpecError::BothSeparators);
            }
            self.advance();
            if self.peek() == Some(',') {
                return Err(SpecError::BothSeparators);
            }
            return Ok(Some('_'));
        }
        Ok(comma.then_some(','))
    }
}

fn align_of(c: char) -> Option<Align> {
    match c {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

/// Parses `spec` for an object of kind `target`.
pub fn parse(spec: &str, target: Target) -> Result<Spec, SpecError> {
    let mut out = Spec {
        fill: ' ',
        align: None,
        sign: None,
        no_neg_zero: false,
        alternate: false,
        zero_pad: false,
        width: 0,
        grouping: None,
        precision: None,
        frac_grouping: None,
        kind: match target {
            Target::Int => 'd',
            Target::Float => '\0',
            Target::Str => 's',
        },
    };
    let mut cur = Cursor { rest: spec };
    let filled = parse_align(&mut cur, &mut out);
    out.sign = match cur.peek() {
        Some('-') => Some(Sign::Minus),
        Some('+') => Some(Sign::Plus),
        Some(' ') => Some(Sign::Space),
        _ => None,
    };
    if out.sign.is_some() {
        cur.advance();
    }
    out.no_neg_zero = cur.eat('z');
    out.alternate = cur.eat('#');
    if !filled && cur.eat('0') {
        out.fill = '0';
        out.zero_pad = true;
    }
    out.width = cur.number()?.unwrap_or(0);
    out.grouping = cur.grouping()?;
    if cur.eat('.') {
        out.precision = cur.number()?;
        out.frac_grouping = cur.grouping()?;
        if out.precision.is_none() && out.frac_grouping.is_none() {
            return Err(SpecError::MissingPrecision);
        }
    }
    if let Some(c) = cur.advance() {
        if !cur.rest.is_empty() {
            return Err(SpecError::Invalid);
        }
        out.kind = c;
    }
    check_grouping(&out)?;
    Ok(out)
}

/// `[[fill]align]`; whether a fill character was given.
fn parse_align(cur: &mut Cursor, out: &mut Spec) -> bool {
    let mut chars = cur.rest.chars();
    let (first, second) = (chars.next(), chars.next());
    if let (Some(fill), Some(align)) = (first, second.and_then(align_of)) {
        out.fill = fill;
        out.align = Some(align);
        cur.rest = chars.as_str();
        return true;
    }
    out.align = first.and_then(align_of);
    if out.align.is_some() {
        cur.advance();
    }
    false
}

fn check_grouping(spec: &Spec) -> Result<(), SpecError> {
    if let Some(sep) = spec.grouping {
        let allowed = match spec.kind {
            'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0' => true,
            'b' | 'o' | 'x' | 'X' => sep == '_',
            _ => false,
        };
        if !allowed {
            return Err(SpecError::Separator(sep, spec.kind));
        }
    }
    match spec.frac_grouping {
        Some(sep) if spec.kind == 'n' => Err(SpecError::Separator(sep, 'n')),
        _ => Ok(()),
    }
}
