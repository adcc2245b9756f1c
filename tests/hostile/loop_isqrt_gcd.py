import math
x = 7 ** 1000000
while True:
    math.isqrt(x)
    math.gcd(x, 11 ** 800000)
