/** The filters of the story: kinds of entries, and words in them. Without this script all entries are shown. */
const filters = document.getElementById('filters');
const words = document.getElementById('text');
const shown = document.getElementById('shown');
const rows = [...document.querySelectorAll('#entries tr')];
const texts = rows.map((row) => row.textContent.toLowerCase());

function filter() {
  const kinds = new Set(
    [...filters.querySelectorAll('[name=kind]:checked')].map(({ value }) => value),
  );
  const wanted = words.value.trim().toLowerCase();
  let count = 0;
  for (const [index, row] of rows.entries()) {
    row.hidden = !kinds.has(row.dataset.kind) || !texts[index].includes(wanted);
    if (!row.hidden) count += 1;
  }
  shown.textContent = `${count} of ${rows.length} entries`;
}

/** A mark of the picture may lead to an entry that is hidden: then it is shown again. */
function reveal() {
  const row = document.getElementById(location.hash.slice(1));
  if (row === null || !row.matches('#entries tr')) return;
  row.hidden = false;
  row.scrollIntoView({ block: 'center' });
}

filters.hidden = false;
filters.addEventListener('input', filter);
document.querySelector('svg')?.addEventListener('click', ({ target }) => {
  const mark = target.closest('[data-entry]');
  if (mark === null) return;
  location.hash = mark.dataset.entry;
  reveal();
});
addEventListener('hashchange', reveal);
filter();
