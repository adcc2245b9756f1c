# Nested counting, remainders, shifts and xors on small ints.


def collatz(limit):
    best, best_start = 0, 0
    for start in range(1, limit):
        n, steps = start, 0
        while n != 1:
            if n & 1:
                n = 3 * n + 1
            else:
                n >>= 1
            steps += 1
        if steps > best:
            best, best_start = steps, start
    return best, best_start


def digits(limit):
    total = 0
    for n in range(limit):
        m = n
        while m:
            total += m % 10
            m //= 10
    return total


def xorshift(rounds):
    x = 88172645463325252
    acc = 0
    for _ in range(rounds):
        x ^= (x << 13) & 0xFFFFFFFF
        x ^= x >> 7
        x ^= (x << 17) & 0xFFFFFFFF
        acc = (acc + (x & 0xFF)) & 0xFFFFFF
    return acc


def pythagoras(limit):
    count = 0
    for a in range(1, limit):
        for b in range(a, limit):
            c2 = a * a + b * b
            c = b
            while c * c < c2:
                c += 1
            if c * c == c2:
                count += 1
    return count


def main():
    print(collatz(90000))
    print(digits(900000))
    print(xorshift(1400000))
    print(pythagoras(150))


main()
