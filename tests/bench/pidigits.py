# Digits of pi with big integers: a streaming spigot, and Machin's formula in fixed point.


def spigot(count):
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    digits = []
    while len(digits) < count:
        if 4 * q + r - t < m * t:
            digits.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), 10 * (3 * q + r) // t - 10 * m
        else:
            q, r, t, k, m, x = (q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2)
    return digits


def arctan_inverse(x, unity):
    total = term = unity // x
    n = 3
    square = x * x
    sign = -1
    while term:
        term //= square
        total += sign * (term // n)
        sign = -sign
        n += 2
    return total


def machin(digits):
    unity = 10 ** (digits + 10)
    pi = 4 * (4 * arctan_inverse(5, unity) - arctan_inverse(239, unity))
    return pi // 10 ** 10


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def main():
    digits = spigot(4500)
    text = "".join(map(str, digits))
    for i in range(0, 60, 10):
        print(text[i:i + 10])
    print(text[-20:])
    pi = machin(12000)
    print(pi % 10 ** 20, pi // 10 ** 11980)
    print(fibonacci(200000) % 10 ** 15)
    print(pow(3, 10 ** 5) % 10 ** 12, (7 ** 3000) // (11 ** 2000) % 10 ** 9)


main()
