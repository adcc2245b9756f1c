class Odd:
    __match_args__ = ("size",)
    @property
    def size(self):
        return self.width * 2
    @property
    def depth(self):
        return 1 / 0
def f(v):
    match v:
        case Odd(size=4): return "four"
        case Odd(2): return "two"
        case Odd(depth=d):
            return d
print(f(None))
f(Odd())
