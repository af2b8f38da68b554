/** Runs the load generator against one server, in a process of its own. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import type { Figures, Plan } from './plan.ts';
import type { Scenario, Subject } from './subjects.ts';

const LOAD = resolve(import.meta.dirname, 'load.ts');

/** Runs the load generator once. Rejects when any answer was wrong. */
export async function measure(
  subject: Subject,
  scenario: Scenario,
  milliseconds: number,
): Promise<Figures> {
  return measurePlan(`${subject.name}, ${scenario}`, { ...subject.plan(scenario), milliseconds });
}

/** The same for any plan; `name` is for the error. */
export async function measurePlan(name: string, plan: Plan): Promise<Figures> {
  const child = spawn(process.execPath, ['--import', 'tsx', LOAD], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(plan));
  const figures = (await json(child.stdout)) as Figures;
  if (figures.errors > 0) {
    throw new Error(`${name}: ${figures.errors} errors: ${figures.firstError}`);
  }
  if (figures.microseconds.length === 0) throw new Error(`${name}: no answer`);
  return figures;
}
