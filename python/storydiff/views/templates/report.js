// The page reads without this script. It highlights faster than style rules can, shows why beside the pointer, and
// brings the words of all articles onto one line.
const root = document.getElementById("storydiff");
const hint = document.getElementById("hint");
let lit = "";
const light = (name) => {
  if (name !== lit) lightUp(root, name);
  lit = name;
};
const target = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));
const chosen = () => nameOf(target(), root);

// Choosing: the card opens, the columns that have it are shown, and their words move onto one line.
const choose = () => {
  hide();
  const name = chosen();
  light(name);
  openCard(root, name);
  lineUp(root, name, target());
  const place = target();
  if (place) for (let at = place; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (name) {
    root.querySelector(".desk").scrollIntoView({ block: "nearest" });
  } else if (place && place.querySelector(":scope > details.fold")) {
    place.querySelector(":scope > details.fold").open = true;
    place.scrollIntoView();
  }
};

// The hover card: what the card of a statement holds, beside the pointer, or beside the link that has the focus.
let waiting = 0;
let focused = null;
let dismissed = false;
let rest = {};
const hide = () => {
  clearTimeout(waiting);
  focused = null;
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
  if (!fill(nameOf(element, root))) return;
  hint.hidden = false;
  hint.scrollTop = 0;
  const { width, height } = hint.getBoundingClientRect();
  hint.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  hint.style.top = `${y + 18 + height < innerHeight ? y + 18 : Math.max(8, y - height - 14)}px`;
};
const beside = () => {
  const box = focused.getClientRects()[0];
  if (box) show(focused, box.left, box.bottom);
};
const HOLDERS = ".column .m, .column .u, .column .d, .group .said, .group .fact, .group.one li, .matrix tbody th, .courses tbody th";
const soon = (action, wait) => { clearTimeout(waiting); waiting = setTimeout(action, wait); };

// Two tooltips at once would hide each other: what the browser would show is in the hover card.
for (const link of root.querySelectorAll(".column .text a[title]")) link.removeAttribute("title");

root.addEventListener("pointerover", (event) => {
  if (hint.contains(event.target)) return clearTimeout(waiting);
  light(nameOf(event.target, root) || chosen());
  // A page that moves under a resting pointer takes no card from the link that has the focus, and brings none back.
  const rests = rest.x === undefined || (event.screenX === rest.x && event.screenY === rest.y);
  rest = { x: event.screenX, y: event.screenY };
  if (event.pointerType === "touch" || (rests && (focused || dismissed))) return;
  dismissed = false;
  const holder = event.target.closest(HOLDERS);
  if (holder) soon(() => show(event.target, event.clientX, event.clientY), 350);
  else if (!hint.hidden) soon(hide, 250);
  else clearTimeout(waiting);
});
root.addEventListener("focusin", (event) => {
  if (hint.contains(event.target)) return;
  const holder = event.target.matches(":focus-visible") && event.target.closest(HOLDERS);
  if (!holder) return hide();
  light(nameOf(event.target, root));
  clearTimeout(waiting);
  focused = event.target;
  beside();
  if (!hint.hidden) focused.setAttribute("aria-describedby", "hint");
});
hint.addEventListener("pointerleave", () => soon(hide, 250));
// Moving on to a link scrolls it into view, and its card goes with it.
addEventListener("scroll", (event) => {
  if (event.target === hint || hint.hidden) return;
  if (focused) beside();
  else if (!hint.matches(":hover")) hide();
}, true);

// Drawings of many articles tell by the pointer which article a place stands for.
const names = [...root.querySelectorAll(".column h3")].map((head) => head.textContent);
const tell = (event, text) => {
  // From one place of the drawing to the next nothing is left.
  clearTimeout(waiting);
  const lead = document.createElement("p");
  lead.textContent = text;
  hint.replaceChildren(lead);
  hint.hidden = false;
  hint.style.left = `${Math.min(event.clientX + 12, innerWidth - hint.offsetWidth - 8)}px`;
  hint.style.top = `${Math.min(event.clientY + 14, innerHeight - hint.offsetHeight - 8)}px`;
};
const follow = (drawing, size, told) => {
  drawing.addEventListener("pointermove", (event) => {
    const box = drawing.getBoundingClientRect();
    const [column, row] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
      .map((part) => Math.max(0, Math.min(size - 1, Math.floor(part * size))));
    tell(event, told(column, row));
  });
  drawing.addEventListener("pointerleave", hide);
};
for (const map of root.querySelectorAll("svg.heat")) {
  const size = Number(map.dataset.size);
  const order = map.dataset.order.split(" ");
  const percents = map.dataset.percents.split(" ");
  follow(map, size, (column, row) => `${names[order[row]]}, ${names[order[column]]}: ${percents[row * size + column]} %`);
}
for (const strip of root.querySelectorAll(".matrix svg")) follow(strip, names.length, (column) => names[column]);

// The picker counts what it shows.
const picker = root.querySelector(".picker");
if (picker) {
  const boxes = [...picker.querySelectorAll("input")];
  const count = () => {
    const shown = boxes.filter((box) => box.checked).length;
    picker.querySelector("summary").textContent = `Choose the articles to read: ${shown} of ${boxes.length} shown`;
  };
  picker.addEventListener("change", () => { count(); lineUp(root, chosen(), target()); });
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
// The browser goes to the address last; the columns stand where they should only after that.
addEventListener("load", () => { if (location.hash) setTimeout(choose); });
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!hint.hidden) {
    hide();
    dismissed = true;
  } else if (location.hash) location.hash = "#_";
});
// Columns that were out of sight until now are out of sight by choice.
for (const column of root.querySelectorAll(".column.away")) column.classList.remove("away");
choose();
turns(root);
