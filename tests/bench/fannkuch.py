# Largest number of prefix reversals over all permutations; small-list shuffling and slices.


def fannkuch(n):
    perm = list(range(n))
    count = [0] * n
    flips_max = 0
    checksum = 0
    sign = 1
    while True:
        first = perm[0]
        if first:
            work = perm[:]
            flips = 0
            while first:
                work[:first + 1] = work[first::-1]
                flips += 1
                first = work[0]
            if flips > flips_max:
                flips_max = flips
            checksum += sign * flips
        if sign == 1:
            perm[0], perm[1] = perm[1], perm[0]
            sign = -1
            continue
        perm[1], perm[2] = perm[2], perm[1]
        sign = 1
        i = 2
        while count[i] >= i:
            count[i] = 0
            i += 1
            if i == n:
                return checksum, flips_max
            perm.insert(i, perm.pop(0))
        count[i] += 1


def main():
    for n in (7, 9, 9, 9):
        checksum, flips = fannkuch(n)
        print(n, checksum, flips)


main()
