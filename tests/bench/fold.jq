# What a session comes to, as far as jq can be asked for it: who spoke how
# long, who waits for the floor, what is noted, where the agenda stands.
def spoken($t):
  if .turn and .turn.since then .turn.ms += $t - .turn.since | .turn.since = null else . end;
def ended($t):
  if .turn then spoken($t) | .people[.turn.person].ms += .turn.ms | .people[.turn.person].turns += 1 | .turn = null
  else . end;
def without($entry): map(select(.entry != $entry));

reduce inputs as $e ({queue: [], people: {}, notes: {}, turn: null};
  $e.data as $d | .n += 1 | .t = $e.t
  | if $e.kind == "queue.add" then .queue = .queue[:($d.place // 0)] + [$d] + .queue[($d.place // 0):]
    elif $e.kind == "queue.remove" then .queue |= without($d.entry)
    elif $e.kind == "turn.start" then
      ended($e.t) | .turn = {person: ($d.person // "?"), since: $e.t, ms: 0} | .queue |= without($d.entry)
    elif $e.kind == "turn.pause" then spoken($e.t)
    elif $e.kind == "turn.resume" and .turn then .turn.since = $e.t
    elif $e.kind == "turn.end" then ended($e.t)
    elif $e.kind == "note.add" or $e.kind == "note.edit" then .notes[$d.note | tostring] = $d
    elif $e.kind == "note.remove" then del(.notes[$d.note | tostring])
    elif $e.kind == "segment.enter" then .segment = $d.segment
    else . end)
| {n, t, segment, waiting: (.queue | length), notes: (.notes | length), people}
