/** What a person sees when the provider has started: where it is and what to do next. Plain text. */

import { RELEASE } from '../release/release.ts';
import type { RunningProvider } from '../run/provider.ts';
import type { ReadyFile } from './ready-file.ts';

function credentialLines({ firstUser }: RunningProvider): string[] {
  if (firstUser === undefined) return ['user             as made before (keelson user list)'];
  const { userName, generatedPassword: password } = firstUser;
  const shown =
    password === undefined ? 'as given in KEELSON_ADMIN_PASSWORD' : `${password}   shown this once`;
  return [`user             ${userName}`, `password         ${shown}`];
}

/** The text, for standard error: standard output is the log's. */
export function bannerText(
  ready: ReadyFile,
  provider: RunningProvider,
  certificate: { readonly sha256: string; readonly sha1: string },
  logDirectory: string | undefined,
): string {
  const lines = [
    RELEASE.signature,
    '',
    `version.xml      ${ready.versionXml}`,
    ...credentialLines(provider),
    `certificate      SHA-256 ${certificate.sha256}`,
    `                 SHA-1   ${certificate.sha1}`,
    '',
    'Register in vCenter: select the vCenter, Configure > Storage Providers > Add;',
    '  give any name, the version.xml URL, user and password above;',
    '  compare the fingerprint that vCenter shows with the one above, and accept.',
    '',
    `data             ${ready.dataDirectory}`,
    `log              ${logDirectory ?? 'standard output'}`,
    `admin socket     ${ready.adminSocket}   (keelson status; in a clone: npx keelson status)`,
    `health           ${ready.healthUrl}`,
    ...(ready.consoleUrl === undefined
      ? []
      : [`console          ${ready.consoleUrl}   (log in as the user above)`]),
    '',
  ];
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n`;
}
