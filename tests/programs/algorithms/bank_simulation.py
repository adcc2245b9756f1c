class InsufficientFunds(Exception):
    def __init__(self, need, have): super().__init__(f"need {need}, have {have}"); self.short = need - have
class Account:
    _next = 1
    def __init__(self, owner, balance=0): self.owner, self._balance, self.log = owner, balance, []; self.id = Account._next; Account._next += 1
    @property
    def balance(self): return self._balance
    def deposit(self, n):
        if n <= 0: raise ValueError("deposit must be positive")
        self._balance += n; self.log.append(("d", n)); return self
    def withdraw(self, n):
        if n > self._balance: raise InsufficientFunds(n, self._balance)
        self._balance -= n; self.log.append(("w", n)); return self
    def __iadd__(self, n): return self.deposit(n)
    def __isub__(self, n): return self.withdraw(n)
    def __repr__(self): return f"<{type(self).__name__} {self.id} {self.owner}: {self.balance}>"
    def __lt__(self, o): return self.balance < o.balance
    def __contains__(self, n): return any(x == n for _, x in self.log)
    def __iter__(self): yield from self.log
class Savings(Account):
    def __init__(self, *a, rate=0.05, **k): super().__init__(*a, **k); self.rate = rate
    def accrue(self): self.deposit(round(self.balance * self.rate, 2)); return self
class Overdraft(Account):
    def withdraw(self, n):
        try: return super().withdraw(n)
        except InsufficientFunds as e:
            if e.short > 100: raise
            self._balance -= n; self.log.append(("o", n)); return self
class Transaction:
    def __init__(self, *accts): self.accts = accts
    def __enter__(self): self.saved = [(a, a._balance, a.log[:]) for a in self.accts]; return self
    def __exit__(self, t, v, tb):
        if t:
            for a, b, l in self.saved: a._balance, a.log = b, l
            print("rolled back:", v)
        return t is not None and issubclass(t, InsufficientFunds)
a, s, o = Account("ann", 100), Savings("sue", balance=200, rate=0.1), Overdraft("ola")
a += 50; a -= 30; s.accrue().accrue(); o.deposit(20).withdraw(90); print(a, s, o, sorted([a, s, o]), 50 in a, 7 in a, list(o))
with Transaction(a, o): a -= 60; o -= 500
print(a, o)
with Transaction(a, s) as t: a -= 10; s += 10; print("ok", len(t.accts))
try:
    with Transaction(a): a += -5
except ValueError as e: print(e)
for f in (lambda: o.withdraw(1000), lambda: a.withdraw("x"), lambda: Account(), lambda: setattr(a, "balance", 5)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
print(sum(x.balance for x in (a, s, o)), max((a, s, o)), {x.owner: x.balance for x in sorted((a, s, o), key=lambda x: x.owner)}, [type(x).__mro__[1].__name__ for x in (a, s, o)])
