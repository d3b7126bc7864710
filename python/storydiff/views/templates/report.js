// The page reads without this script, which highlights faster than style rules can and for any number of statements.
"use strict";
document.getElementById("highlight").disabled = true;
const root = document.getElementById("storydiff");
const statement = (element) => {
  const holder = element && element.closest && element.closest("[class*=' s']");
  return holder && [...holder.classList].find((name) => /^s\d+$/.test(name));
};
let lit = "";
const light = (name) => {
  if (name === lit) return;
  for (const old of root.querySelectorAll(".lit")) old.classList.remove("lit");
  lit = name;
  if (name) for (const element of root.getElementsByClassName(name)) element.classList.add("lit");
};
const chosen = () => statement(document.getElementById(decodeURIComponent(location.hash.slice(1)))) || "";
const choose = () => {
  const name = chosen();
  light(name);
  for (const old of root.querySelectorAll(".card.open")) old.classList.remove("open");
  if (!name) return;
  for (const card of root.querySelectorAll(".card." + name)) card.classList.add("open");
};
root.addEventListener("pointerover", (event) => light(statement(event.target) || chosen()));
addEventListener("hashchange", choose);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash) location.hash = "#_";
});
choose();
