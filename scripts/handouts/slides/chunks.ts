/** Deals lines out to chunks of at most `most` rows, each cut at the best place in its last third. */
export function chunks<T>(
  lines: readonly T[],
  most: number,
  rows: (line: T) => number,
  /** How good it is to begin a chunk with this line, from 0. */
  worth: (line: T, before: T) => number = () => 0,
): T[][] {
  const done: T[][] = [];
  let start = 0;
  while (start < lines.length) {
    let [end, sum] = [start, 0];
    while (end < lines.length && (end === start || sum + rows(lines[end]) <= most)) sum += rows(lines[end++]);
    if (end < lines.length) end = bestCut(lines, start, end, worth);
    done.push(lines.slice(start, end));
    start = end;
  }
  return done;
}

function bestCut<T>(
  lines: readonly T[],
  start: number,
  end: number,
  worth: (line: T, before: T) => number,
): number {
  let best = end;
  for (let at = end; at >= start + (end - start) * 2 / 3; at--) {
    if (worth(lines[at], lines[at - 1]) > worth(lines[best], lines[best - 1])) best = at;
  }
  return best;
}
