x, y, name = 5, 2.5, "bob"
print(f"{x} {y} {name}", f"{x+y=}", f"{x = }", f"{name!r} {name!s} {name!a}", f"{x:>5}|{x:<5}|{x:^5}", f"{y:.3f}", f"{name=!r:>10}", f"{name = !s}", f"{y=:.2f}", f"{{x}} {{{x}}} {{{{")
print(f"{x!r:>{x}}", f"{y:{x}.{1}f}", f"{name:{'*'}^{x*2}}", f"{'a' if x > 3 else 'b'}", f"{(lambda q: q * 2)(x)}", f"{[i for i in range(3)]}", f"{ {'a': 1}['a'] }", f"{x:#x} {x:b} {x:e}", f"{x,}", f"{x, y}", f"{*[1, 2], 3}")
print(f"{'nested ' + f'{x + 1} {f"{y}"}'}", f"{"same quotes"}", f'{name.upper()} {len(name)} {name[0]}', f"""tri
{x}
ple""", rf"\d{x}\n", f"\t{x}\x41", fr"{name}\\", F"{x}", f"a" "b" f"{x}" 'c')
print(f"{x:{'>' + '4'}}", f"{x!r}{y!s}", f"{name[::-1]}", f"{x if x else 0:>3}", f"{(x:=7)} {x}", f"{x:=+5}", f"{x==7}", f"{x!=7}", f"{x>=7}", f"{x<=7}")
print(f"""{
    x  # comment
    + 1
}""", f"{x
}", f"{'\n'.join(['a', 'b'])}", f"{'\u00e9'}")
class C:
    def __format__(self, spec):
        return f"C[{spec}]"
    def __repr__(self):
        return "C()"
    def __str__(self):
        return "c"
c = C()
print(f"{c}", f"{c:abc}", f"{c!r}", f"{c!s:>4}", f"{c=}", f"{c=!s}", f"{c:{x}{y}}", f"{c: }")
print(f"", f"{''}", f"{None}", f"{()}", f"{1:5}{2:5}", f"{b'x'}", f"{1_000:,}", f"{3.0}", f"{-x}", f"{not x}", f"{x:%}", f"{x.real}", f"{0.1 + 0.2:.1f}", f"{x and y}")
def g():
    z = (yield f"{yield}")
    return z
it = g(); next(it); print(it.send("sent"))
print(f"{x:d}" f"{y:g}", f"{'a' 'b'}", f"{x:\x3e5}|")
