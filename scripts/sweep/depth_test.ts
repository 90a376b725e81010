import assert from "node:assert/strict";
import { depthOver } from "./depth.ts";
import { figuresWith } from "./fixtures.ts";

Deno.test("depthOver() tells the spread of the depth at each time", () => {
  const short = figuresWith({ total: 2, depth: [[0, 4], [1, 2], [2, 0]] });
  const long = figuresWith({ total: 4, depth: [[1, 6], [4, 0]] });
  const over = depthOver([short, long], 4, 4).map((
    { time, least, median, most },
  ) => [time, least, median, most]);
  assert.deepEqual(over, [[0, 0, 2, 4], [1, 2, 4, 6], [2, 0, 3, 6], [3, 0, 3, 6], [4, 0, 0, 0]]);
});

Deno.test("depthOver() takes a run that is over for empty, whatever was left in line", () => {
  const stopped = figuresWith({ total: 1, depth: [[0, 3]] });
  assert.deepEqual(depthOver([stopped], 2, 2).map(({ most }) => most), [3, 3, 0]);
});
