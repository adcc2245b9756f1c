for i in range(3): print(i, end=" ")
else: print("for-else")
for i in []: pass
else: print("empty else", )
for i in range(5):
    if i == 2: break
else: print("no")
print("broke", i)
n = 0
while n < 3:
    n += 1
    if n == 2: continue
    print(n, end=" ")
else: print("while-else")
while True:
    n -= 1
    if n < 0: break
else: print("never")
print(n)
for i in range(3):
    for j in range(3):
        if j == 1: continue
        if i == 1: break
        print((i, j), end="")
    else:
        print(" inner else", i); continue
    print(" inner broke", i)
def f():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: return "ret"
            print("body", i)
        finally:
            print("fin", i)
print(f())
def g():
    while True:
        try: break
        finally: print("fin break")
    for x in range(2):
        try:
            for y in range(2):
                try:
                    if y: break
                finally: print("inner fin", x, y)
        finally: print("outer fin", x)
    return "g"
print(g())
i = 10
while i: i -= 3 if i > 3 else i
print(i)
for x in (1, 2, 3):
    x = x * 2
print(x)
if 0: print("no")
elif []: print("no")
elif "x": print("elif")
else: print("no")
print("yes" if 1 else "no", "a" if 0 else "b" if 0 else "c", 1 if (2 if 3 else 0) else 4)
for a in range(2): pass
for b in "": pass
print(a, "b" in dir() if False else "-")
for i, in [(1,), (2,)]: print(i, end=";")
for d["k"] in (d := {}, 1)[1:]: print(d)
for i in range(10 ** 9):
    if i > 3: break
print(i); pass; x = 5; print(x); ...
