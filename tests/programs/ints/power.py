for b in (-3, -1, 0, 1, 2, 10):
    print(b, [b ** e for e in range(6)])
print(2 ** -1, 10 ** -2, (-2) ** -3, 2 ** 0.5, 4 ** 0.5, 0 ** 0, 0.0 ** 0, 1 ** -5)
print(-2 ** 2, (-2) ** 2, 2 ** 3 ** 2, (2 ** 3) ** 2, -2 ** -2, 2 ** -1 ** 2)
print(pow(3, 4), pow(3, 4, 5), pow(3, -1, 7), pow(-3, 5, 7), pow(3, 5, -7), pow(2, 100, 10 ** 9 + 7), pow(5, 0, 1), pow(0, 0, 7))
print(pow(7, 10 ** 18, 998244353), pow(2 ** 70, 3, 2 ** 65 - 1), pow(base=2, exp=5, mod=9))
for f in (lambda: pow(2, -1, 4), lambda: pow(2, 3, 0), lambda: pow(2.0, 3, 4), lambda: pow(2, 3.0, 4),
          lambda: 2 ** "a", lambda: pow("a", 2)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(2 ** 64, 2 ** 200, (-2) ** 99, 10 ** 30, 7 ** 77)
x = 3
x **= 5
print(x)
x **= -1
print(x)
