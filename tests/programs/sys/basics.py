import sys
print(sys.argv, sys.maxsize > 2 ** 31 - 2, sys.byteorder, sys.version_info[:2] >= (3, 13), sys.version_info.major, type(sys.version).__name__, sys.getrecursionlimit(), sys.implementation.name != "", sys.platform != "")
sys.stdout.write("direct\n"); sys.stderr.write("to err\n"); print("e2", file=sys.stderr); sys.stdout.flush(); print("x", file=sys.stdout)
print(sys.stdout.write("") , sys.maxunicode, sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.float_info.min, isinstance(sys.path, list), "sys" in sys.modules, sys.modules["__main__"].__name__, sys.intern("abc") == "abc")
try: raise ValueError("x")
except ValueError: print(sys.exc_info()[0].__name__, sys.exc_info()[1], sys.exception(), sys.exc_info()[2] is not None)
print(sys.exc_info(), sys.exception())
sys.setrecursionlimit(200)
def f(n): return f(n + 1)
try: f(0)
except RecursionError as e: print(e)
sys.setrecursionlimit(1000)
for v in (0, -1, "a"):
    try: sys.setrecursionlimit(v)
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
class W:
    def __init__(self): self.d = []
    def write(self, s): self.d.append(s)
w = W(); print("cap", 1, 2, sep=",", file=w); print(w.d); old = sys.stdout; sys.stdout = w; print("redirected"); sys.stdout = old; print(w.d)
try: print("x", file=5)
except AttributeError as e: print(e)
print(sys.getsizeof([]) > 0, sys.hexversion > 0x3000000, sys.flags is not None)
