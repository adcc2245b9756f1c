form math import sqrt
