/**
 * A console over a provider with a story (support/demo.ts), for the tests of one file, and somebody who speaks to it
 * as a browser does: with cookies, and with whatever headers a test wants.
 */
import { mkdtempSync } from 'node:fs';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProviderConsole } from '../../../src/run/console.ts';
import { DEMO, type DemoFacts, playDemo } from '../../support/demo.ts';
import { onStage, type Stage } from '../../support/scenes/stage.ts';
import { USER } from '../../support/server-process.ts';

export interface StagedConsole {
  readonly url: URL;
  readonly stage: Stage;
  readonly facts: DemoFacts;
  /** What the console said to the log. */
  readonly notices: readonly unknown[][];
  close(): Promise<void>;
}

/** Plays the story and opens a console beside it. */
export async function stageConsole(): Promise<StagedConsole> {
  let over: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    over = resolve;
  });
  return new Promise((resolve, reject) => {
    const directory = mkdtempSync(join(tmpdir(), 'keelson-console-'));
    const played = onStage(DEMO, { directory, verbose: false }, async (stage) => {
      const facts = await playDemo(stage);
      const notices: unknown[][] = [];
      const log = { notice: (...given: unknown[]) => void notices.push(given) };
      const wish = { enabled: true, host: '127.0.0.1', port: 0 };
      const console = await openProviderConsole(stage.provider(), wish, log);
      if (console === undefined) throw new Error(`no console: ${JSON.stringify(notices)}`);
      const close = async () => {
        await console.close();
        over();
        await played;
      };
      resolve({ url: new URL(console.url), stage, facts, notices, close });
      await end;
    });
    played.catch(reject);
  });
}

export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Of the text; undefined when it is no JSON. */
  readonly json: unknown;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** As many connections as some browsers have. */
const AGENT = new Agent({ keepAlive: true, maxSockets: 16 });

/** One request, exactly as told. */
export function ask(url: URL, path: string, asked: Asked = {}): Promise<Heard> {
  const { method = 'GET', headers = {}, body } = asked;
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const type =
    sent === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(sent)}` };
  return new Promise((resolve, reject) => {
    const wish = { method, agent: AGENT, headers: { ...type, ...headers } };
    const going = request(new URL(path, url), wish, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text,
          json: jsonOf(text),
        });
      });
    });
    going.on('error', reject);
    going.end(sent);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Cookie and token of somebody who is logged in. */
export interface Visitor {
  readonly cookie: string;
  readonly csrfToken: string;
}

export async function logIn(url: URL): Promise<Visitor> {
  const body = { userName: USER.name, password: USER.password };
  const { status, headers, json, text } = await ask(url, '/api/session', { method: 'POST', body });
  if (status !== 200) throw new Error(text);
  const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  return { cookie, csrfToken: (json as { csrfToken: string }).csrfToken };
}

/** As `ask`, in the name of somebody who is logged in, changes with the token. */
export function askAs(
  url: URL,
  { cookie, csrfToken }: Visitor,
  path: string,
  asked: Asked = {},
): Promise<Heard> {
  const headers = { cookie, 'x-csrf-token': csrfToken, ...asked.headers };
  return ask(url, path, { ...asked, headers });
}
