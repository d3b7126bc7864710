// What the report and the live view do with the articles side by side: find a statement's name, light up its places,
// open its card, and bring the words of all articles onto one line.
const NAME = /^(s\d+|d\d+|u\d+-\d+)$/;
const nameOf = (element, root) => {
  for (let at = element; at && at !== root; at = at.parentElement) {
    const name = [...at.classList].find((name) => NAME.test(name));
    if (name) return name;
  }
  return "";
};

const lightUp = (root, name) => {
  for (const old of root.querySelectorAll(".lit")) old.classList.remove("lit");
  // A copy: a live collection is searched anew after every change of a class.
  if (name) for (const element of [...root.getElementsByClassName(name)]) element.classList.add("lit");
};

const openCard = (root, name) => {
  for (const old of root.querySelectorAll(".card.open")) old.classList.remove("open");
  const card = name && root.querySelector(`.card.${name}`);
  if (!card) return;
  card.classList.add("open");
  const list = card.closest(".list");
  const family = ["shared", "disputed", "alone"].find((family) => list.classList.contains(family));
  root.querySelector(`[id$="tab-${family}"]`).checked = true;
  if (card.offsetTop < list.scrollTop || card.offsetTop + card.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = card.offsetTop - 8;
  }
};

// Shows the columns that assert it, of a story of many articles, and moves each to its words.
const MOST_CALLED = 8;
const lineUp = (root, name, target) => {
  const strip = root.querySelector(".strip");
  if (!strip) return;
  const columns = [...strip.querySelectorAll(".column")];
  const having = name ? columns.filter((column) => column.getElementsByClassName(name).length) : [];
  const at = target && target.closest(".column");
  const called = [...(at ? [at] : []), ...having.filter((column) => column !== at)].slice(0, MOST_CALLED);
  for (const column of columns) {
    const box = root.querySelector(`#${CSS.escape(column.id.replace(/a(\d+)$/, "pick$1"))}`);
    column.hidden = column.dataset.hidden === "true" || (Boolean(box) && !box.checked && !called.includes(column));
    column.classList.toggle("without", /^[sd]/.test(name) && !having.includes(column));
  }
  const shown = having.filter((column) => !column.hidden);
  strip.classList.toggle("aligned", shown.length > 0);
  const places = shown.map((column) => {
    const words = target && column.contains(target) ? target : column.getElementsByClassName(name)[0];
    const top = words.getClientRects()[0].top - column.getBoundingClientRect().top + column.scrollTop;
    return { column, top, head: column.querySelector("header").offsetHeight };
  });
  if (!places.length) return;
  // The line stands a third down, or higher where an article says it too early to come down so far.
  const head = Math.max(...places.map((place) => place.head)) + 12;
  const line = Math.max(head, Math.min(strip.clientHeight / 3, ...places.map((place) => place.top)));
  for (const place of places) place.column.scrollTop = place.top - line;
  const first = (places.find((place) => place.column === at) || places[0]).column;
  const left = first.offsetLeft - strip.offsetLeft;
  if (left < strip.scrollLeft || left + first.offsetWidth > strip.scrollLeft + strip.clientWidth) strip.scrollLeft = left;
};

// Where articles are out of sight to a side, a button says how many and brings the next.
const turns = (root) => {
  const strip = root.querySelector(".view > .strip");
  if (!strip || strip.parentElement.querySelector(".turn")) return;
  const columns = [...strip.querySelectorAll(".column")];
  const SLACK = 8;
  const past = {
    before: (column) => column.offsetLeft + SLACK < strip.scrollLeft,
    after: (column) => column.offsetLeft + column.offsetWidth > strip.scrollLeft + strip.clientWidth + SLACK,
  };
  const buttons = Object.keys(past).map((side) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `turn ${side}`;
    button.addEventListener("click", () => {
      const out = columns.filter((column) => column.offsetWidth && past[side](column));
      const next = side === "after" ? out[0] : out[out.length - 1];
      if (!next) return;
      const left = side === "after" ? next.offsetLeft + next.offsetWidth - strip.clientWidth : next.offsetLeft;
      strip.scrollTo({ left, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    });
    strip.after(button);
    return button;
  });
  const count = () => buttons.forEach((button) => {
    const side = button.classList.contains("after") ? "after" : "before";
    const out = columns.filter((column) => column.offsetWidth && past[side](column)).length;
    button.hidden = out === 0;
    button.textContent = side === "after" ? `${out} more \u203a` : `\u2039 ${out} more`;
    button.setAttribute("aria-label", `${out} more ${out === 1 ? "article" : "articles"} to the ${side === "after" ? "right" : "left"}`);
  });
  strip.addEventListener("scroll", count, { passive: true });
  // Columns change their width as they are chosen and hidden, and the strip with its window.
  const sizes = new ResizeObserver(count);
  for (const each of [strip, ...columns]) sizes.observe(each);
  count();
};
