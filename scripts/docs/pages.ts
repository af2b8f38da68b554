/** The pages that are made from tables, by their name in docs/. */
import { faultsPage } from './faults-page.ts';
import { operationsPage } from './operations-page.ts';

export const PAGES: Readonly<Record<string, () => string>> = {
  'faults.md': faultsPage,
  'operations.md': operationsPage,
};
