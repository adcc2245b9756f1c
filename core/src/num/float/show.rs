//! `repr` of floats: the shortest digits that read back, in CPython's layout.

use super::layout::{FloatText, Shape};
use crate::num::sink::ascii_or_utf8;
use crate::num::{NumError, Sink};

/// Shortest digits of a finite float: `0.d1d2... * 10^point`.
#[derive(Clone, Copy, Debug)]
pub struct Shortest {
    digits: [u8; 20],
    len: u8,
    /// Digits before the decimal point.
    pub point: i32,
}

impl Shortest {
    /// The digits, ASCII; none for zero.
    pub fn digits(&self) -> &[u8] {
        &self.digits[..self.len as usize]
    }
}

/// The shortest digits that read back as `|x|`, finite.
pub fn shortest(x: f64) -> Shortest {
    let mut out = Shortest { digits: [0; 20], len: 0, point: 0 };
    if x == 0.0 {
        return out;
    }
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format_finite(x.abs()).as_bytes();
    let (mut point, mut seen_point, mut exp) = (0i32, false, 0i32);
    for (i, &c) in text.iter().enumerate() {
        match c {
            b'0'..=b'9' => {
                if out.len == 0 && c == b'0' {
                    point -= seen_point as i32;
                    continue;
                }
                if (out.len as usize) < out.digits.len() {
                    out.digits[out.len as usize] = c;
                    out.len += 1;
                }
                point += !seen_point as i32;
            }
            b'.' => seen_point = true,
            _ => {
                exp = small_int(&text[i + 1..]);
                break;
            }
        }
    }
    while out.len > 0 && out.digits[out.len as usize - 1] == b'0' {
        out.len -= 1;
    }
    out.point = point + exp;
    out
}

fn small_int(text: &[u8]) -> i32 {
    let (neg, digits) = crate::num::parse::split_sign(text);
    let v = digits.iter().fold(0, |v, c| v * 10 + (c - b'0') as i32);
    if neg { -v } else { v }
}

/// The text of `repr(x)`.
#[derive(Clone, Copy, Debug)]
pub struct Repr {
    bytes: [u8; 32],
    len: u8,
}

impl Repr {
    /// The text.
    pub fn as_str(&self) -> &str {
        ascii_or_utf8(&self.bytes[..self.len as usize])
    }
}

impl Sink for Repr {
    fn push_str(&mut self, s: &str) -> Result<(), NumError> {
        let at = self.len as usize;
        let room = self.bytes.get_mut(at..at + s.len()).ok_or(NumError::Sink)?;
        room.copy_from_slice(s.as_bytes());
        self.len += s.len() as u8;
        Ok(())
    }
}

/// `repr(x)`.
pub fn repr(x: f64) -> Repr {
    let mut out = Repr { bytes: [0; 32], len: 0 };
    // A repr has at most 24 characters, so the pushes below cannot fail.
    let _ = write_repr(x, &mut out);
    out
}

fn write_repr(x: f64, out: &mut Repr) -> Result<(), NumError> {
    if x.is_nan() {
        return out.push_str("nan");
    }
    if x.is_sign_negative() {
        out.push_str("-")?;
    }
    if x.is_infinite() {
        return out.push_str("inf");
    }
    let s = shortest(x);
    FloatText::new(s.digits(), s.point, Shape::repr()).write(out)
}
