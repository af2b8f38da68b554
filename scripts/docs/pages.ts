/** The pages that are made from tables, by their name in docs/. */

import { acceptancePage } from './acceptance-page.ts';
import { accessPage } from './access-page.ts';
import { adminApiDocument, adminApiPage } from './admin-api.ts';
import { auditPage } from './audit-page.ts';
import { dashboard } from './dashboard.ts';
import { faultsPage } from './faults-page.ts';
import { footprintPage } from './footprint-page.ts';
import { monitoringPage } from './monitoring-page.ts';
import { mutantsPage } from './mutants-page.ts';
import { operationsPage } from './operations-page.ts';
import { reliabilityPage } from './reliability-page.ts';
import { scenariosPage } from './scenarios-page.ts';
import { troubleshootingPage } from './troubleshooting-page.ts';

export const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  'admin-api.json': adminApiDocument,
  'admin-api.md': adminApiPage,
  'access.md': accessPage,
  'acceptance.md': acceptancePage,
  'acceptance-mutants.md': mutantsPage,
  'acceptance-scenarios.md': scenariosPage,
  'audit.md': auditPage,
  'faults.md': faultsPage,
  'footprint.md': footprintPage,
  'monitoring.md': monitoringPage,
  'monitoring/grafana-dashboard.json': dashboard,
  'operations.md': operationsPage,
  'reliability.md': reliabilityPage,
  'troubleshooting.md': troubleshootingPage,
};
