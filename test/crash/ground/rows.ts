/** The table of broken ground: starts that starts.ts plays, and what other tests prove, with the test that does. */
import type { GroundRow } from './row.ts';
import { BROKEN_STARTS } from './starts.ts';

const NOTHING = 'nothing';
const ALL_OR_NOTHING =
  'nothing; what was not answered is done or not, and can be asked for again with the same effect';
const START_AGAIN = 'start it again';
const POWER = 'test/crash/power/power.test.ts';

const CRASHES: readonly GroundRow[] = [
  {
    breaks: 'the process (`kill -9`), between any two writes',
    during: 'every operation that changes something',
    sees: 'the next start says nothing of it; sessions are asked for anew (InvalidSession)',
    lost: ALL_OR_NOTHING,
    back: START_AGAIN,
    proof: { file: POWER, test: 'in an operation, what was acknowledged is there' },
  },
  {
    breaks: 'the power, between any two writes; what was not synced is gone, there, or torn',
    during: 'every operation that changes something',
    sees: 'the same',
    lost: ALL_OR_NOTHING,
    back: START_AGAIN,
    proof: { file: POWER, test: 'in an operation, what was acknowledged is there' },
  },
  {
    breaks: 'the process or the power, between any two writes',
    during: 'an upgrade of both databases from the first release',
    sees: 'the next start goes on with the upgrade',
    lost: NOTHING,
    back: START_AGAIN,
    proof: { file: POWER, test: 'in an upgrade, the next start goes on' },
  },
  {
    breaks: 'the process, at the points of a commit that fault rules name',
    during: 'creating, binding, unbinding, deleting, marking, taking snapshots, cloning',
    sees: 'the log line `death: crash at …` of the rule',
    lost: ALL_OR_NOTHING,
    back: START_AGAIN,
    proof: { file: 'test/crash/points.test.ts', test: 'in %s at %s leaves all or nothing' },
  },
  {
    breaks: 'the process, at random, again and again, also while it starts',
    during: 'load of four hosts',
    sees: 'nothing but the new start',
    lost: ALL_OR_NOTHING,
    back: START_AGAIN,
    proof: { file: 'test/crash/kill.test.ts', test: 'kills under load' },
  },
  {
    breaks: 'the process, at random',
    during: 'polling of events',
    sees: 'clients go on with the id that they have',
    lost: 'no event, and none is told twice',
    back: START_AGAIN,
    proof: { file: 'test/crash/polling.test.ts', test: 'polling goes on over' },
  },
  {
    breaks: 'the process, at random',
    during: 'a change of the provider’s certificate',
    sees: 'the old or the new certificate is served, with its key',
    lost: 'nothing; a new one that was acknowledged is served',
    back: START_AGAIN,
    proof: {
      file: 'test/crash/certificate.test.ts',
      test: 'kills while it changes its certificate',
    },
  },
  {
    breaks: 'the process, at each step',
    during: 'saving and loading states of the array',
    sees: 'the array before or after, never half of both',
    lost: NOTHING,
    back: START_AGAIN,
    proof: {
      file: 'test/simulator/crash-states.test.ts',
      test: 'killed at each step, is done wholly or not at all',
    },
  },
];

const GROUND: readonly GroundRow[] = [
  {
    breaks: 'the disk is full',
    during: 'a start',
    sees: 'exit 7, one line that ends in `no space left on the disk; free some and try again`',
    lost: NOTHING,
    back: 'free some space and start again',
    proof: {
      file: 'test/run/full-disk.test.ts',
      test: 'ends a start with one line at whatever point it is met',
    },
  },
  {
    breaks: 'the disk is full',
    during: 'calls of hosts',
    sees: 'OutOfResource where it is declared; queries are answered',
    lost: NOTHING,
    back: 'free some space; calls work again without a restart',
    proof: {
      file: 'test/simulator/commit.test.ts',
      test: 'on a full disk calls fail as noSpace, what was acknowledged stays',
    },
  },
  {
    breaks: 'the disk of both databases is full',
    during: 'calls of hosts, vCenters and the operator',
    sees: 'OutOfResource where it is declared, else StorageFault, `The provider cannot store its own data: its disk is full`, also for polls of events while there is news; questions and sessions are answered',
    lost: 'nothing; events are told when there is room',
    back: 'free some space; everything works again without a restart',
    proof: {
      file: 'test/e2e/full-disk.test.ts',
      test: 'goes on without a restart when there is room',
    },
  },
  {
    breaks: 'bytes in `content.data`',
    during: 'any time',
    sees: '`keelson array check`: `block 1 does not hold the bytes that were written to it`, exit 10',
    lost: 'those bytes, and it is said which; nothing else',
    back: '`keelson array import` an export, or copy the volume from where it is whole',
    proof: { file: 'test/simulator/repair.test.ts', test: 'bytes that were lost are told' },
  },
  {
    breaks: 'the array’s records do not add up',
    during: 'any time',
    sees: '`keelson array check` lists what, exit 10',
    lost: NOTHING,
    back: '`keelson array repair`',
    proof: {
      file: 'test/simulator/repair.test.ts',
      test: 'a running array is mended while those who hold its port go on',
    },
  },
  {
    breaks: 'the key file of the certificate is missing',
    during: 'a start',
    sees: 'the log says `the key of the provider certificate … is gone: a new key and certificate were made; register this provider in vCenter anew`',
    lost: 'the key',
    back: 'restore a backup, or have vCenter sign again (register)',
    proof: {
      file: 'test/trust/provider-certificate.test.ts',
      test: 'and a key that was lost is replaced, loudly',
    },
  },
  {
    breaks: 'a key file is half written',
    during: 'a start',
    sees: 'nothing: it never counted',
    lost: NOTHING,
    back: 'none is needed',
    proof: {
      file: 'test/trust/provider-certificate.test.ts',
      test: 'while a key is being written',
    },
  },
  {
    breaks: 'a step of an upgrade fails',
    during: 'a start',
    sees: 'one line that names the database; it stands at the step before',
    lost: NOTHING,
    back: 'run the older release, and report it',
    proof: {
      file: 'test/store/open.test.ts',
      test: 'a step that fails leaves the database at the step before',
    },
  },
  {
    breaks: 'the clock jumps by a year, forward or back',
    during: 'the provider is off',
    sees: 'alarms about certificates that have ended; ids of events rise on',
    lost: NOTHING,
    back: 'set the clock, or renew certificates',
    proof: {
      file: 'test/crash/clock.test.ts',
      test: 'jumps of a year while the provider is off lose nothing',
    },
  },
  {
    breaks: 'the clock jumps by hours or days, forward or back',
    during: 'calls of hosts',
    sees: 'InvalidSession: certificates that are not valid, sessions whose time is over',
    lost: 'sessions, which hosts open anew by themselves',
    back: 'set the clock',
    proof: {
      file: 'test/crash/clock.test.ts',
      test: 'jumps while it runs: certificates and sessions go by the new time',
    },
  },
  {
    breaks: 'all of the provider’s own data is lost',
    during: 'the provider is off',
    sees: 'a first start: new uid, certificate, user and password; hosts get InvalidSession until vCenter registers it',
    lost: 'what is listed below; nothing of the array’s',
    back: '`keelson backup restore`, or register in vCenter again',
    proof: {
      file: 'test/e2e/own-data.test.ts',
      test: 'is a stranger to those who knew it, and shows the whole array to whoever registers',
    },
  },
  {
    breaks: 'a backup is cut off, damaged, of another program or of a newer release',
    during: '`keelson backup restore`',
    sees: 'exit 9 or 6, one line that says what; nothing was restored',
    lost: NOTHING,
    back: 'another backup, or the release that wrote it',
    proof: {
      file: 'test/run/backup.test.ts',
      test: 'is refused for a backup that is cut off at any place',
    },
  },
];

const STARTS: readonly GroundRow[] = BROKEN_STARTS.map(
  ({ breaks, exit, line, lost, back }): GroundRow => ({
    ...{ breaks, lost, back },
    during: 'a start',
    sees: `exit ${exit}, \`${line}\``,
    proof: {
      file: 'test/crash/ground/starts.test.ts',
      test: 'where %s says so, and after the way back all is there',
    },
  }),
);

/** In the order of the page. */
export const GROUND_ROWS: readonly GroundRow[] = [...CRASHES, ...STARTS, ...GROUND];
