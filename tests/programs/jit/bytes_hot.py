# Bytes in hot loops.
def index(b, n):
    t = 0
    for i in range(n):
        t += b[i % len(b)] * (i % 3)
    return t


print(index(b'abc', 100), index(b'\x00\xff', 100))


def crc(data):
    c = 0xFFFFFFFF
    for x in data:
        c ^= x
        for _ in range(8):
            c = (c >> 1) ^ 0xEDB88320 if c & 1 else c >> 1
    return c ^ 0xFFFFFFFF


print(hex(crc(b'The quick brown fox jumps over the lazy dog')))


def slices(n):
    b = bytes(range(50))
    t = 0
    for i in range(n):
        t += len(b[i % 50:]) + sum(b[i % 10:i % 20:2]) + (b[i % 50:i % 50 + 1] == b'\x07') * 1000
    return t


print(slices(100))


def kinds(n):
    c = 0
    for i in range(n):
        x = (b'a', [97], 'a')[i % 3]
        c += (x == b'a') + (x[0] == 97) * 10 + (97 in x if i % 3 < 2 else 0) * 100
    return c


print(kinds(90))


def convert(n):
    t = 0
    for i in range(n):
        t += int.from_bytes(i.to_bytes(2, 'big'), 'little') + len(b'%d' % i) + len(str(i).encode() * 2)
    return t


print(convert(300))
