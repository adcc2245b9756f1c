from _helper import itemz
