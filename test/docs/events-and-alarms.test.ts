import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/model/limits.ts';
import { alarmMessages } from '../../src/operations/catalog/alarm-messages.ts';
import { eventMessages } from '../../src/operations/catalog/event-messages.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/events-and-alarms.md'), 'utf8');
const names = (ids: readonly string[]) => [...new Set(ids.map((id) => id.split('.')[2] ?? ''))];

describe('docs/events-and-alarms.md', () => {
  it('has every alarm', () => {
    for (const name of names(Object.keys(alarmMessages()))) expect(page).toContain(`\`${name}\``);
  });

  it('has every kind of event', () => {
    // Policies have names of their own on the wire.
    const wire: Readonly<Record<string, string>> = {
      CapabilityProfile: 'Profile',
      CapabilitySchema: 'Schema',
      DefaultProfile: 'Profile',
      Rebind: 'Keelson.Event.Rebind',
      ResourceAssociation: 'Resource',
    };
    for (const name of names(Object.keys(eventMessages())))
      expect(page).toContain(`\`${wire[name] ?? name}\``);
  });

  it('has the bounds as they are', () => {
    for (const bound of [LIMITS.eventsKept, LIMITS.alarmsKept, LIMITS.complianceAlarms])
      expect(page).toContain(bound.toLocaleString('en'));
  });
});
