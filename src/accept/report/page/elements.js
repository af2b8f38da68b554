/** Elements of the page, made by plain calls. Text is always set as text, so that no data becomes markup. */

/** An element with properties (`class`, `aria-…` and other attributes, `on…` listeners) and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined));
  return element;
}

/** The element of the page with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** A description list of names and values. */
export function descriptions(pairs) {
  const items = pairs.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]);
  return make('dl', {}, ...items);
}

/** A table. A column is `{ title, isNumber, cell(row) }`; the first one names the row. */
export function table(caption, columns, rows) {
  const kind = ({ isNumber }) => (isNumber ? { class: 'number' } : {});
  const head = columns.map((each) => make('th', { scope: 'col', ...kind(each) }, each.title));
  const body = rows.map((row) =>
    make(
      'tr',
      {},
      columns.map((each, at) =>
        make(
          at === 0 ? 'th' : 'td',
          { ...(at === 0 && { scope: 'row' }), ...kind(each) },
          each.cell(row),
        ),
      ),
    ),
  );
  return make(
    'table',
    {},
    make('caption', {}, caption),
    make('thead', {}, make('tr', {}, head)),
    make('tbody', {}, body),
  );
}

/** A part that scrolls sideways where it is too wide, by the keyboard too. */
export function wide(label, child) {
  return make('section', { class: 'wide', tabindex: '0', 'aria-label': label }, child);
}

/** A part that opens and closes; `fill` gives its content when it is first opened. */
export function folded(summary, properties, fill) {
  const details = make('details', properties, make('summary', {}, ...summary));
  details.addEventListener(
    'toggle',
    () => {
      details.append(...fill().filter((child) => child !== undefined));
    },
    { once: true },
  );
  return details;
}

/** Copies text, and says so where screen readers hear it. */
export async function copy(text) {
  const told = byId('copied');
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = 'Copied.';
  } catch {
    // A page that was opened from a file may have no clipboard: then the text is selected for the keyboard.
    const area = make('textarea', {
      'aria-label': 'Markdown',
      rows: '12',
      cols: '80',
      readonly: '',
    });
    area.value = text;
    told.replaceChildren('Press Ctrl+C to copy. ', area);
    area.select();
  }
}
