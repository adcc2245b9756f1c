import math
print(math.comb(10 ** 7, 5 * 10 ** 6) > 0, math.perm(10 ** 8, 10 ** 7) > 0)
