from math import (sqrt,
