//! CPython's words for what is wrong in the pattern of a `case`, and where it says so.

use super::*;

impl Context<'_> {
    /// The error, if it is one in a pattern.
    pub(super) fn in_pattern(&self) -> Option<SyntaxError> {
        let at = self.at();
        self.starts_with_case(at.start()).then_some(())?;
        if let Some(e) = self.as_target() {
            return Some(e);
        }
        match &self.e.error {
            ParseErrorType::ExpectedRealNumber if self.text(at).ends_with(['j', 'J']) => {
                self.syntax("real number required in complex literal", at)
            }
            ParseErrorType::ExpectedImaginaryNumber
                if self.text(at).starts_with(|c: char| c.is_ascii_digit()) =>
            {
                self.syntax("imaginary number required in complex literal", at)
            }
            ParseErrorType::InvalidStarPatternUsage if self.star_is_fine(at.start()) => self.after(at),
            ParseErrorType::ExpectedRealNumber => self.after(at),
            ParseErrorType::OtherError(msg) => self.pattern_error(msg),
            ParseErrorType::ExpectedToken { expected: TokenKind::Colon, .. } => {
                let t = self.token_at(at.start())?;
                let closes = t.kind() == TokenKind::Rbrace;
                closes.then(|| self.make(Kind::Syntax, "invalid syntax", t.range()))
            }
            _ => None,
        }
    }

    fn pattern_error(&self, msg: &str) -> Option<SyntaxError> {
        let at = self.at();
        if msg.starts_with("Positional patterns cannot follow") {
            return self.syntax("positional patterns follow keyword patterns", self.positional(at));
        }
        let elsewhere =
            ["Invalid value for a class pattern", "Invalid mapping pattern key", "Expected an identifier"];
        if elsewhere.iter().any(|m| msg.starts_with(m)) {
            return self.after(at);
        }
        if msg != "Expected a pattern" {
            return None;
        }
        let t = self.token_at(at.start())?;
        // A sign is the beginning of a number's pattern.
        if t.kind() == TokenKind::Minus {
            self.after(t.range())
        } else {
            self.syntax("invalid syntax", t.range())
        }
    }

    /// "invalid syntax" at the token after something.
    fn after(&self, range: TextRange) -> Option<SyntaxError> {
        self.syntax("invalid syntax", self.token_at(range.end())?.range())
    }

    /// Whether the logical line around `at` begins with `case`.
    fn starts_with_case(&self, at: TextSize) -> bool {
        let i = self.tokens.partition_point(|t| t.range().start() < at);
        let line = self.tokens[..i].iter().rev().take_while(|t| t.kind() != TokenKind::Newline);
        line.filter(|t| !is_trivia(t.kind())).last().is_some_and(|t| t.kind() == TokenKind::Case)
    }

    /// Tokens before `at`, without what is between them.
    fn tokens_before(&self, at: TextSize) -> impl Iterator<Item = &Token> {
        let i = self.tokens.partition_point(|t| t.range().end() <= at);
        self.tokens[..i].iter().rev().filter(|t| !is_trivia(t.kind()) && !t.range().is_empty())
    }

    /// Whether CPython's parser accepts a star here, and is surprised by what follows.
    fn star_is_fine(&self, at: TextSize) -> bool {
        if self.token_before(at).is_some_and(|t| t.kind() == TokenKind::Vbar) {
            return false;
        }
        let mut depth = 0;
        let mut before = self.tokens_before(at);
        while let Some(t) = before.next() {
            match t.kind() {
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth += 1,
                TokenKind::Lsqb | TokenKind::Case if depth == 0 => return true,
                TokenKind::Lbrace if depth == 0 => return false,
                TokenKind::Lpar if depth == 0 => {
                    return before.next().is_none_or(|t| t.kind() != TokenKind::Name);
                }
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth -= 1,
                _ => {}
            }
        }
        true
    }

    /// From a positional sub-pattern to the last one before the next keyword.
    fn positional(&self, first: TextRange) -> TextRange {
        let i = self.tokens.partition_point(|t| t.range().start() < first.end());
        let (mut depth, mut end, mut last) = (0, first.end(), first.end());
        for t in self.tokens[i..].iter().filter(|t| !is_trivia(t.kind())) {
            match t.kind() {
                TokenKind::Equal | TokenKind::Newline if depth == 0 => return span(first.start(), last),
                TokenKind::Rpar if depth == 0 => break,
                TokenKind::Comma if depth == 0 => last = end,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth -= 1,
                _ => {}
            }
            if t.kind() != TokenKind::Comma || depth > 0 {
                end = t.range().end();
            }
        }
        span(first.start(), end)
    }

    /// What follows `as` has to be a name.
    fn as_target(&self) -> Option<SyntaxError> {
        let at = self.token_at(self.at().start())?;
        let mut before = self.tokens_before(at.range().start());
        let start = match (before.next()?, before.next()?) {
            (t, _) if t.kind() == TokenKind::As => at.range(),
            (name, t)
                if t.kind() == TokenKind::As && matches!(at.kind(), TokenKind::Dot | TokenKind::Lpar) =>
            {
                name.range()
            }
            _ => return None,
        };
        if self.text(start) == "_" {
            return self.syntax("cannot use '_' as a target", start);
        }
        let (e, range) = self.longest_expression(start.start())?;
        self.syntax(format!("cannot use {} as pattern target", describe(&e)), range)
    }

    /// The longest expression (no bare tuple) that begins at `start`.
    fn longest_expression(&self, start: TextSize) -> Option<(Expr, TextRange)> {
        /// More tokens are not tried.
        const MOST: usize = 64;
        let i = self.tokens.partition_point(|t| t.range().start() < start);
        let (mut depth, mut found) = (0, None);
        for t in self.tokens[i..].iter().filter(|t| !is_trivia(t.kind())).take(MOST) {
            match t.kind() {
                TokenKind::Newline => break,
                TokenKind::Comma if depth == 0 => break,
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace if depth == 0 => break,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth -= 1,
                _ => {}
            }
            let range = span(start, t.range().end());
            if depth == 0
                && let Some(e) = self.expr(range)
            {
                found = Some((e, range));
            }
        }
        found
    }
}
