/**
 * One message of a catalog: a dotted id and a text with `{name}` places, as a message file holds them.
 * vCenter renders the text itself from the id and the parameters of an event, alarm or fault; the same
 * rendering here keeps what our own log says equal to what an administrator reads.
 */
import type { NameValuePair } from '../../wire/generated/vasa-2.0/types.ts';

/** Message id to text. */
export type Messages = Readonly<Record<string, string>>;

/** Value of each place of a text, by name. */
export type Parameters = Readonly<Record<string, string>>;

const PLACE = /\{(\w+)\}/g;

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
