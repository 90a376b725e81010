// The slides are cut by counted lines. Where a reader's fonts are wider than that, a slide is shrunk until it fits.
const sections = document.querySelectorAll(".slides section:not(:has(section))");

function fits({ scrollHeight, clientHeight, scrollWidth, clientWidth }) {
  return scrollHeight <= clientHeight + 1 && scrollWidth <= clientWidth + 1;
}

function fit(page) {
  page.classList.remove("long");
  for (let zoom = 100 * (page.dataset.zoom ?? 1); zoom >= 50; zoom -= 5) {
    page.style.setProperty("--zoom", zoom / 100);
    if (fits(page)) return;
  }
  page.classList.add("long");
}

addEventListener("load", async () => {
  await document.fonts.ready;
  document.body.classList.add("measuring");
  for (const section of sections) fit(section.querySelector(".page"));
  document.body.classList.remove("measuring");
  await Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    center: false,
    hash: true,
    navigationMode: "linear",
    slideNumber: "c/t",
    transition: "none",
    backgroundTransition: "none",
    controlsLayout: "edges",
    plugins: [RevealNotes],
  });
});
addEventListener("toggle", ({ target }) => fit(target.closest(".page")), true);
