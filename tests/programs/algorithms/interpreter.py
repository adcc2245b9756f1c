# A small language: tokenizer, precedence parser, evaluator with closures.
def tokens(s):
    i = 0
    while i < len(s):
        c = s[i]
        if c.isspace(): i += 1; continue
        if c.isdigit():
            j = i
            while j < len(s) and (s[j].isdigit() or s[j] == "."): j += 1
            yield "num", float(s[i:j]) if "." in s[i:j] else int(s[i:j])
        elif c.isalpha():
            j = i
            while j < len(s) and s[j].isalnum(): j += 1
            yield ("kw" if s[i:j] in ("let", "in", "fun", "if", "then", "else") else "id"), s[i:j]
        else:
            j = i + (2 if s[i:i + 2] in ("->", "==", "<=") else 1)
            yield "op", s[i:j]
        i = j
    yield "end", None
PREC = {"==": 1, "<": 1, "<=": 1, "+": 2, "-": 2, "*": 3, "/": 3, "%": 3}
class Parser:
    def __init__(self, s): self.t = list(tokens(s)); self.i = 0
    def peek(self): return self.t[self.i]
    def next(self): self.i += 1; return self.t[self.i - 1]
    def expect(self, v):
        k, got = self.next()
        if got != v: raise SyntaxError(f"expected {v!r}, got {got!r}")
    def expr(self, p=0):
        left = self.unary()
        while (op := self.peek()[1]) in PREC and PREC[op] > p: self.next(); left = ("bin", op, left, self.expr(PREC[op]))
        return left
    def unary(self):
        if self.peek() == ("op", "-"): self.next(); return ("neg", self.unary())
        f = self.atom()
        while self.peek() == ("op", "("): self.next(); f = ("call", f, self.expr()); self.expect(")")
        return f
    def atom(self):
        k, v = self.next()
        if k == "num": return ("num", v)
        if k == "id": return ("var", v)
        if v == "(": e = self.expr(); self.expect(")"); return e
        if v == "let": n = self.next()[1]; self.expect("="); e = self.expr(); self.expect("in"); return ("let", n, e, self.expr())
        if v == "fun": n = self.next()[1]; self.expect("->"); return ("fun", n, self.expr())
        if v == "if": c = self.expr(); self.expect("then"); a = self.expr(); self.expect("else"); return ("if", c, a, self.expr())
        raise SyntaxError(f"unexpected {v!r}")
import sys
OPS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "%": lambda a, b: a % b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, "==": lambda a, b: a == b}
def ev(e, env):
    k = e[0]
    if k == "num": return e[1]
    if k == "var": return env[e[1]]
    if k == "neg": return -ev(e[1], env)
    if k == "bin": return OPS[e[1]](ev(e[2], env), ev(e[3], env))
    if k == "if": return ev(e[2] if ev(e[1], env) else e[3], env)
    if k == "fun": return lambda v: ev(e[2], {**env, e[1]: v})
    if k == "call": return ev(e[1], env)(ev(e[2], env))
    if k == "let":
        scope = dict(env); scope[e[1]] = ev(e[2], scope); return ev(e[3], scope)
for src in ("1 + 2 * 3 - -4", "(1 + 2) * 3 / 2", "let x = 5 in x * x + 1", "let add = fun a -> fun b -> a + b in add(3)(4)", "let fact = fun n -> if n < 2 then 1 else n * fact(n - 1) in fact(20)", "let fib = fun n -> if n <= 1 then n else fib(n - 1) + fib(n - 2) in fib(12)", "10 % 4 == 2", "1 +", "(1", "let = 5", "y + 1", "1 / 0", "2.5 * 4", "5(3)"):
    try: print(src, "=>", ev(Parser(src).expr(), {}))
    except (SyntaxError, KeyError, ZeroDivisionError, TypeError) as e: print(src, "=>", type(e).__name__, e)
