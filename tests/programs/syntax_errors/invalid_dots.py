from .. import *x
