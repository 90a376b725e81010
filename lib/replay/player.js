// @ts-check
/// <reference lib="dom" />
/**
 * Plays a replay in the place of what is in `root`. It stands in outputs of notebooks as it is written here; hence it is
 * one function of plain JavaScript, which needs nothing else.
 *
 * @param {HTMLElement} root
 * @param {import("./data.ts").ReplayData} data
 * @param {{ first?: number, href?: (step: number) => string, onStep?: (step: number) => void }} [page] for a page: the
 *   step to begin with, from 1; the address of a step; called at each step
 */
export function play(root, data, { first = 1, href, onStep } = {}) {
  const { lanes, frames, code } = data;
  const last = frames.length - 1;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const whole = frames[last].end;
  let now = -1;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  /** @param {string} html @param {...(Node | string)} children */
  function make(html, ...children) {
    const holder = document.createElement("div");
    holder.innerHTML = html;
    const made = /** @type {HTMLElement} */ (holder.firstElementChild);
    made.append(...children);
    return made;
  }
  /** @param {Element} element @param {Keyframe[]} keyframes */
  function move(element, keyframes) {
    return isCalm ? undefined : element.animate(keyframes, { duration: 300, easing: "ease" });
  }
  /** @param {number} step */
  const left = (step) => whole > 0 ? frames[step].time / whole : step / Math.max(1, last);

  const step = href ? "a" : "span";
  const player = make(`<div class="player" role="group" tabindex="-1" aria-label="Replay">
    <p class="sentence" aria-live="polite"></p>
    <div class="buttons">
      <button type="button" class="back" title="One step back" aria-label="One step back">◀</button>
      <button type="button" class="play"></button>
      <button type="button" class="on" title="One step forward" aria-label="One step forward">▶|</button>
      <input type="range" min="1" max="${last + 1}" aria-label="Step of the replay">
      <${step} class="step"></${step}>
    </div>
    <div class="timeline"><div class="over"><div class="cursor"></div></div></div>
    <div class="stage">
      <div class="program"></div>
      <div class="scene"><div class="places"></div><div class="printed"></div></div>
    </div>
  </div>`);
  /** @param {string} selector */
  const part = (selector) => /** @type {HTMLElement} */ (player.querySelector(selector));
  const [sentence, playing, link, timeline] = [".sentence", ".play", ".step", ".timeline"].map(part);
  const [cursor, program, printed] = [".cursor", ".program", ".printed"].map(part);
  const scrubber = /** @type {HTMLInputElement} */ (part("input"));
  if (!isCalm) cursor.style.transition = "left 0.3s";

  // The program: its lines, by piece and number.
  const lines = code.map((piece) =>
    piece.lines.map((text, i) => {
      const words = text.split(/\b(await)\b/).map((it) => it === "await" ? make("<b>await</b>") : it);
      const line = make(`<div class="row"><i>${piece.first + i}</i><span class="code"></span></div>`);
      line.lastElementChild?.append(...words);
      return line;
    })
  );
  program.append(...lines.map((of) => make("<div></div>", ...of)));
  if (lines.length === 0) program.remove();

  // The timeline: a track for each lane, and what it does in between two steps.
  const says = lanes.map(() => make("<small></small>"));
  const rows = lanes.map(({ name, role }, lane) => {
    const track = make('<div class="track"></div>');
    /** @param {string} kind @param {number} from @param {number} to */
    const span = (kind, from, to) => {
      const style = `left:${100 * from}%;width:${100 * (to - from)}%`;
      track.append(make(`<span class="${kind}" style="${style}"></span>`));
    };
    let [kind, since] = ["", 0];
    for (const [i, frame] of frames.entries()) {
      const runs = frame.lane === lane;
      const next = runs ? frame.then : frame.states[lane].kind;
      if (runs || next !== kind || i === last) {
        if (kind === "sleeps" || kind === "waits") span(kind, since, left(i));
        [kind, since] = [next, whole > 0 ? frame.end / whole : left(i)];
      }
      if (runs && frame.end > frame.time) span("blocks", left(i), frame.end / whole);
      else if (runs) span("dot", left(i), left(i));
    }
    return make(`<div class="lane ${role}"></div>`, make("<span></span>", name, says[lane]), track);
  });
  timeline.prepend(...rows);
  const ends = whole > 0 ? ["0 s", `${whole.toFixed(1)} s`] : [];
  timeline.append(make('<div class="axis"></div>', ...ends.map((it) => make("<span></span>", it))));

  // What is where.
  const queues = frames.reduce((most, { queues }) => Math.max(most, queues.length), 0);
  const queueNames = Array.from({ length: queues }, (_, i) => queues > 1 ? `Queue ${i + 1}` : "In the queue");
  const places = ["Ready queue", "Sleepers", ...queueNames].map((name, i) => {
    const place = make(`<div class="chips${i > 1 ? " items producer" : ""}"></div>`);
    part(".places").append(make("<span></span>", name), place);
    /** @type {Map<string, HTMLElement>} */
    const chips = new Map();
    return { place, chips };
  });

  /** @param {typeof places[number]} where @param {string[]} texts */
  function fill({ place, chips }, texts) {
    const was = new Map([...chips].map(([text, chip]) => [text, chip.offsetLeft]));
    for (const [text, chip] of chips) {
      if (texts.includes(text)) continue;
      chips.delete(text);
      chip.classList.add("gone");
      chip.style.left = `${was.get(text)}px`;
      const moved = move(chip, [{ opacity: 1 }, { opacity: 0, transform: "translateX(-2.5rem)" }]);
      if (moved) moved.onfinish = () => chip.remove();
      else chip.remove();
    }
    for (const text of texts) {
      chips.set(text, chips.get(text) ?? make('<span class="chip"></span>', text));
      place.append(chips.get(text) ?? "");
    }
    for (const [text, chip] of chips) {
      const from = was.get(text);
      if (from === undefined) move(chip, [{ opacity: 0, transform: "translateX(2.5rem)" }, {}]);
      else move(chip, [{ transform: `translateX(${from - chip.offsetLeft}px)` }, {}]);
    }
  }
  /** @param {import("../trace.ts").Queued} queued */
  function itemsOf([first, last]) {
    const items = Array.from({ length: Math.min(9, last - first + 1) }, (_, i) => String(first + i));
    return last - first < 9 ? items : [...items, `… ${last}`];
  }
  /** @type {Record<string, string>} The lecture's colours of what is printed. */
  const STYLES = {
    1: "font-weight:700",
    "30;43": "color:#000;background:#f5d76e",
    "30;46": "color:#000;background:#7fdbff",
  };
  /** @param {string} line */
  function coloured(line) {
    return line.split("\x1b[").map((part, i) => {
      const at = i > 0 ? part.indexOf("m") : -1;
      return make(`<span style="${STYLES[part.slice(0, at)] ?? ""}"></span>`, part.slice(at + 1));
    });
  }

  // The controls.
  /** @param {boolean} isOn */
  function run(isOn) {
    clearInterval(timer);
    timer = undefined;
    if (isOn) {
      if (now === last) show(0);
      timer = setInterval(() => now < last && root.isConnected ? show(now + 1) : run(false), 1000);
    }
    playing.textContent = isOn ? "❚❚" : "▶";
    playing.title = playing.ariaLabel = isOn ? "Pause" : "Play";
    sentence.ariaLive = isOn ? "off" : "polite";
  }
  /** @param {number} step */
  function go(step) {
    run(false);
    show(step);
  }
  /** @param {number} step */
  function show(step) {
    step = Math.max(0, Math.min(last, step));
    if (step === now) return;
    now = step;
    const { lane, states, ready, sleepers, queues, sentence: words } = frames[now];
    sentence.textContent = words;
    scrubber.value = String(now + 1);
    link.textContent = `Step ${now + 1} of ${last + 1}`;
    if (href) link.setAttribute("href", href(now + 1));
    cursor.style.left = `${100 * left(now)}%`;
    for (const line of lines.flat()) {
      line.className = "row";
      line.querySelectorAll("em").forEach((it) => it.remove());
    }
    states.forEach(({ kind, text, code, line }, i) => {
      const { name, role } = lanes[i];
      says[i].textContent = text;
      rows[i].classList.toggle("runs", i === lane);
      const at = lines[code ?? -1]?.[(line ?? 0) - data.code[code ?? 0]?.first];
      if (!at || kind === "done") return;
      at.append(make(`<em class="${role}${i === lane ? " now" : ""}"></em>`, name));
      if (i === lane) at.classList.add("lit", role);
    });
    [ready, sleepers, ...queues.map(itemsOf)].forEach((texts, i) => fill(places[i], texts));
    const said = frames.slice(0, now + 1).flatMap(({ printed }) => printed).slice(-6);
    printed.replaceChildren(...said.flatMap((line) => [...coloured(line), "\n"]));
    onStep?.(now + 1);
  }

  part(".back").onclick = () => go(now - 1);
  playing.onclick = () => run(!timer);
  part(".on").onclick = () => go(now + 1);
  scrubber.oninput = () => go(Number(scrubber.value) - 1);
  timeline.onpointerdown = timeline.onpointermove = (event) => {
    if (event.buttons !== 1) return;
    const { left: from, width } = /** @type {Element} */ (cursor.parentElement).getBoundingClientRect();
    const at = (event.clientX - from) / width;
    if (at < -0.02) return;
    const far = frames.map((_, i) => Math.abs(left(i) - at));
    go(far.indexOf(Math.min(...far)));
  };
  player.onkeydown = (event) => {
    /** @type {Record<string, number>} */
    const steps = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last };
    const step = steps[event.key];
    const isSpace = event.key === " " && !(/** @type {Element} */ (event.target).matches("button, a"));
    if (step === undefined && !isSpace || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (isSpace) run(!timer);
    else go(step);
  };
  root.dataset.lmSuppressShortcuts = "true"; // JupyterLab's own keys
  root.replaceChildren(make("<style></style>", data.style), player);
  run(false);
  show(first - 1);
  return { go: (/** @type {number} */ step) => go(step - 1), focus: () => playing.focus() };
}
