// @ts-check
/// <reference lib="dom" />
/**
 * Plays a replay in `root`, in place of the timeline's picture. Notebook outputs embed this source as it is, so it is one
 * self-contained function in plain JavaScript.
 *
 * @param {HTMLElement} root
 * @param {import("./data.ts").ReplayData} data
 * @param {{ first?: number, href?: (step: number) => string, onStep?: (step: number) => void }} [page] on live pages:
 *   the step to start at, from 1; the address of a step; called at every step
 */
export function play(root, data, { first = 1, href, onStep } = {}) {
  const { lanes, frames, code } = data;
  const [end, left, right] = data.axis;
  const last = frames.length - 1;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
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

  const player = make(`<div class="player" role="group" tabindex="-1" aria-label="Replay">
    <p class="sentence" aria-live="polite"></p>
    <div class="buttons">
      <button type="button" class="back" title="One step back" aria-label="One step back">|◀</button>
      <button type="button" class="play"></button>
      <button type="button" class="on" title="One step forward" aria-label="One step forward">▶|</button>
      <a class="step"></a>
      <input type="range" min="1" max="${last + 1}" aria-label="Step of the replay">
    </div>
    <div class="timeline" tabindex="0"></div>
    <div class="stage">
      <div class="program"></div>
      <div class="scene"><div class="places"></div><div class="printed"></div></div>
    </div>
  </div>`);
  /** @param {string} selector */
  const part = (selector) => /** @type {HTMLElement} */ (player.querySelector(selector));
  const [sentence, playing, link] = [".sentence", ".play", ".step"].map(part);
  const [program, printed] = [".program", ".printed"].map(part);
  const scrubber = /** @type {HTMLInputElement} */ (part("input"));

  // The timeline: its panels without the title and the legend, and a cursor over them.
  const image = root.querySelector("img")?.src ?? "";
  const drawn = root.querySelector("svg") ?? make(decodeURIComponent(image.slice(image.indexOf(",") + 1)));
  const picture = /** @type {SVGSVGElement} */ (drawn);
  const box = picture.viewBox.baseVal;
  const top = Number(picture.querySelector("svg")?.getAttribute("y"));
  const style = `stroke:var(--text);stroke-width:2;${isCalm ? "" : "transition:translate 0.3s"}`;
  const path = `<path class="cursor" d="M0,${top}V${box.height - 44}" style="${style}"/>`;
  picture.insertAdjacentHTML("beforeend", path);
  const cursor = /** @type {SVGElement} */ (picture.lastElementChild);
  picture.removeAttribute("height");
  box.y = top;
  box.height -= top;
  const timeline = part(".timeline");
  timeline.append(picture);
  /** @param {number} step */
  const at = (step) => left + (right - left) * frames[step].time / end;

  if (code.length === 0) program.remove();

  // A function for each place, which fills it with chips; those that stay slide from where they were.
  const places = data.places.map((name, i) => {
    const place = make(`<div class="chips${i > 3 ? " producer" : ""}"></div>`);
    part(".places").append(make("<span></span>", name), place);
    /** @type {HTMLElement[]} */
    let chips = [];
    return (/** @type {string[]} */ texts) => {
      const was = new Map(chips.map((chip) => [chip.textContent, chip.offsetLeft]));
      chips = texts.map((text) => make('<span class="chip"></span>', text));
      place.replaceChildren(...chips);
      for (const chip of isCalm ? [] : chips) {
        const from = was.get(chip.textContent) ?? chip.offsetLeft + 40;
        chip.animate({ translate: [`${from - chip.offsetLeft}px`, "0px"] }, 300);
      }
    };
  });

  // The controls.
  /** @param {boolean} isOn */
  function run(isOn) {
    clearInterval(timer);
    if (isOn && now === last) show(0);
    const goOn = () => now < last && root.isConnected ? show(now + 1) : run(false);
    timer = isOn ? setInterval(goOn, 1000) : undefined;
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
    const frame = frames[now];
    sentence.textContent = frame.sentence;
    scrubber.value = String(now + 1);
    link.textContent = `Step ${now + 1} of ${last + 1}`;
    if (href) link.setAttribute("href", href(now + 1));
    cursor.style.translate = `${at(now)}px`;
    timeline.scrollLeft = at(now) / box.width * timeline.scrollWidth - timeline.clientWidth / 2;
    program.innerHTML = code.join("");
    for (const { lane, cell, line } of frame.stands) {
      const { name, role } = lanes[lane];
      const row = program.children[cell]?.children[line - 1];
      row?.append("  ", make(`<span class="chip ${role}"></span>`, name));
      if (lane === frame.lane) row?.classList.add("lit", role);
    }
    places.forEach((fill, i) => fill(frame.places[i] ?? []));
    const lines = frames.slice(0, now + 1).flatMap(({ printed }) => printed);
    printed.textContent = lines.slice(-6).join("\n");
    onStep?.(now + 1);
  }

  part(".back").onclick = () => go(now - 1);
  playing.onclick = () => run(!timer);
  part(".on").onclick = () => go(now + 1);
  scrubber.oninput = () => go(Number(scrubber.value) - 1);
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
