class T:
    def __init__(self, n): self.n = n
    @property
    def half(self): return self.n / self.div
    @property
    def div(self): return self._d
    def __getattr__(self, k):
        raise AttributeError(f"{type(self).__name__} lacks {k}")
t = T(4)
t._d = 2
print(t.half)
del t._d
print(t.half)
