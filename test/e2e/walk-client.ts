/**
 * One client of the walk, vCenter or host: every answer has to fit the schemas, and what is new is read by
 * cursor. It knows no masking and no order of calls.
 */
import { escaped, type SoapClient, textOf, textsOf } from '../support/soap-client.ts';
import type { SchemaCheck } from '../support/wire/xsd.ts';
import type { HostPlan, Site } from './walk-storage.ts';

export interface WalkClient {
  /** Calls an operation; its answer is valid. Rejects on a fault. */
  ask(operation: string, children: string | null): Promise<string>;
  /** Texts of the answer's own elements. */
  ids(operation: string, children: string): Promise<readonly string[]>;
  /** What came since the last time, each as XML; at first everything that is kept. */
  newEvents(): Promise<readonly string[]>;
  newAlarms(): Promise<readonly string[]>;
  close(): void;
}

/** Arguments of one name. */
export function argument(name: string, ...values: readonly string[]): string {
  return values.map((value) => `<m:${name}>${escaped(value)}</m:${name}>`).join('');
}

/** The rows of an answer, each as XML. */
export function rowsOf(answer: string): readonly string[] {
  return answer.split(/<\/(?:\w+:)?return>/).slice(0, -1);
}

/** What a session of these hosts says of itself, but for its own id; fields in the order of the schema. */
export function reachMessage(hosts: readonly HostPlan[], { mount }: Pick<Site, 'mount'>) {
  const initiators = hosts.map(
    ({ iqn }) => `<d:hostInitiator><d:iscsiIdentifier>${iqn}</d:iscsiIdentifier></d:hostInitiator>`,
  );
  const { filePath, serverName } = mount;
  return {
    initiators: initiators.join(''),
    mounts: `<d:mountPoint><d:filePath>${filePath}</d:filePath><d:serverName>${serverName}</d:serverName></d:mountPoint>`,
  };
}

export function walkClient(client: SoapClient, schemas: SchemaCheck): WalkClient {
  const ask = async (operation: string, children: string | null): Promise<string> => {
    const answer = await client.ask(operation, children);
    schemas.validateBody(answer);
    return answer;
  };
  /** Polls until there is nothing more; ids rise. */
  const follow = (operation: string, cursor: string, id: string) => {
    let last = -1n;
    return async (): Promise<readonly string[]> => {
      const rows: string[] = [];
      for (;;) {
        const some = rowsOf(await ask(operation, argument(cursor, String(last))));
        if (some.length === 0) return rows;
        for (const row of some) {
          const next = BigInt(textOf(row, id));
          if (next <= last) throw new Error(`${operation}: ${next} comes after ${last}`);
          last = next;
        }
        rows.push(...some);
      }
    };
  };
  return {
    ask,
    ids: async (operation, children) => textsOf(await ask(operation, children), 'return'),
    newEvents: follow('getEvents', 'lastEventId', 'eventId'),
    newAlarms: follow('getAlarms', 'lastAlarmId', 'alarmId'),
    close: () => client.close(),
  };
}
