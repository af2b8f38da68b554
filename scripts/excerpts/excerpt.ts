/**
 * What an excerpt of a log is: which lines of a played scene it shows, and what each piece of them means. The
 * lines themselves are never written by hand.
 */
/** The lines with this id, and of this operation where one is named: the last, or the first. */
export interface Pick {
  readonly id: string;
  readonly operation?: string;
  readonly which?: 'first' | 'last';
  /** SOAP of the same call to be shown as well. */
  readonly soap?: readonly ('request' | 'response')[];
}

/** A piece of the excerpt as it stands there, and what it means. */
export type Saying = readonly [piece: string, meaning: string];

export interface Excerpt {
  /** Kebab-case; name of its files. */
  readonly id: string;
  /** Id of the scene that is played. */
  readonly scene: string;
  readonly state: 'good' | 'failed';
  readonly title: string;
  readonly picks: readonly Pick[];
  readonly says: readonly Saying[];
  /** Ids of the handbook to read on. */
  readonly see: readonly string[];
}

/** The files of an excerpt, by name in docs/excerpts/. */
export type ExcerptFiles = Readonly<Record<string, string>>;
