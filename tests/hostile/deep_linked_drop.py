class N: pass
head = None
for i in range(500000):
    n = N(); n.next = head; n.back = n; head = n
head = None
l = []
for i in range(1000000): l = [l]
del l
print('ok')
