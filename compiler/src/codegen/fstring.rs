//! f-strings: literal pieces and formatted values, joined once.

use super::unit::Reg;
use super::*;
use ruff_python_ast::{self as ast, ConversionFlag, InterpolatedStringElement as Element};

/// Pieces are joined in groups of at most this many, to bound the frame.
const MAX_PIECES: usize = 64;

/// Pieces being gathered in consecutive temporaries.
struct Pieces {
    first: Reg,
    count: usize,
    literal: Vec<u8>,
    range: TextRange,
}

impl<'a> Compiler<'a> {
    pub(super) fn fstring(&mut self, f: &'a ast::ExprFString, dst: Reg) -> Res {
        let mut p = Pieces { first: self.next_tmp(), count: 0, literal: Vec::new(), range: f.range };
        for part in &f.value {
            match part {
                ast::FStringPart::Literal(s) => {
                    crate::text::append(&mut p.literal, &crate::text::literal(s, self.source));
                }
                ast::FStringPart::FString(s) => {
                    let raw = s.flags.prefix().is_raw();
                    s.elements.iter().try_for_each(|e| self.piece(&mut p, e, raw))?;
                }
            }
        }
        self.join(p, dst)
    }

    fn piece(&mut self, p: &mut Pieces, e: &'a Element, raw: bool) -> Res {
        match e {
            Element::Literal(l) => {
                let source = self.source.get(l.range.start().to_usize()..l.range.end().to_usize());
                match source {
                    Some(text) if !raw && l.value.contains('\u{fffd}') => {
                        crate::text::append(&mut p.literal, &crate::text::again(&l.value, text));
                    }
                    _ => p.literal.extend_from_slice(l.value.as_bytes()),
                }
                Ok(())
            }
            Element::Interpolation(i) => {
                if let Some(text) = &i.debug_text {
                    p.literal.extend_from_slice(text.leading().as_bytes());
                    p.literal.extend_from_slice(text.expression().as_bytes());
                    p.literal.extend_from_slice(text.trailing().as_bytes());
                }
                self.flush(p);
                let r = self.u.tmp();
                self.formatted(i, r, raw)?;
                self.count(p);
                Ok(())
            }
        }
    }

    /// Turns pending literal text into a piece.
    fn flush(&mut self, p: &mut Pieces) {
        if !p.literal.is_empty() {
            let r = self.u.tmp();
            let text = std::mem::take(&mut p.literal);
            self.load_value(Value::Str(text), r, p.range);
            self.count(p);
        }
    }

    fn count(&mut self, p: &mut Pieces) {
        p.count += 1;
        if p.count == MAX_PIECES {
            self.u.emit(p.range, Op::BuildString, p.first, p.first, p.count as u16);
            p.count = 1;
            self.u.top = p.first - TEMP + 1;
        }
    }

    fn join(&mut self, mut p: Pieces, dst: Reg) -> Res {
        if p.count == 0 {
            let text = std::mem::take(&mut p.literal);
            self.load_value(Value::Str(text), dst, p.range);
            return Ok(());
        }
        self.flush(&mut p);
        match p.count {
            1 => self.move_to(dst, p.first, p.range),
            n => self.u.emit(p.range, Op::BuildString, dst, p.first, n as u16),
        }
        Ok(())
    }

    fn formatted(&mut self, i: &'a ast::InterpolatedElement, dst: Reg, raw: bool) -> Res {
        let mark = self.u.top;
        let mut r = self.operand_in(&i.expression, i.format_spec.is_some(), Some(dst))?;
        let conversion = match i.conversion {
            ConversionFlag::None if i.debug_text.is_some() && i.format_spec.is_none() => ConversionFlag::Repr,
            c => c,
        };
        let code = match conversion {
            ConversionFlag::None => None,
            ConversionFlag::Str => Some(0),
            ConversionFlag::Repr => Some(1),
            ConversionFlag::Ascii => Some(2),
        };
        if let Some(code) = code {
            self.u.emit(i.range, Op::Convert, dst, r, code);
            r = dst;
        }
        match &i.format_spec {
            Some(spec) => {
                let s = self.u.tmp();
                let mut p =
                    Pieces { first: self.next_tmp(), count: 0, literal: Vec::new(), range: spec.range };
                spec.elements.iter().try_for_each(|e| self.piece(&mut p, e, raw))?;
                self.join(p, s)?;
                self.u.emit(i.range, Op::FormatSpec, dst, r, s);
            }
            None => self.u.emit(i.range, Op::Format, dst, r, 0),
        }
        self.free_to(mark);
        Ok(())
    }
}
