# Escape times on a grid, real and imaginary parts as floats.


def escape(cr, ci, limit):
    zr = zi = 0.0
    for n in range(limit):
        rr = zr * zr
        ii = zi * zi
        if rr + ii > 4.0:
            return n
        zi = 2.0 * zr * zi + ci
        zr = rr - ii + cr
    return limit


def main(width, height, limit):
    total = 0
    inside = 0
    rows = []
    for y in range(height):
        ci = 2.4 * y / height - 1.2
        row = []
        for x in range(width):
            n = escape(3.0 * x / width - 2.1, ci, limit)
            total += n
            if n == limit:
                inside += 1
            row.append(" .:-=+*#%@"[n * 9 // limit])
        rows.append("".join(row))
    for row in rows[::30]:
        print(row[::8].rstrip())
    print(total, inside)


main(600, 450, 200)
