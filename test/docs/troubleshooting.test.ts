/**
 * Goal: the handbook has every message that the provider can log or send, and none that it cannot; its links
 * and the commands that it names are there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorOf, groups } from '../../scripts/docs/troubleshooting/entries.ts';
import { troubleshootingPage } from '../../scripts/docs/troubleshooting-page.ts';
import { EXCERPTS } from '../../scripts/excerpts/all.ts';
import type { Console } from '../../src/cli/console.ts';
import { EXIT_CODES } from '../../src/cli/exit.ts';
import { runProgram } from '../../src/cli/program.ts';
import { MESSAGES } from '../../src/log/messages/catalogue.ts';
import { CONNECTION_FAILURES } from '../../src/log/messages/connections.ts';
import { EVENTS, explanationOf } from '../../src/log/messages/lines.ts';
import { OUTCOMES } from '../../src/log/messages/outcomes.ts';
import { FAULTS } from '../../src/model/faults.ts';
import { CERTIFICATE_REFUSALS, SESSION_REFUSALS } from '../../src/model/refusals.ts';
import { alarmMessages } from '../../src/operations/catalog/alarm-messages.ts';
import { eventMessages } from '../../src/operations/catalog/event-messages.ts';
import { faultMessages } from '../../src/operations/catalog/fault-messages.ts';

const ROOT = join(import.meta.dirname, '../..');
const page = troubleshootingPage();
const entries = groups().flatMap((group) => group.entries);
const headings = [...page.matchAll(/^#{1,3} (.+)$/gm)].map(([, heading = '']) => heading);

/** Statuses that the VASA endpoint can answer with, read off its sources. */
function statuses(): ReadonlySet<string> {
  const folder = join(ROOT, 'src/wire');
  const texts = ['routes.ts', 'documents.ts', 'fault.ts', 'listener.ts', 'dispatch.ts'].map(
    (name) => readFileSync(join(folder, name), 'utf8'),
  );
  const found = texts
    .join('\n')
    .matchAll(
      /(?:shortText\(|shortText\(\w+ \? |status1[12]: |status: (?:fresh \? )?|BUSY = |return '|\? 400 : )(\d{3})(?: : (\d{3}))?/g,
    );
  return new Set([...found].flatMap(([, one = '', other]) => [one, ...(other ? [other] : [])]));
}

/** Statuses that the console's listener and the admin socket can answer with, read off their sources. */
function adminStatuses(): ReadonlySet<string> {
  const folder = join(ROOT, 'src/admin');
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true });
  const texts = names
    .filter((name) => name.endsWith('.ts') && !name.startsWith('client'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const found = texts.join('\n').matchAll(/(?:Refusal\(|status\(|\? |: )([45]\d\d)\b/g);
  // Fastify's own, for a body over the limit.
  return new Set(['413', ...[...found].map(([, status = '']) => status)]);
}

describe('the handbook', () => {
  it('has an entry for every message of the log, every outcome, and every fault', () => {
    const ids = new Set(entries.map(({ id }) => id));
    const wanted = [
      ...Object.keys(MESSAGES),
      ...Object.keys(EVENTS),
      ...[...Object.keys(OUTCOMES), ...Object.keys(FAULTS)].map((name) => `request.${name}`),
      ...Object.keys(CONNECTION_FAILURES).map((name) => `connection_failed.${name}`),
      ...Object.keys(CERTIFICATE_REFUSALS).map((name) => `refusal ${name}`),
      ...Object.keys(SESSION_REFUSALS).map((name) => `no session: ${name}`),
      ...Object.values(EXIT_CODES).map(([code]) => `exit ${code}`),
    ];
    expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
    for (const { id } of entries) expect(headings).toContain(id);
  });

  it('has every message id that clients are sent, with its text', () => {
    const messages = { ...alarmMessages(), ...eventMessages(), ...faultMessages() };
    for (const [id, { en }] of Object.entries(messages)) {
      const isFault = Object.keys(FAULTS).some((name) => id === `Keelson.Fault.${name}`);
      if (isFault) expect(headings).toContain(`request.${id.slice('Keelson.Fault.'.length)}`);
      else {
        expect(page, id).toContain(id);
        expect(page, id).toContain(en);
      }
    }
  });

  it('knows nothing that the program does not', () => {
    const sent = Object.keys({ ...alarmMessages(), ...eventMessages(), ...faultMessages() });
    const http = statuses();
    for (const { id } of entries) {
      const [kind = '', word = ''] = id.split(' ');
      if (id.startsWith('Keelson.'))
        expect(
          sent.some((each) => each === id || each.startsWith(`${id}.`)),
          id,
        ).toBe(true);
      else if (kind === 'HTTP') expect(http).toContain(word);
      else if (kind === 'console') expect(adminStatuses()).toContain(word);
      else if (kind === 'exit')
        expect(Object.values(EXIT_CODES).map(([code]) => `${code}`)).toContain(word);
      else if (kind === 'refusal') expect(Object.keys(CERTIFICATE_REFUSALS)).toContain(word);
      else if (kind === 'no') expect(Object.keys(SESSION_REFUSALS)).toContain(id.slice(12));
      else expect(explanationOf(id), id).toBeDefined();
    }
  });

  it('has every HTTP status that the provider answers with', () => {
    expect(statuses().size).toBeGreaterThan(8);
    for (const status of statuses()) expect(headings).toContain(`HTTP ${status}`);
    for (const status of adminStatuses()) expect(headings).toContain(`console ${status}`);
  });

  it('says of every entry what it means and what to do, and why where something is wrong', () => {
    for (const { id, means, remedy, causes } of entries) {
      expect(means.length, id).toBeGreaterThan(10);
      expect(remedy, id).toMatch(/\.$/);
      if (!remedy.startsWith('Nothing') && id !== 'connection_failed.other')
        expect(causes.length, id).toBeGreaterThan(0);
    }
  });

  it('links to headings that are there, each of which is one', () => {
    const anchors = headings.map(anchorOf);
    expect(new Set(anchors).size).toBe(anchors.length);
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });

  it('shows every file of excerpts, and says something of each', () => {
    const files = readdirSync(join(ROOT, 'docs/excerpts'));
    const owned = files.filter((name) => EXCERPTS.some(({ id }) => name.startsWith(`${id}-`)));
    expect(owned).toEqual(files);
    for (const name of files)
      expect(page).toContain(readFileSync(join(ROOT, 'docs/excerpts', name), 'utf8').trimEnd());
    for (const { says } of EXCERPTS) expect(says.length).toBeGreaterThan(0);
  });

  it('names commands of keelson that are there', async () => {
    const named = new Set(
      [...page.matchAll(/`keelson ((?:[a-z]+ ?)+)/g)].map(([, words = '']) => words.trim()),
    );
    expect(named.size).toBeGreaterThan(8);
    for (const words of named)
      expect(await helpOf(words.split(' ')), words).toContain(`Usage: keelson ${words}`);
  });
});

async function helpOf(words: readonly string[]): Promise<string> {
  let said = '';
  const stream = {
    isTTY: false,
    write: (text: string) => {
      said += text;
    },
  };
  // Help needs nothing else of a console.
  await runProgram([...words, '--help'], { stdout: stream, stderr: stream } as unknown as Console);
  return said;
}
