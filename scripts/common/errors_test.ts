import { equal } from "node:assert/strict";
import { CourseError } from "./errors.ts";

Deno.test("CourseError contains no control characters", () => {
  const said = "a\x1b[2J\x1b]0;title\x07b\x9b31mc\rd\b\u202ee\tf\n\x1b[31mg\x1b[0m\x1bc";
  equal(new CourseError(said).message, "abcde\tf\ngc");
  equal(new CourseError("été: 長 👍🏽").message, "été: 長 👍🏽");
});
