class K:
    a = "k"
    b = "k"
def f(v):
    match v:
        case {"x": 1,
              K.a: 1, K.b: 2, **rest}:
            return rest
print(f({"x": 2, "k": 3}))
f({"x": 1, "k": 1, "z": 2})
