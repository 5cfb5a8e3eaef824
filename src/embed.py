#!/usr/bin/env python3
"""Writes a file's bytes as C: embed.py INPUT OUTPUT SYMBOL.

The array is terminated; SYMBOL_size does not count the terminator. Bytes are
written as numbers, since a string literal may not be longer than a compiler
promises to take.
"""
import sys


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: embed.py INPUT OUTPUT SYMBOL")
    source, target, symbol = sys.argv[1:]
    with open(source, "rb") as f:
        data = f.read()
    lines = [", ".join(str(b) for b in data[i:i + 20]) + "," for i in range(0, len(data), 20)]
    with open(target, "w", encoding="ascii") as f:
        f.write("#include <stddef.h>\n\n")
        f.write(f"extern const unsigned char {symbol}[];\n")
        f.write(f"extern const size_t {symbol}_size;\n\n")
        f.write(f"const unsigned char {symbol}[] = {{\n")
        f.writelines(f"\t{line}\n" for line in lines)
        f.write("\t0,\n};\n")
        f.write(f"const size_t {symbol}_size = {len(data)};\n")


if __name__ == "__main__":
    main()
