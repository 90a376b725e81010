import assert from "node:assert/strict";
import { courseNotebooks } from "../common/course.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { noTslab, testWith } from "../testdata/needs.ts";
import { compareKernels } from "./differences.ts";

testWith(
  await noTslab,
  "the course's notebooks give the same bytes under both kernels, except in real time",
  async () => {
    await Promise.all((await courseNotebooks()).map(async (path) => {
      assert.deepEqual(await compareKernels({ path, notebook: await readNotebook(path) }), []);
    }));
  },
);
