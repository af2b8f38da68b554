/**
 * One thing that can be wrong: the type of its alarm, what it is about, and its text for each status that it
 * can have. Green says that it is over.
 */
import type { AlarmObject, AlarmStatus, AlarmType } from '../../model/alarms.ts';
import type { Texts } from './text.ts';

export interface AlarmKind {
  readonly type: AlarmType;
  readonly objectType: AlarmObject;
  readonly texts: Readonly<Partial<Record<AlarmStatus, Texts>>> & { readonly Green: Texts };
}
