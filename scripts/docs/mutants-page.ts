/** docs/acceptance-mutants.md: deliberately broken providers, and which scenario catches each. */
import { SCENARIOS } from '../../src/accept/scenarios/all.ts';
import { MUTANTS } from '../../test/accept/mutants/all.ts';

const HEAD = `# Broken providers, and who catches them

Made by \`npm run docs\` from \`test/accept/mutants/\`; do not edit.

Each row is our provider with one thing broken, at a seam between its rooms. \`mutants.test.ts\` starts each and plays the
scenario that must fail, or all of a chapter; the scenario must say what the row's mutant is said to be caught by, so that nothing is caught
by accident. The same scenarios pass on the provider as it is. What a scenario says is in the mutant's file (\`says\`).
`;

/** Scenarios that no mutant is for: nobody has shown that they find anything. */
function untried(): readonly string[] {
  const tried = new Set(MUTANTS.map((each) => each.caughtBy));
  const left = SCENARIOS.filter(({ id, chapter }) => !tried.has(id) && !tried.has(chapter));
  if (left.length === 0) return ['\nEvery scenario there is has caught at least one.'];
  return [
    '\n## Scenarios without a mutant\n',
    'What these find has not been shown on a broken provider yet:\n',
    ...left.map(({ id }) => `- \`${id}\``),
  ];
}

/** The page. */
export function mutantsPage(): string {
  const rows = MUTANTS.map(
    ({ id, sentence, caughtBy }) => `| \`${id}\` | ${sentence} | \`${caughtBy}\` |`,
  );
  return [
    HEAD,
    `## The ${MUTANTS.length} mutants\n`,
    '| mutant | what is broken | caught by |',
    '|---|---|---|',
    ...rows,
    ...untried(),
    '',
  ].join('\n');
}
