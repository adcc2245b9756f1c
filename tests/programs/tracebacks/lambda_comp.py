f = lambda x: 10 // x
print([f(i) for i in (1, 2)])
print({k: [f(v) for v in vs] for k, vs in {"a": [1, 5], "b": [2, 0]}.items()})
