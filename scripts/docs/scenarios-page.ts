/** docs/acceptance-scenarios.md: every scenario of the acceptance runner, by chapter. */
import { CHAPTERS, type Scenario } from '../../src/accept/scenario.ts';
import { SCENARIOS } from '../../src/accept/scenarios/all.ts';

const HEAD = `# Scenarios of the acceptance runner

Made by \`npm run docs\` from the scenarios themselves; do not edit. How they are run: [acceptance.md](acceptance.md).

Each has an id that never changes, what is true of a provider that passes, why that matters, and where the expectation
comes from: *seen* in public artefacts of the interface, *seen once* in a single implementation, or *inferred* from what is
seen. A failure of something inferred is a question to the specification before it is a fault of the provider.
`;

function lines({ id, sentence, proves, source, needs = [] }: Scenario): string {
  const wants = needs.length === 0 ? '' : ` Needs: ${needs.join(', ')}.`;
  return `- \`${id}\`: ${sentence}.\n  ${proves} (${source.mark}: ${source.text}.)${wants}\n`;
}

/** The page. */
export function scenariosPage(): string {
  const chapters = Object.entries(CHAPTERS).map(([chapter, title]) => {
    const own = SCENARIOS.filter((each) => each.chapter === chapter);
    return `\n## ${title}\n\n${own.map(lines).join('')}`;
  });
  return HEAD + chapters.join('');
}
