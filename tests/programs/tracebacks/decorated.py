def deco(f):
    def wrapper(*a, **k):
        return f(*a, **k)
    return wrapper
@deco
@deco
def target(x):
    return x.upper()
print(target("a"))
target(5)
