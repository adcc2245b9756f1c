# Floor division and modulo follow the divisor's sign.
for a in (7, -7, 0, 1, -1):
    for b in (2, -2, 3, -3, 7, -7):
        q, r = a // b, a % b
        print(a, b, q, r, divmod(a, b) == (q, r), q * b + r == a)
print(-7 // 2.0, -7 % 2.0, 7 % -2.5, divmod(-7.5, 2))
print(7 / 2, -6 / 3, 0 / 5, type(6 / 3).__name__)
for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: divmod(1, 0),
          lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: 0 ** -1, lambda: 0.0 ** -1,
          lambda: divmod(1.0, 0), lambda: pow(2, 3, 0)):
    try:
        print(f())
    except (ZeroDivisionError, ValueError) as e:
        print(type(e).__name__, e)
x = 17
x //= 5
print(x)
x %= 2
print(x)
x /= 4
print(x)
