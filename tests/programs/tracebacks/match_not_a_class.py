Point = 5
def f(v):
    match v:
        case [Point(x=0), *_] | {"p": Point()}:
            return v
print(f(3))
f([1])
