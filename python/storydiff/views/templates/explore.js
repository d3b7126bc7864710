// The live view: the views come as HTML from Python; this adds the controls and follows links inside the view.
function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  const stage = element("div");
  const shown = element("output");
  const slider = element("input", { type: "range", min: 0.05, max: 0.99, step: 0.01, value: model.get("min_probability") });
  const search = element("input", { type: "search", placeholder: "Search statements", ariaLabel: "Search statements" });
  const message = element("p", { className: "note", role: "status" });
  const hidden = new Set(model.get("hidden"));
  const boxes = model.get("articles").map((name, at) => {
    const box = element("input", { type: "checkbox", checked: !hidden.has(at) });
    box.addEventListener("change", () => {
      box.checked ? hidden.delete(at) : hidden.add(at);
      filter();
      later(() => { model.set("hidden", [...hidden].sort((a, b) => a - b)); model.save_changes(); });
    });
    return element("label", {}, box, element("bdi", { textContent: name }));
  });
  const controls = element("div", { className: "storydiff explore" },
    element("label", { className: "threshold" }, "Links of at least ", slider, shown),
    element("label", {}, search),
    element("div", { className: "choose", role: "group", ariaLabel: "Articles to compare" }, ...boxes), message);
  // Keys in the controls are theirs, not the notebook's shortcuts.
  controls.dataset.lmSuppressShortcuts = "true";
  for (const type of ["keydown", "keypress", "keyup"]) controls.addEventListener(type, (event) => event.stopPropagation());
  el.replaceChildren(controls, stage);

  let waiting = 0;
  const later = (action) => { clearTimeout(waiting); waiting = setTimeout(action, 150); };
  const label = () => { shown.textContent = Number(slider.value).toFixed(2); };

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const missed = (row) => { const text = row.textContent.toLowerCase(); return !words.every((word) => text.includes(word)); };
    for (const row of stage.querySelectorAll(".card, .matrix tbody tr, .group li")) row.hidden = missed(row);
    // Until the articles are compared again, those that were unchecked are only out of sight.
    const names = new Set([...hidden].map((at) => model.get("articles")[at]));
    for (const column of stage.querySelectorAll(".column")) {
      const gone = names.has(column.querySelector("h3").textContent);
      column.hidden = gone;
      column.dataset.hidden = gone;
    }
  }

  function draw() {
    const open = [...stage.querySelectorAll(".shown > details")].findIndex((part) => part.open);
    stage.innerHTML = model.get("html");
    const parts = stage.querySelectorAll(".shown > details");
    if (open > 0 && parts[open]) parts[open].open = true;
    for (const root of stage.querySelectorAll(".shown")) turns(root);
    filter();
  }

  stage.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    const root = link.closest(".shown");
    const target = root && root.querySelector("#" + CSS.escape(decodeURIComponent(link.hash.slice(1))));
    if (!target) return;
    const name = nameOf(target, root);
    lightUp(root, name);
    const part = target.closest(".shown > details");
    if (part) part.open = true;
    if (name) openCard(root, name);
    lineUp(root, name, target);
    (target.closest(".desk") || target).scrollIntoView({ block: "nearest", inline: "nearest", behavior: "smooth" });
  });

  slider.addEventListener("input", () => {
    label();
    later(() => { model.set("min_probability", Number(slider.value)); model.save_changes(); });
  });
  search.addEventListener("input", filter);
  const told = () => { message.textContent = model.get("message"); };
  const moved = () => { slider.value = model.get("min_probability"); label(); };
  model.on("change:html", draw);
  model.on("change:message", told);
  model.on("change:min_probability", moved);
  label();
  told();
  draw();
  return () => {
    clearTimeout(waiting);
    model.off("change:html", draw);
    model.off("change:message", told);
    model.off("change:min_probability", moved);
  };
}

// The cell's output is the static view, which a saved notebook keeps. Where a kernel answers, this runs, and the live
// view takes its place; the output may be drawn later than this, and again.
function initialize({ model }) {
  const live = new Map();
  const mount = () => {
    const el = document.getElementById(model.get("place"));
    if (el && !live.has(el)) live.set(el, render({ model, el }));
  };
  const observer = new MutationObserver(mount);
  observer.observe(document.documentElement, { childList: true, subtree: true });
  mount();
  return () => {
    observer.disconnect();
    for (const stop of live.values()) stop();
  };
}

export default { initialize, render };
