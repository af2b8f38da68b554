/**
 * What lies behind each exit code, for the handbook of support staff. The line on standard error that goes with
 * the code says what exactly; this says where such lines come from and what to do.
 */
import type { Explanation } from '../model/explanation.ts';
import type { EXIT_CODES } from './exit.ts';

export const EXIT_HELP: Readonly<Record<keyof typeof EXIT_CODES, Explanation>> = {
  ok: { means: 'It did what was asked.', causes: [], remedy: 'Nothing.' },
  failed: {
    means:
      'Something failed that is not expected. For `serve` the last line of the log is `fatal`, with a stack.',
    causes: [
      'A mistake in this program or in the array adapter.',
      'An error of the disk or of the database.',
    ],
    remedy: 'Report it with the text and the log. The provider can be started again.',
  },
  usage: {
    means:
      'The command line or the configuration is wrong; each line names a setting and where its value stands.',
    causes: [
      'A misspelt setting: the nearest one is named.',
      'A number, port or time out of its range.',
      'A setting that is given twice: the command line goes before the environment, and that before the file.',
    ],
    remedy:
      'Correct what the line names. `keelson serve --print-config` shows the settings in force, and where each comes from.',
  },
  address: {
    means: 'The provider cannot listen where it was told to.',
    causes: [
      'Another program, or another provider, has the port.',
      '`host` is an address that this machine does not have.',
      'The name in `host` is unknown to the name service.',
    ],
    remedy: 'Stop the other program (`ss -ltnp`), or choose another `port`; correct `host`.',
  },
  dataFolder: {
    means: 'The data folder, or a file that was named, cannot be read or written.',
    causes: [
      'It belongs to another user: the provider was once started by root, for example.',
      'A file system that is read-only or not mounted.',
      'The database file is damaged: the line says so.',
    ],
    remedy:
      'Give the folder to the user of the service, mode 700. A damaged database: `keelson backup restore` into an empty folder.',
  },
  inUse: {
    means:
      'Another process runs on the same data folder. Two would damage it, so the second one stops.',
    causes: [
      'The service runs already.',
      'A command that changes the stopped provider’s data is under way.',
    ],
    remedy: 'Use the one that runs, or stop it first.',
  },
  newer: {
    means: 'The data folder was written by a newer release, or by another program.',
    causes: ['A downgrade.', '`dataDir` names the wrong folder.'],
    remedy:
      'Start the newer release again, or restore the backup that was made before the upgrade. Correct `dataDir`.',
  },
  diskFull: {
    means: 'The disk is full.',
    causes: ['Logs, backups or volumes of the simulated array on the same disk.'],
    remedy: 'Free space and start again. Nothing that was acknowledged is lost.',
  },
  array: {
    means: 'The array adapter cannot be loaded, or its array cannot be opened.',
    causes: [
      '`array.module` names no module, or `array.options` are not those of the module.',
      'A shared array (`remote`) is not served: `keelson array serve` does not run, or has another socket.',
      'The simulated array’s own data is damaged.',
    ],
    remedy:
      'Correct the settings under `array`. `keelson array check` looks at the simulated array’s data.',
  },
  refused: {
    means: 'The provider refused what was asked of it, or there is none to be met.',
    causes: [
      'No provider runs on that data folder.',
      'What was named does not exist, or exists already.',
      'An order that destroys something was not confirmed.',
    ],
    remedy:
      'Read the line. `keelson status` tells whether a provider runs; give `--data-dir` or `--config` where it has its own.',
  },
  unsound: {
    means: 'Something in the simulated array’s data, or in the audit trail, does not add up.',
    causes: ['A disk error, or files that were changed by hand.'],
    remedy:
      'For the array `keelson array repair` mends what can be mended and says what it did; else restore a backup. For the audit trail find out who may write the data folder (docs/audit.md).',
  },
  unmet: {
    means: 'A test found a provider that does not behave as it should.',
    causes: [
      'The provider under test differs from what its scenario claims; the report says where.',
    ],
    remedy: 'Read the report.',
  },
};
