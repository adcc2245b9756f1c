"""Runs control.py under CPython with the firmware's functions simulated: what `control.out` is recorded from.

    python3 simulate.py > control.out
"""

import os
import struct


def f32(x):
    """Rounded to single precision, as the firmware computes."""
    return struct.unpack("<f", struct.pack("<f", x))[0]


class Room:
    degrees = 15.0
    duty = 0.0
    readings = 0


def temperature():
    warmer = f32(Room.duty * f32(0.05))
    colder = f32(f32(Room.degrees - 15.0) * f32(0.04))
    Room.degrees = f32(Room.degrees + f32(warmer - colder))
    Room.readings += 1
    return -1 if Room.readings % 37 == 0 else int(f32(Room.degrees * 100.0))


def heater(duty):
    if not 0 <= duty <= 100:
        raise ValueError(f"duty {duty} is not within 0 and 100")
    Room.duty = float(duty)


def lamp(mask):
    return mask


def ticks():
    return 1


names = {"__name__": "__main__", "temperature": temperature, "heater": heater, "lamp": lamp, "ticks": ticks}
with open(os.path.join(os.path.dirname(__file__), "control.py")) as source:
    exec(compile(source.read(), "control.py", "exec"), names)
