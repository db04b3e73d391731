// Rows of a table are added from the blank one that the server sends along, and taken out.

export function addRow(form, name) {
  const body = form.querySelector(`table[data-table="${name}"] tbody`);
  const next = Math.max(-1, ...[...body.rows].map((row) => Number(row.dataset.row))) + 1;
  const blank = form.querySelector(`template[data-blank-row="${name}"]`);
  const row = document.importNode(blank.content, true).querySelector("tr");
  row.innerHTML = row.innerHTML
    .replaceAll("__ROW__", `${next}`)
    .replaceAll("__AT__", `${next + 1}`);
  row.dataset.row = next;
  body.append(row);
  row.querySelector("input, select").focus();
}

// Gives the name of the table, which is to be saved without the row.
export function removeRow(form, button) {
  const row = button.closest("tr");
  const table = button.closest("table");
  const after = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  if (after) after.querySelector("input, select").focus();
  else addRow(form, table.dataset.table);
  return table.dataset.table;
}
