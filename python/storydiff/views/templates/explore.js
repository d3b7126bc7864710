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
  const search = element("input", { type: "search", placeholder: "Search statements" });
  const message = element("p", { className: "note" });
  const hidden = new Set();
  const boxes = model.get("articles").map((name, at) => {
    const box = element("input", { type: "checkbox", checked: true });
    box.addEventListener("change", () => { box.checked ? hidden.delete(at) : hidden.add(at); filter(); });
    return element("label", {}, box, element("bdi", { textContent: name }));
  });
  const controls = element("div", { className: "storydiff explore" },
    element("label", { className: "threshold" }, "Links of at least ", slider, shown),
    element("label", {}, search),
    element("div", { className: "choose" }, ...boxes), message);
  el.replaceChildren(controls, stage);

  const label = () => { shown.textContent = Number(slider.value).toFixed(2); };
  const named = (link) => [...link.classList].find((name) => /^s\d+$/.test(name));

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const missed = (row) => { const text = row.textContent.toLowerCase(); return !words.every((word) => text.includes(word)); };
    for (const row of stage.querySelectorAll(".card, .matrix tbody tr, .group li")) row.hidden = missed(row);
    stage.querySelectorAll(".column").forEach((column, at) => { column.hidden = hidden.has(at); });
    for (const row of stage.querySelectorAll(".matrix tr")) {
      [...row.children].forEach((cell, at) => { if (row.children.length > 3) cell.hidden = hidden.has(at - 1); });
    }
  }

  function draw() {
    const open = [...stage.querySelectorAll(".shown > details")].findIndex((part) => part.open);
    stage.innerHTML = model.get("html");
    const parts = stage.querySelectorAll(".shown > details");
    if (open > 0) parts[open].open = true;
    filter();
  }

  stage.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    const target = stage.querySelector("#" + CSS.escape(decodeURIComponent(link.hash.slice(1))));
    if (!target) return;
    const holder = target.closest("[class*=' s']");
    const name = holder && named(holder);
    for (const old of stage.querySelectorAll(".lit, .open")) old.classList.remove("lit", "open");
    if (name) for (const one of stage.querySelectorAll("." + name)) one.classList.add("lit");
    if (name) for (const card of stage.querySelectorAll(".card." + name)) card.classList.add("open");
    const part = target.closest(".shown > details");
    if (part) part.open = true;
    target.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "smooth" });
  });

  let waiting = 0;
  slider.addEventListener("input", () => {
    label();
    clearTimeout(waiting);
    waiting = setTimeout(() => { model.set("min_probability", Number(slider.value)); model.save_changes(); }, 120);
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

export default { render };
