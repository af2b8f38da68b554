/**
 * Texts with marks, `{{name}}`: the words of a document stand in a Markdown file that a vendor can edit, facts are
 * put into its marks. A mark without a fact, and a fact without a mark, is a mistake and not an empty place.
 */

/** The text with each mark replaced. Throws RangeError naming the marks or facts that have no counterpart. */
export function filledIn(
  name: string,
  text: string,
  facts: Readonly<Record<string, string>>,
): string {
  const used = new Set<string>();
  const filled = text.replaceAll(/\{\{([\w-]+)\}\}/g, (_, mark: string) => {
    const fact = facts[mark];
    if (fact === undefined) throw new RangeError(`${name}: nothing is known of {{${mark}}}`);
    used.add(mark);
    return fact;
  });
  const idle = Object.keys(facts).filter((fact) => !used.has(fact));
  if (idle.length > 0) throw new RangeError(`${name}: has no place for ${idle.join(', ')}`);
  return filled;
}

/** A Markdown table; bars and line ends in cells are escaped. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
