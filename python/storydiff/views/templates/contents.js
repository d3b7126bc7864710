// A click on the head of a column sorts by it, a second one the other way round; what has no value stays last.
for (const table of document.querySelectorAll("table.stories")) {
  const [row] = table.tHead.rows;
  const value = (line, at) => line.cells[at].dataset.sort ?? line.cells[at].textContent;
  [...row.cells].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort") ?? (head.className === "n" ? "ascending" : "descending");
      const order = before === "ascending" ? "descending" : "ascending";
      for (const each of row.cells) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      const lines = [...table.tBodies[0].rows].map((line) => [value(line, at), line]);
      lines.sort(([left], [right]) => {
        if (!left || !right) return (left === "") - (right === "");
        const less = head.dataset.kind === "text" ? left.localeCompare(right) : left - right;
        return order === "ascending" ? less : -less;
      });
      table.tBodies[0].append(...lines.map(([, line]) => line));
    });
  });
}
