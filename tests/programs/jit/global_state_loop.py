# A module-level loop whose names are globals, with functions defined and classes changed on the way.
x = 0
y = 1.5
names = []
for i in range(300):
    x += i
    y = y + x * 0.001
    if i % 100 == 50:
        def f(v, i=i): return v + i
    if i > 50:
        x += f(1)
    if i == 120:
        class A:
            k = i
            def m(self): return self.k + x
        a = A()
    if i > 120:
        y += a.m() % 7
    if i == 200:
        del f
        f = lambda v: v * 2
    if i % 75 == 0:
        names.append((x, round(y, 6)))
print(x, round(y, 6), names)

count = {}
for word in ('a b c a b a ' * 40).split():
    if word in count: count[word] += 1
    else: count[word] = 1
print(count)

i = 0
while True:
    i += 1
    if i == 150: i = 150.5
    if i > 200: break
print(i)

total = 0
for i in range(100):
    try:
        total += 100 // (i % 10)
    except ZeroDivisionError as e:
        total += 1000
    else:
        total += 1
    finally:
        last = i
print(total, last, 'e' in globals())

import math
square_root = math.sqrt
t = 0
for i in range(150):
    t += math.floor(i / 7) + math.sqrt(i * i) + math.pi
    if i == 80: math.sqrt = lambda v: 0.0
print(round(t, 6))
# All programs are recorded in one process.
math.sqrt = square_root
del t
for t in range(90):
    pass
print(t)
