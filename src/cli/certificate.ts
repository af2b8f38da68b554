/** `keelson certificate` and `keelson registrations`: what TLS serves, and which vCenters are trusted. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Administration, CertificateSummary } from '../admin/port.ts';
import { StartError } from '../run/start-error.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { withAdministration } from './reach.ts';

function certificateText(certificate: CertificateSummary): string {
  return [
    `subject       ${certificate.subject}`,
    `issuer        ${certificate.issuer}`,
    `valid         ${certificate.notBefore} to ${certificate.notAfter}`,
    `SHA-256       ${certificate.sha256}`,
    `SHA-1         ${certificate.sha1}`,
    `installed by  ${certificate.installedBy}`,
    '',
  ].join('\n');
}

export function certificateCommand({ console, load }: CommandContext): Command {
  const command = new Command('certificate').description(
    'The certificate that the provider serves.',
  );
  const act = async (
    flags: FlagValues,
    order: (admin: Administration) => Promise<CertificateSummary>,
  ): Promise<void> => {
    const certificate = await withAdministration(load(flags).config, order);
    console.stdout.write(flags['pem'] === true ? certificate.chain : certificateText(certificate));
  };
  withDataFolder(command.command('show').summary('show it'))
    .option('--pem', 'print the chain itself')
    .action((flags: FlagValues) => act(flags, (admin) => admin.certificate()));
  withDataFolder(command.command('install <file>').summary('install a chain (PEM, leaf first)'))
    .option(
      '--key <file>',
      'its private key (PEM); else the chain must be for a key of the provider’s',
    )
    .action((file: string, flags: FlagValues) => {
      const key = typeof flags['key'] === 'string' ? readFileSync(flags['key'], 'utf8') : undefined;
      return act(flags, (admin) => admin.installCertificate(readFileSync(file, 'utf8'), key));
    });
  withDataFolder(command.command('renew').summary('make a new self-signed one')).action(
    (flags: FlagValues) => act(flags, (admin) => admin.renewCertificate()),
  );
  withDataFolder(
    command
      .command('release')
      .summary('let any registered vCenter replace the one another installed'),
  ).action((flags: FlagValues) => act(flags, (admin) => admin.releaseCertificate()));
  return command;
}

export function registrationsCommand({ console, load }: CommandContext): Command {
  const command = withDataFolder(
    new Command('registrations').summary('list the vCenters that have registered, or remove one'),
  ).action(async (flags: FlagValues) => {
    const found = await withAdministration(load(flags).config, (admin) => admin.registrations());
    for (const each of found) {
      const who = each.vcenterIds.join(', ') || 'vCenter not known yet';
      const what = `${each.certificates} certificates, ${each.crls} CRLs`;
      console.stdout.write(
        `${each.registrationId}\t${who}\t${each.peerAddress}\t${what}\t${each.changedAt}\n`,
      );
    }
  });
  const remove = command
    .command('remove <id>')
    .summary('trust its vCenters no longer, and end their sessions');
  // Both take --data-dir: the parent sees it first, so its flags count too.
  withDataFolder(remove).action(async (id: string) => {
    const flags: FlagValues = remove.optsWithGlobals();
    const removed = await withAdministration(load(flags).config, (admin) =>
      admin.removeRegistration(id),
    );
    if (!removed) throw new StartError('refused', `there is no registration ${id}`);
    console.stdout.write(`${id}: removed; its vCenters have to register again\n`);
  });
  return command;
}
