# Five bodies of the solar system; `taipan run examples/nbody.py [STEPS]`.
import sys

PI = 3.141592653589793
SOLAR_MASS = 4 * PI * PI
DAYS = 365.24


def bodies():
    """Position, velocity and mass of the sun and the four giants."""
    sun = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, SOLAR_MASS]
    jupiter = [4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
               0.00166007664274403694 * DAYS, 0.00769901118419740425 * DAYS, -0.0000690460016972063023 * DAYS,
               0.000954791938424326609 * SOLAR_MASS]
    saturn = [8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
              -0.00276742510726411 * DAYS, 0.00499852801234917238 * DAYS, 0.0000230417297573763929 * DAYS,
              0.000285885980666130812 * SOLAR_MASS]
    uranus = [12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
              0.00296460137564761618 * DAYS, 0.00237847173959480950 * DAYS, -0.0000296589568540237556 * DAYS,
              0.0000436624404335156298 * SOLAR_MASS]
    neptune = [15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
               0.00268067772490389322 * DAYS, 0.00162824170038242295 * DAYS, -0.0000951592254519715870 * DAYS,
               0.0000515138902046611451 * SOLAR_MASS]
    return [sun, jupiter, saturn, uranus, neptune]


def advance(pairs, system, dt, steps):
    for _ in range(steps):
        for a, b in pairs:
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            d2 = dx * dx + dy * dy + dz * dz
            mag = dt / (d2 * d2 ** 0.5)
            am = a[6] * mag
            bm = b[6] * mag
            a[3] -= dx * bm
            a[4] -= dy * bm
            a[5] -= dz * bm
            b[3] += dx * am
            b[4] += dy * am
            b[5] += dz * am
        for body in system:
            body[0] += dt * body[3]
            body[1] += dt * body[4]
            body[2] += dt * body[5]


def energy(pairs, system):
    total = 0.0
    for x, y, z, vx, vy, vz, m in system:
        total += 0.5 * m * (vx * vx + vy * vy + vz * vz)
    for a, b in pairs:
        dx, dy, dz = a[0] - b[0], a[1] - b[1], a[2] - b[2]
        total -= a[6] * b[6] / (dx * dx + dy * dy + dz * dz) ** 0.5
    return total


def main(steps):
    system = bodies()
    pairs = [(a, b) for i, a in enumerate(system) for b in system[i + 1:]]
    sun = system[0]
    for axis in (3, 4, 5):
        sun[axis] = -sum(body[axis] * body[6] for body in system) / SOLAR_MASS
    print("%.9f" % energy(pairs, system))
    advance(pairs, system, 0.01, steps)
    print("%.9f" % energy(pairs, system))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
