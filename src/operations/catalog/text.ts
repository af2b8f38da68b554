/**
 * One message of a catalog: a dotted id and a text with `{name}` places in each language, as message files
 * hold them. vCenter renders the text itself from the id and the parameters of an event, alarm or fault;
 * the same rendering here keeps what our own log says equal to what an administrator reads.
 */
import type { NameValuePair } from '../../wire/generated/vasa-2.0/types.ts';

/** Languages of the catalogs; the first is that of our own log and of faults. */
export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** One text in every language, with the same places in each. */
export type Texts = Readonly<Record<Locale, string>>;

/** Message id to text. */
export type Messages = Readonly<Record<string, Texts>>;

/** Value of each place of a text, by name. */
export type Parameters = Readonly<Record<string, string>>;

type PlacesOf<Text extends string> = Text extends `${string}{${infer Place}}${infer Rest}`
  ? Place | PlacesOf<Rest>
  : never;

/** The parameters that this text has places for: none more, none less. */
export type ParametersOf<Text extends string> = Readonly<Record<PlacesOf<Text>, string>>;

const PLACE = /\{(\w+)\}/g;

/** The names of a text's places, in order. */
export function placesOf(text: string): readonly string[] {
  return [...text.matchAll(PLACE)].map(([, name = '']) => name);
}

/** The text with its places filled; a place without a parameter stays as it is. */
export function render(text: string, parameters: Parameters): string {
  return text.replace(PLACE, (place, name: string) => parameters[name] ?? place);
}

/** Parameters as the wire lists them, in the order of their names in the record. */
export function parameterList(
  parameters: Parameters,
): readonly { readonly parameterName: string; readonly parameterValue: string }[] {
  return Object.entries(parameters).map(
    ([parameterName, parameterValue]) =>
      ({ parameterName, parameterValue }) satisfies NameValuePair,
  );
}

/** The messages in order of their ids, so that a file does not change without reason. */
export function inOrder(messages: Iterable<readonly [id: string, texts: Texts]>): Messages {
  return Object.fromEntries([...messages].sort(([a], [b]) => (a < b ? -1 : 1)));
}
