def f(a): pass
try:
    f(**{"k" * 10000000: 1})
except TypeError as e:
    print(e)
f(**{"k" * 100000000: 1})
