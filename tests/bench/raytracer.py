# Spheres over a plane, with shadows and reflections; vectors are small immutable objects.


class Vec:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y, self.z + o.z)

    def __sub__(self, o):
        return Vec(self.x - o.x, self.y - o.y, self.z - o.z)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k, self.z * k)

    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z

    def unit(self):
        return self * (1.0 / self.dot(self) ** 0.5)

    def reflect(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Sphere:
    def __init__(self, center, radius, color, mirror):
        self.center = center
        self.radius2 = radius * radius
        self.color = color
        self.mirror = mirror

    def hit(self, origin, ray):
        to = self.center - origin
        along = to.dot(ray)
        if along < 0.0:
            return None
        d2 = to.dot(to) - along * along
        if d2 > self.radius2:
            return None
        t = along - (self.radius2 - d2) ** 0.5
        return t if t > 0.001 else None

    def normal(self, point):
        return (point - self.center).unit()

    def color_at(self, point):
        return self.color


class Floor:
    mirror = 0.2

    def __init__(self, y):
        self.y = y
        self.up = Vec(0.0, 1.0, 0.0)

    def hit(self, origin, ray):
        if abs(ray.y) < 0.0001:
            return None
        t = (self.y - origin.y) / ray.y
        return t if t > 0.001 else None

    def normal(self, point):
        return self.up

    def color_at(self, point):
        even = (int(point.x // 1.0) + int(point.z // 1.0)) % 2 == 0
        return Vec(0.9, 0.9, 0.9) if even else Vec(0.2, 0.2, 0.2)


class Scene:
    def __init__(self, things, light):
        self.things = things
        self.light = light

    def nearest(self, origin, ray):
        best, best_t = None, 1e30
        for thing in self.things:
            t = thing.hit(origin, ray)
            if t is not None and t < best_t:
                best, best_t = thing, t
        return best, best_t

    def trace(self, origin, ray, depth):
        thing, t = self.nearest(origin, ray)
        if thing is None:
            return Vec(0.3, 0.5, 0.8) * (0.5 + 0.5 * max(ray.y, 0.0))
        point = origin + ray * t
        normal = thing.normal(point)
        to_light = (self.light - point).unit()
        shade = max(normal.dot(to_light), 0.0)
        if shade > 0.0 and self.nearest(point, to_light)[0] is not None:
            shade = 0.0
        color = thing.color_at(point) * (0.1 + 0.9 * shade)
        if thing.mirror > 0.0 and depth < 3:
            reflected = self.trace(point, ray.reflect(normal), depth + 1)
            color = color * (1.0 - thing.mirror) + reflected * thing.mirror
        return color


def main(width, height):
    things = [Floor(-1.0)]
    for i in range(5):
        center = Vec(i * 1.1 - 2.2, 0.3 * (i % 2) - 0.3, 4.0 + i % 3)
        things.append(Sphere(center, 0.6, Vec(0.2 * i, 1.0 - 0.2 * i, 0.5), 0.1 * i))
    scene = Scene(things, Vec(5.0, 6.0, -3.0))
    eye = Vec(0.0, 0.5, -2.0)
    total = Vec(0.0, 0.0, 0.0)
    for y in range(height):
        line = []
        for x in range(width):
            ray = Vec((x - width / 2) / width, (height / 2 - y) / width, 0.8).unit()
            color = scene.trace(eye, ray, 0)
            total = total + color
            line.append(" .:-=+*#%@"[min(int((color.x + color.y + color.z) * 3.3), 9)])
        if y % 16 == 0:
            print("".join(line[::6]))
    print("%.6f %.6f %.6f" % (total.x, total.y, total.z))


main(400, 288)
