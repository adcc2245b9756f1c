class Point:
    __match_args__ = ("x",)
    x = 1
def f(v):
    match v:
        case [1, Point(0) | Point(1, 2)]:
            return v
print(f([1, 2]))
f([1, Point()])
