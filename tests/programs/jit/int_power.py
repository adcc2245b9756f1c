# Powers: small, large, negative exponents, of floats, with a modulus.
def powers(n):
    out = []
    for b in range(-3, 4):
        for e in range(n):
            out.append(b ** e)
    return sum(out), out[-1], out[5]


print(powers(70))


def negative(n):
    t = 0.0
    errors = 0
    for i in range(n):
        try:
            t += (i % 7) ** -(i % 3)
        except ZeroDivisionError as e:
            errors += 1
            message = str(e)
    return t, errors, message


print(negative(200))


def modular(n):
    t = 0
    for i in range(1, n):
        t += pow(i, i * i, 1000003) + pow(3, i, i)
    return t


print(modular(150))


def floats(n):
    t = 0.0
    for i in range(n):
        t += (i * 0.5) ** 2 + 2.0 ** (i % 10) + 4 ** 0.5
    return t


print(floats(200))


def types(n):
    seen = []
    for i in range(n):
        x = (i - 100) ** (0.5 if i >= 100 else 2)
        if i % 40 == 0:
            seen.append((type(x).__name__, x))
    return seen


print(types(200))
