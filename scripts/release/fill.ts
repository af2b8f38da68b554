/** Fills `@NAME@` places of a template. What may be put in is short and has no line break and no quotes. */

const PLACE = /@([A-Z][A-Z0-9_]*)@/g;

/** The text with each place that `values` names filled. Other places stay. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(PLACE, (place, name: string) => values[name] ?? place);
}

/** The names of the places that are left. */
export function placesIn(text: string): readonly string[] {
  return [...text.matchAll(PLACE)].map(([, name = '']) => name);
}
