#!/usr/bin/env python3
"""A second reader of session logs, written from the format's text alone.

Run by itself it reads the logs named on its command line and says what it
found; HASH:LOG is a log that continues the one whose last hash that is. With --against PROBE it damages a log in many ways and compares, file by
file, what it finds with what the program's own reader finds. Two readers with
nothing in common but the text can only agree where both have understood it.
"""
import hashlib
import os
import random
import re
import subprocess
import sys
import tempfile

LINE_MAX = 64 * 1024
BATCH_MAX = 256 * 1024  # the longest tail that one write can have left
SEAL = re.compile(rb',"crc":"([0-9a-f]{8})","hash":"([0-9a-f]{64})"\}\Z')
HEAD = re.compile(rb'\{"seq":(0|[1-9][0-9]{0,15}),"safe":(0|[1-9][0-9]{0,15}),("t":.*\})\Z', re.S)
MARK = re.compile(rb'([0-9]{16}) ([0-9]{16}) ([0-9a-f]{64}) ([0-9a-f]{64}) ([0-9a-f]{8})\n\Z')


def crc_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


TABLE = crc_table()


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFF


assert crc32c(b'123456789') == 0xE3069283


class Record:
    def __init__(self, line):
        """Raises ValueError where the line is not a whole record with its own checksum."""
        seal = SEAL.search(line)
        if len(line) > LINE_MAX or not seal:
            raise ValueError('seal')
        head = HEAD.match(line[:seal.start()])
        if not head:
            raise ValueError('head')
        self.seq, self.safe = int(head[1]), int(head[2])
        if max(self.seq, self.safe) >= 2 ** 53:
            raise ValueError('number')
        if crc32c(line[:seal.start()]) != int(seal[1], 16):
            raise ValueError('crc')
        self.chained = line[:seal.start() + len(b',"crc":"12345678"')]
        self.hash = bytes.fromhex(seal[2].decode())
        self.more = head[3].endswith(b'"more":1}')


def parse(line):
    try:
        return Record(line)
    except ValueError:
        return None


def read_mark(text):
    m = MARK.match(text)
    if not m or crc32c(text[:-9]) != int(m[5], 16):
        return None
    return int(m[1]), int(m[2]), bytes.fromhex(m[3].decode()), bytes.fromhex(m[4].decode())


def read(data, mark=None, before=bytes(32)):
    """What can be trusted of a log: (state, records, good bytes, bad line, readable lines behind).

    Before: the last hash of the log that this one continues.
    """
    pieces = data.split(b'\n')
    rest = pieces.pop()  # behind the last newline
    records, offsets, starts = [], [0], [0]
    head, bad = before, None
    trusted = 0
    for line in pieces:
        r = parse(line)
        if not r or r.seq != len(records) or r.safe > r.seq or (records and r.safe < records[-1].safe):
            break
        head = hashlib.sha256(head + r.chained).digest()
        if head != r.hash:
            break
        records.append(r)
        offsets.append(offsets[-1] + len(line) + 1)
        if not r.more:
            trusted = len(records)
    chained = len(records)
    behind = [parse(line) for line in pieces[chained:]]
    readable = [r for r in behind if r]
    beyond = len(readable) + chained - trusted
    if mark and (trusted == 0 or mark[3] != records[0].hash):
        mark = None
    ahead = mark is not None and mark[0] >= trusted
    other = mark is not None and mark[0] < trusted and mark[2] != records[mark[0]].hash
    if trusted == 0 and beyond == 0:
        return 'not-a-log', 0, 0, 1 if data else 0, 0
    clean = chained == len(pieces) and not rest
    if clean and chained == trusted:
        return 'short' if ahead or other else 'whole', trusted, len(data), 0, 0
    torn = (trusted and not ahead and not other and len(data) - offsets[trusted] <= BATCH_MAX
            and not (behind and behind[0])
            and all(r.safe <= trusted and r.seq > chained for r in readable))
    bad = trusted if torn or clean else chained
    return 'torn' if torn else 'damaged', trusted, offsets[trusted], bad + 1, beyond


def last_hash(data):
    """The hash that a log which continues this one begins with."""
    return parse(data.split(b'\n')[-2]).hash


def seal(records, before=bytes(32)):
    """A log of (safe, body)."""
    out, head = b'', before
    for seq, (safe, body) in enumerate(records):
        line = b'{"seq":%d,"safe":%d,' % (seq, safe) + body
        line += b',"crc":"%08x"' % crc32c(line)
        head = hashlib.sha256(head + line).digest()
        out += line + b',"hash":"%s"}\n' % head.hex().encode()
    return out


def some_log(rng, before):
    records, batch = [], 0
    while len(records) < rng.randint(4, 14):
        batch = len(records)
        for _ in range(rng.randint(1, 3)):
            for left in range(rng.choice([0, 0, 0, 1, 2]) if records else 0, -1, -1):
                text = rng.choice(['', '第三条：同意', 'x' * rng.randint(0, 300), '\\u001b'])
                more = ',"more":1' if left else ''
                body = '"t":%d,"at":"2026-05-14T18:00:00+08:00","by":"主席","kind":"note.add","data":{"text":"%s"%s}'
                records.append((batch, (body % (len(records) * 7, text, more)).encode()))
            if len(records) == 1:
                break
    return seal(records, before)


def some_mark(rng, log):
    lines = log.split(b'\n')[:-1]
    at = rng.choice([len(lines) - 1, rng.randrange(len(lines))])
    hashes = [parse(lines[at]).hash.hex().encode(), parse(lines[0]).hash.hex().encode()]
    if rng.random() < .1:
        hashes[rng.randrange(2)] = b'ab' * 32
    size = sum(len(line) + 1 for line in lines[:at + 1])
    text = b'%016d %016d %s %s ' % (at + rng.choice([0, 0, 0, 0, 1]), size, hashes[0], hashes[1])
    text += b'%08x\n' % crc32c(text)
    if rng.random() < .1:
        text = damage(rng, text)
    return text


def resealed(rng, line):
    """A line whose own checksum is right although its numbers are not."""
    m = re.match(rb'\{"seq":(\d+),"safe":(\d+),', line)
    seal_at = SEAL.search(line)
    if not m or not seal_at:
        return line
    seq, safe = (max(0, int(n) + rng.choice([-2, -1, 0, 1, 2])) for n in m.groups())
    body = line[m.end():seal_at.start()]
    new = b'{"seq":%d,"safe":%d,' % (seq, safe) + body
    return new + b',"crc":"%08x","hash":"%s"}' % (crc32c(new), seal_at[2])


def damage(rng, data):
    data = bytearray(data)
    at = rng.randrange(len(data) + 1)
    n = rng.choice([1, 2, 7, 60, 512])
    how = rng.randrange(10)
    if how == 0:
        del data[at:]
    elif how == 1:
        data[at:at + n] = bytes(min(n, len(data) - at))
    elif how == 2:
        for i in range(at, min(at + n, len(data))):
            data[i] = rng.randrange(256)
    elif how == 3 and at < len(data):
        data[at] ^= 1 << rng.randrange(8)
    elif how == 4:
        data[at:at] = bytes(rng.choice(b'0123456789\n{}"ax') for _ in range(n))
    elif how == 5:
        data += bytes(rng.choice([1, 100, 5000, 70000, 300000]))
    else:
        lines = bytes(data).split(b'\n')
        a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
        if how == 6:
            del lines[a]
        elif how == 7:
            lines.insert(b, lines[a])
        elif how == 8:
            lines[a], lines[b] = lines[b], lines[a]
        else:
            lines[a] = resealed(rng, lines[a])
        data = b'\n'.join(lines)
    return bytes(data)


def against(probe, rounds):
    seed = int(os.environ.get('DAIS_SEED') or random.randrange(2 ** 32))
    print('1..1\n# DAIS_SEED=%d' % seed)
    rng = random.Random(seed)
    states = {}
    with tempfile.TemporaryDirectory() as folder:
        cases = []
        for i in range(rounds):
            before = rng.choice([bytes(32), bytes(32), rng.randbytes(32)])
            log = some_log(rng, before)
            mark = some_mark(rng, log) if rng.random() < .5 else None
            for _ in range(rng.choice([0, 1, 1, 1, 2, 3])):
                log = damage(rng, log)
            path = os.path.join(folder, '%d.dais' % i)
            with open(path, 'wb') as f:
                f.write(log)
            if mark:
                with open(path + '.mark', 'wb') as f:
                    f.write(mark)
            if rng.random() < .1:
                before = rng.choice([bytes(32), rng.randbytes(32)])
            cases.append((path, log, mark, before))
        asked = ['%s:%s' % (c[3].hex(), c[0]) if any(c[3]) else c[0] for c in cases]
        out = subprocess.run([probe] + asked, stdout=subprocess.PIPE, check=True)
        answers = out.stdout.decode().splitlines()
        assert len(answers) == len(cases), 'the probe answered %d times' % len(answers)
        wrong = 0
        for (path, log, mark, before), answer in zip(cases, answers):
            found = read(log, read_mark(mark) if mark else None, before)
            states[found[0]] = states.get(found[0], 0) + 1
            mine = ' '.join(map(str, found))
            if mine != answer:
                wrong += 1
                print('# %s: %s here, %s there' % (os.path.basename(path), mine, answer))
    print('# %d logs: %s' % (rounds, ', '.join('%d %s' % (n, s) for s, n in sorted(states.items()))))
    print('%s 1 - two readers agree' % ('not ok' if wrong or len(states) < 5 else 'ok'))
    return 1 if wrong else 0


def main(args):
    if args[:1] == ['--against']:
        return against(args[1], int(args[2]) if args[2:] else 500)
    for path in args:
        before = bytes(32)
        if re.match('[0-9a-f]{64}:', path):
            before, path = bytes.fromhex(path[:64]), path[65:]
        with open(path, 'rb') as f:
            data = f.read()
        mark = None
        if os.path.exists(path + '.mark'):
            with open(path + '.mark', 'rb') as f:
                mark = read_mark(f.read())
        print(*read(data, mark, before))
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
