/// <reference lib="dom" />
/** The script of live pages starts here. @module */
import { startIndex } from "./index.ts";
import { LivePage } from "./page.ts";

const saved = ".tools, .controls, .bar, iframe";
for (const made of document.querySelectorAll(saved)) made.remove(); // a browser saves what a script has made

const data = JSON.parse(document.getElementById("live")!.textContent);
if ("sections" in data) startIndex(data);
else new LivePage(data);
