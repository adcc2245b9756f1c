class Reg:
    subs = []
    def __init_subclass__(cls, tag=None, **kw):
        super().__init_subclass__(**kw); cls.tag = tag; Reg.subs.append(cls.__name__)
class A(Reg): pass
class B(Reg, tag="b"): pass
class C(B, tag="c"): pass
print(Reg.subs, A.tag, B.tag, C.tag)
try:
    class D(Reg, bad=1): pass
except TypeError as e: print(e)
try:
    class E(object, x=1): pass
except TypeError as e: print(e)
class G:
    def __class_getitem__(cls, k): return f"{cls.__name__}[{k}]"
class H(G): pass
print(G[5], H["x"], H[1, 2])
try: A[5]
except TypeError as e: print(e)
class Desc:
    def __set_name__(self, owner, name): print("set_name", owner.__name__, name); self.name = name
    def __get__(self, o, t=None): return self.name if o is not None else self
class K:
    d1 = Desc(); d2 = Desc()
print(K().d1, K().d2, K.d1.name)
K.late = Desc()
try: K().late
except AttributeError as e: print(e)
class Abs:
    def go(self): return self.step() + 1
    def step(self): raise NotImplementedError
class Impl(Abs):
    def step(self): return 41
print(Impl().go())
try: Abs().go()
except NotImplementedError as e: print(repr(e), e.args)
class Mixin:
    def to_s(self): return ",".join(f"{k}={v}" for k, v in sorted(self.__dict__.items()))
class Pt(Mixin):
    def __init__(self, x, y): self.x, self.y = x, y
print(Pt(1, 2).to_s())
def method_added(self): return "added " + str(self.x)
Pt.added = method_added; print(Pt(5, 6).added()); p = Pt(7, 8); Pt.__init__ = lambda self: None; print(Pt().__dict__, p.added())
class Over(list):
    def append(self, x): super().append(str(x)); return self
    def __len__(self): return 100
o = Over([1]); o.append(2).append(3); print(o, len(o), list.__len__(o), o[1], bool(o), [*o])
class Ex(ValueError):
    def __init__(self, msg, code): super().__init__(msg); self.code = code
try: raise Ex("m", 5)
except ValueError as e: print(e, e.code, e.args, repr(e), isinstance(e, Ex))
