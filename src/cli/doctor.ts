/** `keelson doctor`: what is wrong with an installation, or on the way to a provider, and what to do. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { ConfigError } from '../config/errors.ts';
import type { LoadedConfig } from '../config/load.ts';
import { systemClock } from '../model/clock.ts';
import { StartError } from '../run/start-error.ts';
import { databaseCopy } from '../support/database-copy.ts';
import { type Diagnosis, type DoctorWish, diagnose } from '../support/doctor/doctor.ts';
import { diagnosisText } from '../support/doctor/text.ts';
import { findInstallation, settingsInForce } from '../support/installation.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { EXIT_CODES } from './exit.ts';
import { explained, stoppable } from './playing.ts';

const HTTPS_PORT = 443;

/** `vcenter.example.com`, `vcenter.example.com:8443`, `[2001:db8::1]:443`. */
function vcenterOf(text: unknown): DoctorWish['vcenter'] {
  if (typeof text !== 'string') return undefined;
  const found = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+)|([0-9a-f]*:[0-9a-f:.]+))(?::(\d{1,5}))?$/i.exec(
    text,
  );
  const host = found?.[1] ?? found?.[2] ?? found?.[3];
  if (host === undefined) throw new StartError('usage', `not a name or address: ${text}`);
  return { host, port: Number(found?.[4] ?? HTTPS_PORT) };
}

/** The configuration, or why there is none: a broken one is something that the doctor is to tell of. */
function loadedOr({ load }: CommandContext, flags: FlagValues): LoadedConfig | string {
  try {
    return load(flags);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

async function diagnosed(
  context: CommandContext,
  flags: FlagValues,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const { url, ca, vcenter, dataDir, registration } = flags;
  const asked = {
    url: typeof url === 'string' ? url : undefined,
    trust: typeof ca === 'string' ? [readFileSync(ca, 'utf8')] : [],
    vcenter: vcenterOf(vcenter),
    clock: systemClock,
    triesRegistration: registration !== false,
    signal,
  };
  if (asked.url !== undefined && typeof dataDir !== 'string')
    return diagnose({ ...asked, installation: undefined, loaded: undefined, copy: undefined });
  const loaded = loadedOr(context, flags);
  const folder = typeof loaded === 'string' ? dataDir : loaded.config.dataDir;
  if (typeof folder !== 'string')
    return diagnose({ ...asked, installation: undefined, loaded, copy: undefined });
  const installation = await findInstallation(folder);
  const copy = databaseCopy(installation);
  try {
    return await diagnose({
      ...asked,
      installation,
      loaded: settingsInForce(installation, loaded),
      copy,
    });
  } finally {
    copy.close();
  }
}

export function doctorCommand(context: CommandContext): Command {
  const { console, exit } = context;
  return withDataFolder(
    new Command('doctor').summary('what is wrong with an installation, and what to do'),
  )
    .description(
      'Looks at an installation, running or stopped, and at the way to it. Changes nothing: writes one file into the data folder and takes it away, to see that it can be done.',
    )
    .option('--vcenter <host>', 'also look at the way to this vCenter, and at its clock')
    .option('--url <url>', 'version.xml of a provider: look at that one, from here')
    .option('--ca <file>', 'PEM: authorities to trust, beside the certificate in the data folder')
    .option(
      '--no-registration',
      'do not try a registration (it sends no user name and no password)',
    )
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
Examples:
  keelson doctor --data-dir /var/lib/keelson
  keelson doctor --vcenter vcenter.example.com --ca vmca.pem
  keelson doctor --url https://vp.example.com:8443/vasa/version.xml --ca provider.pem`,
    )
    .action(async (flags: FlagValues) => {
      const diagnosis = await stoppable((signal) =>
        explained(signal, () => diagnosed(context, flags, signal)),
      );
      const json = `${JSON.stringify(diagnosis, null, 2)}\n`;
      console.stdout.write(flags['json'] === true ? json : diagnosisText(diagnosis));
      if (diagnosis.counts.problem > 0) exit(EXIT_CODES.unsound[0]);
    });
}
