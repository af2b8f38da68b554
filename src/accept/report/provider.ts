/**
 * What a provider said of itself during the run, as tables for people: read from its answers as they came, so that
 * fields that only another version has are shown too.
 */
import type { ReportDocument } from './document.ts';
import { leavesOf, payloadOf, type XmlNode } from './tree.ts';

export interface FactTable {
  readonly title: string;
  /** One list of names and values for each thing told of. */
  readonly things: readonly (readonly (readonly [string, string])[])[];
}

/** Something that a provider claims to offer, and whether it does. */
export interface Claim {
  readonly what: string;
  readonly values: readonly string[];
}

/** Which operation tells what. */
const QUESTIONS: Readonly<Record<string, string>> = {
  setContext: 'Provider',
  queryArrays: 'Arrays',
  queryStorageContainer: 'Storage containers',
  queryProtocolEndpoint: 'Protocol endpoints',
};

/** Things shown of each kind. */
const THINGS = 64;

/** What was answered to the first such question of each API version. */
export function factsOf({ exchanges }: ReportDocument): readonly FactTable[] {
  const apis = [...new Set(exchanges.map(({ api }) => api))];
  return apis.flatMap((api) =>
    Object.entries(QUESTIONS).flatMap(([operation, title]) => {
      const things = answersTo(exchanges, api, operation);
      if (things.length === 0) return [];
      return [{ title: `${title} (VASA ${api})`, things: things.slice(0, THINGS).map(factsIn) }];
    }),
  );
}

/** What is claimed: the rows of the capability matrix. */
export function claimsOf(document: ReportDocument): readonly Claim[] {
  const { exchanges, services } = document;
  const told = (operation: string, ...fields: readonly string[]) => {
    const nodes = Object.keys(services).flatMap((api) => answersTo(exchanges, api, operation));
    const found = nodes.flatMap(({ children }) =>
      children.filter(({ name }) => fields.includes(name)).map(({ text }) => text),
    );
    return [...new Set(found)].sort();
  };
  return [
    { what: 'API versions', values: Object.keys(services).sort() },
    { what: 'Profiles of the provider', values: told('setContext', 'supportedProfile') },
    { what: 'Profiles of its arrays', values: told('queryArrays', 'supportedProfile') },
    {
      what: 'Block interfaces',
      values: told('queryArrays', 'supportedBlock', 'supportedBlockInterface'),
    },
    {
      what: 'File systems',
      values: told('queryArrays', 'supportedFileSystem', 'supportedFileSystemInterface'),
    },
    {
      what: 'Endpoints of its containers',
      values: told('queryStorageContainer', 'protocolEndPointType'),
    },
  ];
}

function answersTo(
  exchanges: ReportDocument['exchanges'],
  api: string,
  operation: string,
): readonly XmlNode[] {
  const first = exchanges.find(
    (each) =>
      each.api === api &&
      each.operation === operation &&
      each.fault === undefined &&
      each.status === 200,
  );
  return (first && payloadOf(first.answer)?.children) ?? [];
}

function factsIn(thing: XmlNode): readonly (readonly [string, string])[] {
  const prefix = thing.name.length + 1;
  return leavesOf(thing).map(([path, text]) => [path.slice(prefix), text]);
}
