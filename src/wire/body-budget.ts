/**
 * What the bodies of all requests on their way in may take together. Whoever can connect can send, and a
 * body is held in memory before anybody knows who sent it. Counted is what a request announces; the small
 * ones, which nearly all are, go free. Knows headers only.
 */
import { VasaFault } from '../model/faults.ts';

export interface BodyBudget {
  /**
   * Takes what a request with these headers announces, and gives what gives it back (once); undefined: it
   * is small and goes free. VasaFault VasaProviderBusy when there is not so much left.
   */
  take(headers: {
    readonly 'content-length'?: string | undefined;
    readonly 'transfer-encoding'?: string | undefined;
  }): (() => void) | undefined;
}

export interface BodyLimits {
  readonly requestBodyBytes: number;
  readonly requestBodiesBytes: number;
  readonly requestBodyUncountedBytes: number;
}

/** One per server. */
export function createBodyBudget(limits: BodyLimits): BodyBudget {
  let left = limits.requestBodiesBytes;
  return {
    take: (headers) => {
      const isChunked = headers['transfer-encoding'] !== undefined;
      const announced = isChunked ? Infinity : Number(headers['content-length'] ?? 0);
      // A longer body is refused, whatever it announces.
      const bytes = Math.min(announced, limits.requestBodyBytes);
      if (bytes <= limits.requestBodyUncountedBytes) return undefined;
      if (bytes > left) {
        throw new VasaFault('VasaProviderBusy', 'Too many large requests at once; try again.');
      }
      left -= bytes;
      let isTaken = true;
      return () => {
        if (isTaken) left += bytes;
        isTaken = false;
      };
    },
  };
}
