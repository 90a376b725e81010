import { Showable } from "../display.ts";
import { escapeMarkup } from "../escape.ts";
import { timeline } from "../plots/timeline.ts";
import { checkRun, type Run, runsShown } from "../run.ts";
import { replayData } from "./data.ts";
import player from "./player.js" with { type: "text" };

/**
 * Plays a run step by step: each task's current line, who is ready, who sleeps, what is in the queue and what was printed.
 * Where scripts do not run, on GitHub or in print, the run's timeline takes its place.
 *
 * ```ts
 * import { experiment, replay, show, sleepSync } from "@course/lib";
 *
 * const run = await experiment("half a minute", { quiet: true }, () => sleepSync(30));
 * await show(replay(run));
 * ```
 *
 * @throws {LessonError} if it is given anything but a run
 */
export function replay(run: Run): Showable {
  checkRun("replay", run);
  const picture = timeline(run);
  const [svg, text] = [picture.bundle["image/svg+xml"], picture.toString()];
  const shownRun = runsShown.get(picture.bundle)!;
  const data = replayData(...shownRun);
  // Without the cells' names: kernels number cells differently.
  const json = JSON.stringify({ ...data, sources: [] }).replaceAll("<", "\\u003c");
  const image = `<img alt="${escapeMarkup(text)}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`;
  const start = 'for(const it of document.querySelectorAll(".course-replay:has(>script)"))' +
    "play(it,JSON.parse(it.querySelector('script').textContent));";
  const script = player.replace(/^ *(\/\/|\/?\*).*\n/gm, "").replace("export ", "");
  const html = `<div class="course-replay">${image}<script type="application/json">${json}</script></div>` +
    `<script>(()=>{${script}${start}})()</script>`;
  const shown = new Showable({ "text/html": html, "image/svg+xml": svg, "text/plain": text });
  runsShown.set(shown.bundle, shownRun);
  return shown;
}
