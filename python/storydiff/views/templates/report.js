// The page reads without this script. It highlights faster than style rules can, shows why beside the pointer, and
// brings the words of all articles onto one line.
"use strict";
const root = document.getElementById("storydiff");
const hint = document.getElementById("hint");
const highlight = document.getElementById("highlight");
const NAME = /^(s\d+|d\d+|u\d+-\d+)$/;
const nameOf = (element) => {
  for (let at = element; at && at !== root; at = at.parentElement) {
    const name = [...at.classList].find((name) => NAME.test(name));
    if (name) return name;
  }
  return "";
};

// Rules for the pointer give way to classes; rules for the picker stay.
for (const rule of [...highlight.sheet.cssRules].reverse()) {
  if (rule.selectorText.includes(":hover") || rule.selectorText.includes(".card.")) {
    highlight.sheet.deleteRule([...highlight.sheet.cssRules].indexOf(rule));
  }
}

let lit = "";
const light = (name) => {
  if (name === lit) return;
  for (const old of root.querySelectorAll(".lit")) old.classList.remove("lit");
  lit = name;
  if (name) for (const element of root.getElementsByClassName(name)) element.classList.add("lit");
};

// Choosing: the card opens, the columns that have it are shown, and their words move onto one line.
const strip = root.querySelector(".strip");
const target = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));
const chosen = () => nameOf(target());
const MOST_CALLED = 8;

const call = (name) => {
  const columns = [...root.querySelectorAll(".column")];
  for (const column of columns) column.classList.remove("called", "without");
  if (!name || !strip) return [];
  const having = columns.filter((column) => column.getElementsByClassName(name).length);
  const at = target() && target().closest(".column");
  const wanted = having.filter((column) => column !== at).slice(0, MOST_CALLED - 1);
  for (const column of at ? [at, ...wanted] : wanted) column.classList.add("called");
  const shown = columns.filter((column) => column.offsetParent !== null);
  if (!/^u/.test(name)) for (const column of shown) column.classList.toggle("without", !having.includes(column));
  return shown.filter((column) => having.includes(column));
};

const align = (name) => {
  const columns = call(name);
  strip && strip.classList.toggle("aligned", columns.length > 0);
  if (!columns.length) return;
  const places = columns.map((column) => {
    const own = target() && column.contains(target()) ? target() : column.getElementsByClassName(name)[0];
    const top = own.getClientRects()[0].top - column.getBoundingClientRect().top + column.scrollTop;
    return { column, top, head: column.querySelector("header").offsetHeight };
  });
  // The line stands a third down, or higher where an article says it too early to come down so far.
  const head = Math.max(...places.map((place) => place.head)) + 12;
  const line = Math.max(head, Math.min(strip.clientHeight / 3, ...places.map((place) => place.top)));
  for (const place of places) place.column.scrollTop = place.top - line;
  const first = places.find((place) => target() && place.column.contains(target())) || places[0];
  const room = first.column.offsetLeft - strip.offsetLeft;
  if (room < strip.scrollLeft || room + first.column.offsetWidth > strip.scrollLeft + strip.clientWidth) {
    strip.scrollLeft = room;
  }
};

const open = (name) => {
  for (const old of root.querySelectorAll(".card.open")) old.classList.remove("open");
  const card = name && root.querySelector(`.card.${name}`);
  if (!card) return;
  card.classList.add("open");
  const list = card.closest(".list");
  const family = ["shared", "disputed", "alone"].find((family) => list.classList.contains(family));
  document.getElementById(`tab-${family}`).checked = true;
  if (card.offsetTop < list.scrollTop || card.offsetTop + card.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = card.offsetTop - 8;
  }
};

const choose = () => {
  hide();
  const name = chosen();
  light(name);
  open(name);
  align(name);
  const place = target();
  if (place) for (let at = place; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (name) {
    const desk = root.querySelector(".desk").getBoundingClientRect();
    if (desk.top < 0 || desk.bottom > innerHeight + 8) root.querySelector("#read").scrollIntoView();
  } else if (place && place.querySelector(":scope > details.fold")) {
    place.querySelector(":scope > details.fold").open = true;
    place.scrollIntoView();
  }
};

// The hover card: what the card of a statement holds, beside the pointer, or beside the link that has the focus.
let waiting = 0;
const hide = () => {
  clearTimeout(waiting);
  hint.hidden = true;
  for (const old of root.querySelectorAll("[aria-describedby=hint]")) old.removeAttribute("aria-describedby");
};
const MOST_SISTERS = 6;
const fill = (name) => {
  const card = root.querySelector(`.card.${name}`);
  if (!card) return false;
  const more = card.querySelector(".more").cloneNode(true);
  const items = [...more.querySelectorAll("li")];
  for (const item of items.slice(MOST_SISTERS)) item.remove();
  if (items.length > MOST_SISTERS) {
    const rest = document.createElement("p");
    rest.className = "sum";
    rest.textContent = `and ${items.length - MOST_SISTERS} more`;
    more.append(rest);
  }
  const lead = document.createElement("p");
  lead.className = "lead";
  lead.textContent = card.querySelector("a.text > bdi").textContent;
  hint.replaceChildren(lead, ...more.childNodes);
  return true;
};
const show = (element, x, y) => {
  if (!fill(nameOf(element))) return;
  hint.hidden = false;
  hint.scrollTop = 0;
  const { width, height } = hint.getBoundingClientRect();
  hint.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  hint.style.top = `${y + 18 + height < innerHeight ? y + 18 : Math.max(8, y - height - 14)}px`;
};
const HOLDERS = ".column .m, .column .u, .column .d, .group .said, .group .fact, .group.one li, .matrix tbody th, .courses tbody th";
const soon = (action, wait) => { clearTimeout(waiting); waiting = setTimeout(action, wait); };

// Two tooltips at once would hide each other: what the browser would show is in the hover card.
for (const link of root.querySelectorAll(".column .text a[title]")) link.removeAttribute("title");

root.addEventListener("pointerover", (event) => {
  if (hint.contains(event.target)) return clearTimeout(waiting);
  light(nameOf(event.target) || chosen());
  if (event.pointerType === "touch") return;
  const holder = event.target.closest(HOLDERS);
  if (holder) soon(() => show(event.target, event.clientX, event.clientY), 350);
  else if (!hint.hidden) soon(hide, 250);
  else clearTimeout(waiting);
});
root.addEventListener("focusin", (event) => {
  if (hint.contains(event.target)) return;
  const holder = event.target.matches(":focus-visible") && event.target.closest(HOLDERS);
  if (!holder) return hide();
  light(nameOf(event.target));
  const box = event.target.getClientRects()[0];
  show(event.target, box.left, box.bottom);
  if (!hint.hidden) event.target.setAttribute("aria-describedby", "hint");
});
hint.addEventListener("pointerleave", () => soon(hide, 250));
addEventListener("scroll", () => { if (!hint.matches(":hover")) hide(); }, true);

// Heat maps of many articles: which two, and how much.
for (const map of root.querySelectorAll("svg.heat")) {
  const size = Number(map.dataset.size);
  const order = map.dataset.order.split(" ");
  const percents = map.dataset.percents.split(" ");
  const label = (at) => root.querySelector(`#a${order[at]} h3`).textContent;
  map.addEventListener("pointermove", (event) => {
    const box = map.getBoundingClientRect();
    const [column, row] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
      .map((part) => Math.max(0, Math.min(size - 1, Math.floor(part * size))));
    const lead = document.createElement("p");
    lead.textContent = `${label(row)}, ${label(column)}: ${percents[row * size + column]} %`;
    hint.replaceChildren(lead);
    hint.hidden = false;
    hint.style.left = `${Math.min(event.clientX + 12, innerWidth - hint.offsetWidth - 8)}px`;
    hint.style.top = `${Math.min(event.clientY + 14, innerHeight - hint.offsetHeight - 8)}px`;
  });
  map.addEventListener("pointerleave", hide);
}

// The picker counts what it shows.
const picker = root.querySelector(".picker");
if (picker) {
  const boxes = [...picker.querySelectorAll("input")];
  const count = () => {
    const shown = boxes.filter((box) => box.checked).length;
    picker.querySelector("summary").textContent = `Choose the articles to read: ${shown} of ${boxes.length} shown`;
  };
  picker.addEventListener("change", count);
  count();
}

// A chosen tab lets go of the card that the address still names.
for (const tab of root.querySelectorAll("input.tab")) {
  tab.addEventListener("change", () => { if (location.hash) location.hash = "#_"; });
}

// Folded parts are printed too.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...root.querySelectorAll("details:not([open])")];
  for (const part of folded) { part.removeAttribute("name"); part.open = true; }
});
addEventListener("afterprint", () => { for (const part of folded) part.open = false; });

addEventListener("hashchange", choose);
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!hint.hidden) hide();
  else if (location.hash) location.hash = "#_";
});
choose();
