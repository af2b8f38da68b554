/**
 * What the matrix does not prove yet although it can occur. This list must end empty; a test fails for
 * what is missing and not listed, and for what is listed and not missing.
 */
import { operationTable } from '../../src/operations/table.ts';
import type { Field } from './cases.ts';

/** May this field be empty for now? */
export function isPending({ operation, fault }: Pick<Field, 'operation' | 'fault'>): boolean {
  const unfinished = fault === 'InactiveProvider' || fault === 'LostAlarm';
  return unfinished || !Object.hasOwn(operationTable, operation);
}
