"""Reads an export as lxml does it in bounded memory; prints the seconds that it took."""
import sys
import time

from lxml import etree

path, passes = sys.argv[1], int(sys.argv[2])
start = time.perf_counter()
for _ in range(passes):
    items = 0
    for _, item in etree.iterparse(path, tag="item", huge_tree=True):
        items += 1
        item.clear()
        while item.getprevious() is not None:
            del item.getparent()[0]
    assert items > 0
print(time.perf_counter() - start)
