export function readingPage(_: unknown): string {
  return '';
}
