/**
 * Everything that the provider can log or send, as entries of the handbook: gathered from the tables that the
 * program itself goes by, so that the handbook has neither more nor less.
 */
import { EXIT_CODES } from '../../../src/cli/exit.ts';
import { EXIT_HELP } from '../../../src/cli/exit-help.ts';
import { MESSAGES } from '../../../src/log/messages/catalogue.ts';
import { CONNECTION_FAILURES } from '../../../src/log/messages/connections.ts';
import { ADMIN_ANSWERS, HTTP_ANSWERS } from '../../../src/log/messages/http.ts';
import { EVENTS } from '../../../src/log/messages/lines.ts';
import { OUTCOMES } from '../../../src/log/messages/outcomes.ts';
import type { Explanation } from '../../../src/model/explanation.ts';
import { FAULTS, type FaultMeaning } from '../../../src/model/faults.ts';
import { CERTIFICATE_REFUSALS, SESSION_REFUSALS } from '../../../src/model/refusals.ts';
import {
  ALARMS,
  type AlarmName,
  alarmMessages,
} from '../../../src/operations/catalog/alarm-messages.ts';
import { eventMessages } from '../../../src/operations/catalog/event-messages.ts';
import { faultMessages } from '../../../src/operations/catalog/fault-messages.ts';
import {
  ALARM_HELP,
  CHANGE_CAUSES,
  CHANGE_HELP,
  REBIND_HELP,
  STORAGE_FAULT_HELP,
  SYSTEM_EVENT_HELP,
} from '../../../src/operations/catalog/help.ts';

export interface Entry extends Explanation {
  /** As it stands in a log line, an answer or a catalog. */
  readonly id: string;
  /** What else a reader sees of it: level and words, codes, texts. */
  readonly seen: readonly string[];
  /** What else there is to know, at the end. */
  readonly also?: string;
}

export interface Group {
  readonly title: string;
  readonly about: string;
  readonly entries: readonly Entry[];
}

type Table = Readonly<Record<string, Explanation>>;

function entriesOf(
  table: Table,
  idOf: (key: string) => string,
  seenOf: (key: string) => readonly string[] = () => [],
): readonly Entry[] {
  return Object.entries(table).map(([key, { means, causes, remedy }]) => ({
    id: idOf(key),
    means,
    causes,
    remedy,
    seen: seenOf(key),
  }));
}

function factsOf(facts: Readonly<Record<string, string>>): readonly string[] {
  const told = Object.entries(facts).map(([name, meaning]) => `\`${name}\` (${meaning})`);
  return told.length === 0 ? [] : [`Facts: ${told.join('; ')}.`];
}

function notices(): readonly Entry[] {
  return Object.entries(MESSAGES)
    .map(([id, { level, text, facts, means, causes, remedy }]) => {
      return { id, means, causes, remedy, seen: [`*${level}*: “${text}”`, ...factsOf(facts)] };
    })
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** An outcome; of a fault also who has to act, and whether to try again. */
function outcomes(): readonly Entry[] {
  return entriesOf(OUTCOMES, (name) => `request.${name}`).map((entry) => {
    const fault = Object.entries<FaultMeaning>(FAULTS).find(([name]) =>
      entry.id.endsWith(`.${name}`),
    );
    if (fault === undefined) return entry;
    const [name, { retry, actor }] = fault;
    const who = actor === 'client' ? 'the calling program' : `the ${actor}`;
    const again = retry
      ? 'the same call may succeed later by itself'
      : 'the same call fails again until something is changed';
    const also = `Who acts: ${who}; ${again}. [More, by operation](faults.md#${name.toLowerCase()})`;
    return { ...entry, also };
  });
}

const PREFIX = { alarm: 'Keelson.Alarm.', event: 'Keelson.Event.', fault: 'Keelson.Fault.' };

function alarms(): readonly Entry[] {
  const texts = alarmMessages();
  return (Object.keys(ALARMS) as AlarmName[]).map((name) => {
    const own = Object.entries(texts).filter(([id]) => id.startsWith(`${PREFIX.alarm}${name}.`));
    const { type, objectType } = ALARMS[name];
    const seen = [`Alarm of type ${type} about a ${objectType}.`, ...own.map(shown)];
    return { id: PREFIX.alarm + name, ...ALARM_HELP[name], seen };
  });
}

function shown([id, { en }]: readonly [string, { readonly en: string }]): string {
  return `\`${id}\`: “${en}”`;
}

function systemEvents(): readonly Entry[] {
  const texts = eventMessages();
  const help: Table = { ...SYSTEM_EVENT_HELP, Rebind: REBIND_HELP };
  return Object.entries(help).map(([name, explanation]) => {
    const id = PREFIX.event + name;
    return { id, ...explanation, seen: [`“${texts[id]?.en}”`] };
  });
}

function changes(): readonly Entry[] {
  const texts = Object.entries(eventMessages());
  return Object.entries(CHANGE_HELP).map(([subject, means]) => {
    const prefix = `${PREFIX.event}${subject}.`;
    const own = texts.filter(([id]) => id.startsWith(prefix));
    const causes = own.map(([id]) => {
      const kind = id.slice(prefix.length);
      return `\`${kind}\`: ${Object.entries(CHANGE_CAUSES).find(([each]) => each === kind)?.[1]}`;
    });
    return {
      id: PREFIX.event + subject,
      means,
      causes:
        subject === 'Compliance'
          ? ['The pool or container of the volume changed, or its policy did.']
          : causes,
      remedy: 'Nothing, unless the change was not meant.',
      seen: own.map(shown),
    };
  });
}

function storageFaults(): readonly Entry[] {
  const texts = faultMessages();
  return entriesOf(
    STORAGE_FAULT_HELP,
    (name) => PREFIX.fault + name,
    (name) => [`“${texts[PREFIX.fault + name]?.en}”`],
  );
}

/** All of it, in the order of the page. */
export function groups(): readonly Group[] {
  return [
    {
      title: 'Log: what happened outside of calls',
      about: 'Lines of kind `notice`, by their `id`.',
      entries: notices(),
    },
    {
      title: 'Log: kinds of lines',
      about: 'Lines whose `id` is their kind.',
      entries: entriesOf(EVENTS, (name) => name),
    },
    {
      title: 'Log: outcomes of calls',
      about:
        'Lines of kind `request`. The outcome is the name of the fault that the caller was sent; its message in the Fault catalog is `Keelson.Fault.` and that name.',
      entries: outcomes(),
    },
    {
      title: 'StorageFault by its message',
      about: 'A StorageFault alone carries a message id (`faultMessageId`), which says why.',
      entries: storageFaults(),
    },
    {
      title: 'Log: why a certificate was refused',
      about:
        'The first word of `refusal` in a `request` line, and `reason` of [trust.client_distrusted](#trustclient_distrusted). The caller itself learns only that its certificate is not trusted.',
      entries: entriesOf(CERTIFICATE_REFUSALS, (name) => `refusal ${name}`),
    },
    {
      title: 'Log: why there is no session',
      about: 'What follows `no session:` in `refusal` of a `request` line.',
      entries: entriesOf(SESSION_REFUSALS, (name) => `no session: ${name}`),
    },
    {
      title: 'Log: connections that never became a call',
      about:
        'Lines of kind `connection_failed`, by their `id`. The field `code` is the one of TLS, HTTP or the system; several codes are one matter. When many connections fail, the further ones are only counted: [load.shedding](#loadshedding).',
      entries: entriesOf(CONNECTION_FAILURES, (name) => `connection_failed.${name}`, codesOf),
    },
    {
      title: 'HTTP answers of the VASA endpoint',
      about: 'For whoever meets a status in the log of a client, a proxy or a monitor.',
      entries: entriesOf(HTTP_ANSWERS, (status) => `HTTP ${status}`),
    },
    {
      title: 'HTTP answers of the console and of the admin socket',
      about: 'The body is JSON with the reason under `error`.',
      entries: entriesOf(ADMIN_ANSWERS, (status) => `console ${status}`),
    },
    {
      title: 'The program does not start, or a command fails: exit codes',
      about:
        'With each goes a line on standard error, `keelson: …`, which names the setting, file or address.',
      entries: Object.entries(EXIT_HELP).map(([name, explanation]) => {
        const [code, words] = EXIT_CODES[name as keyof typeof EXIT_CODES];
        return { id: `exit ${code}`, ...explanation, seen: [`\`${name}\`: ${words}.`] };
      }),
    },
    {
      title: 'Alarms that vCenter shows',
      about:
        'Each is also in the log: [alarms.raised](#alarmsraised), by `message_id`. Green ends an alarm.',
      entries: alarms(),
    },
    {
      title: 'Events that the provider sends about itself',
      about: 'Events of type System, and the request to bind anew.',
      entries: systemEvents(),
    },
    {
      title: 'Events about changes of the array',
      about:
        'Events of the types Config, ConfigProtocolEndpoint and Policy. They ask the client to read something anew, and are no sign of trouble.',
      entries: changes(),
    },
  ];
}

/** Codes as people search for them. */
function codesOf(name: string): readonly string[] {
  const found = Object.entries(CONNECTION_FAILURES).find(([each]) => each === name);
  const codes = found?.[1].codes ?? [];
  return [`Codes: ${codes.map((code) => `\`${code}\``).join(', ')}`];
}

/** The anchor of a heading, as the usual renderers of Markdown make it. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(/\s/g, '-');
}
