//! Parser errors in CPython's words and at CPython's positions, for the common ones; otherwise CPython's plain
//! "invalid syntax" at the token where the parser stopped.

use crate::errors::{Kind, SyntaxError};
use crate::lexcheck;
use crate::lines::Lines;
use ruff_python_ast::Expr;
use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_parser::{
    InterpolatedStringErrorType as FString, LexicalErrorType, ParseError, ParseErrorType,
    parse_expression_range,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

mod patterns;

struct Context<'s> {
    e: &'s ParseError,
    source: &'s str,
    lines: &'s Lines<'s>,
    tokens: &'s [Token],
}

/// Translates the parser's first error.
pub fn translate(e: &ParseError, source: &str, lines: &Lines<'_>, tokens: &[Token]) -> SyntaxError {
    let (found, open) = lexcheck::check(source, lines);
    if let Some(found) = found {
        return found;
    }
    let c = Context { e, source, lines, tokens };
    if let Some(unclosed) = c.never_closed(&open) {
        return unclosed;
    }
    c.in_pattern().or_else(|| c.special()).unwrap_or_else(|| c.plain())
}

/// What CPython calls an expression in its messages.
fn describe(e: &Expr) -> &'static str {
    match e {
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Starred(_) => "starred",
        Expr::Name(_) => "name",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Lambda(_) => "lambda",
        Expr::Call(_) => "function call",
        Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "expression",
        Expr::Generator(_) => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::FString(_) => "f-string expression",
        Expr::TString(_) => "t-string expression",
        Expr::Compare(_) => "comparison",
        Expr::If(_) => "conditional expression",
        Expr::Named(_) => "named expression",
        Expr::BooleanLiteral(b) if b.value => "True",
        Expr::BooleanLiteral(_) => "False",
        Expr::NoneLiteral(_) => "None",
        Expr::EllipsisLiteral(_) => "ellipsis",
        _ => "literal",
    }
}

impl Context<'_> {
    fn text(&self, r: TextRange) -> &str {
        self.source.get(r.start().to_usize()..r.end().to_usize()).unwrap_or("")
    }

    fn make(&self, kind: Kind, msg: impl Into<String>, range: TextRange) -> SyntaxError {
        SyntaxError { kind, msg: msg.into(), range, point: false, no_col: false }
    }

    fn syntax(&self, msg: impl Into<String>, range: TextRange) -> Option<SyntaxError> {
        Some(self.make(Kind::Syntax, msg, range))
    }

    fn at(&self) -> TextRange {
        self.e.location
    }

    /// The significant token at or after an offset.
    fn token_at(&self, at: TextSize) -> Option<&Token> {
        let i = self.tokens.partition_point(|t| t.range().end() <= at && !t.range().is_empty());
        self.tokens[i.min(self.tokens.len())..].iter().find(|t| !is_trivia(t.kind()))
    }

    /// The significant token before an offset.
    fn token_before(&self, at: TextSize) -> Option<&Token> {
        let i = self.tokens.partition_point(|t| t.range().end() <= at);
        self.tokens[..i].iter().rev().find(|t| !is_trivia(t.kind()) && !t.range().is_empty())
    }

    fn never_closed(&self, open: &[(u8, usize)]) -> Option<SyntaxError> {
        let &(c, at) = open.last()?;
        let range = TextRange::empty(TextSize::new(at as u32));
        let text_end = TextSize::new(self.source.trim_end().len() as u32);
        let later = self.lines.line(self.at().start()) > self.lines.line(range.start());
        let comma = self.e.error.to_string().contains("Expected `,`") && later;
        if later || comma || self.at().start() >= text_end || self.at().end() >= text_end {
            let mut e = self.make(Kind::Syntax, format!("'{}' was never closed", c as char), range);
            e.point = true;
            return Some(e);
        }
        None
    }

    /// "invalid syntax" at the token where the parser stopped.
    fn plain(&self) -> SyntaxError {
        let range = match self.token_at(self.at().start()) {
            Some(t) if t.kind() == TokenKind::Newline => {
                let range = TextRange::empty(t.range().start());
                return SyntaxError { point: true, ..self.plain_at(range) };
            }
            Some(t) => t.range(),
            None => self.at(),
        };
        self.plain_at(range)
    }

    fn plain_at(&self, range: TextRange) -> SyntaxError {
        if let Some(typo) = self.keyword_typo(range) {
            return typo;
        }
        match self.token_at(range.start()) {
            // `a not b`: what is wrong is that no `in` follows.
            Some(t) if t.kind() == TokenKind::Not => {
                let next = self.token_at(t.range().end()).map_or(t.range(), |t| t.range());
                return self.make(Kind::Syntax, "invalid syntax", next);
            }
            Some(t) if t.kind() == TokenKind::Elif && self.follows_else(t) => {
                return self.make(Kind::Syntax, "'elif' block follows an 'else' block", t.range());
            }
            _ => {}
        }
        self.make(Kind::Syntax, "invalid syntax", range)
    }

    /// Whether the last clause at the token's indentation is an `else`.
    fn follows_else(&self, token: &Token) -> bool {
        let (_, col) = self.lines.locate(token.range().start());
        let earlier = self.tokens.iter().rev().filter(|t| t.range().start() < token.range().start());
        let mut first_of_line =
            earlier.filter(|t| !is_trivia(t.kind()) && self.lines.locate(t.range().start()).1 == col);
        first_of_line.next().is_some_and(|t| t.kind() == TokenKind::Else)
    }

    /// CPython 3.14 guesses a misspelt keyword at the start of the statement.
    fn keyword_typo(&self, at: TextRange) -> Option<SyntaxError> {
        let line = self.lines.line(at.start());
        let first = self.tokens.iter().find(|t| {
            self.lines.line(t.range().start()) == line && !is_trivia(t.kind()) && !t.range().is_empty()
        })?;
        if first.kind() != TokenKind::Name || first.range().start() >= at.start() {
            return None;
        }
        let word = self.text(first.range());
        let keywords = [
            "from", "import", "while", "return", "class", "def", "for", "if", "elif", "else", "try",
            "except", "finally", "with", "raise", "assert", "lambda", "global", "nonlocal", "del", "pass",
            "break", "continue", "yield", "async", "await", "not", "match",
        ];
        let close = keywords.iter().find(|k| word.len() > 2 && is_close(word, k))?;
        self.syntax(format!("invalid syntax. Did you mean '{close}'?"), first.range())
    }

    fn special(&self) -> Option<SyntaxError> {
        let at = self.at();
        match &self.e.error {
            ParseErrorType::UnexpectedIndentation => {
                let line = self.lines.line(at.end());
                let end = self.lines.end_of(line);
                let e = self.make(Kind::Indentation, "unexpected indent", TextRange::empty(end));
                Some(SyntaxError { point: true, no_col: true, ..e })
            }
            ParseErrorType::InvalidAssignmentTarget => self.assign_target(),
            ParseErrorType::InvalidAugmentedAssignmentTarget => {
                let what = describe(&self.expr(at)?);
                self.syntax(format!("'{what}' is an illegal expression for augmented assignment"), at)
            }
            ParseErrorType::InvalidNamedAssignmentTarget => {
                let what = describe(&self.expr(at)?);
                self.syntax(format!("cannot use assignment expressions with {what}"), at)
            }
            ParseErrorType::InvalidDeleteTarget => {
                let what = describe(&self.expr(at)?);
                self.syntax(format!("cannot delete {what}"), at)
            }
            ParseErrorType::InvalidAnnotatedAssignmentTarget => {
                self.syntax("illegal target for annotation", at)
            }
            ParseErrorType::NonDefaultParamAfterDefaultParam => {
                self.syntax("parameter without a default follows parameter with a default", at)
            }
            ParseErrorType::ParamAfterVarKeywordParam => {
                self.syntax("arguments cannot follow var-keyword argument", at)
            }
            ParseErrorType::ExpectedKeywordParam => {
                self.syntax("named arguments must follow bare *", self.token_at(at.start())?.range())
            }
            ParseErrorType::VarParameterWithDefault => {
                self.syntax("var-positional argument cannot have default value", at)
            }
            ParseErrorType::PositionalAfterKeywordArgument => {
                let close = self.closing_paren(at.end())?;
                self.syntax("positional argument follows keyword argument", close)
            }
            ParseErrorType::PositionalAfterKeywordUnpacking => {
                let close = self.closing_paren(at.end())?;
                self.syntax("positional argument follows keyword argument unpacking", close)
            }
            ParseErrorType::InvalidArgumentUnpackingOrder => {
                let comma = self.token_before(at.start())?.range().start();
                let msg = "iterable argument unpacking follows keyword argument unpacking";
                self.syntax(msg, span(comma, at.end()))
            }
            ParseErrorType::UnparenthesizedGeneratorExpression => {
                self.syntax("Generator expression must be parenthesized", at)
            }
            ParseErrorType::IterableUnpackingInComprehension => {
                self.syntax("iterable unpacking cannot be used in comprehension", at)
            }
            ParseErrorType::InvalidStarredExpressionUsage => {
                self.syntax("can't use starred expression here", at)
            }
            ParseErrorType::EmptyImportNames => {
                let e = self.plain();
                Some(SyntaxError { msg: "Expected one or more names after 'import'".into(), ..e })
            }
            ParseErrorType::SimpleStatementsOnSameLine => self.statements_on_line(),
            ParseErrorType::ExpectedToken { expected, found } => self.expected(*expected, *found),
            ParseErrorType::ExpectedExpression => self.expected_expression(),
            ParseErrorType::FStringError(f) => self.fstring(f),
            ParseErrorType::Lexical(l) => self.lexical(l),
            ParseErrorType::OtherError(msg) => self.other(msg),
            _ => None,
        }
    }

    fn expr(&self, at: TextRange) -> Option<Expr> {
        parse_expression_range(self.source, at).ok().map(|p| p.into_expr())
    }

    fn closing_paren(&self, from: TextSize) -> Option<TextRange> {
        let i = self.tokens.partition_point(|t| t.range().end() <= from);
        let mut depth = 0;
        for t in &self.tokens[i..] {
            match t.kind() {
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
                TokenKind::Rpar if depth == 0 => return Some(t.range()),
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth -= 1,
                _ => {}
            }
        }
        None
    }

    fn assign_target(&self) -> Option<SyntaxError> {
        let at = self.at();
        let after = self.token_at(at.end());
        let text = self.text(at);
        let Some(e) = self.expr(at) else {
            if !text.starts_with("yield") {
                let msg = "cannot assign to named expression here. Maybe you meant '==' instead of '='?";
                return self.syntax(msg, at).filter(|_| text.contains(":="));
            }
            let bracketed = self.token_before(at.start()).is_some_and(|t| t.kind() == TokenKind::Lpar);
            let msg = if bracketed {
                "cannot assign to yield expression here. Maybe you meant '==' instead of '='?"
            } else {
                "assignment to yield expression not possible"
            };
            return self.syntax(msg, at);
        };
        let what = describe(&e);
        // An argument like `f(a.b=1)`.
        if let (Some(t), Some(before)) = (after, self.token_before(at.start()))
            && t.kind() == TokenKind::Equal
            && matches!(before.kind(), TokenKind::Lpar | TokenKind::Comma)
            && self.in_call(at.start())
        {
            let range = span(at.start(), t.range().end());
            return self.keyword_argument(&e, range);
        }
        let constant = matches!(e, Expr::NoneLiteral(_) | Expr::BooleanLiteral(_));
        let in_for = self.token_before(at.start()).is_some_and(|t| t.kind() == TokenKind::For);
        let in_as = self.token_before(at.start()).is_some_and(|t| t.kind() == TokenKind::As);
        // CPython guesses at a comparison only for `operand = operand` that is all of the statement.
        let loose = matches!(
            e,
            Expr::Compare(_) | Expr::BoolOp(_) | Expr::Lambda(_) | Expr::If(_) | Expr::Generator(_)
        ) || matches!(&e, Expr::UnaryOp(u) if u.op == ruff_python_ast::UnaryOp::Not);
        let line = self.lines.line(at.start());
        let on_line = |t: &&Token| self.lines.line(t.range().start()) == line;
        let equals = self.tokens.iter().filter(on_line).filter(|t| t.kind() == TokenKind::Equal).count();
        if constant
            || in_for
            || in_as
            || loose
            || equals > 1
            || after.is_none_or(|t| t.kind() != TokenKind::Equal)
        {
            return self.syntax(format!("cannot assign to {what}"), at);
        }
        self.syntax(format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?"), at)
    }

    fn keyword_argument(&self, e: &Expr, range: TextRange) -> Option<SyntaxError> {
        match e {
            Expr::BooleanLiteral(_) | Expr::NoneLiteral(_) => {
                self.syntax(format!("cannot assign to {}", describe(e)), range)
            }
            _ => self.syntax("expression cannot contain assignment, perhaps you meant \"==\"?", range),
        }
    }

    /// Whether an offset lies in the parentheses of a call.
    fn in_call(&self, at: TextSize) -> bool {
        let i = self.tokens.partition_point(|t| t.range().end() <= at);
        let mut depth = 0;
        for (n, t) in self.tokens[..i].iter().enumerate().rev() {
            match t.kind() {
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth += 1,
                TokenKind::Lpar if depth == 0 => {
                    return n > 0
                        && matches!(
                            self.tokens[n - 1].kind(),
                            TokenKind::Name | TokenKind::Rpar | TokenKind::Rsqb
                        );
                }
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth -= 1,
                _ => {}
            }
        }
        false
    }

    /// Two statements on a line without a separator.
    fn statements_on_line(&self) -> Option<SyntaxError> {
        let next = self.token_at(self.at().end().max(self.at().start()))?;
        let line = self.lines.line(self.at().start());
        let words: Vec<&Token> = self
            .tokens
            .iter()
            .filter(|t| {
                self.lines.line(t.range().start()) == line && !is_trivia(t.kind()) && !t.range().is_empty()
            })
            .collect();
        let first = words.first()?;
        let name = self.text(first.range());
        if matches!(name, "print" | "exec") && words.get(1).is_some_and(|t| starts_expression(t.kind())) {
            let last = words.iter().rev().find(|t| t.kind() != TokenKind::Newline)?;
            let range = span(first.range().start(), last.range().end());
            return self.syntax(
                format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?"),
                range,
            );
        }
        let _ = next;
        let stop = words.iter().find(|t| t.range().start() >= self.at().start())?;
        Some(self.plain_at(stop.range()))
    }

    fn expected(&self, expected: TokenKind, found: TokenKind) -> Option<SyntaxError> {
        let at = self.token_at(self.at().start()).map_or(self.at(), |t| t.range());
        let before = self.token_before(self.at().start());
        match (expected, found) {
            (TokenKind::Colon, TokenKind::Equal) => self.equals_in_condition(at),
            (TokenKind::Colon, _) if self.in_dict(before) => {
                let b = before?.range();
                let last = span(b.end() - TextSize::new(1), b.end());
                self.syntax("':' expected after dictionary key", last)
            }
            (TokenKind::Colon, TokenKind::Newline) => {
                let e = self.make(Kind::Syntax, "expected ':'", TextRange::empty(at.start()));
                Some(SyntaxError { point: true, ..e })
            }
            (TokenKind::Colon, _) => self.colon(at),
            (TokenKind::Else, _) => {
                let start = self.conditional_start(self.at().start())?;
                let end = before?.range().end();
                self.syntax("expected 'else' after 'if' expression", span(start, end))
            }
            (TokenKind::Import, _) => None,
            (TokenKind::Comma, _) if starts_expression(found) => self.comma(before?, at),
            (TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace, _) if starts_expression(found) => {
                self.comma(before?, at)
            }
            _ => None,
        }
    }

    fn colon(&self, at: TextRange) -> Option<SyntaxError> {
        let line = self.lines.line(at.start());
        let first = self.tokens.iter().find(|t| {
            self.lines.line(t.range().start()) == line && !is_trivia(t.kind()) && !t.range().is_empty()
        })?;
        match first.kind() {
            TokenKind::Class | TokenKind::Def | TokenKind::For => None,
            _ => self.syntax("expected ':'", at).filter(|_| first.kind() == TokenKind::Else),
        }
        .or_else(|| {
            let compound = matches!(first.kind(), TokenKind::Try | TokenKind::Finally);
            compound.then(|| self.make(Kind::Syntax, "expected ':'", at))
        })
    }

    /// `if x = 1:`.
    fn equals_in_condition(&self, equal: TextRange) -> Option<SyntaxError> {
        let i = self.tokens.partition_point(|t| t.range().end() <= equal.start());
        let starts = |k| matches!(k, TokenKind::If | TokenKind::Elif | TokenKind::While);
        let head = self.tokens[..i].iter().rposition(|t| starts(t.kind()))?;
        let start = self.tokens[head + 1..].iter().find(|t| !is_trivia(t.kind()))?.range().start();
        let left = self.expr(span(start, self.token_before(equal.start())?.range().end()))?;
        let end =
            self.tokens[i..].iter().find(|t| matches!(t.kind(), TokenKind::Colon | TokenKind::Newline))?;
        let end = self.token_before(end.range().start())?.range().end();
        if matches!(left, Expr::Name(_)) {
            let msg = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return self.syntax(msg, span(start, end));
        }
        let what = describe(&left);
        let msg = format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?");
        self.syntax(msg, left.range())
    }

    /// Two expressions side by side inside brackets.
    fn comma(&self, before: &Token, at: TextRange) -> Option<SyntaxError> {
        let operand = |k| {
            matches!(
                k,
                TokenKind::Name
                    | TokenKind::Int
                    | TokenKind::Float
                    | TokenKind::String
                    | TokenKind::Rpar
                    | TokenKind::Rsqb
            )
        };
        if !operand(before.kind()) {
            return None;
        }
        // From the element's start to the end of the second expression.
        let i = self.tokens.partition_point(|t| t.range().end() <= before.range().start());
        let mut depth = 0;
        let mut start = before.range().start();
        for t in self.tokens[..=i.min(self.tokens.len() - 1)].iter().rev() {
            match t.kind() {
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth += 1,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace | TokenKind::Comma if depth == 0 => {
                    break;
                }
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth -= 1,
                TokenKind::Colon | TokenKind::Equal if depth == 0 => break,
                _ => {}
            }
            start = t.range().start();
        }
        let range = span(start, at.end());
        self.syntax("invalid syntax. Perhaps you forgot a comma?", range)
    }

    fn in_dict(&self, before: Option<&Token>) -> bool {
        let Some(before) = before else { return false };
        let i = self.tokens.partition_point(|t| t.range().end() <= before.range().end());
        let mut depth = 0;
        for t in self.tokens[..i].iter().rev() {
            match t.kind() {
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth += 1,
                TokenKind::Lbrace if depth == 0 => return true,
                TokenKind::Lpar | TokenKind::Lsqb if depth == 0 => return false,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth -= 1,
                _ => {}
            }
        }
        false
    }

    /// Whether an offset lies in a replacement field.
    fn in_fstring(&self, at: TextSize) -> bool {
        let before = self.tokens.iter().take_while(|t| t.range().start() < at);
        let depth = before.fold(0, |d, t| match t.kind() {
            TokenKind::FStringStart => d + 1,
            TokenKind::FStringEnd => d - 1,
            _ => d,
        });
        depth > 0
    }

    fn conditional_start(&self, at: TextSize) -> Option<TextSize> {
        let i = self.tokens.partition_point(|t| t.range().end() <= at);
        let mut start = None;
        let mut seen_if = false;
        let mut depth = 0;
        for t in self.tokens[..i].iter().rev() {
            match t.kind() {
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth += 1,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace if depth == 0 => break,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth -= 1,
                TokenKind::If if depth == 0 => seen_if = true,
                TokenKind::Comma
                | TokenKind::Equal
                | TokenKind::Newline
                | TokenKind::Return
                | TokenKind::Colon
                    if depth == 0 && seen_if =>
                {
                    break;
                }
                _ => {}
            }
            if !is_trivia(t.kind()) && !t.range().is_empty() {
                start = Some(t.range().start());
            }
        }
        start
    }

    fn expected_expression(&self) -> Option<SyntaxError> {
        let t = self.token_at(self.at().start())?;
        let before = self.token_before(self.at().start())?;
        if t.kind() == TokenKind::Rbrace && before.kind() == TokenKind::Colon && self.in_dict(Some(before)) {
            return self.syntax("expression expected after dictionary key and ':'", before.range());
        }
        if self.in_fstring(t.range().start()) && t.kind() == TokenKind::Rbrace {
            if before.kind() == TokenKind::Lbrace {
                return self.syntax("f-string: valid expression required before '}'", t.range());
            }
            return self.syntax("f-string: expecting '=', or '!', or ':', or '}'", before.range());
        }
        None
    }

    fn fstring(&self, f: &FString) -> Option<SyntaxError> {
        let at = self.at();
        let point = |e: Option<SyntaxError>| e.map(|e| SyntaxError { point: true, ..e });
        match f {
            FString::SingleRbrace => point(self.syntax("f-string: single '}' is not allowed", at)),
            FString::UnclosedLbrace => point(self.syntax("f-string: expecting '}'", at)),
            FString::InvalidConversionFlag => {
                let t = self.token_at(at.start())?;
                let text = self.text(t.range());
                let msg =
                    format!("f-string: invalid conversion character '{text}': expected 's', 'r', or 'a'");
                self.syntax(msg, t.range())
            }
            FString::UnterminatedString => {
                let line = self.lines.line(at.start());
                point(self.syntax(format!("unterminated f-string literal (detected at line {line})"), at))
            }
            FString::UnterminatedTripleQuotedString => {
                let end = TextSize::new(self.source.trim_end().len() as u32);
                let line = self.lines.line(end);
                let msg = format!("unterminated triple-quoted f-string literal (detected at line {line})");
                point(self.syntax(msg, at))
            }
            FString::LambdaWithoutParentheses => {
                self.syntax("f-string: lambda expressions are not allowed without parentheses", at)
            }
            FString::ConversionFlagNotImmediatelyAfterExclamation => {
                self.syntax("f-string: conversion type must come right after the exclamation mark", at)
            }
            FString::NewlineInFormatSpec => {
                let msg =
                    "f-string: newlines are not allowed in format specifiers for single quoted f-strings";
                self.syntax(msg, at)
            }
        }
    }

    fn lexical(&self, l: &LexicalErrorType) -> Option<SyntaxError> {
        match l {
            LexicalErrorType::FStringError(f) => self.fstring(f),
            LexicalErrorType::InvalidByteLiteral => {
                self.syntax("bytes can only contain ASCII literal characters", self.string_token()?)
            }
            LexicalErrorType::UnicodeError
            | LexicalErrorType::MissingUnicodeLbrace
            | LexicalErrorType::MissingUnicodeRbrace
            | LexicalErrorType::StringError => self.escape(),
            LexicalErrorType::OtherError(_) => self.escape(),
            _ => None,
        }
    }

    fn string_token(&self) -> Option<TextRange> {
        let at = self.at().start();
        let i = self.tokens.partition_point(|t| t.range().end() < at);
        let strings = [i.wrapping_sub(1), i, i + 1];
        let found = strings.iter().filter_map(|&i| self.tokens.get(i));
        found
            .map(|t| t.range())
            .find(|r| r.start() <= at && at <= r.end() && self.text(*r).contains(['\'', '"']))
    }

    /// A bad escape in a string literal.
    fn escape(&self) -> Option<SyntaxError> {
        let range = self.string_token()?;
        let text = self.text(range);
        let quote = text.find(['\'', '"'])?;
        let bytes = text[..quote].contains(['b', 'B']);
        let q = if text[quote..].starts_with("'''") || text[quote..].starts_with("\"\"\"") { 3 } else { 1 };
        let body = text.get(quote + q..)?;
        let mut chars = body.char_indices();
        // Positions count what CPython hands its decoder: non-ASCII characters as ten-byte escapes.
        let mut at = 0;
        while let Some((i, c)) = chars.next() {
            if c != '\\' {
                at += if c.is_ascii() { 1 } else { 10 };
                continue;
            }
            let (_, kind) = chars.next()?;
            let rest = &body[i + 1 + kind.len_utf8()..];
            let digits = |n: usize| rest.chars().take(n).take_while(char::is_ascii_hexdigit).count();
            let (want, name) = match kind {
                'x' => (2, "\\xXX"),
                'u' if !bytes => (4, "\\uXXXX"),
                'U' if !bytes => (8, "\\UXXXXXXXX"),
                'N' if !bytes => {
                    let end = rest.find('}').filter(|_| rest.starts_with('{'));
                    let (what, last) = match end {
                        Some(end) if self.is_bad_name(i, quote + q, range) => {
                            ("unknown Unicode character name", at + 2 + end)
                        }
                        Some(_) => {
                            at += 2;
                            continue;
                        }
                        None => ("malformed \\N character escape", at + 1),
                    };
                    let msg = format!(
                        "(unicode error) 'unicodeescape' codec can't decode bytes in position {at}-{last}: {what}"
                    );
                    return self.syntax(msg, range);
                }
                _ => {
                    at += 2;
                    continue;
                }
            };
            let n = digits(want);
            if n < want {
                let msg = if bytes {
                    format!("(value error) invalid \\x escape at position {at}")
                } else {
                    let last = at + 1 + n;
                    format!(
                        "(unicode error) 'unicodeescape' codec can't decode bytes in position {at}-{last}: truncated {name} escape"
                    )
                };
                return self.syntax(msg, range);
            }
            if kind == 'U' && u32::from_str_radix(&rest[..8], 16).is_ok_and(|c| c > 0x10_ffff) {
                let last = at + 9;
                let msg = format!(
                    "(unicode error) 'unicodeescape' codec can't decode bytes in position {at}-{last}: illegal Unicode character"
                );
                return self.syntax(msg, range);
            }
            at += 2;
        }
        None
    }

    fn is_bad_name(&self, escape: usize, body: usize, token: TextRange) -> bool {
        let start = token.start().to_usize() + body + escape;
        let at = self.at().start().to_usize();
        at >= start && at <= start + 200
    }

    fn other(&self, msg: &str) -> Option<SyntaxError> {
        let at = self.at();
        if let Some(clause) = msg.strip_prefix("Expected an indented block after ") {
            return self.indented_block(clause);
        }
        if msg.starts_with("Expected `except` or `finally`") {
            let t = self.token_at(at.start())?;
            return self.syntax("expected 'except' or 'finally' block", t.range());
        }
        if msg.starts_with("Multiple exception types must") {
            let colon =
                self.tokens.iter().find(|t| t.range().start() >= at.end() && t.kind() == TokenKind::Colon);
            let end = colon
                .and_then(|c| self.token_before(c.range().start()))
                .map_or(at.end(), |t| t.range().end());
            let range = span(at.start(), end.max(at.end()));
            return self.syntax("multiple exception types must be parenthesized when using 'as'", range);
        }
        if msg.starts_with("Expected a parameter name") {
            let e = self.expr(at)?;
            let end = self.token_at(at.end())?.range().end();
            return self.keyword_argument(&e, span(at.start(), end));
        }
        if msg.starts_with("Only one '*'") {
            return self.syntax("* argument may appear only once", at.sub_end_to(1));
        }
        if msg.contains("target (not list)") {
            return self.syntax("only single target (not list) can be annotated", at);
        }
        if msg.contains("target (not tuple)") {
            return self.syntax("only single target (not tuple) can be annotated", at);
        }
        None
    }

    /// `clause` as the parser names it: "`if` statement", "function definition".
    fn indented_block(&self, clause: &str) -> Option<SyntaxError> {
        let clause = clause.replace('`', "'");
        let clause = match clause.as_str() {
            "'for' statement" | "'async for' statement" => "'for' statement",
            "'elif' clause" => "'elif' statement",
            "'else' clause" => "'else' statement",
            "'except' clause" => "'except' statement",
            "'finally' clause" => "'finally' statement",
            "'case' block" => "'case' statement",
            "'class' definition" => "class definition",
            other => other,
        }
        .to_string();
        let t = self.token_at(self.at().start());
        let keyword = match clause.split('\'').nth(1) {
            Some(k) => k.to_string(),
            None if clause.starts_with("class") => "class".into(),
            None => "def".into(),
        };
        let upto = self.at().start();
        let head =
            self.tokens.iter().rev().find(|t| t.range().start() < upto && self.text(t.range()) == keyword)?;
        let line = self.lines.line(head.range().start());
        let msg = format!("expected an indented block after {clause} on line {line}");
        match t {
            Some(t) if !t.range().is_empty() && t.kind() != TokenKind::Newline => {
                Some(self.make(Kind::Indentation, msg, t.range()))
            }
            _ => {
                // A dedent has a line but no column; at the end it is on the last line.
                let real = |k: TokenKind| {
                    !matches!(k, TokenKind::Newline | TokenKind::NonLogicalNewline | TokenKind::Comment)
                };
                let next = self
                    .tokens
                    .iter()
                    .find(|t| t.range().start() >= upto && !t.range().is_empty() && real(t.kind()));
                let end =
                    next.map_or(TextSize::new(self.source.trim_end().len() as u32), |t| t.range().start());
                let e = self.make(Kind::Indentation, msg, TextRange::empty(end));
                Some(SyntaxError { point: true, no_col: true, ..e })
            }
        }
    }
}

/// The range between two offsets, in whichever order recovery gave them.
fn span(a: TextSize, b: TextSize) -> TextRange {
    TextRange::new(a.min(b), a.max(b))
}

trait SubEnd {
    fn sub_end_to(self, len: u32) -> TextRange;
}
impl SubEnd for TextRange {
    fn sub_end_to(self, len: u32) -> TextRange {
        span(self.start(), (self.start() + TextSize::new(len)).min(self.end()))
    }
}

fn is_trivia(k: TokenKind) -> bool {
    matches!(k, TokenKind::Comment | TokenKind::NonLogicalNewline | TokenKind::Indent | TokenKind::Dedent)
}

fn starts_expression(k: TokenKind) -> bool {
    matches!(
        k,
        TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::FStringStart
            | TokenKind::None
            | TokenKind::True
            | TokenKind::False
    )
}

/// Whether one edit (or one swap of neighbours) turns `a` into `b`.
fn is_close(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let common = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (ra, rb) = (&a[common..], &b[common..]);
    let tail = |x: &[u8], y: &[u8], i: usize, j: usize| x.get(i..) == y.get(j..) && x.get(i..).is_some();
    !(ra.is_empty() && rb.is_empty())
        && (tail(ra, rb, 1, 1)
            || tail(ra, rb, 1, 0)
            || tail(ra, rb, 0, 1)
            || (ra.len() >= 2 && rb.len() >= 2 && ra[0] == rb[1] && ra[1] == rb[0] && tail(ra, rb, 2, 2)))
}
