# Arguments of an earlier call, whose window begins elsewhere, lie where the header of a frame is that a helper calls from.
import math


class C:
    def most(self, v):
        return [1 for v in sorted({1, 2, 5}) if v]


def local(n):
    c, total, text = C(), 1, ''
    for i in range(n):
        text = f'1{(f"{(c.most(1))}"[6])}'
        total += math.floor(i)
    return total, text


x = 1
c = C()
for i in range(2, 398, 2):
    s = f'1{(f"{(c.most(1))}"[6])}'
    x += math.floor(0)
print(x, s, local(100))
