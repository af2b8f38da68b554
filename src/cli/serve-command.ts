/** `keelson serve` on the command line: every setting of the configuration is one of its flags. */
import { Command } from 'commander';
import { printConfig } from '../config/print.ts';
import { CONFIG_FLAG, CONFIG_HELP, type CommandContext, type FlagValues } from './command.ts';
import { serve } from './serve.ts';
import { addSettings } from './setting-options.ts';

export function serveCommand({ console, load, exit }: CommandContext): Command {
  const command = new Command('serve')
    .summary('start the provider and serve until told to stop')
    .description(
      'Starts the provider. Each setting may also come from the environment or the file.',
    )
    .option(CONFIG_FLAG, CONFIG_HELP)
    .option('--print-config', 'print the effective configuration with its sources, and end');
  addSettings(command, () => true);
  command.addHelpText(
    'after',
    `
Signals: SIGTERM, SIGINT or SIGHUP stop in order (a second one at once);
         SIGUSR2 switches verbose mode for everything on (for 10 minutes) and off.

Examples:
  keelson serve --data-dir /var/lib/keelson --public-names vp.example.com
  keelson serve --port 0 --ready-file /tmp/ready.json
  keelson serve --config keelson.yaml --print-config`,
  );
  command.action(async (flags: FlagValues) => {
    const loaded = load(flags);
    const { config, sources } = loaded;
    if (flags['printConfig'] === true) console.stdout.write(printConfig(config, sources));
    else exit(await serve(loaded, console));
  });
  return command;
}
