/** The figures that a notebook reports of a run, read back from its outputs. @module */
import * as v from "valibot";
import { type RunFigures, runType } from "../../lib/report.ts";
import type { Published } from "../kernel/client.ts";

const number = v.pipe(v.number(), v.finite());
const perhaps = v.nullable(v.union([number, v.literal("Infinity")]));

/** The schema of a report. */
export const figuresSchema: v.GenericSchema<RunFigures> = v.object({
  name: v.string(),
  seed: number,
  speed: perhaps,
  stopped: v.boolean(),
  total: number,
  bound: number,
  generated: number,
  processed: number,
  latency: v.object({ first: perhaps, best: perhaps, mean: perhaps, max: perhaps }),
  deepest: number,
  depth: v.array(v.tuple([number, number])),
});

/** The figures that a message of a kernel carries, if it is a report. */
export function figuresIn({ header, content }: Published) {
  const figures = content.data?.[runType];
  return header.msg_type === "display_data" && v.is(figuresSchema, figures) ? figures : undefined;
}
