# A recursive call with a float that no immediate is for: it is made by the interpreter, at its price.


def square(n, x):
    return x if n <= 0 else square(n - 1, x * x)


def run(n, x):
    for i in range(n):
        x = square(1, x)
    return x


for k in range(6):
    print(run(30, 1.5), run(5, 1.5), run(30, 0.5), run(3, -2.0))


def deep(n, x):
    return x if n <= 0 else deep(n - 1, x * x) + 1


for k in range(4):
    print(deep(9, 1.5), deep(20, 1.5), deep(5, 1.0000001))
