/**
 * What the bodies of all requests on their way in may take together. Whoever can connect can send, and a
 * body is held in memory before anybody knows who sent it. Counted is what a request announces, or what has
 * come when it announces nothing; the small ones, which nearly all are, go free.
 */
import { MessageError } from './errors.ts';

/** Takes what `bytes` in all need beyond what the request has taken. Throws MessageError of kind `busy`. */
export type HoldBytes = (bytes: number) => void;

export interface BodyBudget {
  /** For one request; what it has taken is given back once `onEnd` calls. */
  open(onEnd: (giveBack: () => void) => void): HoldBytes;
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
    open: (onEnd) => {
      let taken = 0;
      return (bytes) => {
        if (bytes <= limits.requestBodyUncountedBytes || bytes <= taken) return;
        const more = bytes - taken;
        if (more > left) {
          throw new MessageError('busy', 'Too many large requests at once; try again.');
        }
        if (taken === 0) {
          onEnd(() => {
            left += taken;
            taken = 0;
          });
        }
        left -= more;
        taken = bytes;
      };
    },
  };
}
