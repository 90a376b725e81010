import { equal } from "node:assert/strict";
import { slideType } from "./slide_type.ts";

Deno.test("slideType() reads JupyterLab's slide types and nothing else", () => {
  equal(slideType({ slideshow: { slide_type: "subslide" } }), "subslide");
  for (
    const slideshow of [{ slide_type: "-" }, { slide_type: "" }, { slide_type: {} }, {}, null, undefined]
  ) {
    equal(slideType({ slideshow }), undefined);
  }
});
